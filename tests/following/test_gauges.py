"""Figures of what followers are told at /metrics."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from following.announcing import note_changes
from following.enabling import disable
from following.gauges import follower_figures
from following.models import Webhook
from following.webhooks import make_deliveries
from tests.events.build import NOW, make_event
from tests.following.build import announce, make_digest, make_subscriber
from tests.following.hooks import make_webhook

pytestmark = pytest.mark.django_db


def figures(at=NOW):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(follower_figures(at=at).decode())
        for sample in family.samples
    }


def test_mails_that_were_not_sent_are_counted_by_what_keeps_them():
    make_digest(made_at=NOW - timedelta(hours=2))
    make_digest(state="HANDED_OVER")
    make_digest(state="HANDED_OVER", held_until=NOW + timedelta(minutes=1))
    make_digest(state="REFUSED")
    make_digest(state="SENT")
    left = make_digest(made_at=NOW - timedelta(days=9))
    left.subscriber.left_at = NOW
    left.subscriber.save()

    found = figures()

    assert found["following_mails", "waiting"] == 1
    assert found["following_mails", "in_doubt"] == 1
    assert found["following_mails", "refused"] == 1
    assert found["following_mails_oldest_waiting_seconds",] == 7200
    assert found["following_subscribers",] == 5


def test_without_followers_there_are_figures_all_the_same():
    make_subscriber(confirmed_at=None)

    found = figures()

    assert found["following_subscribers",] == 0
    assert found["following_mails", "in_doubt"] == 0
    assert found["following_mails_oldest_waiting_seconds",] == 0
    assert ("following_noted_seconds",) not in found


def test_changes_that_nobody_notes_show():
    make_event()
    note_changes(at=NOW)

    assert figures(NOW + timedelta(hours=3))["following_noted_seconds",] == 3 * 3600


def test_webhooks_and_their_calls_are_counted_by_state():
    _well, failing, ended = (make_webhook(f"https://{n}.example.org/") for n in ("a", "b", "c"))
    announce(1)
    make_deliveries(at=NOW)
    Webhook.objects.filter(pk=failing.pk).update(failing_since=NOW)
    disable(ended, at=NOW)

    found = figures(NOW + timedelta(hours=1))

    states = ("enabled", "failing", "disabled")
    assert [found["following_webhooks", state] for state in states] == [1, 1, 1]
    assert found["following_calls", "waiting"] == 2
    assert found["following_calls", "given_up"] == 1
    assert found["following_calls_oldest_waiting_seconds",] == 3600


def test_metrics_tell_of_followers(client):
    assert "following_mails_oldest_waiting_seconds 0.0" in client.get("/metrics").text
