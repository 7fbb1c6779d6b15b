"""What a filter would have sent in the last days, for whoever wonders whether to follow it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Min

from events.models import Event
from events.names import Names
from events.periods import civil_day
from following.announcing import states_of
from following.collapsing import Changes, Item
from following.digesting import HELD_UP_AT_MOST, SETTLED_AFTER, last_round
from following.matching import Picks
from following.models import Announcement, Subscription
from following.telling import Line, lines_of

Pace = Subscription.Pace

DAYS = 30
MOST_SHOWN = 15

Mail = list[Item]


@dataclass(frozen=True, slots=True)
class Sent:
    """The mails of each pace that a filter would have made, the latest first."""

    mails: Mapping[Pace, Sequence[Mail]]
    began_on: date | None = None
    """The day on which the record was first published, if it is one of the days looked at."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the daily mails of so many days would have told, and how many mails each pace makes."""

    days: int
    total: int
    by_day: Sequence[tuple[date, Sequence[Line]]]
    """By the day on which it was noted, in Seoul and Tokyo, newest first; fifteen lines at most."""
    left_out: int
    mails: Mapping[str, int]
    """By pace."""
    began_on: date | None


def preview_of(query: str, *, names: Names, days: int = DAYS, at: datetime) -> Preview:
    """What a page shows of a filter, which is in its one spelling; nine queries at most."""
    sent = would_have_sent(query, days=days, at=at)
    told = [item for mail in sent.mails[Pace.DAILY] for item in mail]
    told.sort(key=lambda item: (item.at, item.event_id), reverse=True)
    shown = told[:MOST_SHOWN]
    days_of_them = groupby(zip(shown, lines_of(shown, names), strict=True), key=_day_of)
    return Preview(
        days=days,
        total=len(told),
        by_day=[(day, [line for _item, line in some]) for day, some in days_of_them],
        left_out=len(told) - len(shown),
        mails={pace.value: len(mails) for pace, mails in sent.mails.items()},
        began_on=sent.began_on,
    )


def _day_of(pair: tuple[Item, Line]) -> date:
    return civil_day(pair[0].at, settings.RECORD_TIME_ZONE)


def would_have_sent(query: str, *, days: int = DAYS, at: datetime) -> Sent:
    """The mails that a filter, in its one spelling, would have made of the days before `at`.

    Of what was announced; and of what was published before anything was announced, by when it
    was. What the record began with was never news. What is noted but not due counts as sent.
    Six queries at most.
    """
    since = at - timedelta(days=days)
    began_at = Event.objects.aggregate(first=Min("published_at"))["first"] or since
    noted = list(Announcement.objects.filter(at__gt=since, at__lte=at).order_by("id"))
    rows = [*_publications(max(since, began_at), at, apart_from=noted), *noted]
    picks = Picks.of([query], rows)
    return Sent(
        mails={pace: _mails(rows, _rounds(rows, pace), picks, query) for pace in Pace},
        began_on=civil_day(began_at, settings.RECORD_TIME_ZONE) if began_at > since else None,
    )


def _publications(
    since: datetime, at: datetime, *, apart_from: Iterable[Announcement]
) -> list[Announcement]:
    """Announcements as they would have been of what was published since; two queries.

    Their numbers are below all others. Of events whose publication was announced there are none.
    """
    announced, changed_later = set(), dict[int, Any]()
    for row in apart_from:
        if row.kind == Announcement.Kind.NEW:
            announced.add(row.event_id)
        changed_later.setdefault(row.event_id, row.was)
    lately = Event.objects.filter(published_at__gt=since, published_at__lte=at)
    times: dict[int, Any] = dict(
        lately.exclude(pk__in=announced)
        .order_by("published_at", "id")
        .values_list("pk", "published_at")
    )
    states = {**states_of(times), **changed_later}
    return [
        Announcement(
            id=number - len(times),
            event_id=pk,
            kind=Announcement.Kind.NEW,
            was=None,
            now=states[pk],
            at=published_at,
        )
        for number, (pk, published_at) in enumerate(times.items())
        if pk in states
    ]


def _rounds(rows: Sequence[Announcement], pace: Pace) -> list[datetime]:
    """The round of mails that each row belongs to; of those at once, its minute."""
    if pace == Pace.INSTANT:
        return _settled(rows)
    # What is noted at the very moment of a round is in it.
    return [last_round(pace, row.at - timedelta(microseconds=1)) for row in rows]


def _settled(rows: Sequence[Announcement]) -> list[datetime]:
    """For each row the minute of the last change of its event that came one upon the other."""
    found: list[datetime] = []
    following: dict[int, tuple[datetime, datetime]] = {}
    for row in reversed(rows):
        next_at, end = following.get(row.event_id, (row.at, row.at))
        if next_at - row.at >= SETTLED_AFTER or end - row.at >= HELD_UP_AT_MOST:
            end = row.at
        following[row.event_id] = (row.at, end)
        found.append(end.replace(second=0, microsecond=0))
    return found[::-1]


def _mails(
    rows: Sequence[Announcement], rounds: Iterable[datetime], picks: Picks, query: str
) -> list[Mail]:
    """What each round tells, the latest first, without the rounds that tell nothing."""
    by_round: dict[datetime, list[Announcement]] = defaultdict(list)
    for row, round_at in zip(rows, rounds, strict=True):
        by_round[round_at].append(row)
    mails = (_told(by_round[round_at], picks, query) for round_at in sorted(by_round, reverse=True))
    return [mail for mail in mails if mail]


def _told(rows: Collection[Announcement], picks: Picks, query: str) -> Mail:
    now, was = picks.now[query], picks.was[query]
    return [
        replace(item, leaves=item.last not in now)
        for item in Changes(rows).all()
        if item.last in now or item.first in was
    ]
