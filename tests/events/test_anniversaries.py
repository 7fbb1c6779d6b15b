"""When recurring days fall, how they are counted, and their pages."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from events.anniversaries import (
    LunarDay,
    Occurrence,
    lunar_day,
    next_occurrence,
    occurrences,
    solar_day,
)
from events.models import Evidence
from tests.events.build import make_anniversary, make_citation

solar_days = st.dates(date(1850, 1, 1), date(2049, 12, 31))
todays = st.dates(date(1900, 1, 1), date(2045, 12, 31))


def test_the_ordinal_counts_the_years_elapsed_since_the_origin():
    signed = date(1965, 6, 22)
    assert next_occurrence(signed, "SOLAR", today=date(2025, 6, 22)) == Occurrence(
        date(2025, 6, 22), 60
    )
    assert next_occurrence(signed, "SOLAR", today=date(2025, 6, 23)) == Occurrence(
        date(2026, 6, 22), 61
    )


def test_the_origin_itself_is_number_zero():
    signed = date(2030, 1, 2)
    assert next_occurrence(signed, "SOLAR", today=date(2026, 1, 1)) == Occurrence(signed, 0)


def test_29_february_is_kept_on_the_28th_in_common_years():
    days = [
        o.falls_on
        for o in islice(occurrences(date(2024, 2, 29), "SOLAR", first=date(2024, 1, 1)), 5)
    ]
    assert days == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


@pytest.mark.parametrize(
    ("solar", "lunar"),
    [
        # New Year's Day of the lunar year (Seollal) and the 15th of the eighth month (Chuseok).
        (date(2025, 1, 29), LunarDay(2025, 1, 1)),
        (date(2025, 10, 6), LunarDay(2025, 8, 15)),
        (date(2026, 2, 17), LunarDay(2026, 1, 1)),
        (date(2026, 9, 25), LunarDay(2026, 8, 15)),
        # 2025 had a leap sixth month.
        (date(2025, 7, 25), LunarDay(2025, 6, 1, in_leap_month=True)),
    ],
)
def test_lunar_dates_are_those_of_the_korean_calendar(solar, lunar):
    assert lunar_day(solar) == lunar
    assert solar_day(lunar) == solar


def test_a_lunar_anniversary_moves_through_the_solar_year():
    chuseok = date(2024, 9, 17)
    assert list(islice(occurrences(chuseok, "LUNAR", first=date(2024, 9, 18)), 2)) == [
        Occurrence(date(2025, 10, 6), 1),
        Occurrence(date(2026, 9, 25), 2),
    ]


def test_a_day_of_a_leap_month_is_kept_in_the_ordinary_month():
    in_the_leap_sixth_month = date(2025, 8, 1)
    start = lunar_day(in_the_leap_sixth_month)
    assert start is not None
    assert start.in_leap_month
    later = next_occurrence(in_the_leap_sixth_month, "LUNAR", today=date(2025, 8, 2))
    assert later is not None
    assert lunar_day(later.falls_on) == LunarDay(2026, 6, start.day)


def test_past_the_end_of_the_lunar_tables_there_is_no_next_day():
    assert next_occurrence(date(2024, 9, 17), "LUNAR", today=date(2060, 1, 1)) is None


def test_past_the_last_year_of_the_calendar_there_is_no_next_day():
    assert next_occurrence(date(1965, 6, 22), "SOLAR", today=date(9999, 12, 31)) is None


@settings(deadline=None)
@given(origin=solar_days, today=todays, calendar=st.sampled_from(["SOLAR", "LUNAR"]))
def test_the_next_day_is_never_past_and_less_than_13_months_away(origin, today, calendar):
    found = next_occurrence(origin, calendar, today=today)
    assert found is not None
    assert found.falls_on >= today
    assert found.days_from(today) == (found.falls_on - today).days
    if origin <= today:
        assert found.falls_on - today <= timedelta(days=385)
        assert abs(found.years - (found.falls_on.year - origin.year)) <= 1


@settings(deadline=None)
@given(origin=solar_days, today=todays, calendar=st.sampled_from(["SOLAR", "LUNAR"]))
def test_each_year_of_the_calendar_brings_the_day_once(origin, today, calendar):
    following = list(islice(occurrences(origin, calendar, first=today), 4))
    for earlier, later in pairwise(following):
        assert later.years == earlier.years + 1
        assert 350 <= (later.falls_on - earlier.falls_on).days <= 386


@settings(deadline=None)
@given(origin=solar_days, today=todays)
def test_a_lunar_anniversary_keeps_its_month_and_day(origin, today):
    start, found = lunar_day(origin), next_occurrence(origin, "LUNAR", today=today)
    assert start is not None
    assert found is not None
    kept = lunar_day(found.falls_on)
    assert kept is not None
    assert kept.month == start.month
    assert kept.day == start.day or (start.day, kept.day) == (30, 29)


# Quarter to midnight in Greenwich is the next morning in Seoul.
@time_machine.travel(datetime(2025, 6, 20, 23, 45, tzinfo=UTC), tick=False)
def test_days_to_go_are_counted_from_the_date_in_seoul(client, db):
    make_anniversary(origin_on=date(1965, 6, 22), title_en="Treaty on Basic Relations")
    page = client.get("/en/anniversaries/").content.decode()
    assert "<b>1</b> day" in page
    assert "60th anniversary" in page
    page = client.get("/en/anniversaries/normalization-treaty/").content.decode()
    assert "1 day to go" in page
    assert "Sunday, 22 June 2025" in page


@time_machine.travel(datetime(2025, 6, 22, 3, 0, tzinfo=UTC), tick=False)
def test_on_the_day_itself_the_page_says_today(client, db):
    make_anniversary(origin_on=date(1965, 6, 22))
    assert "today" in client.get("/en/anniversaries/normalization-treaty/").content.decode()


@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
def test_an_origin_that_is_still_to_come_has_no_ordinal(client, db):
    make_anniversary(origin_on=date(2026, 12, 1))
    page = client.get("/en/anniversaries/").content.decode()
    assert "1 December 2026" in page
    assert "0th" not in page


@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
def test_anniversaries_stand_in_the_order_in_which_they_come(client, db):
    make_anniversary("after", origin_on=date(1998, 5, 31))
    make_anniversary("soon", origin_on=date(1965, 6, 22))
    page = client.get("/en/anniversaries/").content.decode()
    assert page.index("/anniversaries/soon/") < page.index("/anniversaries/after/")


def test_an_anniversary_shows_each_sides_name_its_observers_sources_and_evidence(client, db):
    row = make_anniversary(
        title_en="Liberation Day",
        title_ko="광복절",
        title_ja="光復節",
        observed_by="Republic of Korea (national day)",
        citations=0,
    )
    source = make_citation(anniversary=row, url="https://example.org/liberation", language="ko")
    Evidence.objects.create(
        citation=source,
        field="origin",
        value="1945-08-15",
        sentence="It fell on <15 August> 1945.",
        quote="<15 August>",
        starts_at=11,
        ends_at=22,
        text_sha256="0" * 64,
        language="en",
    )
    page = client.get(f"/en/anniversaries/{row.slug}/").content.decode()
    assert '<li lang="ko">광복절</li>' in page
    assert '<li lang="ja">光復節</li>' in page
    assert "Republic of Korea (national day)" in page
    assert 'href="https://example.org/liberation" rel="noopener noreferrer"' in page
    assert "It fell on <mark>&lt;15 August&gt;</mark> 1945." in page


def test_a_lunar_anniversary_says_so(client, db):
    row = make_anniversary(origin_on=date(2024, 9, 17), calendar="LUNAR")
    page = client.get(f"/en/anniversaries/{row.slug}/").content.decode()
    assert "day 15 of month 8" in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(client, db, django_assert_num_queries, number):
    for position in range(number):
        make_anniversary(f"day-{position}")
    with django_assert_num_queries(2):  # anniversaries, countries
        client.get("/en/anniversaries/")


def test_an_unknown_anniversary_is_not_found(client, db):
    assert client.get("/en/anniversaries/none/").status_code == 404
