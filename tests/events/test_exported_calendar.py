"""Calendars of the timeline and of the anniversaries, held against the standard by hand."""

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice

import icalendar
import pytest
from django.db import transaction

from events.exports.about import About
from events.exports.as_calendar import Entries, calendar_pieces
from events.history import at_time
from events.models import Anniversary, Event
from events.publication import rename
from tests.events.build import make_anniversary, make_event
from tests.events.strict_calendar import check, last_day

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 6, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(TODAY, tick=False)


def fetch(client, address="/timeline.ics"):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def entries(client, address="/timeline.ics"):
    written = fetch(client, address)
    read = icalendar.Calendar.from_ical(written).walk("VEVENT")
    checked = check(written)
    assert len(read) == len(checked)
    return read


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_whole_record_holds_before_a_strict_reader(client, loaded_record, language):
    for address in ("/timeline.ics", "/anniversaries.ics"):
        written = fetch(client, f"{address}?lang={language}")
        checked = check(written)
        assert len(checked) > 100
        assert len(icalendar.Calendar.from_ical(written).walk("VEVENT")) == len(checked)


@pytest.mark.parametrize(
    "text",
    ["Talks; on “fish”, trade", "C:\\new\nline", "한국과 일본의 회담 " * 9, "BEGIN:VEVENT", "\x07"],
)
def test_no_text_breaks_a_line_or_a_value(client, text):
    make_event(title_en=text[:160], summary_en=text, topics=["a,b;c"])
    [entry] = entries(client)
    assert entry["SUMMARY"] == text[:160].replace("\x07", "")


def test_an_entry_covers_its_days_and_ends_the_day_after(client):
    make_event(starts_on=date(2025, 8, 23), ends_on=date(2025, 8, 24), topics=["trade"])
    [entry] = check(fetch(client))
    assert entry["DTSTART"] == ({"VALUE": "DATE"}, "20250823")
    assert entry["DTEND"] == ({"VALUE": "DATE"}, "20250825")
    assert last_day(entry) == date(2025, 8, 24)
    assert entry["CATEGORIES"] == ({"LANGUAGE": "en"}, "Call,Trade")


def test_a_window_spans_its_days_and_a_coarser_date_has_no_entry(client):
    make_event(precision="WINDOW", starts_on=date(2025, 6, 15), ends_on=date(2025, 6, 17))
    make_event(precision="MONTH", starts_on=date(2025, 6, 1))
    make_event(precision="YEAR", starts_on=date(2025, 1, 1))
    written = fetch(client)
    [entry] = check(written)
    assert entry["STATUS"][1] == "TENTATIVE"
    assert "some day within 15–17 Jun 2025" in entry["DESCRIPTION"][1]
    assert b"\r\nX-RECORD-LEFT-OUT:2\r\n" in written


@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("SCHEDULED", "TENTATIVE"),
        ("HELD", "CONFIRMED"),
        ("POSTPONED", "TENTATIVE"),
        ("CANCELLED", "CANCELLED"),
    ],
)
def test_a_status_is_one_that_calendars_know(client, status, written):
    make_event(status=status)
    [entry] = entries(client)
    assert entry["STATUS"] == written


def test_a_calendar_without_entries_is_one_all_the_same(client):
    written = fetch(client, "/timeline.ics?kind=call")
    assert check(written) == []
    assert b"BEGIN:VTIMEZONE" in written


def test_the_last_component_has_a_checksum_of_all_before_it(client):
    make_event()
    make_event(slug="some-day", precision="MONTH", starts_on=date(2025, 6, 1))
    written = fetch(client)
    before, last = written[: written.index(b"BEGIN:VTIMEZONE")], written.rpartition(b"VEVENT")[2]
    digest = sha256(before).hexdigest().encode()
    assert b"X-RECORD-SHA256:" + digest in last.replace(b"\r\n ", b"")
    assert b"X-RECORD-LEFT-OUT:1\r\n" in last


def test_a_calendar_is_sent_from_its_first_entry_on():
    asked = []

    def made():
        for number in range(3):
            asked.append(number)
            entry = icalendar.Event()
            entry.add("uid", str(number))
            yield entry

    about = About("https://e.org/a.ics", "https://e.org/", "en", None, None)
    pieces = calendar_pieces(made(), Entries(), about, name="Events")

    assert next(pieces).startswith(b"BEGIN:VCALENDAR")
    assert next(pieces).startswith(b"BEGIN:VEVENT")
    assert asked == [0]


def test_an_id_outlives_every_change_and_each_raises_its_number(client, editor):
    with transaction.atomic(), at_time(datetime(2026, 6, 1, tzinfo=UTC)):
        event = make_event(slug="one")
    before = entries(client)[0]
    with transaction.atomic(), at_time(datetime(2026, 6, 2, tzinfo=UTC)):
        rename(event, slug="two", by=editor)
    with transaction.atomic(), at_time(datetime(2026, 6, 3, tzinfo=UTC)):
        Event.objects.update(title_en="Another title")
    after = entries(client)[0]
    assert before["UID"] == after["UID"] == str(event.public_id)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == datetime(2026, 6, 3, tzinfo=UTC)
    alone = icalendar.Calendar.from_ical(client.get("/en/events/two.ics").content)
    assert alone.walk("VEVENT")[0] == after


def test_an_anniversary_recurs_by_a_rule_and_tells_its_ordinals(client):
    make_anniversary(origin_on=date(1965, 6, 22), title_en="The treaty")
    whole, *single = entries(client, "/anniversaries.ics")
    assert whole["DTSTART"].dt == date(1965, 6, 22)
    assert whole["RRULE"] == {"FREQ": ["YEARLY"]}
    assert whole["SUMMARY"] == "The treaty"
    assert {entry["UID"] for entry in single} == {whole["UID"]}
    assert [entry["RECURRENCE-ID"].dt.year for entry in single] == list(range(2025, 2037))
    assert single[0]["SUMMARY"] == "The treaty (60th anniversary)"
    assert single[0]["DTSTART"].dt == date(2025, 6, 22)


def test_the_origin_itself_is_no_anniversary(client):
    make_anniversary(origin_on=date(2026, 1, 5))
    _whole, *single = entries(client, "/anniversaries.ics")
    assert single[0]["DTSTART"].dt == date(2027, 1, 5)
    assert single[0]["SUMMARY"].endswith("(1st anniversary)")


@pytest.mark.parametrize(
    ("origin", "calendar", "days"),
    [
        (date(1980, 2, 29), "SOLAR", [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)]),
        (date(1960, 1, 28), "LUNAR", [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 7)]),
    ],
)
def test_a_day_that_no_rule_can_say_has_an_entry_for_each_year(client, origin, calendar, days):
    make_anniversary(origin_on=origin, calendar=calendar)
    found = entries(client, "/anniversaries.ics")
    assert [entry["DTSTART"].dt for entry in islice(found, 3)] == days
    assert len(found) == 12
    assert not any("RRULE" in entry or "RECURRENCE-ID" in entry for entry in found)


def test_the_id_of_an_anniversary_outlives_its_address(client):
    with transaction.atomic(), at_time(datetime(2026, 6, 1, tzinfo=UTC)):
        make_anniversary("the-day")
    before = entries(client, "/anniversaries.ics")[0]
    with transaction.atomic(), at_time(datetime(2026, 6, 2, tzinfo=UTC)):
        Anniversary.objects.update(slug="another-day")
    after = entries(client, "/anniversaries.ics")[0]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["URL"].endswith("/en/anniversaries/another-day/")


def test_the_calendar_of_the_whole_record_has_its_anniversaries_and_a_filtered_one_none(client):
    make_event()
    make_anniversary()
    assert len(entries(client)) == 1 + 13
    assert len(entries(client, "/timeline.ics?kind=call")) == 1


def test_what_anniversaries_take_is_refused_like_everywhere(client):
    response = client.get("/anniversaries.ics?lang=xx")
    assert (response.status_code, response.content[:6]) == (400, b"lang: ")
    assert client.get("/anniversaries.ics?country=XX").status_code == 200
