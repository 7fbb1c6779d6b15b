from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import cast

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.anniversaries import Calendar, Occurrence, lunar_day, occurrences
from events.dossier import grouped_sources
from events.in_reader import phrase_in_reader
from events.models import Anniversary, AnniversaryCountry, Citation
from events.views.today import today_of_the_record

_SHOWN_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Coming:
    """An anniversary with its next return."""

    anniversary: Anniversary
    occurrence: Occurrence
    days: int


def _marked_in() -> Prefetch[str]:
    links = AnniversaryCountry.objects.select_related("country").order_by("country__position")
    return Prefetch("country_links", links)


def _returns(anniversary: Anniversary, today: date) -> list[Occurrence]:
    calendar = cast(Calendar, anniversary.calendar)
    ahead = occurrences(anniversary.origin_on, calendar, first=today)
    return list(islice(ahead, _SHOWN_AHEAD))


def coming_anniversaries(today: date) -> list[Coming]:
    """Every anniversary that returns, the soonest first; two queries."""
    coming = []
    for anniversary in Anniversary.objects.prefetch_related(_marked_in()).order_by("slug"):
        ahead = _returns(anniversary, today)
        if ahead:
            coming.append(Coming(anniversary, ahead[0], ahead[0].days_from(today)))
    return sorted(coming, key=lambda item: (item.days, item.anniversary.slug))


@require_safe
def anniversaries(request: HttpRequest) -> HttpResponse:
    """Recurring days in the order in which they come next."""
    today = today_of_the_record()
    context = {"coming": coming_anniversaries(today), "today": today}
    return render(request, "events/anniversaries.html", context)


@require_safe
def anniversary(request: HttpRequest, slug: str) -> HttpResponse:
    """One recurring day: its origin, its next returns, who marks it, its sources."""
    rows = Anniversary.objects.prefetch_related(_marked_in()).annotate(
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
        "later": ahead[1:],
        "lunar": lunar_day(row.origin_on) if is_lunar else None,
        "is_leap_day": not is_lunar and (row.origin_on.month, row.origin_on.day) == (2, 29),
        "today": today,
    }
    return render(request, "events/anniversary.html", context)
