"""When the record and its events last changed, and how often, told from the row history.

A revision is a transaction that changed a published event or a row that names it, such as its
places and sources: a correction, not what an editor did while it was a draft. Numbers only rise.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from events.models import (
    Citation,
    Commitment,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Readout,
    Silence,
)
from events.past_views import tables_with_history

# Whose rows name their event in `event_id`.
_HANGING = (
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Citation,
    Readout,
    Silence,
    Commitment,
)

# Of a past day only what its history had by then; the setting is empty on every other day.
UNTIL = "coalesce(nullif(current_setting('record.as_of', true), '')::timestamptz, 'infinity')"


@dataclass(frozen=True, slots=True)
class Revision:
    """When readers last saw an event change, and how often since it was published."""

    at: datetime
    number: int


def history_of(model: Any) -> str:
    return str(model._meta.get_field("history").related_model._meta.db_table)


def _revisions_sql() -> str:
    parts = [
        f"SELECT pgh_obj_id AS event_id, pgh_created_at AS at FROM {history_of(Event)}"
        " WHERE pgh_obj_id = ANY(%(ids)s)"
    ]
    parts += [
        f"SELECT event_id, pgh_created_at FROM {history_of(model)} WHERE event_id = ANY(%(ids)s)"
        for model in _HANGING
    ]
    return f"""
        WITH published AS (
            SELECT pgh_obj_id AS event_id, min(pgh_created_at) AS at, min(published_at) AS said
            FROM {history_of(Event)}
            WHERE pgh_obj_id = ANY(%(ids)s) AND published_at IS NOT NULL
            GROUP BY pgh_obj_id
        )
        SELECT published.event_id,
               greatest(max(change.at), min(published.said)),
               count(DISTINCT change.at) - 1
        FROM published JOIN ({" UNION ALL ".join(parts)}) change USING (event_id)
        WHERE change.at >= published.at AND change.at < {UNTIL}
        GROUP BY published.event_id
    """


def revisions_of(ids: Collection[int]) -> dict[int, Revision]:
    """The latest revision of each event with a history, by id; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_revisions_sql(), {"ids": list(ids)})
        return {pk: Revision(at, number) for pk, at, number in cursor.fetchall()}


def first_revision(event: Event) -> Revision:
    """That of a published event which has no history."""
    assert event.published_at is not None
    return Revision(event.published_at, 0)


def latest_revision(event: Event) -> Revision:
    """The latest revision of a published event; one query."""
    return revisions_of([event.pk]).get(event.pk) or first_revision(event)


def record_changed_at() -> datetime | None:
    """When the record, or that of the day in force, last changed; None for an empty one."""
    newest = [
        f"SELECT max(pgh_created_at) FROM {history._meta.db_table} WHERE pgh_created_at < {UNTIL}"
        for _model, history in tables_with_history(apps)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(at) FROM ({' UNION ALL '.join(newest)}) AS newest (at)")
        (at,) = cursor.fetchone()
    changed_at: datetime | None = at
    return changed_at


def fingerprint() -> str:
    """A word for the record as it is that changes with every row of it; one query.

    Told from where rows stand and which transaction wrote them, so no door to the record can be
    forgotten. Another word may be given for the same record, as after a restore.
    """
    parts = [
        f"SELECT '{model._meta.db_table}' || count(*) || ' ' ||"
        f" coalesce(bit_xor(hashtextextended(xmin::text || ctid::text, 0)), 0) AS part"
        f" FROM {model._meta.db_table}"
        for model, _history in tables_with_history(apps)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM ({' UNION ALL '.join(parts)}) p"
        )
        (word,) = cursor.fetchone()
    return str(word)
