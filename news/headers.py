"""What an answer's headers say about when to come again. Dates are counted from a given moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = 24 * 60 * 60
# A server that asks for more gets a day: a source must never stop unnoticed.
MOST_RETRY_AFTER = DAY
MOST_FRESH = DAY
# A feed that is "fresh" for so long is served by a rule meant for pictures and fonts.
ABSURDLY_FRESH = 30 * DAY
_NUMBER = re.compile(r"[0-9]{1,18}")
_MANY_DIGITS = re.compile(r"[0-9]{19,}")
_MOST_LETTERS = 200


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """The seconds that a server wants to be left alone, at most a day; None if it says nothing."""
    told = headers.get("Retry-After", "").strip()
    seconds = _seconds(told)
    if seconds is None:
        moment = read_http_date(told)
        if moment is None:
            return None
        seconds = max(0, int((moment - now).total_seconds()))
    return min(seconds, MOST_RETRY_AFTER)


def fresh_for(headers: Mapping[str, str], now: datetime) -> int | None:
    """The seconds for which an answer stays good, at most a day; None if unsaid or absurd.

    Cache-Control's max-age goes before Expires, which is counted from the server's own Date if
    it gives one: its clock may be wrong.
    """
    directives = _directives(headers.get("Cache-Control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return 0
    seconds = _seconds(directives.get("max-age", ""))
    if seconds is None:
        expires = read_http_date(headers.get("Expires", ""))
        if expires is None:
            return None
        start = read_http_date(headers.get("Date", "")) or now
        seconds = max(0, int((expires - start).total_seconds()))
    return None if seconds > ABSURDLY_FRESH else min(seconds, MOST_FRESH)


def read_http_date(text: str) -> datetime | None:
    """The moment of an HTTP date in any of its three forms; None for anything else."""
    if not 0 < len(text) <= _MOST_LETTERS:
        return None
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def last_change(headers: Mapping[str, str], now: datetime) -> str:
    """Last-Modified as it can be sent back; empty for one that lies ahead.

    To a time ahead every server answers that nothing has changed since.
    """
    told = clean(headers.get("Last-Modified", ""), 100)
    moment = read_http_date(told)
    return "" if moment is not None and moment > now + timedelta(seconds=DAY) else told


def clean(value: str, most: int) -> str:
    """A header's value as it can be stored and sent back; empty if it cannot, or is too long."""
    value = value.strip()
    return value if len(value) <= most and value.isprintable() and _is_latin(value) else ""


def _is_latin(value: str) -> bool:
    return all(letter <= "\xff" for letter in value)


def _seconds(text: str) -> int | None:
    """A count of seconds; a number beyond all reason is still a number."""
    if _NUMBER.fullmatch(text):
        return int(text)
    return 10**18 if _MANY_DIGITS.fullmatch(text) else None


def _directives(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        name, _equals, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found
