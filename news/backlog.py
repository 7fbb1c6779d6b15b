"""How far the reading of articles has come, and how long it may still take."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from news.models import Article
from news.models.articles import MOST_TRIES

PACE_OVER = timedelta(hours=1)
# A burst of a minute says nothing of an hour.
_SHORTEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Articles on their way by stage, and how many were read to the end within the last hour.

    `resting` are those of the waiting ones whose next try is still to come; `given_up` have none.
    `working_since` is when the first of that hour was done.
    """

    waiting: dict[str, int] = field(default_factory=dict)
    resting: int = 0
    oldest_found_at: datetime | None = None
    given_up: int = 0
    done: int = 0
    working_since: datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.waiting.values())


def time_left(backlog: Backlog, *, at: datetime) -> timedelta | None:
    """How long the waiting articles take at the pace of the last hour, if nothing more comes.

    Zero where none waits; None where nothing was done in that hour, so that there is no pace.
    """
    if not backlog.total:
        return timedelta()
    if not backlog.done or backlog.working_since is None:
        return None
    worked = min(max(at - backlog.working_since, _SHORTEST), PACE_OVER)
    return worked * (backlog.total / backlog.done)


def backlog(*, at: datetime) -> Backlog:
    """What there is at this moment; one query."""
    waits, is_done = Q(tries__lt=MOST_TRIES), Q(stage=Article.Stage.DRAFTED)
    lately = Article.objects.filter(~is_done | Q(drafted_at__gt=at - PACE_OVER))
    rows = list(
        lately.order_by()
        .values("stage")
        .annotate(
            waiting=Count("pk", filter=waits),
            resting=Count("pk", filter=waits & Q(next_try_at__gt=at)),
            given_up=Count("pk", filter=~waits),
            oldest=Min("found_at", filter=waits),
            first_done=Min("drafted_at"),
        )
    )
    done = next((row for row in rows if row["stage"] == Article.Stage.DRAFTED), None)
    on_their_way = {row["stage"]: row for row in rows if row is not done}
    return Backlog(
        waiting={
            stage: on_their_way[stage]["waiting"]
            for stage in Article.Stage.values
            if stage in on_their_way
        },
        resting=sum(row["resting"] for row in on_their_way.values()),
        given_up=sum(row["given_up"] for row in on_their_way.values()),
        oldest_found_at=min(
            (row["oldest"] for row in on_their_way.values() if row["oldest"]), default=None
        ),
        done=done["waiting"] + done["given_up"] if done else 0,
        working_since=done["first_done"] if done else None,
    )
