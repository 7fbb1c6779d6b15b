from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.models import Country, Event, EventTopic, Person, Point, Topic
from events.models.events import EventQuerySet
from events.ordinals import COVERAGE_BEGINS
from events.sparklines import Sparkline, bars_by_year, fullest_years, sparkline
from events.views.today import today_of_the_record
from events.wording import listed, number_in_words, year_name

_LATEST = 10
_PEOPLE = 10
_NAMED_YEARS = 3
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


def _years_of_the_record() -> range:
    """From the first year with an event to the last, or this one; one query."""
    year = ExtractYear("starts_on")
    span = Event.objects.visible().aggregate(first=Min(year), last=Max(year))
    this = today_of_the_record().year
    return range(span["first"] or this, max(span["last"] or this, this) + 1)


def _fullest_in_words(counts: Mapping[int, int]) -> str:
    """ "Most events in 2023: 14", or in each of a few years that have as many; empty for none."""
    years, most = fullest_years(counts)
    if not years:
        return ""
    if len(years) > _NAMED_YEARS:
        return _("Most events in one year: %(number)s") % {"number": number_in_words(most)}
    named = listed(year_name(year) for year in years)
    return _("Most events in %(years)s: %(number)s") % {
        "years": named,
        "number": number_in_words(most),
    }


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic with its events by year, the most frequent first; three queries."""
    years = _years_of_the_record()
    counted = (
        EventTopic.objects.filter(event__in=Event.objects.visible().values("pk"))
        .order_by()
        .values_list("topic", ExtractYear("event__starts_on"))
        .annotate(number=Count("pk"))
    )
    by_topic: dict[int, dict[int, int]] = {}
    for pk, year, number in counted:
        by_topic.setdefault(pk, {})[year] = number
    rows = []
    for topic in Topic.objects.order_by("slug"):
        counts = by_topic.get(topic.pk, {})
        bars = bars_by_year(counts, years, covered_from=COVERAGE_BEGINS.year)
        rows.append(
            OfTheIndex(
                topic=topic,
                total=sum(counts.values()),
                latest=max(counts, default=None),
                fullest=_fullest_in_words(counts),
                line=sparkline(bars),
            )
        )
    rows.sort(key=lambda row: -row.total)
    context = {"rows": rows, "years": years, "covered_from": COVERAGE_BEGINS.year}
    return render(request, "events/topics.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: events by year, what readouts say of it, who took part, latest events."""
    row = get_object_or_404(Topic, slug=slug)
    events = Event.objects.visible().filter(topic_links__topic=row)
    counts = _by_year(events)
    years = _years_of_the_record()
    context = {
        "topic": row,
        "total": sum(counts.values()),
        "bars": bars_by_year(counts, years, covered_from=COVERAGE_BEGINS.year) if counts else [],
        "fullest": _fullest_in_words(counts),
        "covered_from": COVERAGE_BEGINS.year,
        "stances": _stances(row),
        "people": _people(events),
        "latest": with_card(events.newest_first())[:_LATEST],
    }
    return render(request, "events/topic.html", context)


def _by_year(events: EventQuerySet) -> dict[int, int]:
    counted = events.order_by().values_list(ExtractYear("starts_on")).annotate(number=Count("pk"))
    return dict(counted)


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
