"""When a recurring day falls, and which one it is. Values in, values out; nothing is stored.

The ordinal counts the years elapsed since the origin, as 주년 and 周年 do: a treaty of 1965 has
its 60th anniversary in 2025, and the origin itself has no ordinal.

Rules where a year lacks the day:
- 29 February is kept on 28 February in common years: it stays in its month.
- A lunar day 30 is kept on day 29 in years whose month has only 29 days.
- A day in a leap month is kept in the ordinary month of the same number, in every year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Literal

from korean_lunar_calendar import KoreanLunarCalendar

Calendar = Literal["SOLAR", "LUNAR"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One return of a recurring day: its solar date, and the years elapsed since the origin."""

    falls_on: date
    years: int

    def days_from(self, today: date) -> int:
        """Days to go; 0 on the day itself, negative once it has passed."""
        return (self.falls_on - today).days


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the Korean lunar calendar."""

    year: int
    month: int
    day: int
    in_leap_month: bool = False


def lunar_day(solar: date) -> LunarDay | None:
    """The Korean lunar date of a solar one; None outside the calendar's tables (1000 to 2050)."""
    table = KoreanLunarCalendar()
    if not table.setSolarDate(solar.year, solar.month, solar.day):
        return None
    return LunarDay(table.lunarYear, table.lunarMonth, table.lunarDay, bool(table.isIntercalation))


def solar_day(lunar: LunarDay) -> date | None:
    """The solar date of a Korean lunar one; None where the tables have no such day."""
    table = KoreanLunarCalendar()
    if not table.setLunarDate(lunar.year, lunar.month, lunar.day, lunar.in_leap_month):
        return None
    return date(table.solarYear, table.solarMonth, table.solarDay)


def occurrences(origin: date, calendar: Calendar, *, first: date) -> Iterator[Occurrence]:
    """Every return on or after `first`, the origin included, in order.

    `origin` is a solar date for either calendar. The sequence ends where the calendar does: at
    year 9999, or at the end of the lunar tables.
    """
    if calendar == "SOLAR":
        yield from _solar(origin, first)
    else:
        yield from _lunar(origin, first)


def next_occurrence(origin: date, calendar: Calendar, *, today: date) -> Occurrence | None:
    """The return that comes next, today's included; None past the end of the calendar."""
    return next(occurrences(origin, calendar, first=today), None)


def _solar(origin: date, first: date) -> Iterator[Occurrence]:
    for year in range(max(origin.year, first.year), MAXYEAR + 1):
        falls_on = _same_day_in(year, origin)
        if falls_on >= first:
            yield Occurrence(falls_on, year - origin.year)


def _same_day_in(year: int, origin: date) -> date:
    try:
        return origin.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _lunar(origin: date, first: date) -> Iterator[Occurrence]:
    start = lunar_day(origin)
    if start is None:
        return
    if origin >= first:
        yield Occurrence(origin, 0)
    # A lunar year begins within the solar year of its number, so that the one before may reach
    # into it.
    for year in range(max(start.year + 1, first.year - 1), MAXYEAR + 1):
        falls_on = solar_day(LunarDay(year, start.month, start.day))
        if falls_on is None:
            falls_on = solar_day(LunarDay(year, start.month, 29))
        if falls_on is None:
            return
        if falls_on >= first:
            yield Occurrence(falls_on, year - start.year)
