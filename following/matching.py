"""Which events the filters of many followers pick: in memory, by the timeline's own rules.

The states of a few hundred events become small bitmaps, and every query string picks of them as
the timeline would. Nothing is asked of the database but the words of searches: those of all
followers at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from events import search
from events.bitmaps import Bitmaps, Row, mask_of, numbers_of
from events.periods import parse_period
from events.selection import Selection
from following.models import Announcement
from following.states import State, stands

_LISTS = ("country", "kind", "topic", "where", "leader", "status")
_WORDS = ("q", "with")
_PERIODS = ("from", "to")
# What the record writes in upper case, and addresses in lower.
_IN_CAPITALS = ("kind", "status")

Found = Mapping[str, AbstractSet[int]]
"""The events that the words of each search find, by id."""


def matching(
    queries: Collection[str], states: Mapping[int, State], *, found: Found | None = None
) -> dict[str, set[int]]:
    """For each query string the events whose state it picks, by id.

    `queries` are in their one spelling (following/queries.py). A state that does not stand is
    picked by none, as the timeline does not show it. A value that the record does not know picks
    nothing: a filter must not grow wider because a name is gone. Searches ask for the words as
    they are indexed now; that costs two queries, unless `found` tells what `words_found` did.
    """
    if found is None:
        found = words_found(queries, states)
    keys = [pk for pk, state in states.items() if stands(state)]
    numbers = {pk: number for number, pk in enumerate(keys)}
    bitmaps = Bitmaps.of(_row(number, states[pk]) for pk, number in numbers.items())

    def mask_of_words(words: str) -> int:
        picked = (numbers[pk] for pk in found.get(words, ()) if pk in numbers)
        return mask_of(picked, len(keys))

    def picked_by(query: str) -> set[int]:
        chosen = _choices(query)
        if chosen is None:
            return set()
        mask = Selection(bitmaps, chosen, stored=_stored, found=mask_of_words).but()
        return {keys[number] for number in numbers_of(mask)}

    return {query: picked_by(query) for query in queries}


def words_found(queries: Collection[str], ids: Collection[int]) -> Found:
    """What the searches among these query strings find among the events with these ids.

    Two queries, however many searches; none where there is no search.
    """
    words = {chosen["q"] for query in queries if (chosen := _choices(query)) and "q" in chosen}
    return search.found_among(ids, words) if words and ids else {}


@dataclass(frozen=True, slots=True)
class Picks:
    """Which announcements each filter picks, by the event as it stands after and before."""

    now: Mapping[str, set[int]]
    was: Mapping[str, set[int]]

    @classmethod
    def of(cls, queries: Collection[str], announcements: Sequence[Announcement]) -> Picks:
        """Costs two queries where there are searches."""
        words = words_found(queries, {one.event_id for one in announcements})
        found = {
            text: {one.pk for one in announcements if one.event_id in ids}
            for text, ids in words.items()
        }
        now = {one.pk: one.now for one in announcements}
        was = {one.pk: one.was for one in announcements if one.was is not None}
        return cls(matching(queries, now, found=found), matching(queries, was, found=found))

    def tells(self, query: str, announcement: int) -> bool:
        """Whether who follows the filter is told, also for the last time."""
        return announcement in self.now[query] or announcement in self.was[query]


def _choices(query: str) -> dict[str, Any] | None:
    """The choices of a query string as the timeline cleans them; None if it cannot be read."""
    chosen: dict[str, Any] = {}
    for name, value in parse_qsl(query):
        if name in _LISTS:
            chosen.setdefault(name, []).append(value)
        elif name in _WORDS:
            chosen[name] = value
        elif name in _PERIODS:
            try:
                chosen[name] = parse_period(value)
            except ValueError:
                return None
    return chosen


def _stored(name: str, value: str) -> str:
    return value.upper() if name in _IN_CAPITALS else value


def _row(number: int, state: State) -> Row:
    starts_on = date.fromisoformat(state["starts_on"])
    last_on = date.fromisoformat(state["last_possible_on"])
    values = [
        ("kind", state["kind"]),
        ("status", state["status"]),
        ("begins", starts_on.year),
        ("ends", last_on.year),
        *(("country", code) for code in state["countries"]),
        *(("where", code) for code in {country for country, _city in state["places"]}),
        *(("topic", slug) for slug in state["topics"]),
        *(("leader", slug) for slug in state["participants"]),
    ]
    first, last = starts_on.toordinal(), last_on.toordinal()
    # Nobody asks for an order here.
    return Row(number, first, last, last, 0, tuple(values))
