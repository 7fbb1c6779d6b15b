"""Meals, walks and tours of leaders the day before or after their talks: no event beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from news.pipeline.dates import Days
from news.pipeline.mentions import Mention, days_of

if TYPE_CHECKING:
    from news.pipeline.merge import Group

_BESIDE = re.compile(
    r"만찬|오찬|조찬|식사|(?:아침|점심|저녁)[을를]|산책|거닐|걸었|함께\s?걸|둘러[보봤]|관람|나란히"
    r"|夕食|昼食|朝食|晩餐|食事|散策|散歩|見学|鑑賞"
    r"|\b(?:din(?:e[sd]?|ing|ner)|lunch\w*|breakfast|supper|strol\w+|walk\w*|tour(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_TALKS = 3  # what words weigh that say that talks were held
_LEADERS = ("summit", "trilateral_summit")
_NEXT_DAY = 1


def is_at_leisure(mentions: Iterable[Mention]) -> bool:
    """Whether all that is told of leaders with its day is what they did beside their talks."""
    return all(
        m.weight < _TALKS and bool(_BESIDE.search(m.spoken.sentence.text[m.start : m.end + 4]))
        for m in mentions
        if days_of(m) is not None
    )


def is_of_talks(mention: Mention) -> bool:
    """Whether words say by themselves that leaders held talks."""
    return mention.kind in _LEADERS and mention.weight >= _TALKS and not mention.reason


def with_what_is_beside(groups: list[Group]) -> list[Group]:
    """Groups, a dinner on the eve and a walk on the day after put with the talks."""
    kept: list[Group] = []
    for group in groups:
        talks = next((g for g in groups if g is not group and _is_beside(group, g)), None)
        if talks is None:
            kept.append(group)
            continue
        if group.days.first > talks.days.last:
            talks.days = Days(talks.days.first, group.days.last, "RANGE")
        talks.mentions += group.mentions
    return kept


def _is_beside(leisure: Group, talks: Group) -> bool:
    is_near = abs((leisure.days.first - talks.days.first).days) == _NEXT_DAY
    is_like = leisure.kind == talks.kind and leisure.kind in _LEADERS
    if not is_near or not is_like or leisure.segment != talks.segment or leisure.headline:
        return False
    countries = {c for m in leisure.mentions for c in m.countries}
    return (
        is_at_leisure(leisure.mentions)
        and any(is_of_talks(m) for m in talks.mentions)
        and countries == {c for m in talks.mentions for c in m.countries}
    )
