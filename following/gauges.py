"""Figures of what followers are told for /metrics, asked of the database when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, Q
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from following.models import Delivery, Digest, Subscriber, Watermark, Webhook


def follower_figures(*, at: datetime) -> bytes:
    """Gauges in Prometheus' text format; six queries."""
    registry = CollectorRegistry()
    registry.register(_Followers(at))
    return generate_latest(registry)


class _Followers(Collector):
    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: to be registered must not cost a look at the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "following_subscribers",
            "Addresses to which mail goes.",
            value=Subscriber.objects.told().filter(refused_at=None).count(),
        )
        yield from _mails(self.at)
        yield from _webhooks(self.at)
        mark = Watermark.objects.first()
        if mark is not None:
            yield GaugeMetricFamily(
                "following_noted_seconds",
                "Seconds since changes were last noted; much more than an hour: nobody does.",
                value=max((self.at - mark.at).total_seconds(), 0.0),
            )


def _mails(at: datetime) -> Iterator[GaugeMetricFamily]:
    # Mails to who has left wait for nobody.
    counted = Digest.objects.to_takers().aggregate(
        waiting=Count("pk", filter=Q(state="WAITING")),
        refused=Count("pk", filter=Q(state="REFUSED")),
        oldest=Min("made_at", filter=Q(state="WAITING")),
    )
    family = GaugeMetricFamily(
        "following_mails", "Mails to followers that were not sent, by state.", labels=["state"]
    )
    family.add_metric(["waiting"], counted["waiting"])
    family.add_metric(["in_doubt"], Digest.objects.in_doubt(at).count())
    family.add_metric(["refused"], counted["refused"])
    yield family
    waited = (at - counted["oldest"]).total_seconds() if counted["oldest"] else 0.0
    yield GaugeMetricFamily(
        "following_mails_oldest_waiting_seconds",
        "Seconds since the mail that waits longest was made.",
        value=max(waited, 0.0),
    )


def _webhooks(at: datetime) -> Iterator[GaugeMetricFamily]:
    is_failing = Q(is_enabled=True, failing_since__isnull=False)
    webhooks = Webhook.objects.aggregate(
        enabled=Count("pk", filter=Q(is_enabled=True) & ~is_failing),
        failing=Count("pk", filter=is_failing),
        disabled=Count("pk", filter=Q(is_enabled=False)),
    )
    family = GaugeMetricFamily(
        "following_webhooks", "Webhooks of organisations, by state.", labels=["state"]
    )
    for state, number in webhooks.items():
        family.add_metric([state], number)
    yield family
    is_waiting = Q(state=Delivery.State.WAITING)
    calls = Delivery.objects.aggregate(
        waiting=Count("pk", filter=is_waiting),
        given_up=Count("pk", filter=Q(state=Delivery.State.GIVEN_UP)),
        oldest=Min("made_at", filter=is_waiting),
    )
    family = GaugeMetricFamily(
        "following_calls", "Calls of webhooks that were not taken, by state.", labels=["state"]
    )
    family.add_metric(["waiting"], calls["waiting"])
    family.add_metric(["given_up"], calls["given_up"])
    yield family
    waited = (at - calls["oldest"]).total_seconds() if calls["oldest"] else 0.0
    yield GaugeMetricFamily(
        "following_calls_oldest_waiting_seconds",
        "Seconds since the call that waits longest was made.",
        value=max(waited, 0.0),
    )
