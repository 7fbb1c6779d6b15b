from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.models import Event, Topic
from events.ordinals import COVERAGE_BEGINS
from events.outcomes import outcomes_of, stored_outcomes
from events.sparklines import Sparkline, bars_by_year, sparkline
from events.stances import most_present, stances_on
from events.topics_by_year import (
    fullest_in_words,
    number_by_year,
    topics_by_year,
    years_of_the_record,
)
from events.views.files import asked_language
from events.views.finding import at_all_addresses_of
from events.views.past import as_it_stood
from events.views.today import today_of_the_record

_LATEST = 10


@dataclass(frozen=True, slots=True)
class OfTheIndex:
    """A topic with its events by year."""

    topic: Topic
    total: int
    latest: int | None
    fullest: str
    line: Sparkline


@require_safe
@as_it_stood
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic with its events by year, the most frequent first; three queries."""
    years = years_of_the_record(today_of_the_record())
    rows = []
    for one in topics_by_year(Event.objects.visible()):
        bars = bars_by_year(one.counts, years, covered_from=COVERAGE_BEGINS.year)
        rows.append(
            OfTheIndex(
                topic=one.topic,
                total=one.total,
                latest=max(one.counts, default=None),
                fullest=fullest_in_words(one.counts),
                line=sparkline(bars),
            )
        )
    context = {
        "rows": rows,
        "years": years,
        "covered_from": COVERAGE_BEGINS.year,
        "csv": reverse("topics_csv") + asked_language(),
    }
    return render(request, "events/topics.html", context)


@require_safe
@as_it_stood
@at_all_addresses_of(Topic)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: events by year, what readouts say of it, who took part, latest events."""
    rows = Topic.objects.annotate(json_outcomes=stored_outcomes("topic"))
    row = get_object_or_404(rows, slug=slug)
    events = Event.objects.visible().filter(topic_links__topic=row)
    counts = number_by_year(events)
    years = years_of_the_record(today_of_the_record())
    context = {
        "topic": row,
        "total": sum(counts.values()),
        "bars": bars_by_year(counts, years, covered_from=COVERAGE_BEGINS.year) if counts else [],
        "fullest": fullest_in_words(counts),
        "covered_from": COVERAGE_BEGINS.year,
        "stances": stances_on(row),
        "people": most_present(events),
        "csv": reverse("topic_csv", args=[slug]) + asked_language(),
        "latest": with_card(events.newest_first())[:_LATEST],
        "outcomes": outcomes_of(row.json_outcomes),  # type: ignore[attr-defined]
    }
    return render(request, "events/topic.html", context)
