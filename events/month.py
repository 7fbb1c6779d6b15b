"""One month of the record by its days: what falls on each, and what is not known to the day. Pure.

Weeks begin on the day on which the reader's language begins them. A month is written `2025/06` in
addresses.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Self

from events.anniversaries import Calendar, Occurrence, occurrences
from events.models import Anniversary, Event
from events.models.dates import Precision
from events.public_holidays import Holiday

FIRST_DAY = date(1965, 1, 1)
_YEARS_AHEAD = 2
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; raises ValueError for a number that no calendar has."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}/{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def shifted(self, months: int) -> Self:
        """The month that many later, or earlier where `months` is negative."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return type(self)(years, index + 1)


class MonthConverter:
    """In an address: `2025/06`. A month of no calendar has no address."""

    regex = "[0-9]{4}/[0-9]{2}"

    def to_python(self, value: str) -> Month:
        year, number = value.split("/")
        return Month(int(year), int(number))

    def to_url(self, value: Month | str) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Return:
    """An anniversary that falls on a day, and which one it is."""

    anniversary: Anniversary
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Held:
    """An event on one of its days; those after the first continue it."""

    event: Event
    continues: bool
    is_listed: bool
    """Whether this is its first day of the month, under which a list names it."""
    is_named: bool
    """Whether a grid names it here: on its first day of the month, and where a week begins."""


@dataclass(slots=True)
class Day:
    """What falls on one day."""

    on: date
    holidays: list[Holiday] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def listed(self) -> list[Event]:
        """The events that a list names under this day."""
        return [one.event for one in self.held if one.is_listed]

    @property
    def has_entry(self) -> bool:
        """Whether a list of the month has something under this day."""
        return bool(self.holidays or self.returns or self.listed)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as a calendar shows it; a week has None where a day belongs to another month."""

    month: Month
    weeks: list[list[Day | None]]
    some_day: list[Event]
    """Events whose day is not known, and may be one of this month."""

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day is not None]

    @property
    def listed(self) -> list[Day]:
        """The days that a list of the month names."""
        return [day for day in self.days if day.has_entry]

    @property
    def has_events(self) -> bool:
        return bool(self.some_day) or any(day.held for day in self.days)


def is_shown(month: Month, *, today: date) -> bool:
    """Whether the calendar has a page for it: from 1965 until two years from now."""
    return Month.of(FIRST_DAY) <= month <= Month.of(today).shifted(12 * _YEARS_AHEAD)


def returns_between(
    origin: date, kind: Calendar, *, first: date, last: date
) -> Iterable[Occurrence]:
    """Every return of a recurring day from `first` to `last`, both included."""
    return takewhile(
        lambda occurrence: occurrence.falls_on <= last, occurrences(origin, kind, first=first)
    )


def fill(
    month: Month,
    *,
    events: Sequence[Event],
    returns: Iterable[Return],
    holidays: Iterable[Holiday],
    first_weekday: int,
) -> Sheet:
    """Lay out a month; `first_weekday` is 0 for Monday. What lies outside the month is left out."""
    days = {
        date(month.year, month.number, number): Day(date(month.year, month.number, number))
        for number in range(1, month.last.day + 1)
    }
    for holiday in holidays:
        if holiday.on in days:
            days[holiday.on].holidays.append(holiday)
    for one in returns:
        if one.occurrence.falls_on in days:
            days[one.occurrence.falls_on].returns.append(one)
    some_day = []
    for event in events:
        if event.precision != Precision.DAY:
            some_day.append(event)
            continue
        for on, day in days.items():
            if event.starts_on <= on <= (event.ends_on or event.starts_on):
                day.held.append(_held(event, on, month, first_weekday))
    return Sheet(month, _weeks(list(days.values()), first_weekday), some_day)


def _held(event: Event, on: date, month: Month, first_weekday: int) -> Held:
    is_listed = on == max(event.starts_on, month.first)
    return Held(
        event,
        continues=on != event.starts_on,
        is_listed=is_listed,
        is_named=is_listed or on.weekday() == first_weekday,
    )


def _weeks(days: Sequence[Day], first_weekday: int) -> list[list[Day | None]]:
    before = (days[0].on.weekday() - first_weekday) % _DAYS_OF_A_WEEK
    cells: list[Day | None] = [*[None] * before, *days]
    cells += [None] * (-len(cells) % _DAYS_OF_A_WEEK)
    return [cells[at : at + _DAYS_OF_A_WEEK] for at in range(0, len(cells), _DAYS_OF_A_WEEK)]
