"""Which events of the record an article tells as its news, and what that makes of its events.

What the record holds is never taken over by itself: every field needs words of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from news.pipeline.actors import PAIR
from news.pipeline.choose import opens_abroad
from news.pipeline.dates import Days
from news.pipeline.known_events import IndexedEvent
from news.pipeline.lexicon import known_words
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.people import IndexedKnowledge
from news.pipeline.retold import (
    KINDRED,
    Retold,
    body_of,
    is_of_its_sides,
    passages,
    readings,
    span_of,
)
from news.pipeline.second import SECOND_PAST_DAYS, is_signing
from news.pipeline.sides import POLICIES
from news.pipeline.telling import Telling
from news.pipeline.timing import tense_at
from news.pipeline.values import KnownEvent

ENOUGH = 5.0  # what the supports of a passage must sum up to
_OPENING = 1  # sentences after the first that may take up something older
_ABSORBED = timedelta(days=2)
_DAY = timedelta(days=1)


@dataclass
class RetoldGroup(Group):
    """The tellings of an event that the record knows, with the passage that tells it best."""

    retold: Retold | None = None

    @property
    def kind(self) -> str:
        return self.retold.event.kind if self.retold else super().kind


def with_retold(
    groups: Sequence[Group], telling: Telling, index: IndexedKnowledge
) -> tuple[Group, ...]:
    """The events of an article, those of the record that it retells put right or added."""
    near = index.events.near(telling.anchor)
    if not near:
        return tuple(groups)
    told = find_retold(near, groups, telling)
    made: list[Group] = []
    left = list(groups)
    for retold in told:
        home = next((g for g in left if is_it(g, retold, telling)), None)
        if home is not None:
            left.remove(home)
        made.append(_group(retold, home, telling))
        left = [g for g in left if not _is_misread(g, retold, telling)]
    return _in_order(groups, made, left)


def find_retold(
    near: Sequence[IndexedEvent], groups: Sequence[Group], telling: Telling
) -> list[Retold]:
    """What an article tells of events of the record as its news, the best told first."""
    if opens_abroad(telling):
        return []
    body = body_of(telling)
    story = [g.days for g in groups]
    first = _accepted(near, telling, story)
    more = [span_of(told.event) for told in first]
    return _accepted(near, telling, [*story, *more]) if more else first


def _accepted(
    near: Sequence[IndexedEvent], telling: Telling, story: Sequence[Days]
) -> list[Retold]:
    body = body_of(telling)
    found: list[Retold] = []
    for known in near:
        found += [p for p in passages(known, telling, body, story) if suffices(p, telling)]
    found.sort(key=lambda p: (-p.score, p.core.sentence.index, p.event.slug))
    kept: list[Retold] = []
    for passage in found:
        if any(passage.event is other.event for other in kept):
            continue
        if not any(_is_said_of(passage, other, telling) for other in kept):
            kept.append(passage)
    return kept


def suffices(told: Retold, telling: Telling) -> bool:
    """Whether a passage tells its event well enough, as news, and of the right sides."""
    event, rank = told.event, told.core.sentence.rank
    if told.score < ENOUGH or not told.of("day") or telling.anchor is None:
        return False
    age = (telling.anchor - event.ends_on).days
    if age > SECOND_PAST_DAYS and rank > _OPENING:
        return False
    if not told.is_strict_day and not any(s.name == "day story" for s in told.supports):
        return False
    return is_of_its_sides(told)


def _is_said_of(told: Retold, other: Retold, telling: Telling) -> bool:
    """Whether the words of a passage are already taken for another event, or part of it."""
    mine, theirs = told.event, other.event
    is_near = span_of(mine).first - _DAY <= theirs.ends_on and (
        theirs.starts_on <= mine.ends_on + _DAY
    )
    if not is_near:
        return False
    is_talk, is_theirs = mine.kind in MEETINGS, theirs.kind in MEETINGS
    if is_talk == is_theirs and told.core is other.core and not _have_own_words(told, other):
        return True
    shared = set(mine.people) & set(theirs.people)
    if {mine.kind, theirs.kind} == {"visit", "summit"} and shared:
        return True
    if mine.kind == theirs.kind == "dispute":
        return True
    if mine.kind in ("agreement", "statement") and is_theirs and shared:
        return told.mention is None or not is_signing(told.mention, telling)
    return False


def _have_own_words(told: Retold, other: Retold) -> bool:
    one, two = told.mention, other.mention
    return one is not None and two is not None and one is not two and one.kind != two.kind


def is_it(group: Group, told: Retold, telling: Telling) -> bool:
    """Whether the rules have read an event of the record, on its day or one that may mean it."""
    event = told.event
    if group.kind not in KINDRED[event.kind] and event.kind not in KINDRED[group.kind]:
        return False
    people = {p.slug for m in group.mentions for p in m.people}
    if people and event.people and not people & set(event.people):
        return False
    thirds = {c for m in group.mentions for c in m.countries} - PAIR
    if event.kind == "ministerial" and bool(thirds) != bool(set(event.countries) - PAIR):
        return False
    span = span_of(event)
    if group.days.overlaps(span):
        return True
    return group.timed is not None and any(
        d.overlaps(span) for d in readings(group.timed, telling)
    )


def _is_misread(group: Group, told: Retold, telling: Telling) -> bool:
    """Whether a group is of the same event by the day on which it was told of."""
    event = told.event
    people = {p.slug for m in group.mentions for p in m.people}
    gap = max(group.days.first - event.ends_on, event.starts_on - group.days.last)
    return (
        group.source not in ("clause", "sentence")
        and told.is_strict_day
        and (group.kind in KINDRED[event.kind] or event.kind in KINDRED[group.kind])
        and gap <= _ABSORBED
        and (not people or not event.people or bool(people & set(event.people)))
    )


def _group(told: Retold, home: Group | None, telling: Telling) -> RetoldGroup:
    """The group of an event that is retold: what the rules put together, or the passage."""
    days = _days(told, telling)
    if home is not None:
        is_right = home.days.overlaps(span_of(told.event))
        return RetoldGroup(
            home.days if is_right else days,
            home.timed,
            home.dated_by,
            home.source,
            home.mentions,
            home.headline,
            told,
        )
    mention = _mention(told, days, telling)
    others = [
        m
        for m in telling.mentions
        if m.spoken in (told.core, *told.around)
        and m.kind in KINDRED[told.event.kind]
        and not m.reason
        and m is not told.mention
        and m.countries >= PAIR
        and (m.timed is None or m.timed.days is None or m.timed.days.overlaps(days))
    ]
    return RetoldGroup(days, mention.timed, mention, "clause", [mention, *others], [], told)


def _days(told: Retold, telling: Telling) -> Days:
    """The days in the words of the text: the last one only where something names it."""
    event, span = told.event, span_of(told.event)
    if span.first == span.last:
        return span
    named = [
        d
        for s in body_of(telling)
        for t in s.dates
        for d in readings(t, telling)
        if d.overlaps(span)
    ]
    is_first = any(d.first <= event.starts_on <= d.last for d in named)
    is_last = any(d.first <= event.ends_on <= d.last for d in named)
    first = event.starts_on if is_first or not named else min(d.first for d in named)
    last = event.ends_on if is_last else max(first, event.starts_on)
    return Days(first, last, "RANGE" if last > first else "DAY")


def _mention(told: Retold, days: Days, telling: Telling) -> Mention:
    """What the passage says, as the rules would have told it."""
    event, core = told.event, told.core
    words = next((s for s in told.supports if s.name in ("trigger", "kind", "mark")), None)
    start, end = words.span if words else (0, len(core.sentence.text))
    text = core.sentence.text
    clause = next(((a, b) for a, b in core.clauses if a <= start < b), (0, len(text)))
    day = next(s for s in told.supports if s.timed is not None)
    timed = replace(day.timed, days=days) if day.timed else None
    level = "minister" if event.kind == "ministerial" else "leader"
    base = told.mention
    return Mention(
        spoken=core,
        kind=event.kind,
        start=start,
        end=end,
        weight=max(base.weight if base else 1, 1),
        level=level if event.kind in MEETINGS else "",
        channel=base.channel if base else "",
        tense=base.tense if base else tense_at(text, clause, start, telling.words),
        people=tuple(s.person for s in told.of("person") if s.person is not None),
        countries=frozenset(event.countries) | PAIR,
        is_inherited=False,
        timed=timed,
        date_source="clause",
        is_attribute=False,
        gathering=base.gathering if base else None,
        is_three=bool(set(event.countries) - PAIR),
        reason="",
    )


def _in_order(
    groups: Sequence[Group], made: Iterable[Group], left: Iterable[Group]
) -> tuple[Group, ...]:
    """The main event first: the rules' own, unless one that they missed is told before it."""

    def begins(group: Group) -> int:
        return min(m.spoken.sentence.rank for m in group.mentions)

    everything = [*made, *left]
    if not everything:
        return ()
    mains = [g for g in everything if groups and g.mentions is groups[0].mentions]
    main = mains[0] if mains else min(everything, key=lambda g: (begins(g), -g.score()))
    earlier = [g for g in everything if begins(g) < begins(main)]
    first = min(earlier, key=lambda g: (begins(g), -g.score())) if earlier else main
    return (first, *(g for g in everything if g is not first))


def known_days(event: KnownEvent) -> Days:
    return span_of(event)


_ = known_words
