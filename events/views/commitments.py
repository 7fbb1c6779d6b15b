from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.commitments import read_commitments
from events.filters import unknown_values
from events.follow_through import Standing, age_band, standing_of, time_between, time_since
from events.in_reader import in_reader
from events.models import Commitment, Event, EventCountry
from events.views.past import as_it_stood
from events.views.today import today_of_the_record

_AGES = 3
_A_PAGE = 50
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


def _in_order(shown: Iterable[Followed]) -> list[Followed]:
    """By standing: first the oldest of what is not done, but the latest of what is."""
    groups: dict[Standing, list[Followed]] = {standing: [] for standing in _IN_ORDER}
    for item in shown:
        groups[item.standing].append(item)
    for standing in _IN_ORDER:
        if standing not in Standing.OPEN.includes:
            groups[standing].reverse()
    return [item for members in groups.values() for item in members]


def _groups(
    page: Iterable[Followed], in_all: Mapping[Standing, int]
) -> list[tuple[Standing, list[Followed], int]]:
    """What stands on one page by standing, with how many there are on all pages."""
    return [
        (standing, list(members), in_all[standing])
        for standing, members in groupby(page, key=lambda item: item.standing)
    ]


def _page(items: list[Followed], asked: str) -> tuple[Page[Followed], bool]:
    """The page asked for, or the first one and True where there is no such page."""
    paginator = Paginator(items, _A_PAGE)
    try:
        return paginator.page(asked), False
    except InvalidPage:
        return paginator.page(1), True


def _address(chosen: Iterable[Standing], page: int = 1) -> str:
    """The address of a page of those chosen."""
    query = [("status", standing.value) for standing in chosen]
    query += [("page", str(page))] if page > 1 else []
    return reverse("events:commitments") + (f"?{urlencode(query)}" if query else "")


@require_safe
@as_it_stood
def commitments(request: HttpRequest) -> HttpResponse:
    """What was agreed to be done, by status and age, and what the record has of its fulfilment."""
    today = today_of_the_record()
    asked = [value for value in dict.fromkeys(request.GET.getlist("status")) if value]
    chosen = [standing for standing in _IN_TABLE if standing in asked]
    unknown = [value for value in asked if value not in chosen]
    wanted = frozenset[Standing]().union(*(standing.includes for standing in chosen))
    found = _commitments(today)
    shown = [item for item in found if not chosen or item.standing in wanted]
    page, is_unknown = _page(_in_order(shown), request.GET.get("page") or "1")
    rows = [_row(standing, found, is_chosen=standing in chosen) for standing in _IN_TABLE]
    context = {
        "rows": [*rows, _row(None, found, is_chosen=not chosen)],
        "groups": _groups(page, Counter(item.standing for item in shown)),
        "page": page,
        "is_unknown_page": is_unknown,
        "address": _address(chosen),
        "more": _address(chosen, page.next_page_number()) if page.has_next() else "",
        "total": len(found),
        "errors": unknown_values(unknown).messages if unknown else [],
        "today": today,
    }
    return render(request, "events/commitments.html", context)
