"""What followers are told of, for tests: states, announcements, and mails that tell of them."""

from itertools import count

from tests.following import followers
from tests.following.followers import NOW, make_announcement, make_subscriber

_numbers = count(1)


def make_subscription(subscriber=None, query="", pace="INSTANT", **fields):
    """A confirmed subscription that has been told of nothing, and is told at once."""
    return followers.make_subscription(subscriber, query, pace, **fields)


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
    return make_announcement(event_id, kind=kind, was=was, now=now, at=at)


def make_digest(address="", *, made_at=NOW, **fields):
    """A mail that waits to be sent, about one new event."""
    subscription = make_subscription(make_subscriber(address))
    told = announce(next(_numbers))
    item = {"event": told.event_id, "kind": told.kind, "first": told.pk, "last": told.pk}
    return followers.make_digest(subscription, item, at=made_at, **fields)
