"""A report is begun at any field of an event's page, keeps what was shown there, and is settled.

What became of it stands in the log of corrections: on the event's page, in the whole log, in its
feed, told by role and day.
"""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from events.corrections import read_log
from events.counting import claims_about
from events.dossier import read_dossier, with_parts
from events.history import at_time
from events.models import Citation, ErrorReport, Event, Phrase
from events.reporting import close
from events.shown import field_name, find_field, shown_fields
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_person,
    make_readout,
    make_term,
)

pytestmark = pytest.mark.django_db

OPENED = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
PUBLISHED = OPENED - timedelta(days=30)
CLOSED = OPENED + timedelta(days=2)


@pytest.fixture
def clock():
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rich(editor):
    """An event that shows something of everything."""
    with transaction.atomic(), at_time(PUBLISHED):
        return _rich_event()


def _rich_event():
    lee = make_person("lee-jae-myung", name_en="Lee Jae-myung", name_ja="李在明")
    make_term(lee)
    event = make_event(
        slug="2025-06-17-summit",
        kind="SUMMIT",
        channel="IN_PERSON",
        setting="MARGINS",
        starts_on="2025-06-17",
        title_en="First summit",
        title_ja="初の首脳会談",
        summary_en="They met.",
        occasion="G7 summit",
        minutes=30,
        people=[lee],
        topics=["security"],
        places=[("Kananaskis", "CA")],
        countries=["KR", "JP"],
    )
    make_readout(event, "KR", points=[("security", "AGREED", "cooperate on security")])
    make_commitment(event, text_en="resume talks")
    make_anniversary(origin_on="2025-06-17", title_en="Day of the summit")
    Phrase.objects.create(text_en="Kananaskis", text_ko="카나나스키스", text_ja="カナナスキス")
    return Event.objects.get(pk=event.pk)


def fields_of(event, language="en"):
    with override(language):
        row = with_parts(Event.objects.filter(pk=event.pk)).get()
        return {one.key: one for one in shown_fields(read_dossier(row), claims_about(row))}


def report_page(client, event, query="", language="en"):
    return client.get(f"/{language}/events/{event.slug}/report/{query}")


def value_of(page, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def send(client, clock, event, *, query="", language="en", **values):
    """Open the form at a field, take half a minute over it, and send it."""
    page = report_page(client, event, query, language).text
    clock.shift(timedelta(seconds=30))
    typed = {
        "about": "DATE",
        "message": "It was another.",
        "homepage": "",
        "shown_at": value_of(page, "shown_at"),
        "state": value_of(page, "state"),
        **values,
    }
    return client.post(f"/{language}/events/{event.slug}/report/", typed)


def make_report(event, **fields):
    values = {"about": "DATE", "message": "Secret words.", "language": "en", **fields}
    return ErrorReport.objects.create(event=event, created_at=OPENED, **values)


def words_of(entry):
    return [told.words for told in entry.change.what]


def test_every_field_of_the_page_can_be_reported_with_what_it_shows(rich):
    shown = {key: one.text for key, one in fields_of(rich).items()}

    source = Citation.objects.get(event=rich)
    commitment = rich.commitments.get()
    assert shown["title"] == "First summit"
    assert shown["summary"] == "They met."
    assert shown["date"] == "Tuesday, 17 June 2025"
    assert shown["length"] == "30 minutes"
    assert shown["place"] == "Kananaskis, CA"
    assert shown["acting"] == "Republic of Korea and Japan"
    assert shown["topics"] == "Security"
    assert shown["anniversary"] == "Day of the summit"
    assert shown["participants"] == "Lee Jae-myung, Republic of Korea, President"
    assert "cooperate on security (Security), Agreed" in shown["account-KR"]
    assert shown["account-JP"] == "No readout recorded"
    assert shown[f"commitment-{commitment.pk}"].startswith("resume talks")
    assert source.url in shown[f"source-{source.pk}"]


def test_what_is_shown_is_in_the_language_of_the_reader(rich):
    shown = {key: one.text for key, one in fields_of(rich, "ja").items()}

    assert shown["title"] == "初の首脳会談"
    assert shown["date"] == "2025年6月17日(火)"
    assert shown["place"].startswith("カナナスキス")
    assert shown["participants"].startswith("李在明")


def test_the_event_page_leads_to_a_form_for_each_of_its_parts(client, rich):
    page = client.get(rich.get_absolute_url()).text

    address = re.escape(f"{rich.get_absolute_url()}report/")
    asked = re.findall(rf'href="{address}(?:\?field=([\w-]+))?"', page)
    commitment = f"commitment-{rich.commitments.get().pk}"
    accounts = ["account-KR", "account-JP"]
    assert asked == ["", "participants", *accounts, commitment, "source", ""]
    assert 'Report an error<span class="visually-hidden"> (Who took part)</span>' in page
    for field in asked:
        assert report_page(client, rich, f"?field={field}").status_code == 200


@pytest.mark.parametrize(
    ("query", "about", "shown"),
    [
        ("?field=date", "DATE", "Tuesday, 17 June 2025"),
        ("?field=participants", "PEOPLE", "Lee Jae-myung, Republic of Korea, President"),
        ("?field=account-JP", "READOUT", "No readout recorded"),
        ("?field=source", "SOURCE", "example.org · https://example.org/"),
        ("?field=account", "READOUT", None),  # there are two
        ("?field=nothing", None, None),
        ("?field=%00", None, None),
        ("", None, None),
    ],
)
def test_the_form_shows_what_stands_there_and_has_chosen_what_is_wrong(
    client, rich, query, about, shown
):
    page = report_page(client, rich, query).text

    chosen = re.findall(r'name="about"[^>]*value="([A-Z]+)" checked', page)
    assert chosen == ([about] if about else [])
    block = re.search(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)
    if shown is None:
        assert block is None
    else:
        assert shown in unescape(re.sub("<[^>]+>", "", block[1]))
    select = re.search(r'<select name="field".*?</select>', page, re.DOTALL)
    options = re.findall(r'<option value="([^"]*)"', select[0])
    assert options == ["", *fields_of(rich)]


def test_an_account_and_a_commitment_are_shown_with_all_that_the_page_tells_of_them(rich):
    done = make_event(title_en="Second summit", starts_on=date(2025, 8, 23))
    commitment = rich.commitments.get()
    rich.commitments.update(due_text="by the end of 2025", status="FULFILLED", fulfilled_by=done)

    shown = {key: one.text for key, one in fields_of(rich).items()}

    assert shown[f"commitment-{commitment.pk}"].splitlines() == [
        "resume talks (Fulfilled)",
        "Deadline as recorded: by the end of 2025",
        "Fulfilled by Second summit, Saturday, 23 August 2025",
        f"example.org · {commitment.url}",
    ]
    assert shown["account-KR"].splitlines()[-2:] == [
        "Not known whether the whole text was seen.",
        f"example.org · {rich.readouts.get().url}",
    ]
    assert fields_of(done)[f"followed-{commitment.pk}"].text.splitlines() == [
        "resume talks (Fulfilled)",
        "Agreed at First summit, Tuesday, 17 June 2025",
    ]


def test_a_commitment_is_reported_from_the_list_of_all_of_them(client, rich):
    address = f"{rich.get_absolute_url()}report/?field=commitment-{rich.commitments.get().pk}"

    assert f'href="{address}"' in client.get("/en/commitments/").text
    assert "resume talks (No fulfilment recorded)" in client.get(address).text


def test_a_report_keeps_what_the_reader_saw_and_the_revision(client, clock, rich):
    response = send(client, clock, rich, field="place", language="ja")

    kept = ErrorReport.objects.get()
    assert response.status_code == 303
    assert kept.field == "place"
    assert kept.shown == fields_of(rich, "ja")["place"].text
    assert kept.revision is not None


def test_what_was_shown_is_never_taken_from_the_browser(client, clock, rich):
    send(client, clock, rich, field="date", shown="On the record: a lie.")

    assert ErrorReport.objects.get().shown == "Tuesday, 17 June 2025"


def test_a_report_on_the_page_as_a_whole_keeps_no_field(client, clock, rich):
    assert send(client, clock, rich, field="").status_code == 303

    kept = ErrorReport.objects.get()
    assert (kept.field, kept.shown) == ("", "")


def test_a_page_that_changed_meanwhile_is_shown_again_before_anything_is_kept(client, clock, rich):
    page = report_page(client, rich, "?field=title").text
    clock.shift(timedelta(seconds=30))
    with transaction.atomic(), at_time(OPENED):
        Event.objects.filter(pk=rich.pk).update(title_en="Second summit")
    typed = {
        "about": "WORDING",
        "field": "title",
        "message": "It was the second.",
        "shown_at": value_of(page, "shown_at"),
    }
    address = f"/en/events/{rich.slug}/report/"

    refused = client.post(address, {**typed, "state": value_of(page, "state")})

    assert refused.status_code == 422
    assert "has changed since" in refused.text
    assert "It was the second." in refused.text
    assert "<blockquote>Second summit</blockquote>" in refused.text
    assert not ErrorReport.objects.exists()
    again = client.post(address, {**typed, "state": value_of(refused.text, "state")})
    assert again.status_code == 303
    assert ErrorReport.objects.get().shown == "Second summit"


@pytest.mark.parametrize("field", ["nothing", "source-999999", "date\0", "x" * 300])
def test_a_field_that_the_page_does_not_show_is_refused(client, clock, rich, field):
    response = send(client, clock, rich, field=field)

    assert response.status_code == 422
    assert "shows no such field" in response.text
    assert not ErrorReport.objects.exists()


def test_no_fields_are_mixed_up_by_their_keys(rich):
    fields = list(fields_of(rich).values())
    assert len({one.key for one in fields}) == len(fields)
    assert all(len(one.key) <= 40 for one in fields)
    assert all(field_name(one.key) for one in fields)
    assert find_field(fields, "account") is None
    assert find_field(fields, "commitment").key.startswith("commitment-")


# The outcome


@pytest.mark.parametrize(
    ("outcome", "reason", "words"),
    [
        ("CORRECTED", "", "The record was corrected"),
        ("CORRECTED", "The ministry’s page says 18 June.", "The record was corrected"),
        ("NOT_CORRECTED", "Both ministries say 17 June.", "The record stays as it is"),
        ("ALREADY_RIGHT", "", "It had been corrected already"),
    ],
)
def test_the_outcome_stands_on_the_event_page_in_the_log_and_in_its_feed(
    client, rich, editor, outcome, reason, words
):
    report = make_report(rich, field="date", shown="Tuesday, 17 June 2025")
    close(report, outcome=outcome, public_reason=reason, by=editor, at=CLOSED)

    line = f"An error was reported (Date). Outcome: {words}"
    pages = [
        client.get(rich.get_absolute_url()).text,
        client.get("/en/corrections/").text,
        client.get("/corrections.atom?lang=en").text,
    ]
    for page in pages:
        assert line in page
        assert (reason in unescape(unescape(page))) is True
        assert "Secret words" not in page
        assert editor.username not in page.replace("an editor", "")
    assert '<time datetime="2026-06-03">' in pages[0]
    newest = read_log(size=10).entries[0]
    assert (newest.name, newest.change.at, newest.change.role) == (
        "First summit",
        CLOSED,
        "an editor",
    )


@pytest.mark.parametrize("outcome", ["DUPLICATE", "UNUSABLE", None])
def test_what_was_no_report_or_one_of_several_or_is_open_is_not_told(client, rich, editor, outcome):
    report = make_report(rich)
    if outcome:
        close(report, outcome=outcome, by=editor, at=CLOSED)

    for address in (rich.get_absolute_url(), "/en/corrections/", "/corrections.atom?lang=en"):
        assert "An error was reported" not in client.get(address).text


def test_reports_closed_before_outcomes_were_kept_are_not_told(client, rich, editor):
    make_report(rich, closed_at=CLOSED, closed_by=editor)
    assert "An error was reported" not in client.get("/en/corrections/").text


@pytest.mark.parametrize(
    ("outcome", "reason", "field"),
    [
        ("NOT_CORRECTED", " ", "public_reason"),
        ("CORRECTED", "x" * 301, "public_reason"),
        ("CORRECTED", "a\0b", "public_reason"),
        ("UNUSABLE", "Nobody would read this.", "public_reason"),
        ("MAYBE", "", "outcome"),
        ("", "", "outcome"),
    ],
)
def test_an_outcome_that_cannot_be_told_is_refused(rich, editor, outcome, reason, field):
    report = make_report(rich)

    with pytest.raises(ValidationError) as refusal:
        close(report, outcome=outcome, public_reason=reason, by=editor, at=CLOSED)

    assert list(refusal.value.message_dict) == [field]
    report.refresh_from_db()
    assert (report.closed_at, report.outcome) == (None, "")


def test_an_outcome_is_told_on_no_page_of_an_earlier_day(client, rich, editor):
    with time_machine.travel(CLOSED + timedelta(days=5)):
        close(make_report(rich), outcome="CORRECTED", by=editor, at=CLOSED)
        before, after = (
            [
                client.get(f"{address}?as_of={day}").text
                for address in ("/en/corrections/", rich.get_absolute_url())
            ]
            for day in ("2026-06-02", "2026-06-04")
        )

    assert all("An error was reported" not in page for page in before)
    assert all("An error was reported" in page for page in after)


def test_pages_of_the_log_hold_outcomes_without_loss_or_repetition(client, rich, editor):
    for number in range(45):
        report = make_report(rich, message=f"Wrong {number}.")
        reason = f"No. {number}."
        close(report, outcome="NOT_CORRECTED", public_reason=reason, by=editor, at=CLOSED)

    address, reasons = "/en/corrections/", []
    while address:
        page = client.get(address).text
        reasons += re.findall(r"Reason: No\. (\d+)\.", page)
        older = re.search(r'<a class="button" href="([^"]*)">Earlier', page)
        address = unescape(older[1]) if older else ""

    assert sorted(map(int, reasons)) == list(range(45))


def test_the_log_costs_the_same_for_few_outcomes_and_many(rich, editor, django_assert_num_queries):
    for number in range(20):
        report = make_report(rich, message=f"Wrong {number}.")
        close(report, outcome="CORRECTED", by=editor, at=CLOSED)

    with django_assert_num_queries(2):  # what was touched; the reports with their events
        log = read_log(size=20)
    assert len(log.entries) == 20
    assert words_of(log.entries[0])[0].startswith("An error was reported (Date or time)")
