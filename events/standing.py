"""What each process keeps of the record in its memory, in step with the database.

One small query tells what has changed since the last time, by whatever process: triggers list each
changed event with its transaction (events/models/changes.py), and PostgreSQL tells of a transaction
whether an earlier snapshot saw it. So nothing that is committed is missed, in whatever order
transactions end, and nothing is kept that was rolled back.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import Now

from events.bitmaps import Bitmaps, Row
from events.models import Event, EventChange, EventCountry, EventPlace, EventTopic, Participation
from events.models.changes import NAMES
from events.names import Names

T = TypeVar("T")

# Of more changed events at once it is quicker to read all.
_MOST_CHANGES = 500
_KEPT_FOR = timedelta(days=1)
# Whoever has not looked for longer reads all, well before what it needs is cleared.
_LONGEST_AWAY = timedelta(hours=12)

_LOOK = """
    SELECT pg_current_snapshot()::text,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
           ARRAY[
               database.oid::bigint,
               pg_relation_filenode('events_event')::bigint,
               pg_relation_filenode('events_person')::bigint
           ],
           now(),
           ARRAY(
               SELECT DISTINCT event_id FROM events_eventchange
               WHERE transaction >= pg_snapshot_xmin(seen.snapshot)::text::bigint
                 AND NOT pg_visible_in_snapshot(transaction::text::xid8, seen.snapshot)
               LIMIT %s
           )
    FROM pg_database AS database,
         (SELECT COALESCE(%s::pg_snapshot, pg_current_snapshot()) AS snapshot) AS seen
    WHERE database.datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the database tells of itself at one moment."""

    snapshot: str
    oldest_transaction: int
    tables: list[int]
    """Changes when tables are emptied or restored, which no trigger tells."""
    at: datetime
    changed: list[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The visible record at one moment; shared by whoever asks until something changes."""

    bitmaps: Bitmaps
    names: Names
    cards: dict[tuple[str, int], str] = field(default_factory=dict)
    """What lists print of an event, by language and id; kept by events/entries.py."""
    searches: dict[str, int] = field(default_factory=dict)
    """The set of the events that the words of a search find; kept by events/filters.py."""
    pages: dict[Any, Any] = field(default_factory=dict)
    """Whole pages; kept by events/views/kept.py."""
    figures: dict[Any, Any] = field(default_factory=dict)

    def remember(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once for as long as nothing changes."""
        if key not in self.figures:
            self.figures[key] = make()
        made: T = self.figures[key]
        return made

    def after(self, changed: Collection[int]) -> "Standing":
        """The record after those events have changed, or names if NAMES is among them."""
        bitmaps = self.bitmaps.with_changes(changed, _rows(changed))
        if NAMES in changed:
            return Standing(bitmaps, Names())
        cards = {key: card for key, card in self.cards.items() if key[1] not in changed}
        return Standing(bitmaps, self.names, cards)


_lock = Lock()
_held: tuple[_Look, Standing] | None = None


def current() -> Standing:
    """The visible record as it stands; costs one small query, and one more after a change.

    Within a transaction it is read anew, for that may have changed what others must not see yet,
    or may look at a past day (events/past.py).
    """
    global _held
    if connection.in_atomic_block:
        return _read()
    with _lock:
        look = _look(_held[0].snapshot if _held else None)
        if _held is None or _must_read_all(_held[0], look):
            # Looked first and read then: what is committed in between is told the next time.
            standing = _read()
        elif look.changed:
            standing = _held[1].after(look.changed)
        else:
            standing = _held[1]
        _held = (look, standing)
        return standing


def forget_old_changes() -> None:
    """Clear what every process has seen, or will not ask for."""
    EventChange.objects.filter(changed_at__lt=Now() - _KEPT_FOR).delete()


def _must_read_all(before: _Look, now: _Look) -> bool:
    return (
        now.tables != before.tables
        or now.oldest_transaction < before.oldest_transaction
        or now.at - before.at > _LONGEST_AWAY
        or now.at < before.at
        or len(now.changed) > _MOST_CHANGES
    )


def _look(seen: str | None) -> _Look:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [_MOST_CHANGES + 1, seen])
        return _Look(*cursor.fetchone())


def _read() -> Standing:
    return Standing(Bitmaps.of(_rows()), Names())


def _rows(ids: Collection[int] | None = None) -> Iterator[Row]:
    """The visible events, or those of these ids; one query."""
    events = Event.objects.visible().order_by()
    if ids is not None:
        events = events.filter(pk__in=ids)
    columns = ("pk", "starts_on", "last_possible_on", "oldest_first_on", "coarseness")
    linked = {
        "country": _of_the_event(EventCountry.objects.filter(acted=True), "country"),
        "where": _of_the_event(EventPlace.objects.all(), "country"),
        "topic": _of_the_event(EventTopic.objects.all(), "topic"),
        "leader": _of_the_event(Participation.objects.all(), "person"),
    }
    found = events.annotate(**{f"all_{name}": rows for name, rows in linked.items()})
    listed = found.values_list(*columns, "kind", "status", *(f"all_{name}" for name in linked))
    for pk, starts_on, last_on, oldest_on, coarseness, kind, status, *values in listed.iterator(
        chunk_size=1_000
    ):
        pairs = [
            (name, value) for name, some in zip(linked, values, strict=True) for value in set(some)
        ]
        yield Row(
            pk,
            starts_on.toordinal(),
            last_on.toordinal(),
            oldest_on.toordinal(),
            coarseness,
            (
                ("kind", kind),
                ("status", status),
                ("begins", starts_on.year),
                ("ends", last_on.year),
                *pairs,
            ),
        )


def _of_the_event(rows: Any, column: str) -> ArraySubquery:
    return ArraySubquery(rows.filter(event=OuterRef("pk")).order_by().values(f"{column}_id"))
