from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.commitments import read_commitments
from events.filters import unknown_values
from events.follow_through import Standing, age_band, standing_of, time_between, time_since
from events.in_reader import in_reader
from events.models import Commitment, Event, EventCountry
from events.views.today import today_of_the_record

_AGES = 3
_IN_ORDER = (Standing.OVERDUE, Standing.OPEN, Standing.FULFILLED, Standing.LAPSED)
# The table counts all without a recorded fulfilment, and then those of them that are overdue.
_IN_TABLE = (Standing.OPEN, Standing.OVERDUE, Standing.FULFILLED, Standing.LAPSED)


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment as it stands; `age` is the time since it was agreed, or until it was done."""

    commitment: Commitment
    standing: Standing
    band: int
    age: str


@dataclass(frozen=True, slots=True)
class Row:
    """How many stand so, by age; `standing` is None for all of them."""

    standing: Standing | None
    by_age: list[int]
    is_chosen: bool

    @property
    def total(self) -> int:
        return sum(self.by_age)


def _commitments(today: date) -> list[Followed]:
    """Those of visible events, each with the countries that acted there; one query."""
    acted = EventCountry.objects.filter(event=OuterRef("event"), acted=True)
    country = JSONObject(code="country_id", name=in_reader("country__name"))
    rows = Commitment.objects.filter(event__in=Event.objects.visible().values("pk")).annotate(
        acting=ArraySubquery(acted.order_by("country__position").values(json=country))
    )
    return [_followed(row, today) for row in read_commitments(rows)]


def _followed(commitment: Any, today: date) -> Followed:
    standing = standing_of(commitment, today)
    age = time_since(commitment.event, today)
    if standing == Standing.FULFILLED:
        done = commitment.shown_fulfilment
        age = time_between(commitment.event, done) if done else ""
    return Followed(commitment, standing, age_band(commitment.event, today), age)


def _row(standing: Standing | None, found: Iterable[Followed], *, is_chosen: bool) -> Row:
    by_age = [0] * _AGES
    for item in found:
        if standing is None or item.standing in standing.includes:
            by_age[item.band] += 1
    return Row(standing, by_age, is_chosen)


def _groups(shown: Sequence[Followed]) -> list[tuple[Standing, list[Followed]]]:
    """By standing: first the oldest of what is not done, but the latest of what is."""
    groups = []
    for standing in _IN_ORDER:
        members = [item for item in shown if item.standing == standing]
        if standing not in Standing.OPEN.includes:
            members.reverse()
        if members:
            groups.append((standing, members))
    return groups


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """What was agreed to be done, by status and age, and what the record has of its fulfilment."""
    today = today_of_the_record()
    asked = [value for value in dict.fromkeys(request.GET.getlist("status")) if value]
    chosen = [standing for standing in _IN_TABLE if standing in asked]
    unknown = [value for value in asked if value not in chosen]
    wanted = frozenset[Standing]().union(*(standing.includes for standing in chosen))
    found = _commitments(today)
    shown = [item for item in found if not chosen or item.standing in wanted]
    rows = [_row(standing, found, is_chosen=standing in chosen) for standing in _IN_TABLE]
    context = {
        "rows": [*rows, _row(None, found, is_chosen=not chosen)],
        "groups": _groups(shown),
        "total": len(found),
        "errors": unknown_values(unknown).messages if unknown else [],
        "today": today,
    }
    return render(request, "events/commitments.html", context)
