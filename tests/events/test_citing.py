"""The formats in which an event's page is cited and described to programs, and their rules."""

import json
import re
from datetime import UTC, date, datetime, time
from uuid import UUID

import icalendar
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.calendar_entries import calendar_entry, calendar_file
from events.citing import cite
from events.dossier import with_parts
from events.linked_data import as_script, linked_event
from events.models import Country, Event, EventPlace, Person
from events.revisions import Revision

ADDRESS = "https://record.example.org/en/events/2025-06-09-call/"
READ_ON = date(2026, 6, 1)
CHANGED = datetime(2026, 5, 2, 1, 30, tzinfo=UTC)
WINDOW = {"precision": "WINDOW", "starts_on": date(2025, 6, 15), "ends_on": date(2025, 6, 17)}
MONTH = {"precision": "MONTH", "starts_on": date(2013, 2, 1), "last_possible_on": date(2013, 2, 28)}
YEAR = {"precision": "YEAR", "starts_on": date(1971, 1, 1), "last_possible_on": date(1971, 12, 31)}
NEW_YEAR = {"starts_on": date(2025, 12, 31), "ends_on": date(2026, 1, 1)}
KOREA = Country(code="KR", name_en="Republic of Korea", name_ko="대한민국", name_ja="韓国")
JAPAN = Country(code="JP", name_en="Japan", name_ko="일본", name_ja="日本")


def event(**fields):
    """An event that is nowhere stored."""
    values = {
        "public_id": UUID("12345678-1234-5678-1234-567812345678"),
        "slug": "2025-06-09-call",
        "kind": "CALL",
        "starts_on": date(2025, 6, 9),
        "title_en": "First call",
        "title_ko": "첫 통화",
        "title_ja": "初の電話会談",
        "summary_en": "They spoke.",
        **fields,
    }
    values.setdefault("last_possible_on", values.get("ends_on") or values["starts_on"])
    return Event(**values)


def cited(row, language="en"):
    with translation.override(language):
        return cite(row, address=ADDRESS, read_on=READ_ON)


def csl(row, language="en"):
    [item] = json.loads(cited(row, language).csl_json)
    return item


def test_a_citation_names_title_record_date_address_day_of_reading_and_licence():
    assert cited(event()).text == (
        "“First call”, Seoul–Tokyo Record, 9 June 2025, "
        f"{ADDRESS} (read on 1 June 2026), CC BY 4.0."
    )


@pytest.mark.parametrize(("language", "title"), [("ko", "첫 통화"), ("ja", "初の電話会談")])
def test_a_citation_in_another_language_gives_the_english_title_too(language, title):
    text = cited(event(), language).text
    for part in (title, "First call", ADDRESS, "CC BY 4.0"):
        assert part in text
    assert "First call" not in cited(event(**{f"title_{language}": ""}), language).text[12:]


@pytest.mark.parametrize(
    ("fields", "words", "parts", "edtf", "year", "month"),
    [
        ({}, "9 June 2025", [[2025, 6, 9]], "2025-06-09", "2025", "jun"),
        (MONTH, "February 2013", [[2013, 2]], "2013-02", "2013", "feb"),
        (YEAR, "1971", [[1971]], "1971", "1971", None),
        (
            WINDOW,
            "some day within 15–17 Jun 2025",
            [[2025, 6, 15], [2025, 6, 17]],
            "2025-06-15/2025-06-17",
            "2025",
            "jun",
        ),
        (
            NEW_YEAR,
            "31 Dec 2025 – 1 Jan 2026",
            [[2025, 12, 31], [2026, 1, 1]],
            "2025-12-31/2026-01-01",
            None,
            None,
        ),
    ],
)
def test_a_date_is_cited_no_more_exactly_than_it_is_known(fields, words, parts, edtf, year, month):
    row = event(**fields)
    citation = cited(row)
    assert f", {words}, https" in citation.text.replace("\u2009", " ")
    assert csl(row)["issued"] == {"date-parts": parts}
    assert f"\n  date = {{{edtf}}}," in citation.bibtex
    for name, value in (("year", year and f"{{{year}}}"), ("month", month)):
        found = re.search(rf"\n  {name} = (.*),\n", citation.bibtex)
        assert (found and found[1]) == value


def test_a_bibtex_entry_has_the_slug_for_its_key():
    assert cited(event()).bibtex == (
        "@misc{2025-06-09-call,\n"
        "  author = {{Seoul–Tokyo Record}},\n"
        "  title = {{First call}},\n"
        "  date = {2025-06-09},\n"
        "  year = {2025},\n"
        "  month = jun,\n"
        f"  url = {{{ADDRESS}}},\n"
        "  urldate = {2026-06-01},\n"
        "  langid = {british},\n"
        "  note = {CC BY 4.0},\n"
        "}\n"
    )
    korean = cited(event(), "ko").bibtex
    assert "  title = {{첫 통화}},\n  titleaddon = {First call},\n" in korean
    assert "langid = {korean}" in korean


def test_what_tex_would_read_as_a_command_is_escaped():
    bibtex = cited(event(title_en="A_B & C: 50 % of #1 {$x^2$} ~ \\end")).bibtex
    assert (
        r"{{A\_B \& C: 50 \% of \#1 \textbraceleft{}\$x\textasciicircum{}2\$\textbraceright{} "
        r"\textasciitilde{} \textbackslash{}end}}"
    ) in bibtex


@given(st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_no_title_unbalances_the_braces_of_bibtex(english, korean):
    row = event(title_en=english, title_ko=korean)
    for language in ("en", "ko"):
        bibtex = cited(row, language).bibtex
        depth, lowest = 0, 1
        for char in bibtex.strip()[len("@misc{") : -1]:
            depth += {"{": 1, "}": -1}.get(char, 0)
            lowest = min(lowest, depth)
        assert (depth, lowest) == (0, 0)
        # Every line between the first and the last is one field.
        for line in bibtex.strip().split("\n")[1:-1]:
            assert re.match(r"  [a-z]+ = ", line)


@given(st.text(min_size=1, max_size=80))
def test_csl_json_holds_any_title_as_it_is(title):
    assert csl(event(title_en=title))["title"] == title


def test_csl_json_keeps_to_the_data_schema():
    item = csl(event(), "ja")
    assert item == {
        "id": "2025-06-09-call",
        "type": "webpage",
        "title": "初の電話会談",
        "original-title": "First call",
        "author": [{"literal": item["author"][0]["literal"]}],
        "issued": {"date-parts": [[2025, 6, 9]]},
        "accessed": {"date-parts": [[2026, 6, 1]]},
        "URL": ADDRESS,
        "language": "ja",
        "note": "CC BY 4.0",
    }
    assert "original-title" not in csl(event())


def linked(row, *, acting=(), places=(), people=(), language="en"):
    with translation.override(language):
        return linked_event(
            row,
            address=ADDRESS,
            image=f"{ADDRESS}card.png",
            acting=acting,
            places=places,
            people=people,
        )


def test_json_ld_describes_the_event_and_the_page_apart():
    person = Person(slug="lee", country=KOREA, name_en="Lee Jae-myung")
    said = linked(event(channel="PHONE"), acting=[KOREA, JAPAN], people=[person])
    assert said["@type"] == "Event"
    assert said["@id"] == "urn:uuid:12345678-1234-5678-1234-567812345678"
    assert said["name"] == "First call"
    assert said["alternateName"] == ["첫 통화", "初の電話会談"]
    assert said["description"] == "They spoke."
    assert (said["startDate"], said["endDate"]) == ("2025-06-09", "2025-06-09")
    assert [country["identifier"] for country in said["about"]] == ["KR", "JP"]
    assert said["attendee"] == [
        {
            "@type": "Person",
            "name": "Lee Jae-myung",
            "nationality": {"@type": "Country", "name": "Republic of Korea"},
        }
    ]
    assert said["mainEntityOfPage"]["inLanguage"] == "en"
    assert said["mainEntityOfPage"]["isAccessibleForFree"] is True
    assert not {"inLanguage", "isAccessibleForFree", "organizer", "sameAs"} & said.keys()
    assert linked(event(), language="ja")["name"] == "初の電話会談"


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        (MONTH, ("2013-02", None)),
        (YEAR, ("1971", None)),
        (WINDOW, ("2025-06-15", "2025-06-17")),
        (NEW_YEAR, ("2025-12-31", "2026-01-01")),
        (
            {"clock_time": time(12, 5), "time_zone": "Asia/Seoul", "minutes": 25},
            ("2025-06-09T12:05:00+09:00", "2025-06-09T12:30:00+09:00"),
        ),
        # Seoul kept summer time in 1987 and 1988.
        (
            {"starts_on": date(1988, 7, 1), "clock_time": time(9, 0), "time_zone": "Asia/Seoul"},
            ("1988-07-01T09:00:00+10:00", None),
        ),
        (
            {"clock_time": time(12, 5), "time_zone": "Asia/Seoul", "approximate": True},
            ("2025-06-09", "2025-06-09"),
        ),
        ({"clock_time": time(12, 5), "time_zone": "Not/AZone"}, ("2025-06-09", "2025-06-09")),
    ],
)
def test_json_ld_tells_a_date_no_more_exactly_than_it_is_known(fields, dates):
    said = linked(event(**fields))
    assert (said["startDate"], said.get("endDate")) == dates


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({}, "eventStatus", None),
        ({"status": "SCHEDULED"}, "eventStatus", "https://schema.org/EventScheduled"),
        ({"status": "POSTPONED"}, "eventStatus", "https://schema.org/EventPostponed"),
        ({"status": "CANCELLED"}, "eventStatus", "https://schema.org/EventCancelled"),
        ({}, "eventAttendanceMode", None),
        ({"channel": "LETTER"}, "eventAttendanceMode", None),
        (
            {"channel": "VIDEO"},
            "eventAttendanceMode",
            "https://schema.org/OnlineEventAttendanceMode",
        ),
        (
            {"channel": "IN_PERSON"},
            "eventAttendanceMode",
            "https://schema.org/OfflineEventAttendanceMode",
        ),
    ],
)
def test_json_ld_says_how_and_whether_it_was_held(fields, name, value):
    assert linked(event(**fields)).get(name) == value


def test_json_ld_places_only_what_has_a_place():
    seoul = EventPlace(city="Seoul", country=KOREA)
    seoul.city_own = "서울"
    somewhere = EventPlace(country=JAPAN)
    assert "location" not in linked(event())
    assert "location" not in linked(event(channel="PHONE"), places=[seoul])
    assert linked(event(kind="SUMMIT"), places=[seoul])["location"] == {
        "@type": "Place",
        "name": "서울",
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "KR",
            "addressLocality": "서울",
        },
    }
    both = linked(event(kind="VISIT"), places=[seoul, somewhere])["location"]
    assert [place["name"] for place in both] == ["서울", "Japan"]


@given(st.text() | st.just("</script><script>alert(1)</script><!-- <![CDATA[ &amp;"))
def test_no_text_can_end_the_data_block(text):
    script = as_script({"name": text})
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside) == {"name": text}


def entry(row, *, places=(), language="en"):
    with translation.override(language):
        made = calendar_entry(row, address=ADDRESS, revision=Revision(CHANGED, 2), places=places)
        written = calendar_file([made])
    [read] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    return written, read


def test_a_calendar_entry_keeps_its_id_and_counts_its_changes():
    _written, read = entry(event())
    assert read["UID"] == "12345678-1234-5678-1234-567812345678"
    assert read["SEQUENCE"] == 2
    assert read["DTSTAMP"].dt == read["LAST-MODIFIED"].dt == CHANGED
    assert read["SUMMARY"] == "First call"
    assert read["DESCRIPTION"] == f"They spoke.\n\n{ADDRESS} (CC BY 4.0)"
    assert read["URL"] == ADDRESS
    assert read["CATEGORIES"].to_ical() == b"Call"
    assert read["TRANSP"] == "TRANSPARENT"
    assert "LOCATION" not in read


@pytest.mark.parametrize(
    ("fields", "first", "after", "says"),
    [
        ({}, date(2025, 6, 9), date(2025, 6, 10), ""),
        (NEW_YEAR, date(2025, 12, 31), date(2026, 1, 2), ""),
        (WINDOW, date(2025, 6, 15), date(2025, 6, 18), "some day within 15–17 Jun 2025"),
        (MONTH, date(2013, 2, 1), date(2013, 3, 1), "February 2013: the day is not known."),
        (YEAR, date(1971, 1, 1), date(1972, 1, 1), "1971: the month and day are not known."),
    ],
)
def test_an_entry_of_whole_days_ends_on_the_day_after(fields, first, after, says):
    _written, read = entry(event(**fields))
    assert (read["DTSTART"].dt, read["DTEND"].dt) == (first, after)
    assert read["DESCRIPTION"].replace("\u2009", " ").startswith(says or "They spoke.")


def test_an_entry_with_a_clock_is_a_moment():
    written, read = entry(
        event(clock_time=time(12, 5), time_zone="Asia/Seoul", minutes=25, approximate=True)
    )
    assert b"DTSTART:20250609T030500Z\r\nDTEND:20250609T033000Z\r\n" in written
    assert read["DESCRIPTION"].startswith("around 12:05 (Korean Time)")
    written, _read = entry(
        event(starts_on=date(1988, 7, 1), clock_time=time(9, 0), time_zone="Asia/Seoul")
    )
    assert b"DTSTART:19880630T230000Z\r\n" in written
    assert b"DTEND" not in written


def test_a_length_across_a_change_of_the_clock_is_of_time_that_passed():
    row = event(
        starts_on=date(2025, 3, 9), clock_time=time(1, 30), time_zone="America/New_York", minutes=60
    )
    written, _read = entry(row)
    assert b"DTSTART:20250309T063000Z\r\nDTEND:20250309T073000Z\r\n" in written
    assert linked(row)["endDate"] == "2025-03-09T03:30:00-04:00"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "CONFIRMED"),
        ({"status": "SCHEDULED"}, "TENTATIVE"),
        ({"status": "SCHEDULED", "certainty": "ADVANCE_NOTICE"}, "TENTATIVE"),
        ({"status": "POSTPONED"}, "TENTATIVE"),
        ({"status": "CANCELLED", "certainty": "ADVANCE_NOTICE"}, "CANCELLED"),
        (WINDOW, "TENTATIVE"),
    ],
)
def test_an_entry_says_how_firm_it_is(fields, status):
    _written, read = entry(event(**fields))
    assert read["STATUS"] == status


def test_an_entry_tells_its_places():
    places = [EventPlace(city="Seoul", country=KOREA), EventPlace(country=JAPAN)]
    _written, read = entry(event(), places=places)
    assert read["LOCATION"] == "Seoul, Republic of Korea; Japan"


@given(st.text(max_size=160), st.text(max_size=400))
def test_lines_of_a_calendar_file_are_short_and_end_as_the_standard_wants(title, summary):
    written, _read = entry(event(title_ko=title, summary_ko=summary), language="ko")
    assert written.endswith(b"END:VCALENDAR\r\n")
    for line in written.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line == line.decode().encode()  # folded between letters, not within one
        assert b"\n" not in line
        assert b"\r" not in line


@pytest.mark.django_db
def test_every_event_of_the_record_can_be_cited_and_described(loaded_record):
    rows = list(with_parts(Event.objects.visible()))
    assert len(rows) > 500
    ids = set()
    for language in ("en", "ko", "ja"):
        for row in rows:
            places = [
                EventPlace(city=place["city"], country=Country(**place["country"]))
                for place in row.json_places
            ]
            acting = [Country(**part["country"]) for part in row.json_involvements]
            _written, read = entry(row, places=places, language=language)
            ids.add(read["UID"])
            assert read["DTEND"].dt > read["DTSTART"].dt
            item = csl(row, language)
            for part in item["issued"]["date-parts"]:
                assert part[0] > 1900
            assert item["title"] == getattr(row, f"title_{language}")
            assert cited(row, language).bibtex.startswith(f"@misc{{{row.slug},\n")
            said = linked(row, acting=acting, places=places, language=language)
            assert json.loads(as_script(said)[len('<script type="application/ld+json">') : -9])
    assert len(ids) == len(rows)
