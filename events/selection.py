"""The events that the reader's choices pick, as bitmaps: under all choices, or without some."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_
from typing import Any

from events.bitmaps import Bitmaps
from events.periods import Period

# What a key of the query string asks a person's events for.
_FACET = {"with": "leader"}


class Selection:
    """The valid choices as sets of events, by key; a key without a choice is not there."""

    def __init__(
        self,
        bitmaps: Bitmaps,
        chosen: Mapping[str, Any],
        *,
        stored: Callable[[str, str], str | int],
        found: Callable[[str], int],
    ) -> None:
        """`chosen` are cleaned values by key.

        `stored` tells how the record writes a value of a key, and `found` the set of the events
        that have the words of a search.
        """
        self.bitmaps = bitmaps
        self._stored = stored
        self._found = found
        self._sets = {name: self._set(name, value) for name, value in chosen.items() if value}

    def _set(self, name: str, value: Any) -> int:
        if name == "q":
            return self._found(value)
        if isinstance(value, Period):
            if name == "from":
                return self.bitmaps.not_over_before(value.first.toordinal(), value.first.year)
            return self.bitmaps.begun_by(value.last.toordinal(), value.last.year)
        values = [value] if isinstance(value, str) else value
        return self.bitmaps.having(
            _FACET.get(name, name), [self._stored(name, one) for one in values]
        )

    def but(self, *names: str) -> int:
        """The events under every filter except those of these names."""
        kept = (events for name, events in self._sets.items() if name not in names)
        return reduce(and_, kept, self.bitmaps.everything)

    def without(self, name: str, left: list[str]) -> int:
        """The events with only the values `left` of one key, beside the other filters.

        With the last `leader` goes `with`, which asks for a second participant beside a first.
        """
        if not left:
            return self.but(name, "with") if name == "leader" else self.but(name)
        return self.but(name) & self._set(name, left)
