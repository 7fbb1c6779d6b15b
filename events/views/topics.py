from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.models import Country, Event, Person, Point, Topic
from events.models.events import EventQuerySet
from events.ordinals import COVERAGE_BEGINS
from events.sparklines import Sparkline, bars_by_year, sparkline
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
_PEOPLE = 10
_BOTH_SIDES = ("KR", "JP")


@dataclass(frozen=True, slots=True)
class OfTheIndex:
    """A topic with its events by year."""

    topic: Topic
    total: int
    latest: int | None
    fullest: str
    line: Sparkline


@dataclass(frozen=True, slots=True)
class Stances:
    """How many points of one government's readouts are about a topic, by stance."""

    country: Country
    readouts: int = 0
    mentioned: int = 0
    agreed: int = 0
    raised: int = 0


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
    row = get_object_or_404(Topic, slug=slug)
    events = Event.objects.visible().filter(topic_links__topic=row)
    counts = number_by_year(events)
    years = years_of_the_record(today_of_the_record())
    context = {
        "topic": row,
        "total": sum(counts.values()),
        "bars": bars_by_year(counts, years, covered_from=COVERAGE_BEGINS.year) if counts else [],
        "fullest": fullest_in_words(counts),
        "covered_from": COVERAGE_BEGINS.year,
        "stances": _stances(row),
        "people": _people(events),
        "csv": reverse("topic_csv", args=[slug]) + asked_language(),
        "latest": with_card(events.newest_first())[:_LATEST],
    }
    return render(request, "events/topic.html", context)


def _stances(topic: Topic) -> list[Stances]:
    """Korea and Japan, and other governments with a point; none where nobody has. Two queries."""
    counted = (
        Point.objects.filter(topic=topic, readout__event__in=Event.objects.visible().values("pk"))
        .order_by()
        .values_list("readout__issuer")
        .annotate(
            readouts=Count("readout", distinct=True),
            mentioned=Count("pk", filter=Q(stance=Point.Stance.MENTIONED)),
            agreed=Count("pk", filter=Q(stance=Point.Stance.AGREED)),
            raised=Count("pk", filter=Q(stance=Point.Stance.RAISED)),
        )
    )
    found = {issuer: numbers for issuer, *numbers in counted}
    if not found:
        return []
    countries = Country.objects.filter(pk__in={*_BOTH_SIDES, *found}).in_published_order()
    return [Stances(country, *found.get(country.code, ())) for country in countries]


def _people(events: EventQuerySet) -> QuerySet[Person]:
    """Those who took part in the most of the events, with their `number`."""
    return (
        Person.objects.filter(participations__event__in=events.order_by().values("pk"))
        .annotate(number=Count("participations"))
        .select_related("country")
        .order_by("-number", "country__position", "slug")[:_PEOPLE]
    )
