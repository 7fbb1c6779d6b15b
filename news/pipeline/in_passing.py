"""What an article tells only in passing: on the way to its news, or days after it was news."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.mentions import MEETINGS
from news.pipeline.merge import Group
from news.pipeline.other_days import is_of_the_day
from news.pipeline.second import SECOND_PAST_DAYS
from news.pipeline.sides import POLICIES
from news.pipeline.telling import Telling

_WEEK = 7  # days after which one later sentence makes no news of talks


def opens_abroad(telling: Telling) -> bool:
    """Whether an article opens with a third country and without one of the two.

    What it tells of the two is then told in passing.
    """
    opening = [s for s in telling.spoken if s.sentence.rank == 0 and s.sentence.role == "body"]
    opening += [telling.title] if telling.title else []
    acting = {country for s in opening for country in s.scene.acting()}
    return bool(acting - PAIR) and not acting >= PAIR


_STEP = re.compile(
    r"\bhad (?!(?:talks|dinner|lunch|(?-i:[A-Z])|an? |the |his |her |their ))"
    r"|, (?:who|after|fresh from)\b|\bafter\b|마친|끝낸|앞서|다녀온|거쳐|뒤\s"
    r"|先立|終え|経て|している|後、",
    re.IGNORECASE,
)


def is_told_in_passing(group: Group, telling: Telling) -> bool:
    """Whether something past is only a step on the way to what an article about others tells."""
    if group.headline or telling.anchor is None or group.days.first > telling.anchor:
        return False
    told = {m.spoken.sentence.index for m in group.mentions if not m.is_inherited}
    if len(told) > 2:
        return False  # gone into: the page has two stories
    if all(m.is_attribute for m in group.mentions):
        return True
    first = min(group.mentions, key=lambda m: m.spoken.sentence.rank).spoken.sentence
    return first.rank > 0 and bool(_STEP.search(first.text))


def is_mentioned_once(group: Group, telling: Telling) -> bool:
    """Whether one sentence, not among the first, looks back on a meeting some days old."""
    told = {m.spoken.sentence.rank for m in group.mentions}
    before = [s for s in telling.spoken if s.sentence.rank < min(told)]
    age = (telling.anchor - group.days.last).days if telling.anchor else 0
    is_named = _is_named_by_day(group) or age > _WEEK
    # "Travellers … since the talks of the 7th": no news of talks two days before.
    lately = 1 if is_named and telling.lang != "en" else SECOND_PAST_DAYS
    return (
        (is_named or any(s.scene.acting() & PAIR and not s.scene.acting() >= PAIR for s in before))
        and group.kind in MEETINGS
        and not group.headline
        and len(told) == 1
        and min(told) >= (1 if is_named else 2)
        and age > lately
    )


# "The two, who spoke by phone on Thursday, are expected to agree": who will meet now.
_WHO = re.compile(r", (?:both of whom|who|whose (?:last|first))\b[^,;.]{0,40}$")
_WILL = re.compile(r"[^,;.]{0,60}, (?:(?:both|also|now) )?(?:are|is|will|plan|hope|intend|want)\b")


def without_met_before(groups: tuple[Group, ...], telling: Telling) -> tuple[Group, ...]:
    """Leave out what is only told of those who are about to meet: that they had met or spoken."""
    main = groups[0] if groups else None
    return tuple(g for g in groups if main is None or g is main or not _is_before(g, main, telling))


def _is_before(group: Group, main: Group, telling: Telling) -> bool:
    if telling.lang != "en" or group.kind not in MEETINGS or group.headline:
        return False
    is_ahead = telling.anchor is not None and main.days.last >= telling.anchor > group.days.last
    return is_ahead and all(
        _WHO.search(m.spoken.sentence.text[: m.start])
        and _WILL.match(m.spoken.sentence.text, m.end)
        for m in group.mentions
    )


_OPENING = 3  # body sentences that may still say what an article is about


def is_old_act(group: Group, telling: Telling) -> bool:
    """Whether one sentence, below the opening, names an act that is more than a week old."""
    age = (telling.anchor - group.days.last).days if telling.anchor else 0
    told = {m.spoken.sentence.rank for m in group.mentions}
    is_act = group.kind in POLICIES and not group.headline
    return is_act and age > _WEEK and len(told) == 1 and min(told) >= _OPENING


def _is_named_by_day(group: Group) -> bool:
    """Whether talks are only named by their day: "3月16日の日韓首脳会談"."""
    by = group.dated_by
    if by is None or by.timed is None:
        return False
    return is_of_the_day(by.spoken.sentence.text, by.timed.phrase.end, by.start)


def is_only_named(group: Group, telling: Telling) -> bool:
    """Whether words of Korean or Japanese only say which older event somebody now speaks of.

    "The opposition condemned the talks that the two held in Tokyo on the 16th."
    """
    return (
        telling.lang != "en"
        and not group.headline
        and all(m.is_attribute for m in group.mentions)
        and telling.anchor is not None
        and (telling.anchor - group.days.last).days > SECOND_PAST_DAYS
    )
