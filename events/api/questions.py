"""What may be asked of the API: the parameters of its addresses, their types and what they mean.

The values of the timeline's filters are read by the timeline's own form (events/filters.py); here
they are declared, so that the reference can name them.
"""

import re
from datetime import MAXYEAR, UTC, date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from events import search
from events.api import cursors

MOST_ON_A_PAGE = 100
_USUAL = 50
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 90}

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


def _read_day(written: Any) -> Any:
    if not isinstance(written, str) or not _DAY.fullmatch(written):
        raise ValueError("give a day as 2025-06-09")
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise ValueError("no calendar has this day") from problem


def _read_number(written: Any) -> Any:
    # Pydantic would also take "1.0", " 1" and "1_0".
    if _NUMBER.fullmatch(written) and 1 <= int(written) <= MOST_ON_A_PAGE:
        return int(written)
    raise ValueError(f"give a whole number from 1 to {MOST_ON_A_PAGE}")


def _read_moment(written: Any) -> Any:
    """A moment; of a day, its beginning in Seoul and Tokyo."""
    if isinstance(written, str) and _DAY.fullmatch(written):
        return datetime.combine(_read_day(written), time(), ZoneInfo(settings.RECORD_TIME_ZONE))
    if not isinstance(written, str) or not _MOMENT.fullmatch(written):
        raise ValueError("give a day, or a moment with its offset as 2025-06-09T03:00:00Z")
    # A leap second is the last moment of its minute.
    text = re.sub(r":60(\.[0-9]+)?", ":59.999999", written.upper())
    text = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError as problem:
        raise ValueError("no calendar or clock has this moment") from problem


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; of one that lies beyond its calendar, the nearest."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # An offset leads out of the first or the last year there is.
        return datetime(MAXYEAR, 12, 31, tzinfo=UTC) if moment.year > 1 else _BEGINNING


def _read_cursor(written: Any) -> Any:
    cursors.read_cursor(written)
    return written


def _read_words(written: Any) -> Any:
    if len(written) > search.LONGEST_QUERY:
        raise ValueError(f"give at most {search.LONGEST_QUERY} characters")
    return written


_ISO_DAY = {"type": "string", "format": "date"}
Word = Annotated[str | None, WithJsonSchema({"type": "string"})]
_A_NUMBER = {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE}
Name = Annotated[str | None, WithJsonSchema(SLUG)]
Number = Annotated[int | None, BeforeValidator(_read_number), WithJsonSchema(_A_NUMBER)]
Limit = Annotated[int, BeforeValidator(_read_number), WithJsonSchema(_A_NUMBER)]
Day = Annotated[date | None, BeforeValidator(_read_day), WithJsonSchema(_ISO_DAY)]
Moment = Annotated[
    datetime | None,
    BeforeValidator(_read_moment),
    WithJsonSchema({"anyOf": [_ISO_DAY, {"type": "string", "format": "date-time"}]}),
]
Cursor = Annotated[
    str | None,
    BeforeValidator(_read_cursor),
    WithJsonSchema({"type": "string", "title": "cursor", "pattern": cursors.PATTERN}),
]
Words = Annotated[
    str | None,
    BeforeValidator(_read_words),
    WithJsonSchema({"type": "string", "maxLength": search.LONGEST_QUERY}),
]
Period = Annotated[
    str | None,
    WithJsonSchema(
        {
            "anyOf": [
                _ISO_DAY,
                {"type": "string", "title": "month", "pattern": f"^{_YEAR}-(0[1-9]|1[0-2])$"},
                {"type": "string", "title": "year", "pattern": f"^{_YEAR}$"},
            ]
        }
    ),
]


class AsOf(Schema):
    as_of: Word = Field(
        None,
        description="The record as it stood at the end of that day in Seoul and Tokyo (UTC+9): "
        "from the day on which the record began until today.",
    )


class Paged(AsOf):
    limit: Limit = Field(_USUAL, description="The most rows of one page.")
    after: Cursor = Field(
        None,
        description="Where the page begins: taken from `next`, whose other parameters it goes "
        "with. Opaque.",
    )


class Filters(AsOf):
    """The timeline's filters. Within one the values are joined by “or”, between them by “and”."""

    q: Words = Field(None, description="Words to look for, in any of the three languages.")
    country: list[str] = Field([], description="Countries that acted.")
    kind: list[str] = Field([], description="Kinds of events.")
    topic: list[str] = Field([], description="Topics.")
    where: list[str] = Field([], description="Countries in which it took place.")
    leader: list[str] = Field([], description="Who took part.")
    together: Word = Field(None, alias="with", description="Somebody who took part as well.")
    status: list[str] = Field([], description="How it stands.")
    begin: Period = Field(
        None,
        alias="from",
        description="Events whose date reaches into this day, month or year, or is later.",
    )
    end: Period = Field(
        None,
        alias="to",
        description="Events whose date reaches into this day, month or year, or is earlier.",
    )


class EventQuestion(Filters, Paged):
    order: Word = Field(
        None, description="By date; `newest` unless told otherwise. No use with `updated_since`."
    )
    updated_since: Moment = Field(
        None,
        description="Only what has changed at or after this moment (of a day: its beginning, "
        "UTC+9), oldest change first, with what has been withdrawn or merged.",
    )


class TermQuestion(Paged):
    person: list[str] = Field([], description="Whose terms.")
    country: list[str] = Field([], description="Of which country's offices.")
    office: list[str] = Field([], description="Of which offices.")
    on: Day = Field(None, description="Terms that include this day.")


class AnniversaryQuestion(AsOf):
    on: Day = Field(None, description="Those that fall on this day; with `next`, from this day on.")
    next: Number = Field(None, description="So many returns, the soonest first.")


class ReadoutQuestion(Paged):
    event: Name = Field(None, description="The slug or the id of the event that they are about.")
    issuer: list[str] = Field([], description="Whose accounts.")
    topic: list[str] = Field([], description="With a point on one of these topics.")


class CommitmentQuestion(Paged):
    event: Name = Field(None, description="The slug or the id of the event at which it was agreed.")
    standing: list[str] = Field(
        [], description="How it stands today, or on `as_of`. What is overdue is open as well."
    )


ONE_VALUE = frozenset(
    {
        *("q", "with", "from", "to", "order", "after", "limit", "as_of", "updated_since"),
        *("on", "next", "event"),
    }
)
"""The parameters of all questions that take one value; the others may be given several times."""

SEVERAL_VALUES = frozenset(
    {
        *("country", "where", "topic", "kind", "leader", "status"),
        *("person", "office", "issuer", "standing"),
    }
)
