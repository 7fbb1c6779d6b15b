"""A month by its days: events, anniversaries, holidays; and the page for no such address."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import translation

from events import nearest
from events.models import Event
from events.month import Month, fill, is_shown, returns_between
from events.public_holidays import holidays_between
from tests.events.build import make_anniversary, make_country, make_event

TODAY = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def grid(html: str) -> dict[str, str]:
    """The cells of the month by their day, as text."""
    table = re.search(r'<table class="month-grid">(.*?)</table>', html, re.DOTALL)
    assert table
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table[1], re.DOTALL)
    return {words(cell).split()[0]: words(cell) for cell in cells if words(cell)}


def listed(html: str) -> list[str]:
    """The entries of the list by days, as text."""
    found = re.search(r'<ol class="events month-list">(.*?)</ol>', html, re.DOTALL)
    assert found
    return [words(entry) for entry in re.findall(r"<li .*?</li>", found[1], re.DOTALL)]


# The month


def test_a_month_knows_its_neighbours_across_years():
    assert Month(2025, 12).shifted(1) == Month(2026, 1)
    assert Month(2025, 1).shifted(-1) == Month(2024, 12)
    assert str(Month(2025, 6)) == "2025/06"


def test_the_calendar_reaches_from_1965_to_two_years_from_now():
    shown = {
        month: is_shown(month, today=date(2026, 6, 1))
        for month in (Month(1964, 12), Month(1965, 1), Month(2028, 6), Month(2028, 7))
    }
    assert list(shown.values()) == [False, True, True, False]


@pytest.mark.parametrize(("first_weekday", "before"), [(0, 6), (6, 0)])
def test_weeks_begin_where_the_language_begins_them(first_weekday, before):
    """1 June 2025 was a Sunday."""
    sheet = fill(Month(2025, 6), events=[], returns=[], holidays=[], first_weekday=first_weekday)

    assert sheet.weeks[0].count(None) == before
    assert {len(week) for week in sheet.weeks} == {7}
    assert [day.on.day for day in sheet.days] == list(range(1, 31))


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Monday"), ("ko", "일요일"), ("ja", "日曜日")]
)
def test_the_grid_begins_with_the_readers_first_weekday(client, db, language, first):
    """1 February 2026 was a Sunday."""
    html = page(client, f"/{language}/calendar/2026/02/")

    assert re.findall(r'<th scope="col">([^<]+)</th>', html)[0] == first
    row = html[html.index("<tbody>") :].split("</tr>")[0]
    assert row.count('class="elsewhere"') == (6 if language == "en" else 0)


def test_a_lunar_day_may_fall_twice_or_never_in_one_solar_month():
    origin = date(2024, 2, 10)  # the first day of the lunar year

    found = {
        year: [one.years for one in returns_between(origin, "LUNAR", first=first, last=last)]
        for year, first, last in (
            (2025, date(2025, 1, 1), date(2025, 1, 31)),
            (2026, date(2026, 1, 1), date(2026, 1, 31)),
        )
    }

    assert found == {2025: [1], 2026: []}


# Holidays


def test_holidays_of_both_countries_come_with_substitute_days():
    found = [
        (holiday.on.day, holiday.country, holiday.name)
        for holiday in holidays_between(date(2026, 5, 1), date(2026, 5, 7), language="en")
    ]

    assert (5, "KR", "Children's Day") in found
    assert (5, "JP", "Children's Day") in found
    assert found.index((5, "KR", "Children's Day")) < found.index((5, "JP", "Children's Day"))
    assert (6, "JP", "Substitute Holiday") in found


def test_two_holidays_on_one_day_are_two():
    """In 2025 the Buddha's birthday fell on Children's Day."""
    day = date(2025, 5, 5)
    names = [h.name for h in holidays_between(day, day, language="en") if h.country == "KR"]

    assert sorted(names) == ["Buddha's Birthday", "Children's Day"]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Mountain Day", "Liberation Day"]),
        ("ko", ["산의 날", "광복절"]),
        ("ja", ["山の日", "光復節"]),
    ],
)
def test_holidays_of_both_countries_are_named_in_the_readers_language(language, names):
    found = list(holidays_between(date(2025, 8, 1), date(2025, 8, 31), language=language))

    assert [holiday.name for holiday in found] == names
    assert {holiday.language for holiday in found} == {language}


def test_a_day_around_a_holiday_is_named_after_it():
    (day,) = holidays_between(date(2026, 9, 24), date(2026, 9, 24), language="ja")

    assert day.name == "秋夕（チュソク）の前日"


def test_each_holiday_of_these_years_is_named_in_every_language():
    first, last = date(2000, 1, 1), date(2028, 12, 31)
    foreign = {
        (holiday.on.year, holiday.name)
        for language in ("ko", "ja")
        for holiday in holidays_between(first, last, language=language)
        if holiday.language != language
    }

    assert foreign == {
        (2002, "2002년 한일 월드컵 대표팀 4강 진출"),
        (2019, "天皇の即位の日"),
        (2019, "即位礼正殿の儀が行われる日"),
    }


def test_a_holiday_without_a_name_in_the_readers_language_says_in_which_it_is(client, db):
    make_country("KR")
    make_country("JP")

    page_of_may = page(client, "/ko/calendar/2019/05/")

    assert '<span lang="ja">天皇の即位の日</span>' in page_of_may
    assert '<span lang="ko">어린이날</span>' in page_of_may


# The page of a month


def test_an_event_stands_on_its_day_and_leads_to_its_page(client, db):
    event = make_event(starts_on=date(2025, 6, 9), title_en="First call")

    html = page(client, "/en/calendar/2025/06/")

    assert grid(html)["9"] == "9 First call"
    assert f'<a href="{event.get_absolute_url()}">First call</a>' in html
    assert '<a href="#day-9">' in html
    assert 'id="day-9"' in html
    assert '<a href="#day-10">' not in html


def test_an_event_of_several_days_is_on_each_of_them_and_listed_once(client, db):
    make_event(starts_on=date(2025, 8, 23), ends_on=date(2025, 8, 25), title_en="Visit")

    html = page(client, "/en/calendar/2025/08/")

    cells = grid(html)
    assert cells["23"] == "23 Visit"
    assert cells["24"] == "24 Visit (continues)"
    assert cells["25"] == "25 Visit (continues)"
    assert cells["26"] == "26"
    assert [entry for entry in listed(html) if "Visit" in entry] == [
        entry for entry in listed(html) if entry.startswith("23–25")
    ]


def test_an_event_that_began_in_the_month_before_is_listed_on_the_first(client, db):
    make_event(starts_on=date(2025, 6, 29), ends_on=date(2025, 7, 2), title_en="Visit")

    html = page(client, "/en/calendar/2025/07/")

    assert grid(html)["1"] == "1 Visit (continues)"
    (entry,) = [entry for entry in listed(html) if "Visit" in entry]
    assert entry.startswith("29 Jun – 2 Jul")
    assert "Visit" not in grid(html).get("3", "")


@pytest.mark.parametrize(
    ("precision", "starts_on", "ends_on"),
    [
        ("MONTH", date(2025, 6, 1), None),
        ("WINDOW", date(2025, 5, 30), date(2025, 6, 2)),
        ("YEAR", date(2025, 1, 1), None),
    ],
)
def test_an_event_without_a_known_day_stands_apart(client, db, precision, starts_on, ends_on):
    make_event(
        precision=precision, starts_on=starts_on, ends_on=ends_on, title_en="Some day’s talks"
    )

    html = page(client, "/en/calendar/2025/06/")

    apart = html[html.index("Day not known") :]
    assert "Some day’s talks" in apart
    assert not any("Some day’s talks" in cell for cell in grid(html).values())


def test_an_event_that_was_cancelled_says_so_in_its_cell(client, db):
    make_event(starts_on=date(2025, 6, 9), status="CANCELLED", title_en="Talks")

    assert grid(page(client, "/en/calendar/2025/06/"))["9"] == "9 Talks Cancelled"


def test_drafts_are_kept_from_the_calendar(client, db):
    make_event(starts_on=date(2025, 6, 9), title_en="Secret", published=False)

    assert "Secret" not in page(client, "/en/calendar/2025/06/")


def test_an_anniversary_has_its_ordinal_and_each_sides_name(client, db):
    make_anniversary(
        "liberation-day",
        origin_on=date(1945, 8, 15),
        countries=["KR"],
        title_en="Liberation Day",
        title_ko="광복절",
        title_ja="光復節",
    )

    html = page(client, "/en/calendar/2025/08/")

    assert "Liberation Day 80th anniversary" in grid(html)["15"]
    (entry,) = [entry for entry in listed(html) if "80th anniversary" in entry]
    assert "광복절" in entry
    assert "光復節" in entry
    assert "Republic of Korea" in entry


def test_a_leap_day_stands_on_the_28th_in_common_years_only(client, db):
    make_anniversary("leap", origin_on=date(1996, 2, 29), title_en="Leap day")

    assert "Leap day 29th" in grid(page(client, "/en/calendar/2025/02/"))["28"]
    leap_year = grid(page(client, "/en/calendar/2024/02/"))
    assert "Leap day 28th" in leap_year["29"]
    assert leap_year["28"] == "28"


def test_a_lunar_anniversary_moves_from_month_to_month(client, db):
    make_anniversary("lunar", origin_on=date(2024, 9, 17), calendar="LUNAR", title_en="Moon day")

    assert "Moon day" in grid(page(client, "/en/calendar/2025/10/"))["6"]
    assert "Moon day" in grid(page(client, "/en/calendar/2026/09/"))["25"]


def test_today_is_marked_on_the_day_in_seoul(client, db):
    with time_machine.travel(datetime(2026, 5, 31, 16, 0, tzinfo=UTC), tick=False):
        assert grid(page(client, "/en/calendar/2026/06/"))["1"] == "1 Today"
        assert client.get("/en/calendar/")["Location"] == "/en/calendar/2026/06/"


def test_a_month_without_events_says_so_and_leads_to_the_nearest_with_one(client, db):
    make_event(starts_on=date(1967, 8, 9))
    make_event(starts_on=date(1971, 1, 5))

    html = page(client, "/en/calendar/1968/02/")

    assert "The record has no events in this month." in html
    assert '<a href="/en/calendar/1967/08/">Before it: August 1967</a>' in html
    assert '<a href="/en/calendar/1971/01/">After it: January 1971</a>' in html


@pytest.mark.parametrize(
    "month", ["1964/12", "2028/07", "2025/13", "2025/00", "0000/01", "2025/6", "٢٠٢٥/06"]
)
def test_months_that_the_calendar_does_not_have_are_not_found(client, db, month):
    page(client, f"/en/calendar/{month}/", status=404)


@pytest.mark.parametrize(
    ("month", "missing"), [("1965/01", 'rel="prev"'), ("2028/06", 'rel="next"')]
)
def test_no_link_leads_out_of_the_calendar(client, db, month, missing):
    html = page(client, f"/en/calendar/{month}/")

    assert missing not in html
    for address in re.findall(r'href="(/en/calendar/\d{4}/\d{2}/)"', html):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_a_link_leads_to_the_month_before_and_after(client, db, language):
    html = page(client, f"/{language}/calendar/2025/01/")

    assert f'rel="prev" href="/{language}/calendar/2024/12/"' in html
    assert f'rel="next" href="/{language}/calendar/2025/02/"' in html


@pytest.mark.parametrize("number", [1, 12])
def test_a_month_costs_the_same_for_few_and_many(client, db, django_assert_num_queries, number):
    for position in range(number):
        make_event(starts_on=date(2025, 6, 1 + position))
        make_anniversary(f"day-{position}", origin_on=date(1990, 6, 1 + position))
    with django_assert_num_queries(4):  # events, anniversaries, their countries, both countries
        client.get("/en/calendar/2025/06/")


# The page of an anniversary


def test_an_anniversary_shows_what_was_done_on_that_day_since_its_origin(client, db):
    row = make_anniversary(origin_on=date(1965, 6, 22))
    make_event(starts_on=date(2015, 6, 22), title_en="Fiftieth")
    make_event(starts_on=date(1996, 6, 20), ends_on=date(1996, 6, 23), title_en="In between")
    make_event(starts_on=date(2015, 6, 23), title_en="Day after")
    make_event(starts_on=date(2002, 6, 1), precision="MONTH", title_en="Some day")

    html = page(client, f"/en/anniversaries/{row.slug}/")
    past = words(html[html.index('id="past"') :])

    assert "2015 · 50th anniversary" in past
    assert past.index("Fiftieth") < past.index("1996 · 31st anniversary") < past.index("In between")
    assert "Day after" not in past
    assert "Some day" not in past


def test_what_was_done_before_the_origin_was_not_done_on_the_anniversary(client, db):
    row = make_anniversary("declaration", origin_on=date(1998, 10, 8))
    make_event(starts_on=date(1990, 10, 8), title_en="Earlier")
    make_event(starts_on=date(1998, 10, 8), title_en="The declaration itself")

    html = page(client, f"/en/anniversaries/{row.slug}/")

    assert "Earlier" not in html
    assert "1998 · The origin of the anniversary" in words(html)
    assert "The declaration itself" in html


def test_a_lunar_anniversary_finds_the_events_of_its_solar_days(client, db):
    row = make_anniversary("lunar", origin_on=date(2024, 9, 17), calendar="LUNAR")
    make_event(starts_on=date(2025, 10, 6), title_en="On the moon’s day")
    make_event(starts_on=date(2025, 9, 17), title_en="On the sun’s day")

    html = page(client, f"/en/anniversaries/{row.slug}/")

    assert "On the moon’s day" in html
    assert "On the sun’s day" not in html
    assert "the date of the solar calendar changes from year to year" in html


def test_the_next_years_stand_with_their_ordinals_and_days_to_go(client, db):
    row = make_anniversary(origin_on=date(1965, 6, 22))

    html = words(page(client, f"/en/anniversaries/{row.slug}/"))

    assert "Monday, 22 June 2026 61st anniversary 21" in html
    assert "Tuesday, 22 June 2027 62nd anniversary 386" in html


@pytest.mark.parametrize("number", [1, 12])
def test_an_anniversary_costs_the_same_for_few_and_many(
    client, db, django_assert_num_queries, number
):
    row = make_anniversary(origin_on=date(1965, 6, 22))
    for position in range(number):
        make_event(starts_on=date(1970 + position, 6, 22))
    with django_assert_num_queries(4):  # itself, countries, events, sources
        client.get(f"/en/anniversaries/{row.slug}/")


# An address that leads nowhere


def test_an_event_that_is_not_there_offers_the_nearest_and_its_words(client, db):
    for day in (1, 8, 10, 30):
        make_event(starts_on=date(2025, 6, day), title_en=f"Event of the {day}.")

    html = page(client, "/en/events/2025-06-09-ishiba-lee-talks/", status=404)

    order = [html.index(f"Event of the {day}.") for day in (1, 8, 10, 30)]
    assert order == sorted(order)
    assert 'value="ishiba lee talks"' in html


def test_only_the_nearest_are_offered_and_no_drafts(client, db):
    for day in range(1, 13):
        make_event(starts_on=date(2025, 6, day), slug=f"near-{day}")
    make_event(starts_on=date(2025, 6, 6), slug="a-draft", published=False)

    html = page(client, "/en/events/2025-06-06-no/", status=404)

    found = re.findall(r'card-title"><a href="/en/events/([-\w]+)/', html)
    assert found == ["near-4", "near-5", "near-6", "near-7", "near-8"]


@pytest.mark.parametrize("slug", ["2025-02-31-no", "2025-99-99", "0000-00-00", "none", "2025"])
def test_a_slug_without_a_real_date_is_simply_not_found(client, db, slug):
    make_event()

    assert "There is no page at this address" in page(client, f"/en/events/{slug}/", status=404)


def test_the_page_stands_without_a_database(client, db, monkeypatch):
    monkeypatch.setattr(nearest, "nearest_before", unreachable)

    html = page(client, "/en/events/2025-06-09-call/", status=404)

    assert "There is no page at this address" in html
    assert "nearest to that date" not in html


def unreachable(*_):
    raise DatabaseError


def test_other_addresses_that_lead_nowhere_ask_the_database_nothing(
    client, db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        html = page(client, "/ko/no-such-page/", status=404)
    assert 'action="/ko/timeline/"' in html


def test_nearest_events_prefer_the_closer_side(db):
    for day in (date(2025, 1, 1), date(2025, 6, 10), date(2025, 6, 12)):
        make_event(starts_on=day)

    with translation.override("en"):
        found = nearest.nearest_events(date(2025, 6, 9), 2)

    assert [event.starts_on.day for event in found] == [10, 12]
    assert Event.objects.count() == 3
