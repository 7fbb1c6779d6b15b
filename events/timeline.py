"""The order of the timeline cut into pages: a keyset cursor, headings by year and month. Pure."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

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


# The first so many events, or those that follow a position.
Pick = Callable[[Position | None, int], Sequence[Position]]


@dataclass(frozen=True, slots=True)
class Month:
    """The events under one heading; `number` is None where only the year is known."""

    number: int | None
    continued: bool
    """Whether its first events stand on the page before."""
    events: list[Position]


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

    @property
    def ids(self) -> list[int]:
        """Of its events, in their order."""
        return [event.id for year in self.years for month in year.months for event in month.events]


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


def page_of(pick: Pick, *, order: Order, choices: Choices, after: str | None, today: date) -> Page:
    """The page of the events that `pick` gives, from the cursor `after` or from the first.

    `today` is the day in Seoul and Tokyo: the page says where it stands. Raises BadCursor.
    """
    start = read_cursor(after, order=order, choices=choices) if after else None
    found = pick(start, PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    cursor = None
    if len(found) > PAGE_SIZE:
        cursor = make_cursor(shown[-1], order=order, choices=choices)
    before = _heading(start) if start else None
    begins_after = None if start is None else start.sorts_on
    divider = _divider(shown, order, today, begins_after, is_last=cursor is None)
    return Page(list(_years(shown, before)), cursor, start is None, divider)


def _divider(
    events: Sequence[Position],
    order: Order,
    today: date,
    begins_after: date | None,
    *,
    is_last: bool,
) -> Divider:
    """The line of today in events of one page, which begins after an event of that day or none."""

    def is_across(day: date) -> bool:
        # What lies ahead leads where the newest come first, and ends where they come last.
        return day <= today if order == "newest" else day > today

    if begins_after is not None and is_across(begins_after):
        return Divider()
    for event in events:
        if is_across(event.sorts_on):
            is_top = begins_after is None and event is events[0]
            return Divider(is_above=True) if is_top else Divider(before=event.id)
    return Divider(is_below=is_last and bool(events))


def _years(events: Iterable[Position], before: tuple[int, int | None] | None) -> Iterator[Year]:
    """Headings over events in their order; `before` is the heading that this page continues."""
    for year, of_year in groupby(events, key=lambda event: event.sorts_on.year):
        months = [
            Month(month, (year, month) == before, list(of_month))
            for (_, month), of_month in groupby(of_year, key=_heading)
        ]
        yield Year(year, before is not None and year == before[0], months)


def _heading(event: Position) -> tuple[int, int | None]:
    """The year, and the month where it is known."""
    only_year = event.coarseness == _WIDEST_COARSENESS
    return event.sorts_on.year, None if only_year else event.sorts_on.month


def _digest(choices: Choices) -> str:
    packed = json.dumps(sorted(choices), separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()[:16]
