"""Note what has changed in the record that followers are to be told of, in one order.

One worker at a time, under an advisory lock, compares the events that have changed with what was
last announced of each. Triggers list the changed ones with their transaction
(events/models/changes.py), and PostgreSQL tells whether an earlier snapshot saw it: so what is
committed late is not missed, in whatever order transactions end.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from events.models import Event, EventCountry, EventPlace, EventTopic, Participation
from events.models.changes import NAMES
from following.models import Announced, Announcement, Watermark
from following.states import State, change_of, stands

# Any number, the same in every process.
_ANNOUNCING = 7_102_519_650_631
# Of more changed events at once all are compared.
_MOST_CHANGES = 5_000
_AT_ONCE = 1_000
# Whoever has not looked for longer compares all, well before the list of changes is cleared.
_LONGEST_AWAY = timedelta(hours=12)
# A watermark is moved now and then though nothing has changed, so that it does not grow old.
_MOVED_AFTER = timedelta(hours=1)

_LOOK = f"""
    SELECT pg_current_snapshot()::text,
           pg_snapshot_xmin(pg_current_snapshot()) < pg_snapshot_xmin(seen.snapshot)
               OR pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(seen.snapshot),
           ARRAY(
               SELECT DISTINCT event_id FROM events_eventchange
               WHERE transaction >= pg_snapshot_xmin(seen.snapshot)::text::bigint
                 AND event_id <> {NAMES}
                 AND (
                     NOT pg_visible_in_snapshot(transaction::text::xid8, seen.snapshot)
                     -- No snapshot tells of one's own transaction.
                     OR transaction = pg_current_xact_id_if_assigned()::text::bigint
                 )
               LIMIT %s
           )
    FROM (SELECT COALESCE(%s::pg_snapshot, pg_current_snapshot()) AS snapshot) AS seen
"""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the database tells of itself at one moment."""

    snapshot: str
    is_another: bool
    """Whether the watermark's snapshot is of a database that was ahead of this one."""
    changed: list[int]


@transaction.atomic
def note_changes(*, at: datetime) -> int:
    """Number what differs from what was last announced; returns how many announcements.

    Safe to run at any time and twice at once. The first run, on a record that has published
    something, only notes how everything stands. Two queries when nothing has changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ANNOUNCING])
    mark = Watermark.objects.first()
    # Looked first and compared then: what is committed in between is told the next time.
    look = _look(mark.snapshot if mark else None)
    compares_all = mark is None or _must_compare_all(mark, look, at)
    ids = _all_ids() if compares_all else look.changed
    if mark is None and not ids:
        # A record that is loaded later would be told as hundreds of new events.
        return 0
    noted = sum(_note(some, at, is_told=mark is not None) for some in _in_parts(sorted(ids)))
    if mark is None or ids or at - mark.at > _MOVED_AFTER or at < mark.at:
        Watermark.objects.update_or_create(defaults={"snapshot": look.snapshot, "at": at}, id=1)
    return noted


def _look(seen: str | None) -> _Look:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [_MOST_CHANGES + 1, seen])
        return _Look(*cursor.fetchone())


def _must_compare_all(mark: Watermark, look: _Look, at: datetime) -> bool:
    return (
        look.is_another
        or at - mark.at > _LONGEST_AWAY
        or at < mark.at
        or len(look.changed) > _MOST_CHANGES
    )


def _all_ids() -> Collection[int]:
    """Every event that was published, or announced and is gone."""
    published = Event.objects.filter(published_at__isnull=False).values_list("pk", flat=True)
    return {*published, *Announced.objects.values_list("pk", flat=True)}


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _note(ids: Collection[int], at: datetime, *, is_told: bool) -> int:
    """Announce what differs of these events, and remember how they stand; four queries."""
    known: dict[int, State] = dict(
        Announced.objects.filter(pk__in=ids).values_list("event_id", "state")
    )
    found = states_of(ids)
    remembered, announcements = [], []
    for pk in ids:
        was, now = known.get(pk), found.get(pk)
        if was is not None and now is None and stands(was):
            now = {**was, "withdrawn": ""}  # by hand: no verb takes a published event away
        if now is None or now == was or (is_told and was is None and not stands(now)):
            continue
        remembered.append(Announced(event_id=pk, state=now))
        if is_told and (change := change_of(was, now)):
            kind, _what = change
            announcements.append(Announcement(event_id=pk, kind=kind, was=was, now=now, at=at))
    Announced.objects.bulk_create(
        remembered, update_conflicts=True, unique_fields=["event_id"], update_fields=["state"]
    )
    return len(Announcement.objects.bulk_create(announcements))


def states_of(ids: Collection[int]) -> dict[int, State]:
    """How the events with these ids stand, without those never published; one query."""
    events = Event.objects.filter(pk__in=ids, published_at__isnull=False).order_by()
    columns = (
        "pk",
        "slug",
        "kind",
        "status",
        "certainty",
        "precision",
        "starts_on",
        "ends_on",
        "last_possible_on",
        "title_en",
        "title_ko",
        "title_ja",
        "merged_into__slug",
        "withdrawn_at",
        "withdrawn_reason",
    )
    linked = {
        "acting": _of_the_event(EventCountry.objects.filter(acted=True), "country_id"),
        "subjects": _of_the_event(EventTopic.objects.all(), "topic__slug"),
        "taking_part": _of_the_event(Participation.objects.all(), "person__slug"),
        "held_in": ArraySubquery(
            EventPlace.objects.filter(event=OuterRef("pk"))
            .order_by("position", "id")
            .values(json=JSONObject(country="country_id", city="city"))
        ),
    }
    rows = events.annotate(**linked).values(*columns, *linked)
    return {row["pk"]: _state(row) for row in rows}


def _of_the_event(rows: Any, column: str) -> ArraySubquery:
    return ArraySubquery(rows.filter(event=OuterRef("pk")).order_by(column).values(column))


def _state(row: dict[str, Any]) -> State:
    return {
        "slug": row["slug"],
        "kind": row["kind"],
        "status": row["status"],
        "certainty": row["certainty"],
        "precision": row["precision"],
        "starts_on": row["starts_on"].isoformat(),
        "ends_on": row["ends_on"] and row["ends_on"].isoformat(),
        "last_possible_on": row["last_possible_on"].isoformat(),
        "titles": {code: row[f"title_{code}"] for code in ("en", "ko", "ja")},
        "countries": row["acting"],
        "places": [[place["country"], place["city"]] for place in row["held_in"]],
        "topics": row["subjects"],
        "participants": row["taking_part"],
        "merged_into": row["merged_into__slug"],
        "withdrawn": row["withdrawn_reason"] if row["withdrawn_at"] else None,
    }
