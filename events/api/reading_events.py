"""Events for the API: a page of the timeline, what has changed, and one with everything on it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import Http404, QueryDict

from events.api import cursors
from events.api.places import Places
from events.api.problems import Moved, Refused, bad_values
from events.api.reading_lists import readouts, write_commitments, write_readouts
from events.api.reading_ordinals import read_ordinals
from events.api.texts import Phrases, text_of
from events.api.written import (
    Written,
    phrases_of_event,
    write_citation,
    write_event,
    write_reference,
    write_silences,
    write_tombstone,
)
from events.dossier import between, neighbours, with_parts
from events.filters import TimelineFilter
from events.last_changes import changed_between, last_changes
from events.models import Citation, Commitment, Event, Evidence, Readout
from events.models.events import EventQuerySet
from events.participants import pair_of, participants_of
from events.past import day_in_force, end_of
from events.periods import parse_period
from events.views.finding import find_event

# No transaction that changes the record lasts so long: what it changed is told by then.
_LONGEST_CHANGE = timedelta(minutes=5)


def end_of_the_record() -> datetime | None:
    """The end of the day whose record is being read; None for the record as it is."""
    day = day_in_force()
    return end_of(day) if day else None


def read_choices(query: QueryDict, events: EventQuerySet | None = None) -> TimelineFilter | None:
    """The timeline's filters of a query string; None where its span ends before it begins.

    No event is in such a span, but each of its ends is a good value. Raises Refused for a value
    that is not known.
    """
    rows = Event.objects.visible() if events is None else events
    chosen = TimelineFilter(query, queryset=rows)
    is_impossible = "to" in chosen.errors and _is_period(query.get("to", ""))
    errors = []
    for name, messages in chosen.errors.items():
        if name in chosen.known:
            unknown = [value for key, value in chosen.refused if key == name]
            errors += [(name, f"“{value}” is not known here") for value in unknown]
        elif name != "to" or not is_impossible:
            errors += [(name, str(message)) for message in messages]
    if errors:
        raise bad_values(*errors)
    return None if is_impossible else chosen


def _is_period(written: str) -> bool:
    try:
        parse_period(written)
    except ValueError:
        return False
    return True


def read_timeline(
    chosen: TimelineFilter, *, after: str | None, limit: int, places: Places
) -> tuple[list[Written], str | None]:
    """A page of the events chosen, and the cursor of the next.

    Five queries, one more for a search, and those that bring the standing record up to date.
    """
    start = cursors.position_of(after) if after else None
    found = chosen.pick(start, limit + 1)
    shown = found[:limit]
    ids = [position.id for position in shown]
    more = cursors.cursor_of_position(shown[-1]) if len(found) > limit else None
    return list(_write_these(ids, places=places).values()), more


def _write_these(ids: Sequence[int], *, places: Places) -> dict[int, Written]:
    """Those of the events that readers may see, in that order; four queries."""
    rows = with_parts(Event.objects.visible().filter(pk__in=ids)).in_bulk() if ids else {}
    if not rows:
        return {}
    participants = participants_of(rows.keys())
    changed = last_changes(rows.keys(), before=end_of_the_record())
    phrases = Phrases(phrase for row in rows.values() for phrase in phrases_of_event(row))
    return {
        pk: write_event(
            rows[pk],
            participants[pk],
            # The made-up events of scale tests have no history.
            updated_at=changed.get(pk, rows[pk].published_at),
            phrases=phrases,
            places=places,
        )
        for pk in ids
        if pk in rows
    }


def read_changes(
    chosen: TimelineFilter,
    since: datetime,
    *,
    after: str | None,
    limit: int,
    places: Places,
) -> tuple[list[Written], str | None]:
    """A page of the published events chosen that have changed, and the cursor of the next.

    What has been withdrawn or merged is among them, if the filters would show it.
    """
    found = changed_between(
        since,
        end_of_the_record(),
        among=chosen.qs,
        after=cursors.moment_of(after) if after else None,
        most=limit + 1,
    )
    shown = found[:limit]
    more = None
    if len(found) > limit:
        last, last_at = shown[-1]
        more = cursors.cursor_of_moment(last_at, last)
    return list(_write_all_of(shown, places=places).values()), more


def _write_all_of(shown: Sequence[tuple[int, datetime]], *, places: Places) -> dict[int, Written]:
    """Events by id, in the order of pairs of id and last change; of those that are gone, what is
    left of them. Five queries."""
    live = _write_these([pk for pk, _at in shown], places=places)
    gone = (
        Event.objects.exclude(withdrawn_at=None, merged_into=None)
        .select_related("merged_into")
        .in_bulk([pk for pk, _at in shown if pk not in live])
    )
    results: dict[int, Written] = {}
    for pk, changed_at in shown:
        if pk in live:
            results[pk] = {**live[pk], "updated_at": changed_at}
        elif pk in gone:
            results[pk] = write_tombstone(gone[pk], updated_at=changed_at, places=places)
    return results


def read_these(ids: Collection[int], *, places: Places) -> dict[int, Written]:
    """The published events with these ids as lists of the API have them, by id.

    What has been withdrawn or merged is among them as what is left of it. Six queries.
    """
    changed = last_changes(ids, before=None) if ids else {}
    return _write_all_of(list(changed.items()), places=places)


def updated_until(at: datetime) -> datetime:
    """What to ask for as `updated_since` the next time."""
    moment = min(at, end_of_the_record() or at)
    return moment.astimezone(UTC).replace(microsecond=0) - _LONGEST_CHANGE


def published() -> EventQuerySet:
    """Every event that was ever shown, withdrawn and merged ones included."""
    return Event.objects.filter(published_at__isnull=False)


def find(name: str, *, within: str = "") -> Any:
    """The visible event of that slug or id, loaded with its parts, for the address `within` it.

    Raises Moved for an old slug or a merged event, Refused (410) for a withdrawn one and Http404.
    """
    row: Any = _by_id(name) or find_event(name)
    stands = row.merged_into or row
    if stands.withdrawn_at is not None:
        raise Refused(
            410,
            f"This event was withdrawn: {stands.withdrawn_reason}",
            id=str(stands.public_id),
            slug=stands.slug,
            withdrawn_at=stands.withdrawn_at.isoformat(),
            reason=stands.withdrawn_reason,
        )
    if stands is not row or (name != row.slug and name != str(row.public_id)):
        raise Moved(f"events/{stands.slug}/{within}".rstrip("/"))
    return row


def find_id(name: str | None) -> int | None:
    """The key of the event that a filter names by slug or id, whatever it is called now; None for
    no filter. Raises Refused for none that readers may see."""
    if name is None:
        return None
    try:
        row: Any = _by_id(name) or find_event(name)
    except (Http404, ValueError) as problem:
        raise Refused(404, f"event: the record has no event “{name}”.") from problem
    return (row.merged_into or row).pk


def _by_id(name: str) -> Any:
    try:
        public_id = UUID(name)
    except ValueError:
        return None
    row = with_parts(published().filter(public_id=public_id)).first()
    if row is None:
        raise Http404
    return row


def read_whole_event(row: Any, *, places: Places) -> Written:
    """Everything on an event that was loaded with its parts, in a fixed number of queries."""
    participants = participants_of([row.pk])[row.pk]
    changed = last_changes([row.pk], before=end_of_the_record())
    phrases = Phrases(
        [*phrases_of_event(row), *(silence["basis"] for silence in row.json_silences)]
    )
    commitments = write_commitments(
        Commitment.objects.filter(
            Q(event=row) | Q(fulfilled_by=row, event__in=Event.objects.visible().values("pk"))
        ),
        places=places,
    )
    written = write_event(
        row,
        participants,
        updated_at=changed.get(row.pk, row.published_at),
        phrases=phrases,
        places=places,
    )
    return {
        **written,
        "citations": [write_citation(one) for one in _citations(row)],
        "readouts": write_readouts(_accounts(row), places=places),
        "silences": write_silences(row.json_silences, phrases),
        "commitments": [one for one in commitments if one["event"]["id"] == row.public_id],
        "fulfils": [
            one
            for one in commitments
            if one["fulfilled_by"] and one["fulfilled_by"]["id"] == row.public_id
        ],
        "relations": _relations(row, pair_of(participants), places),
        "ordinals": read_ordinals(row, places=places),
    }


def _accounts(row: Event) -> list[Readout]:
    return list(readouts(event=row.pk).order_by("published_on", "pk"))


def _citations(row: Event) -> Iterable[Citation]:
    evidence = Prefetch("evidence", Evidence.objects.order_by("starts_at", "id"))
    rows = Citation.objects.filter(event=row).select_related("publisher")
    return rows.prefetch_related(evidence).order_by("position", "id")


def _relations(row: Any, pair: tuple[int, int] | None, places: Places) -> Written:
    merged = published().filter(merged_into=row).order_by("pk")
    around = neighbours(row, between(pair))[0] if pair else None
    before, after = (around.before, around.after) if around else (None, None)
    return {
        "merged": list(merged.values_list("public_id", flat=True)),
        "previous": write_reference(before, places) if before else None,
        "next": write_reference(after, places) if after else None,
        "anniversaries": [
            {"slug": day["slug"], "name": text_of(day, "title")} for day in row.json_anniversaries
        ],
    }
