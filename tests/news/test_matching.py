"""What the record is asked before an editor is."""

from datetime import date

import pytest

from news import review
from news.matching import likely_anniversaries, likely_events, waiting_like
from news.models import Candidate
from tests.events.build import NOW, make_anniversary, make_event
from tests.news.build import (
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_leaders,
)

pytestmark = pytest.mark.django_db
BOTH = ("lee-jae-myung", "ishiba-shigeru")


@pytest.fixture(autouse=True)
def leaders():
    make_leaders()


def slugs(candidate):
    return [match.event.slug for match in likely_events(candidate)]


def test_the_same_event_comes_first_with_its_reasons():
    make_event(slug="day-before", starts_on=date(2025, 6, 8), people=BOTH)
    make_event(slug="same", starts_on=date(2025, 6, 9), people=BOTH)

    first, second = likely_events(make_candidate())

    assert (first.event.slug, second.event.slug) == ("same", "day-before")
    assert first.reasons == (
        "same kind",
        "both name Ishiba Shigeru, Lee Jae-myung",
        "same day",
    )
    assert "a day apart" in second.reasons


def test_a_meeting_expected_within_some_days_is_found_on_one_of_them():
    make_event(slug="g7", kind="SUMMIT", starts_on=date(2025, 6, 17), people=BOTH)

    window = make_candidate(
        kind="summit",
        starts_on=date(2025, 6, 15),
        ends_on=date(2025, 6, 17),
        precision="WINDOW",
        status="scheduled",
        channel="IN_PERSON",
    )

    assert slugs(window) == ["g7"]
    assert "within its dates" in likely_events(window)[0].reasons


def test_a_meeting_in_a_month_is_found_anywhere_in_it():
    make_event(slug="late", kind="SUMMIT", starts_on=date(2025, 6, 30), people=BOTH)
    month = make_candidate(
        kind="summit",
        starts_on=date(2025, 6, 1),
        ends_on=date(2025, 6, 30),
        precision="MONTH",
        channel="IN_PERSON",
    )

    assert (month.starts_on, month.ends_on) == (date(2025, 6, 1), None)
    assert slugs(month) == ["late"]


def test_a_visit_may_be_the_summit_of_the_record():
    make_event(slug="summit", kind="SUMMIT", starts_on=date(2025, 6, 9), people=BOTH)

    assert slugs(make_candidate(kind="visit", channel="IN_PERSON")) == ["summit"]


@pytest.mark.parametrize(
    "other",
    [
        {"starts_on": date(2025, 6, 11)},
        {"kind": "DISPUTE"},
        {"people": ["yoon-suk-yeol"]},
        {"published": False},
        {"countries": ["US", "CN"], "people": []},
    ],
)
def test_another_day_kind_or_person_and_what_readers_do_not_see_is_not_offered(other):
    make_event(**{"slug": "other", "starts_on": date(2025, 6, 9), "people": BOTH, **other})

    assert slugs(make_candidate()) == []


def test_where_nobody_is_named_the_countries_tell():
    make_event(slug="protest", kind="DISPUTE", starts_on=date(2025, 6, 9), actors=["KR"])

    assert slugs(make_candidate(kind="dispute", participants=(), channel="")) == ["protest"]


def test_matching_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    candidate = make_candidate()
    make_event(people=BOTH)
    for _count in (1, 6):
        with django_assert_num_queries(9):  # three of the candidate, events, four of theirs
            likely_events(Candidate.objects.get(pk=candidate.pk))
        for _more in range(5):
            make_event(people=BOTH)


def test_a_recurring_day_is_offered_by_name_else_by_its_date():
    treaty = make_anniversary("normalization-treaty", origin_on=date(1965, 6, 22))
    make_anniversary("liberation-day", origin_on=date(1945, 8, 15))
    named = make_anniversary_candidate(anniversary="liberation-day")

    assert [row.slug for row in likely_anniversaries(named)] == ["liberation-day"]
    assert likely_anniversaries(make_anniversary_candidate()) == [treaty]
    assert likely_anniversaries(make_candidate()) == []


def test_others_that_wait_and_may_tell_of_the_same_are_named(editor):
    korean = make_candidate(make_article(language="ko"), minutes=25)
    visit = make_candidate(kind="visit", channel="IN_PERSON")
    make_candidate(starts_on=date(2025, 7, 9), ends_on=date(2025, 7, 9))
    rejected = make_candidate(city="Seoul")
    review.reject(rejected, reason="WRONG", by=editor, at=NOW)

    assert waiting_like(make_candidate()) == [korean]
    assert korean not in waiting_like(visit)
