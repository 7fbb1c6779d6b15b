"""Sources with a past, for tests of how they do."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from news.models import Poll, Source
from tests.news.build import NOW, make_source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASONS = {
    "ERROR_STATUS": "The server answered 503 (Service Unavailable).",
    "GONE": "The server answered 410 (Gone).",
}


def poll(source: Source, at: datetime, outcome: str = "NEW", *, new: int = 1) -> Poll:
    """An attempt at that time, remembered as polling does."""
    reason = REASONS.get(outcome, "")
    if outcome == Poll.Outcome.GONE:
        source.is_gone(at=at, reason=reason)
    elif reason:
        source.failed(at=at)
    else:
        source.answered(at=at, etag="", last_modified="", has_new=outcome == Poll.Outcome.NEW)
    return Poll.objects.create(
        source=source,
        started_at=at,
        finished_at=at,
        outcome=outcome,
        reason=reason,
        new_articles=new if outcome == Poll.Outcome.NEW else 0,
    )


def make_past(
    source: Source, until: datetime = NOW, *, days: int = 21, gap: timedelta = 6 * HOUR
) -> Source:
    """Have it bring something new at every `gap`, the last time at `until`."""
    count = days * DAY // gap
    moments = [until - gap * back for back in range(count, -1, -1)]
    # Only the first and the last leave something on the source; the others are rows.
    poll(source, moments[0])
    Poll.objects.bulk_create(
        Poll(source=source, started_at=at, finished_at=at, outcome="NEW", new_articles=2)
        for at in moments[1:-1]
    )
    poll(source, moments[-1])
    return source


def make_well(**fields: Any) -> Source:
    return make_past(make_source(**fields))


def make_silent(for_: timedelta = 4 * DAY, **fields: Any) -> Source:
    """One that answers, with nothing new for so long, though it had something every six hours."""
    source = make_past(make_source(**fields), NOW - for_)
    poll(source, NOW - HOUR, "NOTHING_NEW")
    return source


def make_failing(attempts: int = 5, **fields: Any) -> Source:
    source = make_past(make_source(**fields), NOW - (attempts + 1) * HOUR)
    fail(source, [NOW - back * HOUR for back in range(attempts, 0, -1)])
    return source


def make_gone(**fields: Any) -> Source:
    source = make_past(make_source(**fields), NOW - 2 * HOUR)
    poll(source, NOW - HOUR, "GONE")
    return source


def fail(source: Source, moments: Sequence[datetime]) -> None:
    for at in moments:
        poll(source, at, "ERROR_STATUS")
