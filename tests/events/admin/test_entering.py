from datetime import date, time

import pytest
from django.urls import reverse

from events.models import Citation, Event, Publisher
from tests.events.admin.pages import (
    add_page,
    change_page,
    errors,
    new_event,
    offered,
    settle,
    typed,
)
from tests.events.build import (
    make_commitment,
    make_event,
    make_person,
    make_publisher,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("countries")


def test_a_call_is_entered_and_published_in_one_save(as_anna, anna):
    lee, ishiba = make_person("lee-jae-myung"), make_person("ishiba-shigeru", "JP")
    make_publisher("example.org", name="Example")
    topic = make_topic("security")

    response = as_anna.post(
        add_page(),
        new_event(
            as_anna,
            title_en="Ishiba and Lee speak by telephone",
            clock_time="12:00",
            time_zone="Asia/Seoul",
            minutes="25",
            approximate="on",
            participations__0__person=lee.pk,
            participations__1__person=ishiba.pk,
            topic_links__0__topic=topic.pk,
        ),
    )

    assert response.status_code == 302, errors(response)
    settle()
    event = Event.objects.get()
    assert (event.kind, event.channel, event.setting) == ("CALL", "PHONE", "BILATERAL")
    assert event.slug == "2025-06-09-ishiba-and-lee-speak-by-telephone"
    assert (event.clock_time, event.time_zone, event.minutes) == (time(12), "Asia/Seoul", 25)
    assert event.published_by == anna
    assert {row.country_id: row.acted for row in event.involvements.all()} == {
        "KR": True,
        "JP": True,
    }
    assert {person.slug for person in event.people.all()} == {"lee-jae-myung", "ishiba-shigeru"}
    assert event.citations.get().publisher.name == "Example"


def test_titles_in_korean_and_japanese_may_come_later(as_anna):
    as_anna.post(add_page(), new_event(as_anna, title_ko="", title_ja=""))

    assert Event.objects.get().title_en == "Telephone call"


def test_a_save_without_a_source_is_refused_and_writes_nothing(as_anna):
    response = as_anna.post(add_page(), new_event(as_anna, citations__0__url=""))

    assert "at least one source" in errors(response)
    assert not Event.objects.exists()


def test_the_last_source_of_an_event_cannot_be_taken_away(as_anna):
    event = make_event()
    page = offered(as_anna.get(change_page(event)))

    response = as_anna.post(change_page(event), typed(page, citations__0__DELETE="on"))

    assert "at least one source" in errors(response)
    assert event.citations.count() == 1


@pytest.mark.parametrize(
    "url", ["example.org/call", "ftp://example.org/call", "https://a.org:99999/", "nonsense"]
)
def test_a_source_needs_its_scheme(as_anna, url):
    response = as_anna.post(add_page(), new_event(as_anna, citations__0__url=url))

    assert "beginning with https://" in errors(response)
    assert not Citation.objects.exists()
    assert not Publisher.objects.exists()


def test_an_unknown_publisher_is_listed_by_its_host_once_the_event_is_saved(as_anna):
    as_anna.post(add_page(), new_event(as_anna, citations__0__url="https://news.example.com/a"))

    publisher = Citation.objects.get().publisher
    assert (publisher.host, publisher.source_class) == ("news.example.com", "UNKNOWN")


def test_a_draft_is_saved_with_its_source_and_published_by_a_plain_save(as_anna, anna):
    as_anna.post(add_page(), new_event(as_anna, _draft="on"))
    event = Event.objects.get()
    assert event.published_at is None

    page = offered(as_anna.get(change_page(event)))
    as_anna.post(change_page(event), typed(page, slug="2025-06-09-telephone-call-again"))

    event.refresh_from_db()
    assert event.published_by == anna
    assert event.slug == "2025-06-09-telephone-call-again"


def test_the_address_of_a_published_event_is_not_asked_again(as_anna):
    event = make_event(slug="2025-06-09-call")
    page = as_anna.get(change_page(event))
    assert "slug" not in page.context["adminform"].form.fields

    as_anna.post(change_page(event), typed(offered(page), slug="other"))

    event.refresh_from_db()
    assert event.slug == "2025-06-09-call"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"starts_on": "2025-02-30"}, "Enter a valid date"),
        ({"ends_on": "2025-06-01"}, "cannot end before it starts"),
        ({"precision": "MONTH"}, "stored as its first day"),
        ({"precision": "WINDOW"}, "needs a later last day"),
        ({"clock_time": "12:00"}, "needs its zone"),
        ({"clock_time": "25:99", "time_zone": "Asia/Seoul"}, "Enter a valid time"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"channel": "IN_PERSON"}, "Select a valid choice"),
        ({"minutes": "0"}, "at least one minute"),
        ({"involvements__0__acted": None, "involvements__1__acted": None}, "country that acted"),
        ({"involvements__0__country": "XX"}, "Select a valid choice"),
        ({"participations__0__person": "9" * 40}, "Select a valid choice"),
        ({"slug": "no spaces, please"}, "valid “slug”"),
        ({"citations__TOTAL_FORMS": "many"}, ""),
        ({"involvements__TOTAL_FORMS": "-1"}, ""),
    ],
)
def test_bad_input_is_told_and_changes_nothing(as_anna, values, message):
    response = as_anna.post(add_page(), new_event(as_anna, **values))

    assert message in errors(response)
    assert not Event.objects.exists()


@pytest.mark.parametrize("name", ["title_en", "reason", "involvements__0__country"])
def test_the_character_zero_is_refused(as_anna, name):
    response = as_anna.post(add_page(), new_event(as_anna, **{name: "KR\0"}))

    assert response.status_code == 400
    assert not Event.objects.exists()


def test_an_address_that_another_event_once_had_is_refused(as_anna):
    make_event(starts_on=date(2001, 1, 1)).old_slugs.create(slug="2025-06-09-call")

    response = as_anna.post(add_page(), new_event(as_anna, slug="2025-06-09-call"))

    assert "once had this address" in errors(response)


@pytest.mark.parametrize(
    ("model", "absent", "present"),
    [
        ("call", {"host", "visit_type"}, {"channel", "minutes"}),
        ("summit", set(), {"host", "visit_type", "occasion"}),
        ("trilateralsummit", {"visit_type"}, {"host", "channel"}),
        ("visit", {"channel", "minutes"}, {"visit_type", "host"}),
        ("ministerialtalks", {"visit_type"}, {"host", "channel"}),
        ("agreement", {"minutes", "clock_time", "visit_type"}, {"host"}),
        ("statement", {"host", "minutes", "visit_type"}, {"setting"}),
        ("dispute", {"host", "minutes", "clock_time"}, {"setting"}),
        ("ceremony", {"minutes", "visit_type"}, {"host", "occasion"}),
        ("otherevent", set(), {"host", "visit_type", "channel"}),
    ],
)
def test_each_kind_has_only_its_fields(as_anna, model, absent, present):
    page = as_anna.get(add_page(model))

    fields = {
        name
        for fieldset in page.context["adminform"]
        for line in fieldset
        for name in (field.field.name for field in line)
    }
    assert not fields & absent
    assert present <= fields
    inlines = {inline.formset.prefix for inline in page.context["inline_admin_formsets"]}
    assert ("places" in inlines) == (model != "call")


@pytest.mark.parametrize(
    "model",
    [
        "call",
        "summit",
        "trilateralsummit",
        "visit",
        "ministerialtalks",
        "agreement",
        "ceremony",
        "otherevent",
    ],
)
def test_a_new_event_of_any_kind_needs_no_more_than_title_date_and_source(as_anna, model):
    response = as_anna.post(add_page(model), new_event(as_anna, model))

    assert response.status_code == 302, errors(response)
    assert Event.objects.get().published_at is not None


@pytest.mark.parametrize("model", ["statement", "dispute"])
def test_in_an_act_of_one_government_the_editor_says_which(as_anna, model):
    undecided = as_anna.post(add_page(model), new_event(as_anna, model))
    assert "country that acted" in errors(undecided)

    as_anna.post(add_page(model), new_event(as_anna, model, involvements__1__acted="on"))

    acted = {row.country_id: row.acted for row in Event.objects.get().involvements.all()}
    assert acted == {"KR": False, "JP": True}


def test_a_field_outside_the_kind_is_shown_where_a_stored_event_has_it(as_anna):
    event = make_event(kind="DISPUTE", host="JP", places=[("Tokyo", "JP")])

    page = as_anna.get(change_page(event, "dispute"))

    assert page.context["adminform"].form.initial["host"] == "JP"


def test_an_event_moved_to_another_kind_is_edited_under_it(as_anna):
    event = make_event(kind="OTHER", channel="PHONE")
    page = offered(as_anna.get(change_page(event, "otherevent")))

    refused = as_anna.post(change_page(event, "otherevent"), typed(page, kind="SUMMIT"))
    assert "in person or by video" in errors(refused)

    response = as_anna.post(change_page(event, "otherevent"), typed(page, kind="CALL"))
    assert response.url == change_page(event, "call")
    assert as_anna.get(response.url).status_code == 200


def test_a_readout_by_a_country_outside_the_event_is_refused(as_anna):
    event = make_event()
    page = offered(as_anna.get(change_page(event)))

    response = as_anna.post(
        change_page(event),
        typed(
            page,
            readouts__TOTAL_FORMS="1",
            readouts__0__issuer="US",
            readouts__0__url="https://example.org/us",
        ),
    )

    assert "add US to its countries" in errors(response)
    settle()


def test_a_readout_and_a_commitment_entered_with_the_event_get_ids_from_it(as_anna):
    as_anna.post(
        add_page(),
        new_event(
            as_anna,
            slug="2025-06-09-call",
            readouts__TOTAL_FORMS="2",
            readouts__0__issuer="KR",
            readouts__0__url="https://example.org/kr",
            readouts__1__issuer="KR",
            readouts__1__url="https://example.org/kr-2",
            commitments__TOTAL_FORMS="1",
            commitments__0__text_en="resume shuttle talks",
            commitments__0__status="OPEN",
            commitments__0__url="https://example.org/kr",
        ),
    )

    event = Event.objects.get()
    assert sorted(row.slug for row in event.readouts.all()) == [
        "2025-06-09-call-kr",
        "2025-06-09-call-kr2",
    ]
    assert event.commitments.get().slug == "2025-06-09-call-c1"
    readout = event.readouts.first()
    assert reverse("admin:events_readout_change", args=[readout.pk]) in str(
        as_anna.get(change_page(event)).content
    )


def test_a_published_event_cannot_be_deleted_and_a_draft_can(as_anna):
    published, draft = make_event(), make_event(published=False)

    for event, status in ((published, 403), (draft, 302)):
        address = reverse("admin:events_call_delete", args=[event.pk])
        assert as_anna.post(address, {"post": "yes"}).status_code == status

    assert list(Event.objects.all()) == [published]


def test_the_reason_and_the_editor_of_a_change_stand_in_its_history(as_anna, anna):
    event = make_event()
    page = offered(as_anna.get(change_page(event)))

    as_anna.post(
        change_page(event), typed(page, title_en="Better title", reason="a source was corrected")
    )

    latest = event.history.order_by("-pgh_id")[0]
    assert latest.title_en == "Better title"
    assert latest.pgh_context.metadata["reason"] == "a source was corrected"
    assert latest.pgh_context.metadata["door"] == "admin"
    assert latest.pgh_context.metadata["user"] == anna.pk


def test_a_draft_is_offered_until_the_event_is_published(as_anna):
    draft, published = make_event(published=False), make_event()

    assert b'name="_draft"' in as_anna.get(add_page()).content
    assert b'name="_draft"' in as_anna.get(change_page(draft)).content
    assert b'name="_draft"' not in as_anna.get(change_page(published)).content


@pytest.mark.parametrize(
    ("due_on", "precision", "message"),
    [
        ("2025-06-15", "MONTH", "stored as its first day"),
        ("", "MONTH", "needs its date"),
        ("2025-06-15", "", "needs its precision"),
    ],
)
def test_a_deadline_and_its_precision_go_together(as_anna, due_on, precision, message):
    commitment = make_commitment(make_event())
    address = reverse("admin:events_commitment_change", args=[commitment.pk])
    page = offered(as_anna.get(address))

    response = as_anna.post(address, typed(page, due_on=due_on, due_precision=precision))

    assert message in errors(response)
    assert as_anna.post(address, page).status_code == 302


def test_an_empty_deadline_is_saved_without_a_logged_error(as_anna, caplog):
    commitment = make_commitment(make_event())
    address = reverse("admin:events_commitment_change", args=[commitment.pk])

    as_anna.post(address, offered(as_anna.get(address)))

    assert [r for r in caplog.records if r.name == "django.db.models"] == []
