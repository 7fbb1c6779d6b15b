"""Figures of the news for /metrics, asked of the database when somebody asks for them.

Every web process gives the same ones, because none keeps any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from news.backlog import backlog
from news.habits import State
from news.models import Alert, Article, Poll, Source


def news_figures(*, at: datetime) -> bytes:
    """Gauges in Prometheus' text format; two queries."""
    registry = CollectorRegistry()
    registry.register(_News(at))
    return generate_latest(registry)


class _News(Collector):
    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: to be registered must not cost a look at the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        sources = list(_sources())
        yield _states(sources)
        answers = GaugeMetricFamily(
            "news_source_last_success_seconds",
            "Seconds since the source last answered; none for one that never has.",
            labels=["source"],
        )
        for source in sources:
            if (answered_at := vars(source)["answered_at"]) is not None:
                answers.add_metric([source.name], _seconds(self.at - answered_at))
        yield answers
        yield GaugeMetricFamily(
            "news_polling_overdue_seconds",
            "For how long the source that waits longest has been due: grows while nobody polls.",
            value=max((_overdue(source, self.at) for source in sources), default=0.0),
        )
        yield from _articles(self.at)


def _sources() -> QuerySet[Source]:
    """Every source with `answered_at` and `alarm`, the kind of its open alert; one query."""
    answers = Poll.objects.answered().filter(source=OuterRef("pk")).order_by("-started_at")
    # Of two kinds that are open, FAILING comes before SILENT.
    alarms = Alert.objects.open().filter(source=OuterRef("pk")).order_by("kind")
    return Source.objects.order_by("name").annotate(
        answered_at=Subquery(answers.values("finished_at")[:1]),
        alarm=Subquery(alarms.values("kind")[:1]),
    )


def _states(sources: list[Source]) -> GaugeMetricFamily:
    counted = Counter(_state(source) for source in sources)
    family = GaugeMetricFamily("news_sources", "Sources of news by their state.", labels=["state"])
    for state in State:
        family.add_metric([state.lower()], counted[state])
    return family


def _state(source: Source) -> State:
    """The state as the alerts tell it: to judge anew would cost more than a look should."""
    if not source.is_enabled:
        return State.GONE if source.disabled_because else State.OFF
    if alarm := vars(source)["alarm"]:
        return State(alarm)
    return State.WELL if source.verified_at else State.UNTRIED


def _articles(at: datetime) -> Iterator[GaugeMetricFamily]:
    work = backlog(at=at)
    waiting = GaugeMetricFamily(
        "news_articles_waiting", "Articles on their way, by the stage reached.", labels=["stage"]
    )
    for stage in Article.Stage.values:
        if stage != Article.Stage.DRAFTED:
            waiting.add_metric([stage.lower()], work.waiting.get(stage, 0))
    yield waiting
    oldest = at - work.oldest_found_at if work.oldest_found_at else timedelta()
    yield GaugeMetricFamily(
        "news_articles_oldest_waiting_seconds",
        "Seconds since the article that waits longest was found.",
        value=_seconds(oldest),
    )
    yield GaugeMetricFamily(
        "news_articles_given_up", "Articles that no further try is made for.", value=work.given_up
    )
    yield GaugeMetricFamily(
        "news_articles_drafted_last_hour",
        "Articles read to the end within the last hour.",
        value=work.done,
    )


def _overdue(source: Source, at: datetime) -> float:
    is_waiting = source.is_enabled and not (source.leased_until and source.leased_until > at)
    return _seconds(at - source.next_poll_at) if is_waiting else 0.0


def _seconds(length: timedelta) -> float:
    return max(length.total_seconds(), 0.0)
