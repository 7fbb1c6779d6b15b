"""The strip of years above the timeline, the terms of office below it, and who led in a year."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from events.incumbents import bands, heads_in, terms_of_heads
from events.models import Country, Office, Person, Term
from tests.events.build import (
    make_event,
    make_office,
    make_person,
    make_some_events,
    make_term,
)
from tests.events.reading import HTMX, TIMELINE, read, slugs

TODAY = time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
in_the_record = pytest.mark.django_db


def bars(page):
    """The bars by year: address, classes, and what they are called."""
    strip = re.search(r'<div class="bars">(.*?)</div>', page, re.DOTALL)
    found = {}
    for bar in re.findall(r"<a (.*?)></a>", strip[1]) if strip else []:
        given = {name: unescape(value) for name, value in re.findall(r'([-\w]+)="([^"]*)"', bar)}
        assert given["title"] == given["aria-label"]
        found[int(given["title"][:4])] = given
    return found


# --- Bars ---------------------------------------------------------------------------------------


@in_the_record
@TODAY
def test_each_year_from_the_first_event_to_this_year_has_a_bar_with_its_number(client):
    make_some_events()
    found = bars(read(client))
    assert list(found) == [2022, 2023, 2024, 2025, 2026]
    assert [bar["title"] for bar in found.values()] == [
        "2022: 1 event",
        "2023: 1 event",
        "2024: 1 event",
        "2025: 2 events",
        "2026: 0 events",
    ]
    assert [year for year, bar in found.items() if "data-year" in bar] == [2025]


@in_the_record
@TODAY
def test_the_years_reach_to_what_is_scheduled(client):
    make_event(starts_on=date(2025, 6, 9))
    make_event(starts_on=date(2028, 1, 1), precision="YEAR", status="SCHEDULED")
    assert list(bars(read(client))) == [2025, 2026, 2027, 2028]


@in_the_record
@TODAY
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_bar_opens_its_year_within_the_other_filters(client, headers):
    make_some_events()
    page = read(
        client, "?topic=security&topic=history&from=2020&to=2024-06&order=oldest", **headers
    )
    address = urlsplit(bars(page)[2025]["href"])
    assert address.path == TIMELINE
    assert parse_qs(address.query) == {
        "topic": ["security", "history"],
        "order": ["oldest"],
        "from": ["2025"],
        "to": ["2025"],
    }
    assert slugs(read(client, f"?{address.query}")) == ["call", "summit"]


@in_the_record
@TODAY
def test_bars_count_beside_the_other_filters_whatever_years_are_chosen(client):
    make_some_events()
    for query in ("?topic=security", "?topic=security&from=2025&to=2025"):
        titles = [bar["title"][6:] for bar in bars(read(client, query)).values()]
        assert titles == ["0 events", "1 event", "0 events", "2 events", "0 events"]


@in_the_record
@TODAY
def test_the_fullest_year_is_twenty_steps_high_and_a_single_event_can_be_seen(client):
    for year, number in ((2023, 41), (2024, 10), (2025, 1)):
        for _ in range(number):
            make_event(starts_on=date(year, 3, 1))
    found = bars(read(client))
    heights = {year: re.search(r"bar-(\d+)", bar["class"])[1] for year, bar in found.items()}
    assert heights == {2023: "20", 2024: "5", 2025: "1", 2026: "0"}


@in_the_record
@TODAY
@pytest.mark.parametrize(
    ("query", "on"),
    [
        ("", [2022, 2023, 2024, 2025, 2026]),
        ("?topic=security", [2022, 2023, 2024, 2025, 2026]),
        ("?from=2024", [2024, 2025, 2026]),
        ("?from=2023-11&to=2024-02-29", [2023, 2024]),
        ("?to=2023", [2022, 2023]),
        ("?from=1950&to=2030", [2022, 2023, 2024, 2025, 2026]),
        ("?from=1950&to=1960", []),
        # What was not understood narrows nothing.
        ("?from=2025-13", [2022, 2023, 2024, 2025, 2026]),
    ],
)
def test_the_years_that_are_asked_for_are_marked(client, query, on):
    make_some_events()
    found = bars(read(client, query))
    assert [year for year, bar in found.items() if "is-on" in bar["class"].split()] == on


@in_the_record
def test_an_empty_record_has_no_strip(client):
    make_event(published=False)
    make_term()
    page = read(client)
    assert 'class="strip"' not in page
    assert 'class="bands"' not in page


@in_the_record
@TODAY
def test_filters_that_match_nothing_leave_the_years_in_place(client):
    make_some_events()
    found = bars(read(client, "?topic=territory&country=US"))
    assert list(found) == [2022, 2023, 2024, 2025, 2026]
    assert {bar["class"].split()[1] for bar in found.values()} == {"bar-0"}


@in_the_record
@TODAY
def test_the_strip_speaks_each_language(client):
    make_event(starts_on=date(2025, 6, 9))
    for language, words in (("ko", "2025년: 1건"), ("ja", "2025年:1件")):
        page = client.get(f"/{language}/timeline/").content.decode()
        titles = [bar["title"].replace(" ", "") for bar in bars(page).values()]
        assert words.replace(" ", "") in titles


# --- Bands --------------------------------------------------------------------------------------

KOREA = Country(code="KR", name_en="Republic of Korea")
JAPAN = Country(code="JP", name_en="Japan")
WIDTH = 24


def term(starts_on, ends_on=None, country=KOREA, name="Somebody"):
    office = Office(country=country, slug="president" if country is KOREA else "prime_minister")
    person = Person(slug=name.lower(), name_en=name, country=country)
    return Term(person=person, office=office, starts_on=starts_on, ends_on=ends_on)


def drawn(path):
    """The rectangles of a path: where each begins, and how long it is."""
    found = re.findall(r"M([\d.]+) 0h([\d.]+)v1h-([\d.]+)z", path)
    assert "".join(f"M{x} 0h{length}v1h-{back}z" for x, length, back in found) == path
    assert all(length == back for _x, length, back in found)
    return [(float(x), float(length)) for x, length, _back in found]


def drawn_between(first_year, last_year, today, *terms):
    (band,) = bands(terms, first_year=first_year, last_year=last_year, today=today, width=WIDTH)
    return sorted(drawn(band.odd) + drawn(band.even))


def test_a_term_is_drawn_from_the_day_it_begins_to_the_day_it_ends():
    # Of 2023 to 2026, one year is a leap year: 1461 days on 96 units.
    found = drawn_between(2023, 2026, date(2026, 6, 1), term(date(2024, 1, 1), date(2025, 1, 1)))
    assert found == [(round(365 * 96 / 1461, 1), round(366 * 96 / 1461, 1))]


def test_the_29th_of_february_has_a_place_of_its_own():
    found = drawn_between(
        2024,
        2024,
        date(2024, 12, 31),
        term(date(2024, 1, 1), date(2024, 2, 29)),
        term(date(2024, 2, 29), date(2024, 3, 1)),
    )
    assert found == [(0, round(59 * 24 / 366, 1)), (round(59 * 24 / 366, 1), 0.1)]


def test_a_term_without_an_end_reaches_to_today():
    found = drawn_between(2025, 2026, date(2026, 6, 1), term(date(2025, 6, 4)))
    scale = 48 / 730
    days = (date(2026, 6, 1) - date(2025, 6, 4)).days
    assert found == [(round(154 * scale, 1), round(days * scale, 1))]


def test_terms_outside_the_years_of_the_strip_are_cut_or_left_out():
    found = drawn_between(
        2024,
        2025,
        date(2025, 12, 31),
        term(date(2017, 5, 10), date(2022, 5, 9)),
        term(date(2022, 5, 10), date(2024, 7, 2)),
        term(date(2025, 6, 4), date(2030, 6, 3)),
        term(date(2026, 1, 1), date(2027, 1, 1)),
    )
    scale = 48 / 731
    assert found == [
        (0, round(183 * scale, 1)),
        (round((366 + 154) * scale, 1), round((365 - 154) * scale, 1)),
    ]


def test_neighbours_take_turns_so_that_their_border_shows():
    days = [date(2020 + number, 1, 1) for number in range(6)]
    terms = [term(begins, ends) for begins, ends in zip(days, days[1:], strict=False)]
    (band,) = bands(terms, first_year=2020, last_year=2024, today=days[-1], width=WIDTH)
    assert [round(x / WIDTH) for x, _length in drawn(band.odd)] == [0, 2, 4]
    assert [round(x / WIDTH) for x, _length in drawn(band.even)] == [1, 3]


def test_each_government_has_a_band_in_the_order_of_its_terms():
    terms = [
        term(date(2022, 5, 10), date(2025, 4, 4)),
        term(date(2021, 10, 4), date(2024, 10, 1), JAPAN),
    ]
    found = bands(terms, first_year=2020, last_year=2025, today=date(2025, 6, 1), width=WIDTH)
    assert [band.country.code for band in found] == ["KR", "JP"]
    assert bands([], first_year=2020, last_year=2025, today=date(2025, 6, 1), width=WIDTH) == []


@given(
    first=st.integers(1945, 2030),
    years=st.integers(1, 90),
    starts=st.lists(st.dates(date(1940, 1, 1), date(2120, 1, 1)), min_size=1, max_size=5),
    days=st.integers(0, 4000),
    today=st.dates(date(1945, 1, 1), date(2120, 1, 1)),
)
def test_nothing_is_drawn_beyond_the_strip_and_a_new_year_stands_at_its_bar(
    first, years, starts, days, today
):
    last = first + years - 1
    terms = [term(begins, begins + timedelta(days=days)) for begins in starts]
    terms.append(term(date(first + years // 2, 1, 1)))
    for band in bands(terms, first_year=first, last_year=last, today=today, width=WIDTH):
        for x, length in drawn(band.odd) + drawn(band.even):
            assert x >= 0
            assert x + length <= WIDTH * years + 0.1
        if today > date(first + years // 2, 1, 1):
            begins = [x for x, _length in drawn(band.odd) + drawn(band.even)]
            assert any(abs(x - WIDTH * (years // 2)) <= 0.2 for x in begins)


@in_the_record
@TODAY
def test_the_bands_stand_below_the_bars_on_the_same_scale(client):
    make_event(starts_on=date(2023, 3, 1))
    premier = make_office("prime_minister", "JP")
    make_term(make_person("kishida-fumio", "JP"), office=premier, starts_on=date(2021, 10, 4))
    make_term(make_person("yoon-suk-yeol"), starts_on=date(2022, 5, 10), ends_on=date(2025, 4, 4))
    page = read(client)
    drawing = re.search(r'<svg class="bands".*?</svg>', page, re.DOTALL)[0]
    assert f'width="{4 * WIDTH}"' in drawing
    assert re.findall(r'class="(mark-\w\w)"', drawing) == ["mark-kr", "mark-jp"]
    assert 'aria-hidden="true"' in drawing
    assert "style=" not in page


# --- Who led ------------------------------------------------------------------------------------


def told(year, *terms):
    return [
        (heads.country.code, [(one.name, one.since, one.until) for one in heads.incumbents])
        for heads in heads_in(year, terms)
    ]


YOON = term(date(2022, 5, 10), date(2025, 4, 4), name="Yoon")
LEE = term(date(2025, 6, 4), name="Lee")
KISHIDA = term(date(2021, 10, 4), date(2024, 10, 1), JAPAN, "Kishida")
ISHIBA = term(date(2024, 10, 1), date(2025, 10, 21), JAPAN, "Ishiba")


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, []),
        (2021, [("JP", [("Kishida", date(2021, 10, 4), None)])]),
        (2023, [("KR", [("Yoon", None, None)]), ("JP", [("Kishida", None, None)])]),
        (
            2024,
            [
                ("KR", [("Yoon", None, None)]),
                (
                    "JP",
                    [("Kishida", None, date(2024, 10, 1)), ("Ishiba", date(2024, 10, 1), None)],
                ),
            ],
        ),
        (
            2025,
            [
                ("KR", [("Yoon", None, date(2025, 4, 4)), ("Lee", date(2025, 6, 4), None)]),
                ("JP", [("Ishiba", None, date(2025, 10, 21))]),
            ],
        ),
        # Nobody is known to have led Japan; a term without an end goes on.
        (2031, [("KR", [("Lee", None, None)])]),
    ],
)
def test_who_led_in_a_year_and_from_which_day_to_which(year, expected):
    assert told(year, YOON, LEE, KISHIDA, ISHIBA) == expected


def test_a_term_that_begins_or_ends_at_the_turn_of_a_year_is_told_exactly():
    whole = term(date(2020, 1, 1), date(2020, 12, 31), name="Whole")
    assert told(2019, whole) == []
    assert told(2020, whole) == [("KR", [("Whole", None, date(2020, 12, 31))])]
    assert told(2021, whole) == []


@in_the_record
def test_only_presidents_of_korea_and_prime_ministers_of_japan_lead():
    president = make_term(make_person("yoon-suk-yeol"), starts_on=date(2022, 5, 10))
    premier = make_term(
        make_person("ishiba-shigeru", "JP"), office=make_office("prime_minister", "JP")
    )
    for slug, country in (
        ("acting_president", "KR"),
        ("prime_minister", "KR"),
        ("foreign_minister", "JP"),
        ("president", "US"),
    ):
        make_term(make_person(f"{slug}-{country}", country), office=make_office(slug, country))
    assert terms_of_heads() == [president, premier]


@in_the_record
@TODAY
def test_the_heading_of_a_year_names_who_led_with_the_days_of_a_change(client):
    make_event(starts_on=date(2024, 3, 1))
    make_event(starts_on=date(2022, 1, 1))
    make_event(starts_on=date(2019, 1, 1))
    premier = make_office("prime_minister", "JP")
    for slug, begins, ends in (
        ("kishida", date(2021, 10, 4), date(2024, 10, 1)),
        ("ishiba", date(2024, 10, 1), date(2024, 11, 11)),
    ):
        make_term(make_person(slug, "JP"), office=premier, starts_on=begins, ends_on=ends)
    make_term(make_person("yoon"), starts_on=date(2022, 5, 10), ends_on=date(2025, 4, 4))
    page = read(client)
    lines = {
        year: re.sub(r"<[^>]+>", "", line).strip()
        for year, line in re.findall(
            r"<h2[^>]*>(\d{4})</h2>\s*(<p class=.incumbents.>.*?</p>)?", page
        )
    }
    assert lines == {
        "2024": "In office: Yoon Kishida (to 1 Oct), Ishiba (1 Oct–11 Nov)",
        "2022": "In office: Yoon (from 10 May) Kishida",
        # No term is recorded of that year.
        "2019": "",
    }
