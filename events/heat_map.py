"""A year of contacts, day by day, drawn as a few paths. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from events.models.dates import Precision
from events.periods import years_before


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the heat map: its first day and how many contacts began or went on in it."""

    first: date
    number: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The days of a year with contacts, as one SVG path for each amount, weeks as columns."""

    first: date
    last: date
    paths: tuple[tuple[int, str], ...]
    """(amount from 0 to 3, path); 3 stands for three contacts or more on a day."""
    labels: tuple[tuple[int, date], ...]
    """(x of a column, first day of the month that begins in it)."""
    months: tuple[Month, ...]
    width: int
    height: int
    coarse: int
    """Contacts in this year of which only the month or a few days are known."""


_CELL, _GAP, _TOP = 10, 3, 16
_STEP = _CELL + _GAP
_MOST = 3


def heat_map(days: Iterable[tuple[str, date, date]], *, last: date) -> HeatMap:
    """The year that ends with `last`, from (precision, first day, last possible day) of contacts.

    A contact of several days counts on each of them; one with a coarse date on none.
    """
    first = years_before(last, 1) + timedelta(days=1)
    begins = date.fromordinal(first.toordinal() - first.weekday())
    amounts: dict[date, int] = {}
    in_months: dict[date, int] = {}
    coarse = 0
    for precision, starts_on, ends_on in days:
        from_day, to_day = max(starts_on, first), min(ends_on, last)
        if from_day > to_day:
            continue
        for month in {from_day.replace(day=1), to_day.replace(day=1)}:
            in_months[month] = in_months.get(month, 0) + 1
        if precision != Precision.DAY:
            coarse += 1
            continue
        for number in range(from_day.toordinal(), to_day.toordinal() + 1):
            day = date.fromordinal(number)
            amounts[day] = amounts.get(day, 0) + 1
    cells: dict[int, list[str]] = {amount: [] for amount in range(_MOST + 1)}
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        x = (number - begins.toordinal()) // 7 * _STEP
        y = _TOP + day.weekday() * _STEP
        square = f"M{x} {y}h{_CELL}v{_CELL}h-{_CELL}z"
        cells[min(_MOST, amounts.get(day, 0))].append(square)
    weeks = (last.toordinal() - begins.toordinal()) // 7 + 1
    starts = _months(first, last)
    return HeatMap(
        first=first,
        last=last,
        paths=tuple((amount, "".join(squares)) for amount, squares in cells.items()),
        labels=tuple(
            ((month.toordinal() - begins.toordinal()) // 7 * _STEP, month)
            for month in starts
            if month >= first
        ),
        months=tuple(Month(month, in_months.get(month, 0)) for month in starts),
        width=weeks * _STEP - _GAP,
        height=_TOP + 7 * _STEP - _GAP,
        coarse=coarse,
    )


def _months(first: date, last: date) -> list[date]:
    """The first days of all months between two days, theirs included."""
    begins, ends = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(number // 12, number % 12 + 1, 1) for number in range(begins, ends + 1)]
