"""Quarrels beside talks: only brought up there (Korean, Japanese), or told of besides."""

from __future__ import annotations

import re

from news.pipeline.mentions import MEETINGS
from news.pipeline.merge import Group
from news.pipeline.telling import Telling

# Who is summoned is no party to talks: "초치", "대사를 불러 항의".
_SUMMONED = re.compile(
    r"초치|불러(?:들여)?\s|불렀|대사관|(?:총괄|정무)공사|大使|公使|呼[びん]|招致|論評"
)
# Leaders in Korean may act on a quarrel on the day they meet.
_TALKS = {"ko": ("ministerial",), "ja": ("ministerial", "summit", "call")}

_TOLD = ("clause", "sentence", "reporting")


def is_raised_at(quarrel: Group, talks: Group, telling: Telling) -> bool:
    """Whether those who hold talks only bring a quarrel up there, in Korean or Japanese.

    It has no day of its own, is told of after them, and nobody else acts in it.
    """
    if telling.lang == "en" or quarrel.kind != "dispute" or talks.kind not in _TALKS[telling.lang]:
        return False
    held = [m for m in talks.mentions if m.kind in MEETINGS and m.weight > 1]
    if not held or not quarrel.days.overlaps(talks.days):
        return False
    people = {p.slug for m in quarrel.mentions for p in m.people}
    if people and not people <= {p.slug for m in talks.mentions for p in m.people}:
        return False
    first = min(held, key=lambda m: (m.spoken.sentence.rank, m.start))
    return not any(_SUMMONED.search(m.spoken.sentence.text) for m in quarrel.mentions) and all(
        (m.spoken is first.spoken and m.start > first.start)
        or (m.date_source == "" and m.spoken.sentence.rank > first.spoken.sentence.rank)
        for m in quarrel.mentions
    )


def is_quarrel_of_now(group: Group, main: Group, telling: Telling) -> bool:
    """Whether a story of talks to come goes into a protest or the like of the day before, or opens
    with what was decided that day."""
    anchor = telling.anchor
    if anchor is None or main.days.first <= anchor or group.source not in _TOLD:
        return False
    told = {m.spoken.sentence for m in group.mentions if m.weight > 1 and not m.is_attribute}
    is_opening = group.kind == "agreement" and any(sentence.rank == 0 for sentence in told)
    is_gone_into = group.kind == "dispute" and len(told) > 1
    return (is_opening or is_gone_into) and 0 <= (anchor - group.days.last).days <= 1
