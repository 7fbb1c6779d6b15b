"""Followers for tests: subscribers and what they follow, each with what its noun needs."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from following.models import Announcement, Asking, Digest, Subscriber, Subscription
from following.subscribing import new_key

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)

_numbers = count(1)


def make_subscriber(address: str = "", **fields: Any) -> Subscriber:
    """One who has confirmed the address, unless told not to by `confirmed_at=None`."""
    values = {
        "address": address or f"reader{next(_numbers)}@example.org",
        "language": "en",
        "key": new_key(),
        "created_at": NOW,
        "confirmed_at": NOW,
        **fields,
    }
    return Subscriber.objects.create(**values)


def make_subscription(
    subscriber: Subscriber | None = None, query: str = "", pace: str = "DAILY", **fields: Any
) -> Subscription:
    """One that is confirmed, unless told not to by `confirmed_at=None`."""
    values = {
        "subscriber": subscriber or make_subscriber(),
        "query": query,
        "pace": pace,
        "key": new_key(),
        "created_at": NOW,
        "confirmed_at": NOW,
        **fields,
    }
    return Subscription.objects.create(**values)


def make_asking(subscriber: Subscriber, at: datetime = NOW, **fields: Any) -> Asking:
    """One that has been sent, unless told not to by `settled_at=None`."""
    values = {"language": "en", "asked_at": at, "next_attempt_at": at, "settled_at": at, **fields}
    return Asking.objects.create(subscriber=subscriber, **values)


def make_digest(
    subscription: Subscription, *items: dict[str, Any], at: datetime = NOW, **fields: Any
) -> Digest:
    """A digest that waits, of these items, for the owner of the subscription.

    Its announcements have been forgotten, where an item does not name them.
    """
    given = {"what": [], "first": 0, "last": 0, "leaves": False}
    told = [{**given, "subscriptions": [subscription.pk], **item} for item in items]
    values = {"pace": subscription.pace, "made_at": at, "next_attempt_at": at, **fields}
    return Digest.objects.create(subscriber=subscription.subscriber, items=told, **values)


def make_announcement(event_id: int = 1, **fields: Any) -> Announcement:
    values = {"kind": "NEW", "now": {}, "at": NOW, **fields}
    return Announcement.objects.create(event_id=event_id, **values)
