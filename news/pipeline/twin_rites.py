"""Two receptions on one day, at which each leader is the other side's guest: two events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from news.pipeline.actors import PAIR

if TYPE_CHECKING:
    from news.pipeline.mentions import Mention
    from news.pipeline.merge import Group
    from news.pipeline.people import NameMention

_EACH_OTHERS = re.compile(
    r"\b(?:each other's|one another's|the other(?:'s| (?:side|country|nation|government|capital)'s)"
    r"|(?:twin|parallel|mirror|matching) (?:[\w-]+ ){0,2}(?:receptions|parties|celebrations))\b",
    re.IGNORECASE,
)
_RECEPTION = re.compile(r"\b(?:receptions?|part(?:y|ies)|guests?|embass(?:y|ies))\b", re.IGNORECASE)
_HOSTED = re.compile(r"\b(?:embass(?:y|ies)|missions?|ambassadors?)\b", re.IGNORECASE)


def apart(groups: Sequence[Group], lang: str) -> list[Group]:
    """English receptions at which each leader was told of as a guest, one group for each."""
    if lang != "en":
        return list(groups)
    kept: list[Group] = []
    for group in groups:
        kept += _halves(group) if group.kind == "anniversary" else [group]
    return kept


def _halves(group: Group) -> list[Group]:
    rites = [m for m in group.mentions if m.kind == "anniversary"]
    leaders = {p.country: p for m in rites for p in m.people if p.level == "leader"}
    if set(leaders) != PAIR:
        return [group]
    guests = [(m, guest) for m in rites if (guest := _guest(m)) is not None]
    if {guest.country for _, guest in guests} >= PAIR:
        return [_half(group, guests, leaders[side]) for side in sorted(PAIR)]
    if any(_is_of_each(m) for m in rites):
        both = [(m, person) for m in rites for person in leaders.values()]
        return [_half(group, both, leaders[side]) for side in sorted(PAIR)]
    return [group]


def _is_of_each(mention: Mention) -> bool:
    text = mention.spoken.sentence.text
    return bool(_EACH_OTHERS.search(text) and _HOSTED.search(text) and _RECEPTION.search(text))


def _guest(mention: Mention) -> NameMention | None:
    """The leader named last before a reception of the other side's embassy."""
    text = mention.spoken.sentence.text
    if not _HOSTED.search(text[mention.start : mention.end + 40]):
        return None
    before = [p for p in mention.people if p.level == "leader" and p.start < mention.start]
    return before[-1] if before else None


def _half(group: Group, told: Sequence[tuple[Mention, NameMention]], guest: NameMention) -> Group:
    mentions = [
        replace(m, people=(guest,)) for m, person in told if person.country == guest.country
    ]
    return replace(group, mentions=mentions, dated_by=group.dated_by, headline=[])
