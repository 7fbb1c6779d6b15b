"""How fast a server is asked for the pages of a source's articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from news.clock import Clock

# What robots.txt and a page may take: a worker that dies keeps the next one from asking so long.
_ASKING = timedelta(seconds=40)


class Cache(Protocol):
    """The part of Django's cache that is needed here."""

    def add(self, key: str, value: str, timeout: float) -> bool: ...
    def touch(self, key: str, timeout: float) -> bool: ...


@dataclass(slots=True)
class Pace:
    """One worker at a time asks for the pages of a source, with a pause after each, until an end.

    Whose turn it is stands in the cache, since nothing but manners depends on it: while that is
    down, or empty, two may ask. Without a pause there are no turns.
    """

    name: str
    pause: timedelta
    ends_at: datetime
    clock: Clock
    wait: Callable[[float], None]
    cache: Cache
    _free_at: datetime | None = None

    def is_our_turn(self) -> bool:
        """Whether no other worker asks for pages now; then it is ours until `leave`."""
        held = (self.pause + _ASKING).total_seconds()
        return not self.pause or self.cache.add(self.name, "", held)

    def await_page(self) -> bool:
        """Wait until the server may be asked again; False if it may not before the end."""
        now = self.clock()
        left = max((self._free_at or now) - now, timedelta(0))
        if now + left >= self.ends_at:
            return False
        if left:
            self.wait(left.total_seconds())
        return True

    def was_asked(self) -> None:
        """Begin the pause after a page."""
        self._free_at = self.clock() + self.pause
        self._hold(self.pause + _ASKING)

    def leave(self) -> None:
        """Let another worker ask, after the pause."""
        self._hold(self.pause)

    def _hold(self, for_: timedelta) -> None:
        if self.pause:
            self.cache.touch(self.name, for_.total_seconds())
