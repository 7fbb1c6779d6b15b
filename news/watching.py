"""Raising and ending alerts, as the state of the sources asks for. Safe to run again, and twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction

from news.habits import ALARMING, History, Judgement, State, judge
from news.health_words import reason_of
from news.histories import Watched, watched_sources
from news.models import Alert

# Any number: the lock of who watches.
_WATCHER = 5_171_043
_EVENTS = {
    Alert.Kind.GONE: "source_gone",
    Alert.Kind.FAILING: "source_failing",
    Alert.Kind.SILENT: "source_silent",
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one look at the sources has changed."""

    raised: tuple[Alert, ...] = ()
    ended: tuple[Alert, ...] = ()


def watch(*, at: datetime) -> Changes:
    """Look at every source: raise the alerts that are due, end those that are over.

    One worker looks at a time; another one finds that nothing is left to do. What has changed is
    logged once; news/alert_mail.py tells it to people.
    """
    changes = _watch(at)
    for alert in changes.raised:
        reason = reason_of(alert.as_judgement())
        log.warning(_EVENTS[Alert.Kind(alert.kind)], source=alert.source.name, reason=reason)
    for alert in changes.ended:
        if alert.ending == Alert.Ending.RECOVERED:
            # As loud as the alert: a log that shows the one must show the other.
            log.warning("source_recovered", source=alert.source.name, was=alert.kind)
    return changes


@transaction.atomic
def _watch(at: datetime) -> Changes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_WATCHER])
        (is_only,) = cursor.fetchone()
    if not is_only:
        return Changes()
    sources = watched_sources()
    judged = {one.source.pk: judge(one.history) for one in sources}
    alerts = list(Alert.objects.open().select_related("source"))
    return Changes(
        raised=_raise(sources, judged, alerts, at=at),
        ended=_end({one.source.pk: one.history for one in sources}, judged, alerts, at=at),
    )


def _raise(
    sources: Iterable[Watched],
    judged: dict[int, Judgement],
    alerts: Iterable[Alert],
    *,
    at: datetime,
) -> tuple[Alert, ...]:
    known = {(alert.source_id, alert.kind) for alert in alerts}
    raised = [
        Alert.of(one.source, judged[one.source.pk], at=at)
        for one in sources
        if judged[one.source.pk].state in ALARMING
        and (one.source.pk, judged[one.source.pk].state.value) not in known
    ]
    return tuple(Alert.objects.bulk_create(raised))


def _end(
    histories: dict[int, History],
    judged: dict[int, Judgement],
    alerts: Iterable[Alert],
    *,
    at: datetime,
) -> tuple[Alert, ...]:
    ended = []
    for alert in alerts:
        ending = ending_of(alert, judged[alert.source_id].state, histories[alert.source_id])
        if ending is not None:
            alert.ended_at, alert.ending = max(at, alert.raised_at), ending
            ended.append(alert)
    Alert.objects.bulk_update(ended, ["ended_at", "ending"])
    return tuple(ended)


def ending_of(alert: Alert, state: State, history: History) -> Alert.Ending | None:
    """How an open alert ends; None while it holds.

    It recovers with what it missed: an answer, or something new. It is set aside where nobody waits
    for that any more: switched off, another address, or an alert that says more.
    """
    if state == alert.kind:
        return None
    if state in (State.OFF, State.GONE):
        return Alert.Ending.SET_ASIDE
    if alert.kind == Alert.Kind.SILENT:
        if history.last_new_at is not None and history.last_new_at > alert.since:
            return Alert.Ending.RECOVERED
        return Alert.Ending.SET_ASIDE if state == State.UNTRIED else None
    if history.answered_at is not None and history.answered_at > alert.since:
        return Alert.Ending.RECOVERED
    # Enabled again and not asked yet, a source is as gone as it was.
    is_undecided = alert.kind == Alert.Kind.GONE and state != State.FAILING
    return None if is_undecided else Alert.Ending.SET_ASIDE
