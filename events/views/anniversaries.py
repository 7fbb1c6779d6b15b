from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.anniversaries import Occurrence, lunar_day
from events.dossier import grouped_sources
from events.in_reader import phrase_in_reader
from events.models import Anniversary, Citation
from events.on_that_day import marked_in, on_that_day, returns_ahead
from events.outcomes import outcomes_of, stored_outcomes
from events.views.files import asked_language
from events.views.finding import at_all_addresses_of
from events.views.past import as_it_stood
from events.views.today import today_of_the_record


@dataclass(frozen=True, slots=True)
class Coming:
    """An anniversary with its next return."""

    anniversary: Anniversary
    occurrence: Occurrence
    days: int


def coming_anniversaries(today: date) -> list[Coming]:
    """Every anniversary that returns, the soonest first; two queries."""
    coming = []
    for anniversary in Anniversary.objects.prefetch_related(marked_in()).order_by("slug"):
        ahead = returns_ahead(anniversary, today)
        if ahead:
            coming.append(Coming(anniversary, ahead[0], ahead[0].days_from(today)))
    return sorted(coming, key=lambda item: (item.days, item.anniversary.slug))


@require_safe
@as_it_stood
def anniversaries(request: HttpRequest) -> HttpResponse:
    """Recurring days in the order in which they come next."""
    today = today_of_the_record()
    context = {"coming": coming_anniversaries(today), "today": today, "asked": asked_language()}
    return render(request, "events/anniversaries.html", context)


@require_safe
@as_it_stood
@at_all_addresses_of(Anniversary)
def anniversary(request: HttpRequest, slug: str) -> HttpResponse:
    """One recurring day: its origin and returns, who marks it, what was done on it, its sources."""
    rows = Anniversary.objects.prefetch_related(marked_in()).annotate(
        observed_by_own=phrase_in_reader("observed_by"),
        json_outcomes=stored_outcomes("anniversary"),
    )
    row = get_object_or_404(rows, slug=slug)
    today = today_of_the_record()
    ahead = returns_ahead(row, today)
    is_lunar = row.calendar == Anniversary.Calendar.LUNAR
    context = {
        "anniversary": row,
        "sources": grouped_sources(Citation.objects.filter(anniversary=row)),
        "next": ahead[0] if ahead else None,
        "days": ahead[0].days_from(today) if ahead else None,
        "ahead": [Coming(row, one, one.days_from(today)) for one in ahead],
        "past": on_that_day(row, today),
        "lunar": lunar_day(row.origin_on) if is_lunar else None,
        "is_leap_day": not is_lunar and (row.origin_on.month, row.origin_on.day) == (2, 29),
        "today": today,
        "outcomes": outcomes_of(row.json_outcomes),  # type: ignore[attr-defined]
    }
    return render(request, "events/anniversary.html", context)
