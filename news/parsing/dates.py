"""When an item says that it was published, in any of the forms that feeds use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate
from zoneinfo import ZoneInfo

MISSING, IMPOSSIBLE, FUTURE, TOO_OLD = "missing", "impossible", "future", "too_old"
FIRST_YEAR = 1990
_LEEWAY = timedelta(days=1)  # clocks and zones that are wrong by hours are common, and harmless
_MOST_LETTERS = 600

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "KST": 9, "JST": 9, "BST": 1, "CET": 1, "CEST": 2,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_NAME = r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_DAYS = (
    r"(?<!\d)(?P<year>\d{4})\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<day>\d{1,2})(?!\d)\.?",
    r"(?P<era>令和|平成|昭和)?\s?(?P<year>(?<!\d)\d{1,4}|元)\s?[년年]"
    r"\s?(?P<month>\d{1,2})\s?[월月]\s?(?P<day>\d{1,2})\s?[일日]",
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_NAME}[,\s-]{{1,2}}(?P<year>\d{{2,4}})(?!\d)",
    rf"\b{_NAME}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)",
    r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=T\d|\s|$)",
)
_TIME = (
    r"(?:[T,\s]{0,3}(?:\([^)]{1,9}\)|(?:-|at)(?=\s))?[,\s]{0,3}"
    r"(?P<half>오전|오후|午前|午後|[ap]\.?m\.?)?\s?"
    r"(?P<hour>\d{1,2})\s?(?::|시|時)\s?(?:(?P<minute>\d{1,2})\s?(?:분|分)?)?"
    r"(?:\s?:?(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s?(?:초|秒)?)?"
    r"\s?(?P<half_after>[ap]\.?m\.?(?![a-z]))?"
    r"\s?(?P<zone>(?:GMT|UTC)?[+-]\d\d?(?::?\d\d)?(?!\d)|[A-Z]{1,4}\b)?)?"
)
_COMPACT_TIME = r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?(?!\d))"
# As programs in C and Java write it: Tue Jun 10 09:00:00 KST 2025.
_PROGRAMS = (
    rf"\b{_NAME}\s(?P<day>\d{{1,2}})\s(?P<hour>\d{{1,2}}):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?:\s(?P<zone>[A-Z]{1,4}))?\s(?P<year>\d{4})(?!\d)"
)
# As e-mail and most feeds write it: Tue, 10 Jun 2025 09:00:00 +0900. The forms below read it too.
_MAIL = re.compile(
    rf"(?:[a-z]{{3}}, )?(?P<day>\d\d?) (?P<name>{'|'.join(_MONTHS)}) (?P<year>\d{{4}}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) (?P<zone>[+-]\d{4}|GMT)",
    re.I | re.A,
)
# Seconds or milliseconds since 1970.
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_WEEK = re.compile(r"\d{4}-?W\d\d(?:-?\d)?")
_FORMS = [re.compile(day + _TIME, re.I) for day in _DAYS]
_FORMS.insert(0, re.compile(_DAYS[-1].removesuffix(r"(?=T\d|\s|$)") + _COMPACT_TIME))
_FORMS.append(re.compile(_PROGRAMS, re.I))


def effective(
    told: Iterable[str], zone: ZoneInfo, *, fetched_at: datetime
) -> tuple[datetime | None, str]:
    """The first believable moment of several, and the problem if there is none.

    A moment more than a day ahead counts as the fetch and is flagged; one before 1990 is none.
    A day without a time is its midnight at the outlet.
    """
    problem = MISSING
    for text in told:
        if not text.strip():
            continue
        moment, found = _judged(text, zone, fetched_at)
        if moment is not None:
            return moment, ""
        if problem == MISSING:
            problem = found
    return (fetched_at if problem == FUTURE else None), problem


def read_moment(told: str, zone: ZoneInfo) -> datetime | None:
    """The first moment in a text; a time without a zone is the outlet's. None if there is none.

    Raises ValueError for a day or a time that does not exist.
    """
    text = " ".join(unicodedata.normalize("NFKC", told[:_MOST_LETTERS]).split())
    if mail := _MAIL.fullmatch(text):
        return _moment(mail.groupdict(), zone)
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    if week := _WEEK.match(text):
        return datetime.fromisoformat(week[0]).replace(tzinfo=zone).astimezone(UTC)
    for form in _FORMS:
        if found := form.search(text):
            return _moment(found.groupdict(), zone)
    # What is left of the forms of e-mail.
    parts = parsedate(text)
    return datetime(*parts[:6], tzinfo=zone).astimezone(UTC) if parts else None


def _judged(text: str, zone: ZoneInfo, fetched_at: datetime) -> tuple[datetime | None, str]:
    try:
        moment = read_moment(text, zone)
    except (ValueError, OverflowError):
        return None, IMPOSSIBLE
    if moment is None:
        return None, IMPOSSIBLE
    if moment.year < FIRST_YEAR:
        return None, TOO_OLD
    if moment > fetched_at + _LEEWAY:
        return None, FUTURE
    return moment, ""


def _moment(parts: dict[str, str | None], zone: ZoneInfo) -> datetime:
    day = datetime(_year(parts), _month(parts), int(parts["day"] or 0))  # noqa: DTZ001
    hour, minute, second = (int(parts.get(n) or 0) for n in ("hour", "minute", "second"))
    half = (parts.get("half") or parts.get("half_after") or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("오후", "午後", "pm") else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time")
    local = day + timedelta(hours=hour, minutes=minute, seconds=second)
    return local.replace(tzinfo=_place(parts.get("zone") or "") or zone).astimezone(UTC)


def _year(parts: dict[str, str | None]) -> int:
    told, era = parts["year"] or "", parts.get("era")
    if told == "元":
        return _ERAS.get(era or "", 0) + 1
    year = int(told)
    if era:
        return _ERAS[era] + year
    if len(told) == 2 and parts.get("name"):
        return year + (2000 if year < 69 else 1900)  # as e-mail has always read them
    return year


def _month(parts: dict[str, str | None]) -> int:
    if name := parts.get("name"):
        return _MONTHS.index(name[:3].lower()) + 1
    return int(parts["month"] or 0)


def _place(told: str) -> tzinfo | None:
    """The zone that a time names; None if it names none that is known."""
    sign, _colon, shift = told.upper().removeprefix("GMT").removeprefix("UTC").partition(":")
    if sign[:1] in ("+", "-"):
        digits = sign[1:]
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, shift or "0")
        away = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-away if sign[0] == "-" else away)
    known = _HOURS.get(told.upper())
    return None if known is None else timezone(timedelta(hours=known))
