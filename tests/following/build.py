"""Followers and what they are told of, for tests."""

from itertools import count

from following.models import Announcement, Digest, Subscriber, Subscription
from tests.events.build import NOW

_numbers = count(1)


def make_subscriber(address=None, **fields):
    """Somebody who has confirmed an address, unless told otherwise."""
    number = next(_numbers)
    values = {"language": "en", "key": f"subscriber-{number}", "created_at": NOW}
    values |= {"confirmed_at": NOW, **fields}
    return Subscriber.objects.create(address=address or f"reader-{number}@example.org", **values)


def make_subscription(subscriber=None, query="", pace="INSTANT", **fields):
    """A confirmed subscription that has been told of nothing."""
    values = {"key": f"subscription-{next(_numbers)}", "created_at": NOW, "confirmed_at": NOW}
    subscriber = subscriber or make_subscriber()
    return Subscription.objects.create(
        subscriber=subscriber, query=query, pace=pace, **{**values, **fields}
    )


def state(**fields):
    """How an event stands: a call of Korea and Japan, unless told otherwise."""
    return {
        "slug": "call",
        "kind": "CALL",
        "status": "HELD",
        "certainty": "CONFIRMED",
        "precision": "DAY",
        "starts_on": "2025-06-09",
        "ends_on": None,
        "last_possible_on": fields.get("starts_on", "2025-06-09"),
        "titles": {"en": "A call", "ko": "", "ja": ""},
        "countries": ["JP", "KR"],
        "places": [],
        "topics": [],
        "participants": [],
        "merged_into": None,
        "withdrawn": None,
        **fields,
    }


def announce(event_id, *, was=None, now=None, at=NOW):
    """An announcement of an event, which is new unless it `was`; its kind follows from both."""
    now = now or state()
    kind = "NEW" if was is None else "CHANGED"
    if was and now["withdrawn"] is not None:
        kind = "WITHDRAWN"
    if was and now["merged_into"] is not None:
        kind = "MERGED"
    return Announcement.objects.create(event_id=event_id, kind=kind, was=was, now=now, at=at)


def make_digest(address=None, *, subscriptions=None, **fields):
    """A mail that waits to be sent, about one new event."""
    subscriber = make_subscriber(address)
    wanted = subscriptions or [make_subscription(subscriber)]
    announcement = announce(next(_numbers))
    item = {
        "event": announcement.event_id,
        "kind": "NEW",
        "what": [],
        "first": announcement.pk,
        "last": announcement.pk,
        "subscriptions": [one.pk for one in wanted],
        "leaves": False,
    }
    values = {"pace": "INSTANT", "items": [item], "made_at": NOW, "next_attempt_at": NOW}
    return Digest.objects.create(subscriber=subscriber, **{**values, **fields})
