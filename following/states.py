"""What followers are told of an event: the values that matter to them, and what differs. Pure.

A state is JSON, in words that depend on no language: codes, slugs, ISO days. Its keys are those of
`events` as the API writes them, beside `withdrawn` (the reason; None for what is not) and
`merged_into` (the survivor's slug, or None).
"""

from collections.abc import Mapping
from typing import Any

from following.models import Announcement

State = Mapping[str, Any]

# A difference in one of these is told. The others are kept for filters and for words.
MATERIAL = (
    "kind",
    "status",
    "precision",
    "starts_on",
    "ends_on",
    "countries",
    "places",
    "participants",
)
STANDING = "standing"
"""Told besides: that the event left the record, or came back."""


def stands(state: State) -> bool:
    """Whether readers find the event: it is neither withdrawn nor merged into another."""
    return state["withdrawn"] is None and state["merged_into"] is None


def differences(was: State, now: State) -> list[str]:
    """The names of what differs and matters."""
    found = [name for name in MATERIAL if _value(was, name) != _value(now, name)]
    return [*found, STANDING] if stands(was) != stands(now) else found


def _value(state: State, name: str) -> Any:
    # The order of places is for readers' eyes.
    return sorted(state[name]) if name == "places" else state[name]


def change_of(was: State | None, now: State) -> tuple[Announcement.Kind, list[str]] | None:
    """What became of an event, and the names of what differs; None for nothing to tell.

    `was` is None for an event that followers have not been told of. What has left the record is
    not told of again, whatever is changed about it.
    """
    if was is None:
        return (Announcement.Kind.NEW, []) if stands(now) else None
    what = differences(was, now)
    if not what or not (stands(was) or stands(now)):
        return None
    if stands(now):
        return Announcement.Kind.CHANGED, what
    is_merged = now["merged_into"] is not None
    return (Announcement.Kind.MERGED if is_merged else Announcement.Kind.WITHDRAWN), [STANDING]
