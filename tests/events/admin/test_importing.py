import csv
import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.importing import COLUMNS, cells_of_event, cells_of_row, differences
from events.loading.importing import known_in_database
from events.loading.parsing import parse_events
from events.models import Event
from tests.events.admin.pages import change_page, offending_markup, offered, typed
from tests.events.build import make_event, make_person, make_readout, make_topic

pytestmark = pytest.mark.usefixtures("countries")

UPLOAD = "admin:events_event_import"
CALL = {
    "id": "2025-06-09-ishiba-lee-call",
    "start_date": "2025-06-09",
    "date_precision": "day",
    "kind": "call",
    "actors": "KR;JP",
    "setting": "bilateral",
    "channel": "phone",
    "status": "held",
    "certainty": "confirmed",
    "title_en": "Ishiba and Lee speak by telephone",
    "title_ko": "한일 정상 통화",
    "title_ja": "日韓首脳電話会談",
    "countries": "KR;JP",
    "participants": "lee-jae-myung",
    "topics": "security",
    "source_urls": "https://example.org/call",
}


@pytest.fixture(autouse=True)
def names(countries):
    cache.clear()
    make_person("lee-jae-myung")
    make_topic("security")


def sheet(*rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def upload(client, text):
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("events.csv", data, content_type="text/csv")
    return client.post(reverse(UPLOAD), {"import_file": file, "format": "0", "resource": "0"})


def confirm(client, preview):
    form = preview.context["confirm_form"]
    return client.post(reverse("admin:events_event_process_import"), form.initial)


def test_the_preview_writes_nothing_and_the_confirmation_publishes(as_anna, anna):
    assert as_anna.get(reverse(UPLOAD)).status_code == 200

    preview = upload(as_anna, sheet(CALL))

    assert [row.import_type for row in preview.context["result"]] == ["new"]
    assert not offending_markup(preview.content.decode())
    assert not Event.objects.exists()

    assert confirm(as_anna, preview).status_code == 302
    event = Event.objects.get()
    assert (event.slug, event.kind, event.published_by) == (CALL["id"], "CALL", anna)
    assert event.citations.get().url == "https://example.org/call"
    told = event.history.latest("pgh_id").pgh_context.metadata
    assert (told["door"], told["reason"], told["user"]) == ("admin", "CSV import", anna.pk)


def test_new_changed_and_unchanged_rows_are_told_apart_with_the_text_before_and_after(as_anna):
    other = {**CALL, "id": "2025-06-17-other", "start_date": "2025-06-17"}
    confirm(as_anna, upload(as_anna, sheet(CALL, other)))
    version = Event.objects.get(slug=CALL["id"]).version

    preview = upload(
        as_anna,
        sheet(
            {**CALL, "title_en": "A <better> title", "source_urls": "https://example.org/second"},
            other,
            {**CALL, "id": "2025-08-23-third", "start_date": "2025-08-23"},
        ),
    )

    kinds = [row.import_type for row in preview.context["result"]]
    assert kinds == ["update", "skip", "new"]
    html = preview.content.decode()
    assert "<del>Ishiba and Lee speak by telephone</del> <ins>A &lt;better&gt; title</ins>" in html

    confirm(as_anna, preview)
    event = Event.objects.get(slug=CALL["id"])
    assert (event.title_en, event.version) == ("A <better> title", version + 1)
    assert event.citations.count() == 2
    assert Event.objects.get(slug="2025-06-17-other").version == version
    assert Event.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (sheet(CALL, {**CALL, "id": "b", "start_date": "2025-02-30"}), "events.csv:3: start_date"),
        (sheet({**CALL, "participants": "nobody"}), "events.csv:2: participants"),
        (sheet({**CALL, "topics": "weather"}), "events.csv:2: topics"),
        (sheet({**CALL, "source_urls": "example.org/call"}), "begins with https://"),
        (sheet({**CALL, "source_urls": ""}), "events.csv:2: source_urls"),
        (sheet({**CALL, "channel": "in_person"}), "a call is by phone or by video"),
        (sheet(CALL) + "one,two\r\n", "events.csv:3: the row has 2 cells"),
        (sheet(CALL).encode("utf-16"), "not UTF-8"),
        (sheet(CALL).encode("cp949", "replace"), "not UTF-8"),
        ("id,title\r\n1,2\r\n", "this column is missing"),
        ("", "empty"),
        (sheet(), "No valid data"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "file",
)
def test_a_bad_file_is_told_by_its_line_and_changes_nothing(as_anna, text, message):
    answer = upload(as_anna, text)

    assert message in str(answer.context["form"].errors)
    assert "confirm_form" not in answer.context
    assert not Event.objects.exists()


def test_a_change_between_preview_and_confirmation_is_not_overwritten(as_anna, as_ben):
    confirm(as_anna, upload(as_anna, sheet(CALL)))
    preview = upload(as_anna, sheet({**CALL, "title_en": "From the sheet"}))
    event = Event.objects.get()
    page = offered(as_ben.get(change_page(event)))
    as_ben.post(change_page(event), typed(page, title_en="By Ben"))

    answer = as_anna.post(
        reverse("admin:events_event_process_import"),
        preview.context["confirm_form"].initial,
        follow=True,
    )

    assert "after the preview" in answer.content.decode()
    event.refresh_from_db()
    assert event.title_en == "By Ben"


def test_a_row_that_does_not_go_with_what_is_stored_keeps_all_rows_out(as_anna):
    make_readout(make_event(slug=CALL["id"]), "JP")
    without_japan = {**CALL, "actors": "KR", "countries": "KR"}

    preview = upload(as_anna, sheet({**CALL, "id": "new-one"}, without_japan))

    assert "by a country that the event concerns" in preview.content.decode()
    assert not offending_markup(preview.content.decode())
    assert "confirm_form" not in preview.context
    assert Event.objects.count() == 1


def test_an_upload_that_is_no_longer_kept_is_asked_for_again(as_anna):
    preview = upload(as_anna, sheet(CALL))
    cache.clear()

    answer = as_anna.post(
        reverse("admin:events_event_process_import"),
        preview.context["confirm_form"].initial,
        follow=True,
    )

    assert "upload the file again" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "tampered",
    [{"format": "9"}, {"format": "x"}, {"resource": "7"}, {"import_file_name": "../../etc/passwd"}],
)
def test_a_tampered_confirmation_imports_nothing(as_anna, tampered):
    initial = upload(as_anna, sheet(CALL)).context["confirm_form"].initial

    answer = as_anna.post(reverse("admin:events_event_process_import"), {**initial, **tampered})

    assert answer.status_code in (200, 302)
    assert Event.objects.exists() == ("resource" in tampered)


def test_only_editors_import(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("olga", is_staff=True))

    assert client.get(reverse(UPLOAD)).status_code == 403
    assert client.post(reverse("admin:events_event_process_import")).status_code == 403


def test_a_row_that_was_imported_says_what_is_stored(as_anna):
    text = sheet(
        {
            **CALL,
            "kind": "summit",
            "channel": "in_person",
            "host": "JP",
            "city": "Tokyo;",
            "place_country": "JP;KR",
            "occasion": "a visit",
            "end_date": "2025-06-10",
            "verified_by": "2",
        }
    )
    row = parse_events(text.encode(), known_in_database())[0]
    confirm(as_anna, upload(as_anna, text))

    assert differences(cells_of_event(Event.objects.get()), cells_of_row(row)) == {}
