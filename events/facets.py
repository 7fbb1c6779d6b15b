"""How many events each choice of the timeline would show: everything counted in one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, Min, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear, Lower

from events.filters import TimelineFilter
from events.models import EventCountry, EventPlace, EventTopic, Participation
from events.models.events import EventQuerySet

# The largest number of filters for which it is worked out what their removal would show.
_MOST_REMOVALS = 12

_Rows = QuerySet[Any, tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of events beside the other filters: by key and value, by year, and in all."""

    by_value: dict[str, dict[str, int]]
    by_year: dict[int, int]
    total: int
    first_year: int | None
    """The first and the last year of the whole record; None for an empty one."""
    last_year: int | None


def count_everything(chosen: TimelineFilter) -> Counts:
    """The numbers of every facet, each with its own choices left out; one query."""
    parts = [
        _linked("country", chosen.but("country"), EventCountry.objects.filter(acted=True)),
        _linked("where", chosen.but("where"), EventPlace.objects.all()),
        _linked("topic", chosen.but("topic"), EventTopic.objects.all(), "topic__slug"),
        _linked("leader", chosen.but("leader"), Participation.objects.all(), "person__slug"),
        _own("kind", chosen.but("kind"), Lower("kind")),
        _own("status", chosen.but("status"), Lower("status")),
        # A window that reaches into the next year stands under the year in which it begins.
        _own("year", chosen.but("from", "to"), ExtractYear("starts_on")),
        _own("total", chosen.qs, _named("all")),
        _own("span", chosen.queryset.all(), _named("first"), Min(ExtractYear("starts_on"))),
        _own("span", chosen.queryset.all(), _named("last"), Max(ExtractYear("starts_on"))),
    ]
    if chosen.chosen["leader"] or chosen.chosen["with"]:
        people = Participation.objects.all()
        parts.append(_linked("with", chosen.but("with"), people, "person__slug"))
    by_value: dict[str, dict[str, int]] = {}
    for facet, value, number in _together(parts):
        by_value.setdefault(facet, {})[value] = number
    years = by_value.pop("year", {})
    # Nothing has no group, and so no row.
    total = by_value.pop("total", {}).get("all", 0)
    span = by_value.pop("span", {})
    by_year = {int(year): number for year, number in years.items()}
    return Counts(by_value, by_year, total, span.get("first"), span.get("last"))


def count_removals(chosen: TimelineFilter) -> dict[tuple[str, str], int]:
    """How many events there would be without each of the choices; one query."""
    choices = chosen.choices[:_MOST_REMOVALS]
    parts = [
        _own(str(number), chosen.without(name, value), _named("all"))
        for number, (name, value) in enumerate(choices)
    ]
    found = {number: count for number, _all, count in _together(parts)} if parts else {}
    return {choice: found.get(str(number), 0) for number, choice in enumerate(choices)}


def _together(parts: list[_Rows]) -> Iterator[tuple[str, str, int]]:
    first, *others = parts
    yield from first.union(*others, all=True) if others else first


def _named(facet: str) -> Value:
    return Value(facet, output_field=CharField())


def _linked(
    facet: str, events: EventQuerySet, links: QuerySet[Any], column: str = "country_id"
) -> _Rows:
    of_events = links.filter(event__in=events.order_by().values("pk")).order_by()
    # An event may have several places in one country.
    return (
        of_events.values(value=Cast(column, CharField()))
        .annotate(facet=_named(facet), number=Count("event", distinct=True))
        .values_list("facet", "value", "number")
    )


def _own(facet: str, events: EventQuerySet, value: Any, number: Any = None) -> _Rows:
    return (
        events.order_by()
        .values(value=Cast(value, CharField()))
        .annotate(facet=_named(facet), number=number or Count("pk"))
        .values_list("facet", "value", "number")
    )
