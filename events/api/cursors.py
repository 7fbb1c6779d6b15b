"""Cursors of the API's lists: opaque words for a place in an order. Pure.

A list has one order, and a place in it is a sort key and an id. So a cursor stays good when filters
change, rows come or go, or the server restarts; and every word of the right form is some place.
"""

import re
from datetime import UTC, date, datetime, timedelta

from events.timeline import Position

PATTERN = "^[0-9a-f]{32}$"

_WRITTEN = re.compile(r"([0-9a-f]{16})([0-9a-f]{16})", re.ASCII)
_LARGEST = 2**63 - 1
_WIDEST_COARSENESS = 3
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class BadCursor(ValueError):
    """The word is no cursor."""


def make_cursor(key: int, pk: int) -> str:
    """The word for a place; neither number is negative."""
    return f"{key:016x}{pk:016x}"


def read_cursor(cursor: str) -> tuple[int, int]:
    """The sort key and the id in a cursor, as far as the database can count; else BadCursor."""
    match = _WRITTEN.fullmatch(cursor)
    if match is None:
        raise BadCursor("take it from `next`: this is no cursor")
    key, pk = (min(int(part, 16), _LARGEST) for part in match.groups())
    return key, pk


def cursor_of_position(position: Position) -> str:
    """The word for a place in the timeline's order."""
    key = position.sorts_on.toordinal() * (_WIDEST_COARSENESS + 1) + position.coarseness
    return make_cursor(key, position.id)


def position_of(cursor: str) -> Position:
    """The place in the timeline's order; what no calendar has is the nearest day. May raise
    BadCursor."""
    key, pk = read_cursor(cursor)
    day, coarseness = divmod(key, _WIDEST_COARSENESS + 1)
    return Position(date.fromordinal(min(max(day, 1), date.max.toordinal())), coarseness, pk)


def cursor_of_moment(moment: datetime, pk: int) -> str:
    """The word for a place in the order of changes; no moment before 1970."""
    return make_cursor((moment - _EPOCH) // _MICROSECOND, pk)


def moment_of(cursor: str) -> tuple[datetime, int]:
    """The moment and the id in a cursor of changes; may raise BadCursor."""
    key, pk = read_cursor(cursor)
    longest = datetime.max.replace(tzinfo=UTC) - _EPOCH
    return _EPOCH + min(key, longest // _MICROSECOND) * _MICROSECOND, pk
