"""Civil days as readers write them, and which day it is in Seoul and Tokyo. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year as it was written, with the first and the last day that it covers."""

    written: str
    first: date
    last: date


def parse_period(written: str) -> Period:
    """The period of an ISO day, month or year: "2025-06-09", "2025-06" or "2025".

    Raises ValueError for anything else, and for a day that no calendar has.
    """
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError("not an ISO day, month or year")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        only = date(year, month, day)
        return Period(written, only, only)
    first = date(year, month or 1, 1)
    end = month or 12
    return Period(written, first, date(year, end, calendar.monthrange(year, end)[1]))


def civil_day(moment: datetime, zone: str) -> date:
    """The date in `zone` at `moment`, which must be aware."""
    if moment.tzinfo is None:
        raise ValueError("A civil day needs an aware datetime.")
    return moment.astimezone(ZoneInfo(zone)).date()


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February where that year lacks the 29th."""
    year = day.year - years
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))
