"""What the database knows of how sources have done; what it means is in news/habits.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery

from news.habits import WINDOW, History, may_be_silent
from news.models import Poll, Source


@dataclass(frozen=True, slots=True)
class Watched:
    """A source with its history."""

    source: Source
    history: History


@dataclass(frozen=True, slots=True)
class Day:
    """What one day brought. `items` is None where the source gave no answer all day."""

    on: date
    items: int | None
    was_asked: bool


def watched_sources() -> list[Watched]:
    """Every source with its history, by name; two queries, however many there are."""
    watched = [Watched(source, _history(source)) for source in _with_last_polls()]
    doubtful = [one.source.pk for one in watched if may_be_silent(one.history)]
    if not doubtful:
        return watched
    new_at = _moments_of_news(doubtful)
    return [
        Watched(one.source, replace(one.history, new_at=new_at.get(one.source.pk, ())))
        for one in watched
    ]


def days_of(sources: Sequence[int], *, today: date, count: int, zone: str) -> dict[int, list[Day]]:
    """The last `count` days of each source, today last, as days are in `zone`; one query.

    A poll belongs to the day on which it began.
    """
    starts = [
        datetime.combine(today - timedelta(days=back), time(), ZoneInfo(zone))
        for back in range(count - 1, -2, -1)
    ]
    with connection.cursor() as cursor:
        answers = [outcome.value for outcome in Poll.ANSWERS]
        cursor.execute(_DAYS, [starts[:-1], starts[1:], list(sources), answers])
        rows = cursor.fetchall()
    days: dict[int, list[Day]] = {pk: [] for pk in sources}
    for source, number, items, has_answered, was_asked in rows:
        on = today - timedelta(days=count - number)
        days[source].append(Day(on, items if has_answered else None, was_asked))
    return days


# One look into an index for each day and source: adding up all polls of a month takes longer.
_DAYS = """
    SELECT source, number,
        (SELECT coalesce(sum(new_articles), 0) FROM news_poll WHERE outcome = 'NEW'
            AND source_id = source AND started_at >= starts AND started_at < ends),
        has_answered,
        has_answered OR EXISTS (SELECT FROM news_poll
            WHERE source_id = source AND started_at >= starts AND started_at < ends)
    FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS day (starts, ends, number)
    CROSS JOIN unnest(%s::bigint[]) AS source
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT FROM news_poll WHERE outcome = ANY(%s)
            AND source_id = source AND started_at >= starts AND started_at < ends) AS has_answered
        OFFSET 0
    ) AS poll
    ORDER BY source, number
"""


def _with_last_polls() -> QuerySet[Source]:
    polls = Poll.objects.filter(source=OuterRef("pk"))
    last_answer = polls.answered().order_by("-started_at").values("finished_at")[:1]
    first_attempt = polls.order_by("started_at").values("started_at")[:1]
    last_words = polls.latest_first().values("reason")[:1]
    return Source.objects.annotate(
        answered_at=Subquery(last_answer),
        attempted_since=Subquery(first_attempt),
        said=Subquery(last_words),
    ).order_by("name")


def _history(source: Source) -> History:
    read = vars(source)
    return History(
        is_enabled=source.is_enabled,
        disabled_because=source.disabled_because,
        failures=source.failures,
        verified_at=source.verified_at,
        answered_at=read["answered_at"],
        attempted_since=read["attempted_since"],
        polled_at=source.last_polled_at,
        last_new_at=source.last_new_at,
        time_zone=source.time_zone,
        said=read["said"] or "",
    )


def _moments_of_news(sources: Iterable[int]) -> dict[int, list[datetime]]:
    """When each source had something new, in the weeks before it last had."""
    polls = Poll.objects.filter(
        outcome=Poll.Outcome.NEW,
        source__in=sources,
        started_at__gte=F("source__last_new_at") - WINDOW,
    )
    moments: dict[int, list[datetime]] = {}
    for source, moment in polls.order_by("source", "started_at").values_list(
        "source", "started_at"
    ):
        moments.setdefault(source, []).append(moment)
    return moments
