"""Where two readings of one article agree: the rules' and a language model's.

Pure: values in, values out. Nothing is merged; an editor sees both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from news.likeness import Telling, how_like, kindred


class Agreement(StrEnum):
    """What the other reading says of one field."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = "silent"
    """The other does not say it."""
    ALONE = "alone"
    """Only the other says it."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one reading tells it; `sentences` are where those begin that tell its kind."""

    telling: Telling
    sentences: frozenset[int] = frozenset()


def counterpart(one: Told, others: Sequence[Told]) -> int | None:
    """The place among `others` of the same event; None if it is not there.

    It is the one most like it, else one of a kindred kind that is told by the same sentence: then
    the readings differ in the day or in who took part.
    """
    alike = [
        (likeness.score, -place)
        for place, other in enumerate(others)
        if (likeness := how_like(one.telling, other.telling)) is not None
    ]
    if alike:
        return -max(alike)[1]
    for place, other in enumerate(others):
        if kindred(one.telling.kind, other.telling.kind) and one.sentences & other.sentences:
            return place
    return None


def unmatched(these: Iterable[Told], others: Sequence[Told]) -> list[int]:
    """The places of those that the other reading does not tell."""
    return [place for place, one in enumerate(these) if counterpart(one, others) is None]


def compare(mine: Telling, other: Telling) -> dict[str, Agreement]:
    """What the other reading says of each field; what neither tells is left out."""
    pairs: dict[str, tuple[object, object]] = {
        "kind": (mine.kind, other.kind),
        "date": (mine.days, other.days),
        "status": (mine.status, other.status),
        "people": (mine.people, other.people),
        "countries": (mine.actors, other.actors),
        "city": (mine.cities, other.cities),
        "occasion": (mine.occasion, other.occasion),
        "channel": (mine.channel, other.channel),
        "minutes": (mine.minutes, other.minutes),
        "topics": (mine.topics, other.topics),
    }
    return {name: _of(one, two) for name, (one, two) in pairs.items() if one or two}


def _of(mine: object, other: object) -> Agreement:
    if mine == other:
        return Agreement.AGREES
    if not other:
        return Agreement.SILENT
    return Agreement.DIFFERS if mine else Agreement.ALONE
