"""The line of today stands once in a list, between what has been and what is ahead."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import timeline
from events.filters import TimelineFilter
from events.models import Event
from tests.events.build import make_event
from tests.events.reading import HTMX, TIMELINE, read

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 15)
in_june = time_machine.travel(datetime(2026, 6, 14, 20, 0, tzinfo=UTC), tick=False)
LINE = "TODAY"


def lines(page):
    """The entries of a page in their order, and the line of today among them."""
    marks = re.findall(r'class="(today)"|class="card-title"><a href="/en/events/([-\w]+)/', page)
    return [slug or LINE for _line, slug in marks]


def all_pages(client, query="", headers=None):
    """The same over every page of the list."""
    found, address = [], TIMELINE + query
    while address:
        page = client.get(address, headers=headers).content.decode()
        found += lines(page)
        more = re.search(r'id="more-link"[^>]* href="([^"]+)"', page)
        address = more and more[1].replace("&amp;", "&")
    return found


def some_events():
    make_event(slug="ahead", starts_on=date(2026, 9, 1), status="SCHEDULED")
    make_event(slug="tomorrow", starts_on=date(2026, 6, 16), status="SCHEDULED")
    make_event(slug="today", starts_on=TODAY)
    make_event(slug="yesterday", starts_on=date(2026, 6, 14))
    make_event(slug="past", starts_on=date(2025, 6, 9))


@in_june
def test_what_is_ahead_stands_above_the_line_when_the_newest_come_first(client):
    some_events()
    expected = ["ahead", "tomorrow", LINE, "today", "yesterday", "past"]
    assert lines(read(client)) == expected


@in_june
def test_what_is_ahead_stands_below_the_line_when_the_oldest_come_first(client):
    some_events()
    expected = ["past", "yesterday", "today", LINE, "tomorrow", "ahead"]
    assert lines(read(client, "?order=oldest")) == expected


@in_june
def test_the_line_names_the_day_in_seoul_and_tokyo(client):
    some_events()
    # In London it is still the 14th.
    line = '<p class="today"><b>Today</b> <time datetime="2026-06-15">15 June 2026</time></p>'
    assert line in read(client)
    korean = client.get("/ko/timeline/").content.decode()
    assert '<time datetime="2026-06-15">2026년 6월 15일</time>' in korean


@in_june
def test_a_list_of_what_has_been_has_the_line_at_its_newest_end(client):
    make_event(slug="past", starts_on=date(2025, 6, 9))
    assert lines(read(client)) == [LINE, "past"]
    assert lines(read(client, "?order=oldest")) == ["past", LINE]


@in_june
def test_a_list_of_what_is_ahead_has_the_line_at_its_oldest_end(client):
    make_event(slug="ahead", starts_on=date(2026, 9, 1), status="SCHEDULED")
    assert lines(read(client)) == ["ahead", LINE]
    assert lines(read(client, "?order=oldest")) == [LINE, "ahead"]


@in_june
@pytest.mark.parametrize("query", ["", "?order=oldest", "?kind=dispute"])
def test_a_list_without_events_has_no_line(client, query):
    if "kind" in query:
        some_events()
    assert lines(read(client, query)) == []


@in_june
def test_the_month_and_the_year_that_it_is_stand_where_their_order_puts_them(client):
    some_events()
    make_event(slug="this-month", starts_on=date(2026, 6, 1), precision="MONTH")
    make_event(slug="this-year", starts_on=date(2026, 1, 1), precision="YEAR")
    make_event(
        slug="these-days",
        starts_on=date(2026, 6, 14),
        ends_on=date(2026, 6, 17),
        precision="WINDOW",
    )
    newest = lines(read(client))
    assert newest[:3] == ["ahead", "tomorrow", LINE]
    assert newest[3:] == [
        "today",
        "yesterday",
        "these-days",
        "this-month",
        "this-year",
        "past",
    ]
    # After all of the days that they contain, and so after the line.
    assert lines(read(client, "?order=oldest")) == [
        "past",
        "yesterday",
        "today",
        LINE,
        "tomorrow",
        "these-days",
        "this-month",
        "ahead",
        "this-year",
    ]


@in_june
def test_a_meeting_that_goes_on_today_has_begun(client):
    make_event(
        slug="visit",
        kind="VISIT",
        channel="IN_PERSON",
        starts_on=date(2026, 6, 14),
        ends_on=date(2026, 6, 17),
    )
    assert lines(read(client)) == [LINE, "visit"]
    assert lines(read(client, "?order=oldest")) == ["visit", LINE]


@in_june
@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize(("order", "ahead"), [("newest", 4), ("newest", 3), ("oldest", 2)])
def test_the_line_comes_once_over_all_pages(client, monkeypatch, headers, order, ahead):
    """Also where it falls between two pages: 4 events ahead fill two pages of 2."""
    monkeypatch.setattr(timeline, "PAGE_SIZE", 2)
    for number in range(7):
        day = TODAY + timedelta(days=ahead - number)
        make_event(slug=f"e-{number}", starts_on=day)
    slugs = [f"e-{number}" for number in range(7)]
    expected = [*slugs[:ahead], LINE, *slugs[ahead:]]
    if order == "oldest":
        expected = [*reversed(slugs[ahead:]), LINE, *reversed(slugs[:ahead])]
    assert all_pages(client, f"?order={order}", headers) == expected


days = st.dates(date(2026, 5, 1), date(2026, 7, 31))


@st.composite
def dated(draw):
    """Start, end and precision of an event around today, often on the same days."""
    precision = draw(st.sampled_from(["DAY", "DAY", "DAY", "WINDOW", "MONTH", "YEAR"]))
    starts_on = draw(st.one_of(days, st.just(TODAY), st.just(date(2026, 6, 1))))
    if precision == "WINDOW":
        return starts_on, starts_on + timedelta(days=draw(st.integers(1, 40))), precision
    if precision == "MONTH":
        starts_on = starts_on.replace(day=1)
    if precision == "YEAR":
        starts_on = date(draw(st.integers(2025, 2027)), 1, 1)
    return starts_on, None, precision


def walked(order, today):
    """The events of every page, and None where the line stands."""
    chosen = TimelineFilter(QueryDict(f"order={order}"), queryset=Event.objects.visible())
    events = {event.pk: event for event in Event.objects.visible()}
    found, after = [], None
    while True:
        page = timeline.page_of(chosen.pick, order=order, choices=[], after=after, today=today)
        found += [None] * page.today.is_above
        for pk in page.ids:
            found += [None] * (pk == page.today.before)
            found.append(events[pk])
        found += [None] * page.today.is_below
        after = page.next_cursor
        if after is None:
            return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    planned=st.lists(dated(), max_size=9),
    today=st.one_of(st.just(TODAY), days),
    page_size=st.integers(1, 4),
    order=st.sampled_from(["newest", "oldest"]),
)
def test_whatever_the_dates_the_line_stands_once_and_parts_what_is_ahead(
    db, monkeypatch, planned, today, page_size, order
):
    monkeypatch.setattr(timeline, "PAGE_SIZE", page_size)
    with transaction.atomic():
        for starts_on, ends_on, precision in planned:
            make_event(starts_on=starts_on, ends_on=ends_on, precision=precision)
        found = walked(order, today)
        transaction.set_rollback(True)
    assert len(found) == len(planned) + bool(planned)
    assert found.count(None) == bool(planned)
    if not planned:
        return
    place = found.index(None)
    above, below = found[:place], found[place + 1 :]
    if order == "newest":
        assert all(event.starts_on > today for event in above)
        assert all(event.starts_on <= today for event in below)
    else:
        assert all(event.oldest_first_on <= today for event in above)
        assert all(event.oldest_first_on > today for event in below)
