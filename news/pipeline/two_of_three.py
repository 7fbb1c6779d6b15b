"""Talks of two on record beside talks of three on one day: which of them a passage tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.mentions import days_of
from news.pipeline.merge import Group
from news.pipeline.retold import Retold, span_of
from news.pipeline.telling import Telling

# The kind of the talks of three beside those of two of a kind.
_WITH_A_THIRD = {"summit": "trilateral_summit", "ministerial": "ministerial"}
_OF_TWO = re.compile(
    r"\b(?:the two|two-way|one-on-one|their own|themselves|alone|pair|duo|couple|twosome|each other"
    r"|one another|face[- ]to[- ]face|both (?:Asian|guests|visitors|neighbou?rs))\b",
    re.IGNORECASE,
)


def is_of_the_three(
    told: Retold, others: Sequence[Retold], groups: Sequence[Group], telling: Telling
) -> bool:
    """Whether words taken for talks of two are only of the three who met on that day.

    "The host told reporters" is said of both. Talks of two are told where the rules have read
    them, or where a sentence names both, or says that it is of two.
    """
    event = told.event
    if event.kind not in _WITH_A_THIRD or set(event.countries) - PAIR:
        return False
    # "The meeting was held on the margins of the G7" may be of either; who names a day means one.
    is_loose = event.kind == "ministerial" and told.mention and days_of(told.mention) is None
    if told.mention is not None and not is_loose:
        return False
    if any(_is_of_two(g, event.kind) and g.days.overlaps(span_of(event)) for g in groups):
        return False
    named = {s.person.country for s in told.of("person") if s.name == "person" and s.person}
    text = told.core.sentence.text
    is_of_two = telling.words.accounts["two"].search(text) or _OF_TWO.search(text)
    if is_of_two or (named >= PAIR and not (is_loose and told.core.scene.acting() - PAIR)):
        return False
    return any(
        other.event.kind == _WITH_A_THIRD[event.kind]
        and set(other.event.countries) - PAIR
        and span_of(other.event).overlaps(span_of(event))
        and set(event.people) <= set(other.event.people)
        for other in others
    )


def _is_of_two(group: Group, kind: str) -> bool:
    """Whether the rules have read talks of a kind without a third country."""
    by = group.dated_by or group.mentions[0]
    return group.kind == kind and not by.countries - PAIR
