"""Each number beside a choice is the number of events that the choice shows."""

import random
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events import search
from events.facets import count_everything, count_removals
from events.filters import TimelineFilter
from events.models import Event, Person, Topic
from events.publication import withdraw
from tests.events.build import (
    make_country,
    make_event,
    make_person,
    make_some_events,
    make_topic,
)

pytestmark = pytest.mark.django_db

COUNTRIES = ("KR", "JP", "US")
TOPICS = ("security", "history", "trade")
PEOPLE = (("lee-jae-myung", "KR"), ("ishiba-shigeru", "JP"), ("trump-donald", "US"))
KINDS = ("CALL", "SUMMIT", "DISPUTE", "STATEMENT")
STATUSES = ("HELD", "SCHEDULED", "POSTPONED")
WORDS = ("Shuttle diplomacy", "Export controls", "Talks")
PLACES = [("Seoul", "KR"), ("Jeju", "KR"), ("Tokyo", "JP")]
YEARS = (2022, 2023, 2024)


def made_up_record(seed):
    """A small record of events that are alike enough for every filter to part them."""
    chance = random.Random(seed)

    def some(values, least=0):
        return chance.sample(values, chance.randint(least, len(values)))

    people = {slug: make_person(slug, country) for slug, country in PEOPLE}
    for number in range(24):
        starts_on = date(chance.choice(YEARS), 1, 1) + timedelta(days=chance.randrange(360))
        precision = chance.choice(["DAY", "DAY", "WINDOW", "MONTH", "YEAR"])
        if precision in ("MONTH", "YEAR"):
            starts_on = starts_on.replace(day=1)
        if precision == "YEAR":
            starts_on = starts_on.replace(month=1)
        concerned = some(COUNTRIES, least=1)
        make_event(
            slug=f"event-{number}",
            kind=chance.choice(KINDS),
            status=chance.choice(STATUSES),
            title_en=chance.choice(WORDS),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=2) if precision == "WINDOW" else None,
            precision=precision,
            countries=concerned,
            actors=chance.sample(concerned, chance.randint(1, len(concerned))),
            topics=some(TOPICS),
            people=[people[slug] for slug in some(list(people))],
            places=some(PLACES),
            published=number % 6 > 0,
        )
    for code in COUNTRIES:
        make_country(code)
    search.refresh()


CHOICES = [
    *[("country", value) for value in COUNTRIES],
    *[("where", value) for value in ("KR", "JP", "XX")],
    *[("topic", value) for value in (*TOPICS, "none")],
    *[("kind", value.lower()) for value in KINDS],
    *[("status", value.lower()) for value in STATUSES],
    *[("leader", slug) for slug, _country in PEOPLE],
    *[("with", slug) for slug, _country in PEOPLE],
    *[("from", value) for value in ("2022-06", "2023", "2023-03-15", "2025-13")],
    *[("to", value) for value in ("2022", "2023-06", "2024-02-29")],
    *[("q", value) for value in ("shuttle", "export controls")],
]
# Readers make few choices; of many together hardly any event is left.
queries = st.lists(st.sampled_from(CHOICES), unique=True, max_size=4)


def filtered(pairs):
    given = QueryDict(urlencode(list(pairs)))
    chosen = TimelineFilter(given, queryset=Event.objects.visible())
    assert chosen.errors is not None
    return chosen


def shown(pairs):
    return filtered(pairs).qs.count()


def values_of(name):
    match name:
        case "country" | "where":
            return COUNTRIES
        case "topic":
            return Topic.objects.values_list("slug", flat=True)
        case "leader" | "with":
            return Person.objects.values_list("slug", flat=True)
        case "kind":
            return [kind.lower() for kind in Event.Kind.values]
    return [status.lower() for status in Event.Status.values]


FACETS = ("country", "where", "topic", "leader", "kind", "status")


def check(pairs):
    chosen = filtered(pairs)
    counts = count_everything(chosen)
    valid = chosen.choices

    def beside(*names):
        return [pair for pair in valid if pair[0] not in names]

    assert counts.total == chosen.qs.count()
    asked = [*FACETS, "with"] if {"leader", "with"} & {name for name, _ in valid} else FACETS
    for name in asked:
        promised = counts.by_value.get(name, {})
        for value in values_of(name):
            assert promised.get(value, 0) == shown([*beside(name), (name, value)]), (name, value)
    for year in YEARS:
        choice = [("from", str(year)), ("to", str(year))]
        assert counts.by_year.get(year, 0) == shown([*beside("from", "to"), *choice]), year
    for (name, value), number in count_removals(chosen).items():
        left = [pair for pair in valid if pair != (name, value)]
        if name == "leader" and "leader" not in dict(left):
            left = [pair for pair in left if pair[0] != "with"]
        assert number == shown(left), (name, value)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_number_is_what_choosing_it_shows(seed):
    made_up_record(seed)

    @settings(max_examples=25, deadline=None)
    @given(queries)
    # Values of one key are joined by "or", and so are not counted beside themselves.
    @example([("topic", "security"), ("country", "US"), ("kind", "call"), ("where", "KR")])
    @example([("leader", "lee-jae-myung"), ("with", "ishiba-shigeru"), ("status", "held")])
    @example([("from", "2023"), ("to", "2023-06"), ("q", "shuttle")])
    def check_numbers(pairs):
        check(pairs)

    check_numbers()


def test_the_years_span_the_visible_record_whatever_is_chosen(editor, now):
    make_event(starts_on=date(1965, 6, 22))
    make_event(starts_on=date(2025, 6, 9), kind="DISPUTE", topics=["history"])
    make_event(starts_on=date(1951, 10, 20), published=False)
    gone = make_event(starts_on=date(2030, 1, 1))
    withdraw(gone, reason="A mistake", by=editor, at=now)
    for pairs in ([], [("topic", "history")], [("from", "2026")], [("kind", "visit")]):
        counts = count_everything(filtered(pairs))
        assert (counts.first_year, counts.last_year) == (1965, 2025)


def test_an_empty_record_has_no_years_and_no_numbers():
    make_event(published=False)
    counts = count_everything(filtered([]))
    assert (counts.first_year, counts.last_year, counts.total) == (None, None, 0)
    assert counts.by_year == {}
    assert not any(any(numbers.values()) for numbers in counts.by_value.values())


def test_what_reaches_over_the_end_of_a_year_counts_in_the_year_in_which_it_begins():
    make_event(starts_on=date(2024, 12, 30), ends_on=date(2025, 1, 2), precision="WINDOW")
    assert count_everything(filtered([])).by_year == {2024: 1}


def test_an_event_at_two_places_of_one_country_counts_once():
    make_event(places=[("Seoul", "KR"), ("Gyeongju", "KR"), ("Tokyo", "JP")])
    assert count_everything(filtered([])).by_value["where"] == {"KR": 1, "JP": 1}


def test_a_country_that_is_only_concerned_is_not_counted_as_acting():
    make_event(kind="DISPUTE", countries=["KR", "JP"], actors=["KR"])
    assert count_everything(filtered([])).by_value["country"] == {"KR": 1}


def test_second_participants_are_counted_only_beside_a_first():
    make_some_events()
    assert "with" not in count_everything(filtered([])).by_value
    counts = count_everything(filtered([("leader", "ishiba-shigeru")]))
    assert counts.by_value["with"] == {"ishiba-shigeru": 2, "lee-jae-myung": 2}


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("leader", "lee-jae-myung"), ("with", "ishiba-shigeru"), ("topic", "security")],
        [("q", "call"), ("country", "KR"), ("from", "2023"), ("to", "2025")],
    ],
)
def test_all_numbers_cost_one_look_at_the_record(django_assert_num_queries, pairs):
    make_some_events()
    # The record, countries, topics, people; for a search also the names in its words, and what it
    # finds.
    with django_assert_num_queries(6 if "q" in dict(pairs) else 4):
        chosen = filtered(pairs)
        count_everything(chosen)
    with django_assert_num_queries(0):
        count_removals(chosen)


def test_what_a_removal_would_show_is_worked_out_for_a_dozen_filters_at_most():
    for number in range(15):
        make_topic(f"topic-{number:02}")
    pairs = [("topic", f"topic-{number:02}") for number in range(15)]
    assert len(count_removals(filtered(pairs))) == 12
