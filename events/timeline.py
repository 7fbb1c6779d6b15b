"""The order of the timeline cut into pages: a keyset cursor, and headings by year and month."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from django.db.models import Q

from events.models import Event
from events.models.events import EventQuerySet

Order = Literal["newest", "oldest"]
Choices = Sequence[tuple[str, str]]

PAGE_SIZE = 50
_LONGEST_CURSOR = 300
_WIDEST_COARSENESS = 3
_LARGEST_ID = 2**63 - 1


class BadCursor(ValueError):
    """The cursor was not made by us, or belongs to another query or order."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where an event stands in an order; pages continue after it."""

    sorts_on: date
    coarseness: int
    id: int

    @classmethod
    def of(cls, event: Event, order: Order) -> "Position":
        day = event.starts_on if order == "newest" else event.oldest_first_on
        return cls(day, event.coarseness, event.pk)

    def after(self, order: Order) -> Q:
        """The events that follow in this order."""
        if order == "newest":
            return Q(starts_on__lt=self.sorts_on) | Q(starts_on=self.sorts_on) & (
                Q(coarseness__gt=self.coarseness) | Q(coarseness=self.coarseness, id__lt=self.id)
            )
        return Q(oldest_first_on__gt=self.sorts_on) | Q(oldest_first_on=self.sorts_on) & (
            Q(coarseness__gt=self.coarseness) | Q(coarseness=self.coarseness, id__gt=self.id)
        )


# The ids of so many events that follow a position, or of the first ones.
Pick = Callable[[Position | None, int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Month:
    """The events under one heading; `number` is None where only the year is known."""

    number: int | None
    continued: bool
    """Whether its first events stand on the page before."""
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year that have events on this page."""

    number: int
    continued: bool
    months: list[Month]


@dataclass(frozen=True, slots=True)
class Divider:
    """Where the line of today stands on a page: before an event, or above or below all of them.

    On a page that today is not on, nowhere.
    """

    before: int | None = None
    is_above: bool = False
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Up to PAGE_SIZE events by year and month, and the cursor of what follows."""

    years: list[Year]
    next_cursor: str | None
    is_first: bool
    today: Divider


def make_cursor(position: Position, *, order: Order, choices: Choices) -> str:
    """An opaque word for `position` in this query; `choices` are its valid filters."""
    known = [order, _digest(choices), position.sorts_on.isoformat()]
    packed = json.dumps([*known, position.coarseness, position.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(cursor: str, *, order: Order, choices: Choices) -> Position:
    """The position in a cursor made for this very query and order; else raises BadCursor."""
    if len(cursor) > _LONGEST_CURSOR:
        raise BadCursor("too long")
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        made_for, digest, day, coarseness, pk = json.loads(packed)
        position = Position(date.fromisoformat(day), coarseness, pk)
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadCursor("not a cursor") from problem
    if made_for != order or digest != _digest(choices):
        raise BadCursor("another query's")
    # `type` and not isinstance: JSON's true is a Python int.
    if type(coarseness) is not int or not 0 <= coarseness <= _WIDEST_COARSENESS:
        raise BadCursor("no such precision")
    if type(pk) is not int or not 0 < pk <= _LARGEST_ID:
        raise BadCursor("no such id")
    return position


def read_page(
    events: EventQuerySet,
    *,
    order: Order,
    choices: Choices,
    after: str | None,
    today: date,
    pick: Pick | None = None,
) -> Page:
    """The page of `events` that follows the cursor `after`, or the first one.

    `today` is the day in Seoul and Tokyo: the page says where it stands. `pick` tells the ids of
    a page from memory; without it the database looks for them. Costs one query beside the
    prefetches that `events` carries. Raises BadCursor.
    """
    start = read_cursor(after, order=order, choices=choices) if after else None
    if pick is not None:
        events = events.filter(pk__in=pick(start, PAGE_SIZE + 1))
    elif start is not None:
        events = events.filter(start.after(order))
    ordered = events.newest_first() if order == "newest" else events.oldest_first()
    found = list(ordered[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    cursor = None
    if len(found) > PAGE_SIZE:
        cursor = make_cursor(Position.of(shown[-1], order), order=order, choices=choices)
    before = _heading(start.sorts_on, start.coarseness) if start else None
    begins_after = None if start is None else start.sorts_on
    divider = _divider(shown, order, today, begins_after, is_last=cursor is None)
    return Page(list(_years(shown, order, before)), cursor, start is None, divider)


def _divider(
    events: Sequence[Event], order: Order, today: date, begins_after: date | None, *, is_last: bool
) -> Divider:
    """The line of today in events of one page, which begins after an event of that day or none."""

    def is_across(day: date) -> bool:
        # What lies ahead leads where the newest come first, and ends where they come last.
        return day <= today if order == "newest" else day > today

    if begins_after is not None and is_across(begins_after):
        return Divider()
    for event in events:
        if is_across(Position.of(event, order).sorts_on):
            is_top = begins_after is None and event is events[0]
            return Divider(is_above=True) if is_top else Divider(before=event.pk)
    return Divider(is_below=is_last and bool(events))


def _years(
    events: Iterable[Event], order: Order, before: tuple[int, int | None] | None
) -> Iterator[Year]:
    """Headings over events in their order; `before` is the heading that this page continues."""

    def heading(event: Event) -> tuple[int, int | None]:
        position = Position.of(event, order)
        return _heading(position.sorts_on, position.coarseness)

    for year, of_year in groupby(events, key=lambda event: heading(event)[0]):
        months = [
            Month(month, (year, month) == before, list(of_month))
            for (_, month), of_month in groupby(of_year, key=heading)
        ]
        yield Year(year, before is not None and year == before[0], months)


def _heading(sorts_on: date, coarseness: int) -> tuple[int, int | None]:
    only_year = coarseness == _WIDEST_COARSENESS
    return sorts_on.year, None if only_year else sorts_on.month


def _digest(choices: Choices) -> str:
    packed = json.dumps(sorted(choices), separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()[:16]
