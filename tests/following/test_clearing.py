"""Announcements and mails are let go of when they are old and nobody needs them."""

from datetime import timedelta

import pytest

from following.clearing import KEPT, clear_old
from following.enabling import disable
from following.models import Announcement, Delivery, Digest, Webhook
from tests.events.build import NOW
from tests.following.build import announce, make_digest, make_subscriber, make_subscription
from tests.following.hooks import make_webhook

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - KEPT - timedelta(days=1)


def kept():
    clear_old(at=NOW)
    return set(Announcement.objects.values_list("event_id", flat=True))


def test_what_is_old_goes_and_what_is_younger_stays():
    announce(1, at=LONG_AGO)
    announce(2)

    assert clear_old(at=NOW) == 1
    assert kept() == {2}


def test_what_somebody_is_still_to_be_told_stays():
    first, _second = announce(1, at=LONG_AGO), announce(2, at=LONG_AGO)
    make_subscription(told_through=first.pk)
    # Nobody tells these.
    make_subscription(confirmed_at=None)
    make_subscription(make_subscriber(left_at=NOW))
    make_subscription(make_subscriber(refused_at=NOW))

    assert kept() == {2}


def test_what_a_webhook_is_still_to_be_told_stays():
    first, second, third = (announce(number, at=LONG_AGO) for number in (1, 2, 3))
    webhook, ended = (make_webhook(f"https://{name}.example.org/") for name in ("a", "b"))
    Webhook.objects.filter(pk=webhook.pk).update(told_through=second.pk)
    Webhook.objects.filter(pk=ended.pk).update(told_through=0)
    disable(ended, at=NOW)
    Delivery.objects.create(
        webhook=webhook, announcement=first, made_at=LONG_AGO, next_attempt_at=NOW
    )
    Delivery.objects.create(
        webhook=webhook, announcement=second, made_at=LONG_AGO, state="DELIVERED"
    )

    assert kept() == {1, third.event_id}


def test_old_mails_go_when_they_are_settled():
    make_digest(made_at=LONG_AGO, state="SENT")
    make_digest(made_at=LONG_AGO, state="HANDED_OVER")
    waiting = make_digest(made_at=LONG_AGO)
    recent = make_digest(state="SENT")

    clear_old(at=NOW)

    assert set(Digest.objects.all()) == {waiting, recent}


def test_a_mail_to_somebody_who_has_left_does_not_wait_for_ever():
    recent, old = make_digest(), make_digest(made_at=NOW - timedelta(days=8))
    for digest in (recent, old):
        digest.subscriber.left_at = NOW
        digest.subscriber.save()

    clear_old(at=NOW)

    assert set(Digest.objects.all()) == {recent}
