"""Dates as newspapers write them: what a phrase says, and which days it means.

A grammar per language finds phrases; `resolve` turns a phrase into days once
the day of publication and the tense of its clause are known.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

# A foreign newsroom's "Thursday" may be the next day where it happened, and
# feeds date articles by their own midnight: one day of slack either way.
SLACK = 1


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that name a day, a range or a length of days; offsets into its text.

    `shape` says which fields count:
    day (month, day, perhaps year and an end) · dayonly (day, perhaps month_shift)
    weekday (weekday, perhaps week_shift) · offset (shift days from publication)
    same (the day told of before) · week (week_shift) · month (month or
    month_shift, perhaps year, perhaps only from day to end_day) · year · later
    (shift days or month_shift months after the day told of before) · eve (shift
    days before that, or before publication) · length (shift days long). A day,
    dayonly or weekday with a shift starts a stay of so many days.
    """

    start: int
    end: int
    shape: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    shift: int = 0
    week_shift: int | None = None
    month_shift: int | None = None
    year_shift: int | None = None
    direction: str = ""  # "past" or "future" when the words say so
    is_same_year: bool = False  # "the same year": that of the day told of before


@dataclass(frozen=True, slots=True)
class Days:
    """The days a phrase means. `grain` is DAY, RANGE, WEEK, MONTH or YEAR."""

    first: date
    last: date
    grain: str

    def overlaps(self, other: Days) -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def precision(self) -> str:
        """How well a day is known that is one of these: "DAY", "WINDOW" or a whole "MONTH"."""
        if self.grain == "MONTH" and self == month_days(self.first.year, self.first.month):
            return "MONTH"
        return "WINDOW" if self.grain in ("WEEK", "MONTH") else "DAY"


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day some months away, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year = min(max(index // 12, 1), 9999)
    month = index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date | None:
    """The day some days away, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


@lru_cache(maxsize=4096)
def month_days(year: int, month: int) -> Days:
    """All days of a month."""
    last = calendar.monthrange(year, month)[1]
    return Days(date(year, month, 1), date(year, month, last), "MONTH")


def resolve(
    phrase: DatePhrase, anchor: date | None, tense: str, before: Days | None = None
) -> Days | None:
    """The days a phrase means, or None if it cannot be known.

    `anchor` is the day of publication, `tense` of the clause "past", "future"
    or "", and `before` the days told of just before, for "two days later".
    """
    if anchor is None and phrase.year is None and phrase.shape not in ("later", "same", "eve"):
        return None
    towards = phrase.direction or tense
    match phrase.shape:
        case "day":
            return _resolve_day(_in_year_before(phrase, before), anchor, towards, before)
        case "dayonly":
            return _resolve_dayonly(phrase, anchor, towards, before)
        case "weekday":
            return _resolve_weekday(phrase, anchor, towards)
        case "offset":
            day = add_days(anchor, phrase.shift) if anchor else None
            return _with_end(phrase, day) if day and phrase.end_day else _single(day)
        case "same":
            if before is None or before.grain in ("WEEK", "MONTH", "YEAR"):
                return _single(anchor)
            return _single(before.first)
        case "week":
            return _resolve_week(phrase, anchor)
        case "month":
            return _resolve_month(_in_year_before(phrase, before), anchor, towards)
        case "year":
            return _resolve_year(phrase, anchor)
        case "later":
            return _resolve_later(phrase, before or _today(phrase, anchor))
        case "eve":
            return _resolve_eve(phrase, anchor, before)
    return None


def _in_year_before(phrase: DatePhrase, before: Days | None) -> DatePhrase:
    if phrase.is_same_year and before is not None:
        return replace(phrase, year=before.first.year)
    return phrase


def _single(day: date | None) -> Days | None:
    return Days(day, day, "DAY") if day else None


def _nearest(days: list[date], anchor: date, towards: str) -> date | None:
    """The candidate meant: by direction if it is known, else the closest."""
    chosen = days
    if towards == "past":
        chosen = [d for d in days if (d - anchor).days <= SLACK]
    elif towards == "future":
        chosen = [d for d in days if (anchor - d).days <= SLACK]
    if not chosen:
        return None
    return min(chosen, key=lambda d: (abs((d - anchor).days), d))


def _years(phrase: DatePhrase, anchor: date | None) -> list[int]:
    if phrase.year is not None:
        return [phrase.year]
    if anchor is None:
        return []
    if phrase.year_shift is not None:
        return [anchor.year + phrase.year_shift]
    return [anchor.year - 1, anchor.year, anchor.year + 1]


def _resolve_day(
    phrase: DatePhrase, anchor: date | None, towards: str, before: Days | None
) -> Days | None:
    if phrase.month is None or phrase.day is None:
        return None
    found = [make_day(year, phrase.month, phrase.day) for year in _years(phrase, anchor)]
    days = [d for d in found if d is not None]
    if not days:
        return None
    if len(days) == 1 or anchor is None:
        first = days[0]
    else:
        # The tense only breaks ties here: a month names its year well enough.
        near = _nearest(days, anchor, phrase.direction) or days[0]
        # Who means a day months ahead says so in a verb for what is to come.
        reach = 30 if near > anchor else 120
        if not phrase.direction and abs((near - anchor).days) > reach:
            near = _nearest(days, anchor, towards) or near
        first = near if towards == "future" else _in_story(near, days, anchor, before)
    return _with_end(phrase, first)


def _in_story(near: date, days: list[date], anchor: date, before: Days | None) -> date:
    """The day nearest to now, or the one that goes on with what was told just before.

    "On Nov. 23, 2019, … and on Dec. 24" stays in that year.
    """
    if before is None or before.grain not in ("DAY", "RANGE"):
        return near
    if before.first.year >= anchor.year or near.year == before.first.year or near <= anchor:
        return near
    same = [d for d in days if d.year == before.first.year and d >= before.first]
    return same[0] if same else near


def _with_end(phrase: DatePhrase, first: date) -> Days | None:
    """The range that starts on `first`, if the phrase has an end that makes sense."""
    if phrase.end_day is None:
        stay = add_days(first, phrase.shift - 1) if 2 <= phrase.shift <= 10 else None
        return Days(first, stay, "RANGE") if stay else Days(first, first, "DAY")
    month = phrase.end_month or first.month
    year = first.year
    if month < first.month:
        year += 1
    last = make_day(year, month, phrase.end_day)
    if last is not None and last < first and phrase.end_month is None:
        following = add_months(first.replace(day=1), 1)
        last = make_day(following.year, following.month, phrase.end_day)
    if last is None or not timedelta(0) <= last - first <= timedelta(days=31):
        return Days(first, first, "DAY")
    return Days(first, last, "RANGE" if last > first else "DAY")


# A bare day of the month within a week is that one, whatever the verb seems to say.
_THIS_WEEK = 7


def _resolve_dayonly(
    phrase: DatePhrase, anchor: date | None, towards: str, before: Days | None
) -> Days | None:
    if anchor is None or phrase.day is None:
        return None
    if phrase.end_month is not None and phrase.end_day is not None:
        # "30일~7월 2일": the end says the month of the start.
        month = phrase.end_month if phrase.end_day >= phrase.day else phrase.end_month - 1
        return _resolve_day(replace(phrase, month=month or 12), anchor, towards, before)
    if phrase.month_shift is not None:
        month_first = add_months(anchor.replace(day=1), phrase.month_shift)
        day = make_day(month_first.year, month_first.month, phrase.day)
        return _with_end(phrase, day) if day else None
    if before is not None and not phrase.direction:
        day = make_day(before.first.year, before.first.month, phrase.day)
        if day is not None and day >= before.first and abs((day - anchor).days) > 20:
            return _with_end(phrase, day)
    base = anchor.replace(day=1)
    months = [add_months(base, shift) for shift in (-1, 0, 1)]
    found = [make_day(m.year, m.month, phrase.day) for m in months]
    days = [d for d in found if d is not None]
    near = _nearest(days, anchor, phrase.direction)
    if near is None or (not phrase.direction and abs((near - anchor).days) > _THIS_WEEK):
        near = _nearest(days, anchor, towards)
    return _with_end(phrase, near) if near else None


def _resolve_weekday(phrase: DatePhrase, anchor: date | None, towards: str) -> Days | None:
    if anchor is None or phrase.weekday is None:
        return None
    if phrase.week_shift is not None:
        monday = add_days(anchor, 7 * phrase.week_shift - anchor.weekday())
        first = add_days(monday, phrase.weekday) if monday else None
        return _with_end(phrase, first) if first else None
    behind = (anchor.weekday() - phrase.weekday) % 7
    ahead = (phrase.weekday - anchor.weekday()) % 7
    # News is of yesterday, not of six days ago: that far off is one day of slack.
    gone = 1 if behind == 6 else -behind
    day = add_days(anchor, ahead if towards == "future" else gone)
    return _with_end(phrase, day) if day else None


def _resolve_week(phrase: DatePhrase, anchor: date | None) -> Days | None:
    if anchor is None:
        return None
    monday = add_days(anchor, 7 * (phrase.week_shift or 0) - anchor.weekday())
    sunday = add_days(monday, 6) if monday else None
    return Days(monday, sunday, "WEEK") if monday and sunday else None


def _resolve_month(phrase: DatePhrase, anchor: date | None, towards: str) -> Days | None:
    if phrase.month is None:
        if anchor is None:
            return None
        month = add_months(anchor.replace(day=1), phrase.month_shift or 0)
        return _part_of(month_days(month.year, month.month), phrase)
    years = _years(phrase, anchor)
    if not 1 <= phrase.month <= 12 or not years:
        return None
    if len(years) == 1 or anchor is None:
        if not 1 <= years[0] <= 9999:
            return None
        return _part_of(month_days(years[0], phrase.month), phrase)
    firsts = [make_day(year, phrase.month, 1) for year in years]
    near = _nearest([d for d in firsts if d], anchor.replace(day=1), towards)
    return _part_of(month_days(near.year, near.month), phrase) if near else None


def _part_of(month: Days, phrase: DatePhrase) -> Days:
    """The days of a month that a phrase means: all, or its first, second or last part."""
    if phrase.day is None or phrase.end_day is None:
        return month
    last = min(phrase.end_day, month.last.day)
    return replace(
        month, first=month.first.replace(day=phrase.day), last=month.last.replace(day=last)
    )


def _resolve_year(phrase: DatePhrase, anchor: date | None) -> Days | None:
    year = phrase.year
    if year is None and anchor is not None:
        year = anchor.year + (phrase.year_shift or 0)
    if year is None or not 1 <= year <= 9999:
        return None
    return Days(date(year, 1, 1), date(year, 12, 31), "YEAR")


# "The day before" that leans on a day told of leans on news, not on history.
_EVE_REACH = 4


def _resolve_eve(phrase: DatePhrase, anchor: date | None, before: Days | None) -> Days | None:
    """The day before the day just told of; without one, before publication."""
    told = before.first if before and before.grain in ("DAY", "RANGE") else None
    if anchor is None or (told and (anchor - told).days <= _EVE_REACH):
        return _single(add_days(told, phrase.shift)) if told else None
    return _single(add_days(anchor, phrase.shift))


def _today(phrase: DatePhrase, anchor: date | None) -> Days | None:
    """Publication, for "in four days" with nothing told of before; not for "the next day"."""
    return _single(anchor) if phrase.shift > 1 else None


def _resolve_later(phrase: DatePhrase, before: Days | None) -> Days | None:
    if before is None or before.grain in ("MONTH", "YEAR"):
        return None
    if phrase.month_shift is not None:
        day: date | None = add_months(before.first, phrase.month_shift)
    else:
        day = add_days(before.last, phrase.shift)
    return _single(day)
