"""The row history as readers could see it, by SQL over the history tables.

Of an event, and of what hangs on it, only what happened while it was shown: its rows as they were
when it was published stand at that moment, and after it was withdrawn or merged only what its
tombstone says.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, models

from events.models import (
    Citation,
    Commitment,
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Evidence,
    Participation,
    Point,
    Readout,
    Silence,
)
from events.package.codebook import NAME_OF, TABLES, columns_in
from events.revisions import UNTIL, history_of
from events.whole_record import OF_A_TOMBSTONE

Change = tuple[str, str, datetime, str, str, str, str]
"""Table, row, time, what became of it, door, reason, and the row as JSON."""

_HANGING = (
    *(EventSlug, EventCountry, EventPlace, EventTopic, Participation, Citation, Readout),
    *(Silence, Commitment),
)
# Rows that hang on what hangs on an event: their parent and the column that names it.
_WITHIN: dict[type[models.Model], tuple[type[models.Model], str]] = {
    Point: (Readout, "readout_id"),
    Evidence: (Citation, "citation_id"),
}
_AT_ONCE = 1_000

_SHOWN = f"""
    SELECT pgh_obj_id AS event_id,
           min(pgh_created_at) FILTER (WHERE published_at IS NOT NULL) AS since,
           coalesce(
               min(pgh_created_at)
                   FILTER (WHERE withdrawn_at IS NOT NULL OR merged_into_id IS NOT NULL),
               'infinity'
           ) AS until
    FROM {{events}}
    WHERE pgh_created_at < {UNTIL}
    GROUP BY pgh_obj_id
    HAVING count(published_at) > 0
"""
# The event itself appears with what it was published as: the draft before that is nobody's.
_ENDED = "(h.withdrawn_at IS NOT NULL OR h.merged_into_id IS NOT NULL)"
# What was there when the event appeared, and what changed while it was shown. One that was taken
# off in the transaction that published it keeps what came with it.
_WHILE_SHOWN = """
    (h.pgh_created_at < shown.until OR h.pgh_created_at = shown.since)
    AND (
        h.pgh_created_at >= shown.since
        OR h.pgh_label <> 'delete' AND NOT EXISTS (
            SELECT FROM {history} later
            WHERE later.pgh_obj_id = h.pgh_obj_id AND later.pgh_id > h.pgh_id
              AND later.pgh_created_at < shown.since
        )
    )
"""


def changes() -> Iterator[Change]:
    """Every public change by the end of the day in force, in the order of time; one query.

    To be used in a transaction; holds some hundreds at a time.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(_sql())
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


def _sql() -> str:
    parts = [part for model in TABLES.values() for part in _parts(model)]
    return f"""
        WITH shown AS MATERIALIZED ({_SHOWN.format(events=history_of(Event))}),
        found AS ({" UNION ALL ".join(parts)}),
        in_order AS (
            SELECT *, lag(said) OVER (PARTITION BY name, key ORDER BY at, pgh_id) AS was FROM found
        )
        SELECT name, key, at, CASE WHEN was IS NULL THEN 'insert' ELSE change END,
               coalesce(c.metadata ->> 'door', ''), coalesce(c.metadata ->> 'told', ''), said::text
        FROM in_order LEFT JOIN pghistory_context c ON c.id = in_order.context
        WHERE CASE change WHEN 'update' THEN said IS DISTINCT FROM was
                          WHEN 'delete' THEN was IS NOT NULL
                          ELSE true END
        ORDER BY at, place, pgh_id
    """


def _parts(model: type[models.Model]) -> Iterator[str]:
    whole = _row(model, columns_in(model))
    if model is Event:
        yield _part(model, whole, condition=f"h.published_at IS NOT NULL AND NOT {_ENDED}")
        ended = _row(model, list(OF_A_TOMBSTONE))
        yield _part(model, ended, condition=f"h.published_at IS NOT NULL AND {_ENDED}")
    elif model is EventSlug:
        # An old address keeps answering for what became of its event.
        shown = "JOIN shown ON shown.event_id = h.event_id"
        yield _part(model, whole, joined=shown, condition="h.pgh_created_at >= shown.since")
    elif model in _HANGING:
        yield _part(model, whole, joined="JOIN shown ON shown.event_id = h.event_id")
        if model is Citation:
            yield _part(model, whole, condition="h.event_id IS NULL")
    elif model in _WITHIN:
        parent, column = _WITHIN[model]
        owner = (
            f"LEFT JOIN LATERAL (SELECT p.event_id FROM {history_of(parent)} p"
            f" WHERE p.pgh_obj_id = h.{column} ORDER BY p.pgh_id DESC LIMIT 1) owner ON true"
        )
        yield _part(model, whole, joined=f"{owner} JOIN shown ON shown.event_id = owner.event_id")
        if model is Evidence:
            yield _part(model, whole, joined=owner, condition="owner.event_id IS NULL")
    else:
        yield _part(model, whole, condition="true")


def _part(
    model: type[models.Model],
    said: str,
    *,
    joined: str = "",
    condition: str | None = None,
) -> str:
    history = history_of(model)
    at = "h.pgh_created_at"
    if condition is None:
        condition = _WHILE_SHOWN.format(history=history)
        at = "greatest(h.pgh_created_at, shown.since)"
    return f"""
        SELECT '{NAME_OF[model]}' AS name, h.pgh_obj_id::text AS key, {at} AS at,
               h.pgh_label AS change, {list(TABLES.values()).index(model)} AS place, h.pgh_id,
               h.pgh_context_id AS context, {said} AS said
        FROM {history} h {joined}
        WHERE h.pgh_created_at < {UNTIL} AND ({condition})
    """


def _row(model: Any, columns: list[str]) -> str:
    """The row as JSON, under the names of its columns; what the database works out is not in it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    pairs = ", ".join(
        f"'{column}', " + ("h.pgh_obj_id" if fields[column].primary_key else f'h."{column}"')
        for column in columns
        if not getattr(fields[column], "generated", False)
    )
    return f"jsonb_build_object({pairs})"
