"""Several announcements of an event, told as one change: from what was first to what is now. Pure.

Followers were told up to different announcements. Of each event there is therefore one change for
each announcement with which the telling may begin; what came back to where it was is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from following.models import Announcement
from following.states import State, change_of


@dataclass(frozen=True, slots=True)
class Item:
    """What is told of one event."""

    event_id: int
    kind: str
    """One of Announcement.Kind."""
    what: tuple[str, ...]
    """What differs between `was` and `now`, by the names of following/states.py."""
    was: State | None
    """None for a new event."""
    now: State
    first: int
    """The announcement with which the change begins."""
    last: int
    """The announcement up to which it is told."""
    at: datetime
    """When the last of it was noted."""
    subscriptions: tuple[int, ...] = ()
    """The subscriptions that pick it."""
    leaves: bool = False
    """Whether it was picked before, and is no more."""

    def as_json(self) -> dict[str, object]:
        """As a digest keeps it: the states stay with the announcements."""
        return {
            "event": self.event_id,
            "kind": self.kind,
            "what": self.what,
            "first": self.first,
            "last": self.last,
            "subscriptions": self.subscriptions,
            "leaves": self.leaves,
        }


class Changes:
    """What some announcements, in their order, amount to for whoever was told up to any of them."""

    def __init__(self, announcements: Iterable[Announcement]) -> None:
        of_event: dict[int, list[Announcement]] = {}
        for announcement in announcements:
            of_event.setdefault(announcement.event_id, []).append(announcement)
        self.starts: dict[int, list[tuple[int, Item | None]]] = {
            pk: [(first.pk, _item(first, rows[-1])) for first in rows]
            for pk, rows in of_event.items()
        }

    def after(self, event_id: int, told: int) -> Item | None:
        """What is to be told of an event to who was told up to the announcement `told`."""
        return next((item for first, item in self.starts[event_id] if first > told), None)

    def all(self) -> list[Item]:
        """What is to be told to who was told of none of them; in the order of their beginning."""
        items = [rows[0][1] for rows in self.starts.values()]
        return sorted((item for item in items if item), key=lambda item: item.first)

    @property
    def now(self) -> Mapping[int, State]:
        """How the events stand in the end, by id; those of which nothing may be told apart."""
        return {item.event_id: item.now for item in self._items()}

    @property
    def was(self) -> Mapping[int, State]:
        """How the events stood before, by the announcement with which a change begins."""
        return {item.first: item.was for item in self._items() if item.was is not None}

    @property
    def event_of(self) -> Mapping[int, int]:
        """The event of which each announcement tells."""
        return {first: pk for pk, rows in self.starts.items() for first, _item in rows}

    def _items(self) -> Iterable[Item]:
        return (item for rows in self.starts.values() for _first, item in rows if item)


def _item(first: Announcement, last: Announcement) -> Item | None:
    change = change_of(first.was, last.now)
    if change is None:
        return None
    kind, what = change
    return Item(
        event_id=first.event_id,
        kind=str(kind.value),
        what=tuple(what),
        was=first.was,
        now=last.now,
        first=first.pk,
        last=last.pk,
        at=last.at,
    )
