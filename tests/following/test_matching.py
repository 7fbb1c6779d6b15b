"""A follower's filter picks what the timeline shows under it."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from events import search
from events.filters import TimelineFilter
from events.models import Event, Person
from following.announcing import states_of
from following.matching import matching
from following.queries import canonical
from following.states import change_of
from tests.events.build import make_event, make_person, make_some_events
from tests.events.test_facets import made_up_record, queries

pytestmark = pytest.mark.django_db


def all_states():
    return states_of(Event.objects.values_list("pk", flat=True))


def slugs_of(query, states=None):
    states = all_states() if states is None else states
    return {states[pk]["slug"] for pk in matching([query], states)[query]}


def test_every_filter_picks_what_the_timeline_shows():
    made_up_record(3)
    states = all_states()

    @settings(max_examples=150, deadline=None)
    @given(st.lists(queries, max_size=5))
    def compare(many):
        timelines = [
            TimelineFilter(QueryDict(urlencode(pairs)), queryset=Event.objects.visible())
            for pairs in many
        ]
        written = [canonical(urlencode(pairs)) for pairs in many]
        picked = matching(written, states)
        for query, timeline in zip(written, timelines, strict=True):
            assert picked[query] == {event.pk for event in timeline.qs}, query

    compare()


def test_what_left_the_record_is_picked_by_nobody(now):
    make_some_events()
    states = all_states()
    call = next(pk for pk, state in states.items() if state["slug"] == "call")
    gone = {**states, call: {**states[call], "withdrawn": "A rumour"}}

    assert "call" in slugs_of("kind=call", states)
    assert slugs_of("kind=call", gone) == set()
    assert slugs_of("", gone) == {"summit", "protest", "camp-david", "both-places"}


def test_a_name_that_is_gone_picks_nothing_rather_than_everything():
    make_some_events()
    make_person("nobody-there")
    query = canonical("leader=nobody-there")
    Person.objects.filter(slug="nobody-there").delete()

    assert canonical("leader=nobody-there") == ""
    assert slugs_of(query) == set()
    assert slugs_of("from=no-date") == set()


def test_searches_find_names_in_every_spelling():
    lee = make_person("lee-jae-myung", name_en="Lee Jae-myung", aliases=[("ja", "李在明")])
    make_event(slug="call", people=[lee], title_en="A call")
    make_event(slug="other", title_en="A talk on tariffs")
    search.refresh()

    assert slugs_of("q=李在明") == {"call"}
    assert slugs_of("q=tariffs") == {"other"}
    assert slugs_of("q=tariffs&kind=call") == {"other"}
    assert slugs_of("q=nothing+here") == set()
    assert slugs_of("q=%21%21") == set()


@pytest.mark.parametrize("count", [1, 30])
def test_all_searches_of_all_followers_cost_two_queries(count, django_assert_num_queries):
    make_some_events()
    states = all_states()

    with django_assert_num_queries(2):
        matching([f"q=word{number}" for number in range(count)], states)
    with django_assert_num_queries(0):
        matching(["kind=call", "leader=lee-jae-myung&from=2025-06", ""], states)


def test_without_events_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert matching(["q=word", "kind=call"], {}) == {"q=word": set(), "kind=call": set()}


STANDING = st.sampled_from(
    [
        {"withdrawn": None, "merged_into": None},
        {"withdrawn": "A rumour", "merged_into": None},
        {"withdrawn": None, "merged_into": "survivor"},
    ]
)
SOME_STATES = st.builds(
    lambda standing, status, places: {
        "kind": "CALL",
        "status": status,
        "precision": "DAY",
        "starts_on": "2025-06-09",
        "ends_on": None,
        "countries": ["JP", "KR"],
        "places": places,
        "participants": [],
        **standing,
    },
    STANDING,
    st.sampled_from(["HELD", "POSTPONED"]),
    st.permutations([["KR", "Seoul"], ["JP", "Tokyo"]]),
)


@given(SOME_STATES, SOME_STATES)
def test_a_change_is_named_for_what_readers_find_afterwards(was, now):
    stood, stands = (
        state["withdrawn"] is None and state["merged_into"] is None for state in (was, now)
    )
    change = change_of(was, now)

    if stood and stands:
        assert change == (("CHANGED", ["status"]) if was["status"] != now["status"] else None)
    elif stands:
        assert change is not None
        assert change[0] == "CHANGED"
        assert "standing" in change[1]
    elif stood:
        assert change == ("WITHDRAWN" if now["withdrawn"] else "MERGED", ["standing"])
    else:
        assert change is None
    assert change_of(None, now) == (("NEW", []) if stands else None)
