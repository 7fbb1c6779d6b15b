"""Work out what each follower is to be told, and keep it as one mail a person.

Announcements are numbered; every subscription knows up to which it was told. A batch of subscribers
is told in one transaction, with a fixed number of queries: the mails are written and the numbers
moved together. Whoever is killed in between has done all of it or nothing.

What a person has been told by one subscription is not told by another, whatever their paces.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min, Value

from events import search
from following.collapsing import Changes, Item
from following.matching import Found, matching, words_found
from following.models import Announcement, Digest, Subscriber, Subscription

Pace = Subscription.Pace

# Who is told at once is told when an editor seems to be done with the event ...
SETTLED_AFTER = timedelta(minutes=5)
# ... but an event that is edited without end does not hold up what follows it.
HELD_UP_AT_MOST = timedelta(minutes=30)
HOUR_OF_DIGESTS = time(8)

# Any number, the same in every process.
_DIGESTING = 7_102_519_650_632
_SUBSCRIBERS_AT_ONCE = 1_000
# Of more events a mail tells the number: nobody reads thousands, and no server takes such a mail.
MOST_TOLD = 200
# Between the clocks of two machines.
_SLACK = timedelta(hours=1)


def make_digests(pace: str, *, at: datetime) -> int:
    """Write the mails of a pace that are due at that moment; returns how many.

    Safe to run at any time and twice at once: daily and weekly mails tell what was noted up to
    the last 08:00 of the record's zone, so a second run of the day finds nothing to do, and one
    that was missed is made up for by the next.
    """
    # What has just been published must be found by its words.
    search.refresh()
    horizon = _told_up_to(Pace(pace), at)
    made = 0
    while horizon and (count := _make_some(Pace(pace), horizon, at)) is not None:
        made += count
    return made


def last_round(pace: Pace, at: datetime) -> datetime:
    """The last 08:00 of the record's zone at that moment, of any day or of a Monday. Pure."""
    zone = ZoneInfo(settings.RECORD_TIME_ZONE)
    day = at.astimezone(zone).date()
    if datetime.combine(day, HOUR_OF_DIGESTS, zone) > at:
        day -= timedelta(days=1)
    if pace == Pace.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, HOUR_OF_DIGESTS, zone)


def _told_up_to(pace: Pace, at: datetime) -> int:
    """The number of the last announcement that this pace tells by now; 0 for none."""
    if pace != Pace.INSTANT:
        noted = Announcement.objects.filter(at__lte=last_round(pace, at))
        return noted.aggregate(last=Max("id"))["last"] or 0
    unsettled = Announcement.objects.filter(at__gt=at - SETTLED_AFTER).values("event_id")
    waiting = Announcement.objects.filter(at__gt=at - HELD_UP_AT_MOST, event_id__in=unsettled)
    if (first := waiting.aggregate(first=Min("id"))["first"]) is not None:
        return int(first) - 1
    return Announcement.objects.aggregate(last=Max("id"))["last"] or 0


@transaction.atomic
def _make_some(pace: Pace, horizon: int, at: datetime) -> int | None:
    """Tell the next subscribers up to the horizon; how many mails that made, None for nobody left.

    Nine queries at most, however many subscribers and searches.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DIGESTING])
    due = Subscription.objects.standing().filter(pace=pace, told_through__lt=horizon)
    people = (
        due.filter(subscriber__in=Subscriber.objects.told().filter(refused_at=None))
        .order_by("subscriber_id")
        .values("subscriber_id")
        .distinct()
    )
    some = list(
        due.filter(subscriber_id__in=people[:_SUBSCRIBERS_AT_ONCE])
        .order_by("subscriber_id", "id")
        .select_for_update()
    )
    if not some:
        return None
    announcements = list(
        Announcement.objects.filter(
            id__gt=min(one.told_through for one in some), id__lte=horizon
        ).order_by("id")
    )
    told = _already_told(some, since=announcements[0].at) if announcements else {}
    picks = _Picks.of({one.query for one in some}, Changes(announcements))
    # An expression keeps Django from packing the rows into arrays, whose escaping takes as long as
    # everything else.
    written = Value(pace.value)
    digests = [
        Digest(
            subscriber_id=pk,
            pace=written,
            items=[item.as_json() for item in items[:MOST_TOLD]],
            left_out=max(len(items) - MOST_TOLD, 0),
            made_at=at,
            next_attempt_at=at,
        )
        for pk, theirs in _by_subscriber(some).items()
        if (items := picks.told_to(theirs, told.get(pk, {})))
    ]
    Digest.objects.bulk_create(digests)
    Subscription.objects.filter(pk__in=[one.pk for one in some]).update(told_through=horizon)
    return len(digests)


def _by_subscriber(some: Iterable[Subscription]) -> dict[int, list[Subscription]]:
    found = defaultdict(list)
    for one in some:
        found[one.subscriber_id].append(one)
    return found


def _already_told(some: Iterable[Subscription], *, since: datetime) -> dict[int, dict[int, int]]:
    """Up to which announcement of an event each subscriber has been told by any subscription."""
    told: dict[int, dict[int, int]] = defaultdict(dict)
    before = Digest.objects.filter(
        subscriber_id__in={one.subscriber_id for one in some}, made_at__gte=since - _SLACK
    )
    for pk, items in before.values_list("subscriber_id", "items"):
        for item in items:
            known = told[pk].get(item["event"], 0)
            told[pk][item["event"]] = max(known, item["last"])
    return told


@dataclass(frozen=True, slots=True)
class _Picks:
    """Which changes the filters pick: by how an event stands now, or by how it stood."""

    changes: Changes
    now: Mapping[str, set[int]]
    """Events that are picked as they stand now, by query string."""
    was: Mapping[str, set[int]]
    """Announcements before which an event was picked as it stood, by query string."""
    events: Mapping[str, set[int]]
    """Events that are picked in either way, by query string."""

    @classmethod
    def of(cls, queries: Collection[str], changes: Changes) -> "_Picks":
        """Costs two queries where there are searches."""
        now, was, event_of = changes.now, changes.was, changes.event_of
        words = words_found(queries, now)
        before: Found = {
            text: {first for first in was if event_of[first] in ids} for text, ids in words.items()
        }
        by_now = matching(queries, now, found=words)
        by_was = matching(queries, was, found=before)
        either = {query: by_now[query] | {event_of[n] for n in by_was[query]} for query in by_now}
        return cls(changes, by_now, by_was, either)

    def told_to(self, subscriptions: Sequence[Subscription], told: Mapping[int, int]) -> list[Item]:
        """What one person is told by these subscriptions: each event once, in the order noted."""
        items: dict[int, Item] = {}
        picking: dict[int, list[int]] = defaultdict(list)
        still_picked = set()
        for one in subscriptions:
            now, was = self.now[one.query], self.was[one.query]
            for pk in self.events[one.query]:
                item = self.changes.after(pk, max(one.told_through, told.get(pk, one.told_through)))
                if item is None or not (pk in now or item.first in was):
                    continue
                picking[pk].append(one.pk)
                if pk in now:
                    still_picked.add(pk)
                if pk not in items or item.first < items[pk].first:
                    items[pk] = item
        return [
            replace(item, subscriptions=tuple(picking[pk]), leaves=pk not in still_picked)
            for pk, item in sorted(items.items(), key=lambda pair: pair[1].first)
        ]


def items_of(digests: Collection[Digest]) -> dict[int, list[Item]]:
    """What each digest tells, by its id, with the states of the events; one query.

    Where an announcement has been forgotten, nothing is known of the states.
    """
    kept = [item for digest in digests for item in digest.items]
    rows = Announcement.objects.in_bulk({item[end] for item in kept for end in ("first", "last")})
    return {
        digest.pk: [
            _kept_item(item, (rows.get(item["first"]), rows.get(item["last"])), digest.made_at)
            for item in digest.items
        ]
        for digest in digests
    }


def _kept_item(
    kept: Mapping[str, Any], ends: Sequence[Announcement | None], made_at: datetime
) -> Item:
    first, last = ends
    was, now, at = (first.was, last.now, last.at) if first and last else (None, {}, made_at)
    return Item(
        event_id=kept["event"],
        kind=kept["kind"],
        what=tuple(kept["what"]),
        was=was,
        now=now,
        first=kept["first"],
        last=kept["last"],
        at=at,
        subscriptions=tuple(kept["subscriptions"]),
        leaves=kept["leaves"],
    )
