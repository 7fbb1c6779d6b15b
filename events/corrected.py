"""What of the whole record was changed, newest first: which thing, when, in which transaction.

A thing is an event with all that hangs on it, a row of the lists that events are described with,
or a reader's report of an error that was settled. What the changes amount to is told by
events/corrections.py.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from events.models import (
    Anniversary,
    Citation,
    Commitment,
    Country,
    ErrorReport,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Evidence,
    Office,
    Participation,
    Person,
    Phrase,
    Point,
    Publisher,
    Readout,
    Silence,
    Term,
    Topic,
)

EVENT = "event"
REPORT = "report"
LISTS: dict[str, type[Model]] = {
    "anniversary": Anniversary,
    "country": Country,
    "office": Office,
    "person": Person,
    "phrase": Phrase,
    "publisher": Publisher,
    "term": Term,
    "topic": Topic,
}
_PARTS: tuple[type[Model], ...] = (
    *(EventCountry, EventPlace, EventTopic, Participation),
    *(Citation, Readout, Silence, Commitment),
)
# On which event's page the row of a part stands.
_WITHIN = ((Point, Readout, "readout_id"), (Evidence, Citation, "citation_id"))


class BadPlace(ValueError):
    """What was given is no place in the log."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the log a change stands: later ones first, and those of one time by their thing."""

    at: datetime
    thing: str
    key: str

    def written(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{self.thing}-{self.key}"

    @classmethod
    def read(cls, written: str) -> "Place":
        """The place that was `written`; raises BadPlace for anything else."""
        at, _dash, rest = written.partition("-")
        thing, _dash, key = rest.partition("-")
        try:
            moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
        except ValueError as problem:
            raise BadPlace from problem
        if thing not in (EVENT, REPORT, *LISTS) or not key.isalnum() or len(key) > 20:
            raise BadPlace
        return cls(moment, thing, key)


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that one transaction changed."""

    place: Place
    context: UUID | None


def touched(*, before: Place | None, until: datetime | None, most: int) -> list[Touched]:
    """The newest `most` that follow the place `before`, or those from before `until`; one query.

    Whether readers could see a difference is not known yet.
    """
    values = {
        "until": before.at if before else until,
        "thing": before.thing if before else "",
        "key": before.key if before else "",
        "is_after": before is not None,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(), values)
        return [
            Touched(Place(at, thing, key), context) for at, thing, key, context in cursor.fetchall()
        ]


def _history(model: type[Model]) -> str:
    related = model._meta.get_field("history").related_model
    assert isinstance(related, type)
    table: str = related._meta.db_table
    return table


def _rows(model: type[Model], thing: str, key: str, condition: str = "true") -> str:
    # Ordered and cut in each table, so that an index on the time is enough.
    return _cut(
        f"{_history(model)} h", thing, key, condition, "h.pgh_created_at", "h.pgh_context_id"
    )


def _cut(table: str, thing: str, key: str, condition: str, at: str, context: str) -> str:
    return f"""(
        SELECT DISTINCT {at} AS at, '{thing}' AS thing, ({key})::text AS key, {context} AS context
        FROM {table}
        WHERE {condition} AND {at} <= coalesce(%(until)s::timestamptz, 'infinity')
            AND CASE WHEN %(is_after)s
                THEN ({at}, '{thing}', ({key})::text)
                    < (%(until)s::timestamptz, %(thing)s, %(key)s)
                ELSE {at} < coalesce(%(until)s::timestamptz, 'infinity') END
        ORDER BY at DESC, key DESC LIMIT %(most)s
    )"""


def _reports() -> str:
    # The outcomes by name, so that the index on what is told is enough.
    outcomes = ", ".join(f"'{outcome}'" for outcome in ErrorReport.TOLD)
    table = f"{ErrorReport._meta.db_table} r"
    return _cut(table, REPORT, "r.id", f"r.outcome IN ({outcomes})", "r.closed_at", "NULL::uuid")


def _sql() -> str:
    parts = [_rows(Event, EVENT, "h.pgh_obj_id")]
    parts += [_rows(part, EVENT, "h.event_id", "h.event_id IS NOT NULL") for part in _PARTS]
    for part, owner, column in _WITHIN:
        owners = f"SELECT o.event_id FROM {_history(owner)} o WHERE o.pgh_obj_id = h.{column}"
        key = f"({owners} ORDER BY o.pgh_id DESC LIMIT 1)"
        parts.append(_rows(part, EVENT, key, f"{key} IS NOT NULL"))
    # That a name was added to a list is no correction of it.
    added = "h.pgh_label <> 'insert'"
    parts += [_rows(model, thing, "h.pgh_obj_id", added) for thing, model in LISTS.items()]
    parts.append(_reports())
    return f"""
        SELECT at, thing, key, context FROM ({" UNION ".join(parts)}) found
        ORDER BY at DESC, thing DESC, key DESC LIMIT %(most)s"""
