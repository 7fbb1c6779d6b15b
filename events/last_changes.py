"""When an event, or what hangs on it, last changed: told from the row history.

The history is written by triggers in the transaction of the change, so no door is forgotten. Names
of people, topics, countries and publishers are not an event's own: their changes do not count.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, models

from events.models import (
    Citation,
    Commitment,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Evidence,
    Participation,
    Point,
    Readout,
    Silence,
)
from events.models.events import EventQuerySet

# Each with the column of its history that names the event.
_OF_AN_EVENT: tuple[tuple[type[models.Model], str], ...] = (
    (Event, "pgh_obj_id"),
    *(
        (model, "event_id")
        for model in (
            EventCountry,
            EventPlace,
            EventTopic,
            Participation,
            Citation,
            Readout,
            Silence,
            Commitment,
        )
    ),
)
# What hangs on a row that hangs on an event; such a row goes with its owner.
_WITHIN: tuple[tuple[type[models.Model], str, type[models.Model]], ...] = (
    (Evidence, "citation_id", Citation),
    (Point, "readout_id", Readout),
)


def _history_of(model: type[models.Model]) -> str:
    history: Any = model._meta.get_field("history").related_model
    table: str = history._meta.db_table
    return table


def _changes(condition: str) -> str:
    """SQL for every change as (event, at); `condition` is on `h`, and `{event}` in it the event."""
    own = [
        f"SELECT h.{column} AS event, h.pgh_created_at AS at FROM {_history_of(model)} h "
        f"WHERE {condition.format(event=f'h.{column}')}"
        for model, column in _OF_AN_EVENT
    ]
    within = [
        f"SELECT o.event_id AS event, h.pgh_created_at AS at FROM {_history_of(model)} h "
        f"JOIN {owner._meta.db_table} o ON o.id = h.{column} AND o.event_id IS NOT NULL "
        f"WHERE {condition.format(event='o.event_id')}"
        for model, column, owner in _WITHIN
    ]
    return " UNION ALL ".join([*own, *within])


_NO_END = "infinity"


def last_changes(events: Collection[int], *, before: datetime | None) -> dict[int, datetime]:
    """When each of the events last changed, before a moment if one is given; one query."""
    theirs = _changes("{event} = ANY(%(events)s) AND h.pgh_created_at < %(before)s::timestamptz")
    sql = f"""
        SELECT event, max(at)
        FROM ({theirs}) AS changes
        GROUP BY event
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"events": list(events), "before": before or _NO_END})
        return dict(cursor.fetchall())


def changed_between(
    since: datetime,
    before: datetime | None,
    *,
    among: EventQuerySet,
    after: tuple[datetime, int] | None,
    most: int,
) -> list[tuple[int, datetime]]:
    """Those of the events that last changed from `since` on, the oldest change first.

    Pairs of the id and the moment, which follow the pair `after`, if one is given. Changes from
    `before` on are not looked at. One query.
    """
    # Also where Django can tell that there is none.
    compiler = among.order_by().values("pk").query.get_compiler("default", elide_empty=False)
    chosen, chosen_params = compiler.as_sql()
    changes = _changes("h.pgh_created_at >= %s AND h.pgh_created_at < %s::timestamptz")
    sql = f"""
        SELECT event, max(at) AS last_at
        FROM ({changes}) AS changes
        WHERE event IN ({chosen})
        GROUP BY event
        HAVING (max(at), event) > (%s, %s)
        ORDER BY last_at, event
        LIMIT %s
    """
    bounds = [since, before or _NO_END] * (len(_OF_AN_EVENT) + len(_WITHIN))
    last_at, last_event = after or (since, 0)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*bounds, *chosen_params, last_at, last_event, most])
        return list(cursor.fetchall())
