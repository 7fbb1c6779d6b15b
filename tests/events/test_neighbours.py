"""The events before and after one: in time, between two leaders, within a reader's filters."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import search
from events.dossier import neighbours, read_dossier, with_parts
from events.models import Event
from events.publication import withdraw
from tests.events.build import (
    make_event,
    make_office,
    make_person,
    make_some_events,
    make_term,
)
from tests.events.reading import read as read_timeline
from tests.events.reading import slugs

pytestmark = pytest.mark.django_db


def page_of(client, slug, query=""):
    response = client.get(f"/en/events/{slug}/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def series(page, label="Between these two"):
    """Slug before and after in the series of that label; None where it has an end there."""
    found = re.search(rf'<nav class="neighbours" aria-label="{label}">(.*?)</nav>', page)
    if found is None:
        return None
    links = dict(re.findall(r'<a rel="(prev|next)" href="/en/events/([-\w]+)/', found[1]))
    return links.get("prev"), links.get("next")


def within(page):
    return series(page, "Within my filters")


# --- In time ------------------------------------------------------------------------------------


def around(slug):
    (found,) = neighbours(Event.objects.get(slug=slug), Event.objects.visible())
    return tuple(event and event.slug for event in (found.before, found.after))


def test_neighbours_stand_before_and_after_in_time():
    for day in (9, 11, 10):
        make_event(slug=f"day-{day}", starts_on=date(2025, 6, day))
    assert around("day-9") == (None, "day-10")
    assert around("day-10") == ("day-9", "day-11")
    assert around("day-11") == ("day-10", None)


def test_events_of_one_day_keep_the_order_in_which_they_were_recorded():
    for name in ("first", "second", "third"):
        make_event(slug=name, starts_on=date(2025, 6, 9))
    assert around("first") == (None, "second")
    assert around("second") == ("first", "third")
    assert around("third") == ("second", None)


def test_a_coarse_date_stands_beside_the_days_that_it_contains_as_on_the_timeline(client):
    make_event(slug="may", starts_on=date(2025, 5, 31))
    make_event(slug="first-of-june", starts_on=date(2025, 6, 1))
    make_event(slug="june", starts_on=date(2025, 6, 1), precision="MONTH")
    make_event(
        slug="days", starts_on=date(2025, 6, 1), ends_on=date(2025, 6, 3), precision="WINDOW"
    )
    make_event(slug="july", starts_on=date(2025, 7, 1))
    in_time = ["may", "june", "days", "first-of-june", "july"]
    assert slugs(read_timeline(client)) == in_time[::-1]
    for before, slug, after in zip([None, *in_time], in_time, [*in_time[1:], None], strict=False):
        assert around(slug) == (before, after)


@st.composite
def dated(draw):
    precision = draw(st.sampled_from(["DAY", "DAY", "WINDOW", "MONTH", "YEAR"]))
    starts_on = draw(st.dates(date(2025, 1, 1), date(2025, 1, 4)))
    if precision == "WINDOW":
        return starts_on, starts_on + timedelta(days=draw(st.integers(1, 3))), precision
    return (starts_on if precision == "DAY" else date(2025, 1, 1)), None, precision


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(planned=st.lists(dated(), min_size=1, max_size=7))
def test_whatever_the_dates_neighbours_walk_the_record_once_from_end_to_end(db, planned):
    with transaction.atomic():
        for starts_on, ends_on, precision in planned:
            make_event(starts_on=starts_on, ends_on=ends_on, precision=precision)
        in_time = list(Event.objects.visible().newest_first())[::-1]
        for before, event, after in zip(
            [None, *in_time], in_time, [*in_time[1:], None], strict=False
        ):
            (found,) = neighbours(event, Event.objects.visible())
            assert (found.before, found.after) == (before, after)
        transaction.set_rollback(True)


def test_neighbours_in_several_lists_cost_one_query(django_assert_num_queries):
    calls = [make_event(starts_on=date(2025, 6, day)) for day in (8, 10)]
    dispute = make_event(starts_on=date(2025, 6, 9), kind="DISPUTE")
    last = make_event(starts_on=date(2025, 6, 12), kind="DISPUTE")
    event = Event.objects.get(pk=calls[1].pk)
    visible = Event.objects.visible()
    with django_assert_num_queries(1):
        found = neighbours(
            event, visible, visible.filter(kind="CALL"), visible.filter(kind="VISIT")
        )
    assert [(one.before, one.after) for one in found] == [
        (dispute, last),
        (calls[0], None),
        (None, None),
    ]
    assert [bool(one) for one in found] == [True, True, False]
    with django_assert_num_queries(0):
        assert neighbours(event) == []


# --- Between two leaders ------------------------------------------------------------------------


@pytest.fixture
def leaders():
    """A Korean president and a Japanese prime minister, in office from 2020 on."""
    lee, ishiba = make_person("lee", "KR"), make_person("ishiba", "JP")
    premier = make_office("prime_minister", "JP")
    make_term(lee, starts_on=date(2020, 1, 1))
    make_term(ishiba, office=premier, starts_on=date(2020, 1, 1))
    return lee, ishiba


def meet(slug, day, *people, **fields):
    return make_event(slug=slug, starts_on=date(2025, 6, day), people=people, **fields)


def test_events_of_the_same_two_leaders_lead_to_each_other(client, leaders):
    meet("call", 1, *leaders)
    meet("summit", 9, *leaders, kind="SUMMIT")
    meet("next", 20, *leaders)
    meet("of-one", 5, leaders[0])
    meet("of-others", 15, make_person("cho", "KR"), make_person("iwaya", "JP"))
    page = page_of(client, "summit")
    assert series(page) == ("call", "next")
    assert "‹ <time" in page
    assert series(page_of(client, "call")) == (None, "summit")
    assert "The first one recorded" in page_of(client, "call")
    assert "The last one recorded" in page_of(client, "next")


def test_what_readers_may_not_see_is_nobodys_neighbour(client, leaders, editor, now):
    meet("call", 1, *leaders)
    meet("draft", 2, *leaders, published=False)
    withdraw(meet("withdrawn", 3, *leaders), reason="A mistake", by=editor, at=now)
    meet("summit", 9, *leaders)
    assert series(page_of(client, "summit")) == ("call", None)


def test_a_meeting_that_stands_alone_has_nothing_before_and_after(client, leaders):
    meet("only", 9, *leaders)
    page = page_of(client, "only")
    assert series(page) is None
    assert "Before and after" not in page


def test_a_summit_with_ministers_belongs_to_the_two_leaders(client, leaders):
    cho, iwaya = make_person("cho", "KR"), make_person("iwaya", "JP")
    meet("call", 1, *leaders)
    meet("summit", 9, *leaders, cho, iwaya)
    assert series(page_of(client, "summit")) == ("call", None)


def test_a_trilateral_summit_belongs_to_the_korean_and_the_japanese_leader(client, leaders):
    meet("call", 1, *leaders)
    meet("trilateral", 9, *leaders, make_person("biden", "US"), countries=["KR", "JP", "US"])
    assert series(page_of(client, "trilateral")) == ("call", None)


def test_two_ministers_who_met_alone_have_a_series_of_their_own(client, leaders):
    cho, iwaya = make_person("cho", "KR"), make_person("iwaya", "JP")
    meet("leaders", 1, *leaders)
    meet("first", 2, cho, iwaya, kind="MINISTERIAL")
    meet("second", 3, cho, iwaya, kind="MINISTERIAL")
    assert series(page_of(client, "second")) == ("first", None)


@pytest.mark.parametrize(
    "present",
    [
        ("cho", "wi", "iwaya"),  # several ministers of one side, no leader
        ("lee", "iwaya"),  # a leader and the other side's minister
        ("lee", "ishiba-of-1990"),  # a leader and one who holds no such office
        ("lee",),
        ("iwaya",),
        (),
    ],
)
def test_without_one_counterpart_each_there_is_no_series(client, leaders, present):
    countries = {"iwaya": "JP", "ishiba-of-1990": "JP"}
    people = [make_person(slug, countries.get(slug, "KR")) for slug in present]
    meet("before", 1, *people)
    meet("this", 9, *people)
    assert series(page_of(client, "this")) is None


def test_a_leader_who_was_not_yet_in_office_counts_as_the_only_one_of_a_side(client):
    """Before the term began neither is a head: they are two people who met alone."""
    lee, ishiba = make_person("lee", "KR"), make_person("ishiba", "JP")
    make_term(lee, starts_on=date(2025, 6, 4))
    meet("before", 1, lee, ishiba)
    meet("this", 2, lee, ishiba)
    event = with_parts(Event.objects.all()).get(slug="this")
    assert read_dossier(event).pair == (lee.pk, ishiba.pk)


# --- Within a reader's filters ------------------------------------------------------------------


def test_within_a_filter_the_neighbours_are_those_of_the_list(client):
    make_some_events()
    page = page_of(client, "summit", "?topic=security")
    assert within(page) == ("call", None)
    assert within(page_of(client, "call", "?topic=security")) == ("camp-david", "summit")
    assert within(page_of(client, "summit", "?kind=summit&kind=dispute")) == ("protest", None)


@pytest.mark.parametrize(
    "query",
    [
        "?topic=security&topic=none",
        "?topic=security&topic=",
        "?topic=&topic=security",
        "?topic=%00&topic=security",
    ],
)
def test_what_is_not_known_here_narrows_nothing(client, query):
    make_some_events()
    page = page_of(client, "summit", query)
    assert within(page) == ("call", None)
    assert 'href="/en/timeline/?topic=security">' in page


@pytest.mark.parametrize("query", ["", "?utm_source=mail", "?kind=nonsense", "?from=2025-13"])
def test_without_a_filter_there_is_nothing_within_it(client, query):
    make_some_events()
    page = page_of(client, "summit", query)
    assert within(page) is None
    assert '<nav class="back" aria-label="Breadcrumb"><a href="/en/timeline/">' in page


def test_the_addresses_of_neighbours_and_of_the_way_back_keep_the_filters(client):
    make_some_events()
    given = {"country": ["KR", "US"], "topic": ["security"], "from": ["2023"], "order": ["oldest"]}
    query = "?country=KR&country=US&topic=security&topic=none&from=2023&order=oldest&utm=1"
    page = page_of(client, "call", query)
    back = re.search(r'aria-label="Breadcrumb"><a href="([^"]+)">([^<]+)<', page)
    assert back[2] == "Timeline, with my filters"
    (beside,) = re.findall(r'aria-label="Within my filters">(.*?)</nav>', page)
    links = re.findall(r'<a rel="(?:prev|next)" href="([^"]+)"', beside)
    assert len(links) == 2
    for address in [back[1], *links]:
        assert parse_qs(urlsplit(unescape(address)).query) == given
    assert urlsplit(back[1]).path == "/en/timeline/"


def test_a_card_of_a_filtered_list_leads_into_that_list(client):
    make_some_events()
    listed = read_timeline(client, "?topic=security&order=oldest")
    addresses = re.findall(r'class="card-title"><a href="([^"]+)"', listed)
    assert {urlsplit(unescape(address)).query for address in addresses} == {
        "topic=security&order=oldest"
    }
    page = client.get(unescape(addresses[0])).content.decode()
    assert 'href="/en/timeline/?topic=security&amp;order=oldest"' in page


def test_the_series_of_two_leaders_stands_beside_the_filters(client, leaders):
    meet("call", 1, *leaders, topics=["history"])
    meet("summit", 9, *leaders, topics=["security"])
    meet("drill", 10, topics=["security"])
    page = page_of(client, "summit", "?topic=security")
    assert series(page) == ("call", None)
    assert within(page) == (None, "drill")


def test_an_event_outside_the_filters_still_has_its_place_in_time(client):
    make_some_events()
    # A reader changed the address by hand.
    assert within(page_of(client, "protest", "?topic=security")) == ("camp-david", "call")


def test_an_event_within_many_filters_stays_within_its_budget(
    client, leaders, django_assert_max_num_queries
):
    meet("call", 1, *leaders, topics=["security"])
    meet("summit", 9, *leaders, topics=["security"], places=[("Seoul", "KR")])
    search.refresh()
    query = "?q=call&topic=security&country=KR&where=KR&leader=lee&with=ishiba&from=2020&kind=call"
    with django_assert_max_num_queries(10):
        client.get(f"/en/events/summit/{query}")
