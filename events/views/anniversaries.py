from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import cast

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.anniversaries import Calendar, Occurrence, lunar_day, occurrences
from events.cards import with_card
from events.dossier import grouped_sources
from events.in_reader import phrase_in_reader
from events.models import Anniversary, AnniversaryCountry, Citation, Event
from events.models.dates import Precision
from events.month import FIRST_DAY, returns_between
from events.views.finding import at_all_addresses_of
from events.views.past import as_it_stood
from events.views.today import today_of_the_record

_SHOWN_AHEAD = 5
_MOST_ON_THAT_DAY = 50
# Bounds the search for events that began earlier, so that it can use the index of the timeline.
_LONGEST_EVENT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Coming:
    """An anniversary with its next return."""

    anniversary: Anniversary
    occurrence: Occurrence
    days: int


@dataclass(frozen=True, slots=True)
class OnThatDay:
    """One return of an anniversary in the past, and the events of that day."""

    occurrence: Occurrence
    events: list[Event]


def marked_in() -> Prefetch[str]:
    links = AnniversaryCountry.objects.select_related("country").order_by("country__position")
    return Prefetch("country_links", links)


def _returns(anniversary: Anniversary, today: date) -> list[Occurrence]:
    calendar = cast(Calendar, anniversary.calendar)
    ahead = occurrences(anniversary.origin_on, calendar, first=today)
    return list(islice(ahead, _SHOWN_AHEAD))


def _on_that_day(anniversary: Anniversary, today: date) -> list[OnThatDay]:
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


def coming_anniversaries(today: date) -> list[Coming]:
    """Every anniversary that returns, the soonest first; two queries."""
    coming = []
    for anniversary in Anniversary.objects.prefetch_related(marked_in()).order_by("slug"):
        ahead = _returns(anniversary, today)
        if ahead:
            coming.append(Coming(anniversary, ahead[0], ahead[0].days_from(today)))
    return sorted(coming, key=lambda item: (item.days, item.anniversary.slug))


@require_safe
@as_it_stood
def anniversaries(request: HttpRequest) -> HttpResponse:
    """Recurring days in the order in which they come next."""
    today = today_of_the_record()
    context = {"coming": coming_anniversaries(today), "today": today}
    return render(request, "events/anniversaries.html", context)


@require_safe
@as_it_stood
@at_all_addresses_of(Anniversary)
def anniversary(request: HttpRequest, slug: str) -> HttpResponse:
    """One recurring day: its origin and returns, who marks it, what was done on it, its sources."""
    rows = Anniversary.objects.prefetch_related(marked_in()).annotate(
        observed_by_own=phrase_in_reader("observed_by")
    )
    row = get_object_or_404(rows, slug=slug)
    today = today_of_the_record()
    ahead = _returns(row, today)
    is_lunar = row.calendar == Anniversary.Calendar.LUNAR
    context = {
        "anniversary": row,
        "sources": grouped_sources(Citation.objects.filter(anniversary=row)),
        "next": ahead[0] if ahead else None,
        "days": ahead[0].days_from(today) if ahead else None,
        "ahead": [Coming(row, one, one.days_from(today)) for one in ahead],
        "past": _on_that_day(row, today),
        "lunar": lunar_day(row.origin_on) if is_lunar else None,
        "is_leap_day": not is_lunar and (row.origin_on.month, row.origin_on.day) == (2, 29),
        "today": today,
    }
    return render(request, "events/anniversary.html", context)
