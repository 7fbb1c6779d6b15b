"""Talks of two on record beside talks of three on one day: which of them a passage tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.goes_on import is_of_three
from news.pipeline.merge import Group
from news.pipeline.retold import Retold, span_of
from news.pipeline.telling import Telling

_OF_TWO = re.compile(
    r"\b(?:the two|two-way|one-on-one|their own|themselves|alone|pair|duo|couple|twosome|each other"
    r"|one another|face[- ]to[- ]face|both (?:Asian|guests|visitors|neighbou?rs))\b",
    re.IGNORECASE,
)
# Talks of two, and what three of that rank hold.
_AT_THREE = {"summit": "trilateral_summit", "ministerial": "ministerial"}


def is_of_the_three(
    told: Retold, others: Sequence[Retold], groups: Sequence[Group], telling: Telling
) -> bool:
    """Whether words taken for talks of two are only of the three who met on that day.

    "The host told reporters" is said of both. Talks of two are told where the rules have read
    them, or where a sentence names both, or says that it is of two.
    """
    event = told.event
    if event.kind not in _AT_THREE or set(event.countries) - PAIR or told.mention is not None:
        return False
    if any(
        g.kind == event.kind and not is_of_three(g) and g.days.overlaps(span_of(event))
        for g in groups
    ):
        return False
    named = {s.person.country for s in told.of("person") if s.name == "person" and s.person}
    text = told.core.sentence.text
    if named >= PAIR or telling.words.accounts["two"].search(text) or _OF_TWO.search(text):
        return False
    return any(
        other.event.kind == _AT_THREE[event.kind]
        and bool(set(other.event.countries) - PAIR)
        and span_of(other.event).overlaps(span_of(event))
        and set(event.people) <= set(other.event.people)
        for other in others
    )
