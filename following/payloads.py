"""What a call of a webhook says. Pure: values in, values out.

`type`, `timestamp` and `data` are where Standard Webhooks wants them. The event is as the API
writes it when the call is made; what changed is told from the announcement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from following.models import Announcement, Delivery
from following.states import STANDING, State, differences, stands

Payload = dict[str, Any]

# Names what messages are made of: any number, the same for ever.
_MESSAGES = UUID("6a0c6f0e-0b60-4d5c-8d8a-6f9a1a1f7b02")

TYPES = {
    Announcement.Kind.NEW: "event.published",
    Announcement.Kind.CHANGED: "event.changed",
    Announcement.Kind.WITHDRAWN: "event.withdrawn",
    Announcement.Kind.MERGED: "event.merged",
}
RESUMED = "webhook.resumed"
TEST = "webhook.test"


def message_id(delivery: Delivery, *, site: str) -> str:
    """The id of a message: the same however often it is sent, and that of no other message.

    After a backup was restored numbers of deliveries come again; their times do not.
    """
    name = f"{site} {delivery.pk} {delivery.made_at.astimezone(UTC).isoformat()}"
    return f"msg_{uuid5(_MESSAGES, name).hex}"


def about_event(
    announcement: Announcement,
    *,
    message: str,
    event: Mapping[str, Any] | None,
    in_filter: bool,
) -> Payload:
    """What one announcement says. `in_filter` is whether the webhook's filter picks the event
    after the change; `event` is None only where its row is no more."""
    changed = changes_between(announcement.was, announcement.now)
    data = {"event": event, "changed": list(changed), "in_filter": in_filter}
    return _payload(TYPES[Announcement.Kind(announcement.kind)], message, announcement.at, data)


def about_gap(start: datetime, end: datetime, *, message: str, changes: str) -> Payload:
    """That calls go on after a time of which nothing is told; `changes` is where the API tells."""
    return _payload(RESUMED, message, end, {"from": start, "to": end, "changes": changes})


def about_nothing(*, message: str, at: datetime) -> Payload:
    """A test, which an editor has asked for."""
    return _payload(TEST, message, at, {})


def _payload(kind: str, message: str, at: datetime, data: Payload) -> Payload:
    return {"type": kind, "id": message, "timestamp": at, "data": data}


def changes_between(was: State | None, now: State) -> Iterator[Payload]:
    """What differs, field by field, in the words of the API; nothing for a new event."""
    for name in differences(was, now) if was else ():
        read = _READ.get(name, _as_it_is(name))
        assert was is not None
        yield {"field": _NAMES.get(name, name), "was": read(was), "now": read(now)}


def _as_it_is(name: str) -> Callable[[State], Any]:
    return lambda state: state[name]


def _lower(name: str) -> Callable[[State], Any]:
    return lambda state: state[name].lower()


def _standing(state: State) -> str:
    if stands(state):
        return "published"
    return "merged" if state["merged_into"] is not None else "withdrawn"


def _places(state: State) -> list[Payload]:
    return [{"city": city or None, "country": country} for country, city in state["places"]]


_READ: dict[str, Callable[[State], Any]] = {
    "kind": _lower("kind"),
    "status": _lower("status"),
    "precision": _lower("precision"),
    "places": _places,
    STANDING: _standing,
}
# As paths into the event of the API.
_NAMES = {
    "precision": "date.precision",
    "starts_on": "date.starts_on",
    "ends_on": "date.ends_on",
    STANDING: "state",
}
