"""When an anniversary returns, and what the record has on its day in earlier years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import cast

from django.db.models import Prefetch, Q

from events.anniversaries import Calendar, Occurrence, occurrences
from events.cards import with_card
from events.models import Anniversary, AnniversaryCountry, Event
from events.models.dates import Precision
from events.month import FIRST_DAY, returns_between

_SHOWN_AHEAD = 5
_MOST_ON_THAT_DAY = 50
# Bounds the search for events that began earlier, so that it can use the index of the timeline.
_LONGEST_EVENT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class OnThatDay:
    """One return of an anniversary in the past, and the events of that day."""

    occurrence: Occurrence
    events: list[Event]


def marked_in() -> Prefetch[str]:
    """The countries in which an anniversary is marked, in the published order."""
    links = AnniversaryCountry.objects.select_related("country").order_by("country__position")
    return Prefetch("country_links", links)


def returns_ahead(anniversary: Anniversary, today: date) -> list[Occurrence]:
    """The next few returns, today's among them."""
    calendar = cast(Calendar, anniversary.calendar)
    ahead = occurrences(anniversary.origin_on, calendar, first=today)
    return list(islice(ahead, _SHOWN_AHEAD))


def on_that_day(anniversary: Anniversary, today: date) -> list[OnThatDay]:
    """What the record has on the day in the years before, the latest first; one query.

    Whether an event concerns the anniversary is not asked. One of several days counts where the
    day is among them.
    """
    kind = cast(Calendar, anniversary.calendar)
    past = [
        one
        for one in returns_between(anniversary.origin_on, kind, first=FIRST_DAY, last=today)
        if one.falls_on < today
    ]
    if not past:
        return []
    found = with_card(Event.objects.visible().filter(_held_on_one_of(past)).newest_first())
    events = list(found[:_MOST_ON_THAT_DAY])
    days = [
        OnThatDay(one, [event for event in events if _includes(event, one.falls_on)])
        for one in reversed(past)
    ]
    return [day for day in days if day.events]


def _held_on_one_of(returns: Iterable[Occurrence]) -> Q:
    """Events known to the day that took place on one of these days, or went on on it."""
    days = Q(pk__in=[])
    for one in returns:
        begun = (one.falls_on - _LONGEST_EVENT, one.falls_on)
        days |= Q(starts_on__range=begun, last_possible_on__gte=one.falls_on)
    return days & Q(precision=Precision.DAY)


def _includes(event: Event, day: date) -> bool:
    return event.starts_on <= day <= event.last_possible_on
