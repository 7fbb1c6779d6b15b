"""The events of an article where the record knows some: put right, added, or left as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days
from news.pipeline.known_events import IndexedEvent
from news.pipeline.lexicon import known_words
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.people import IndexedKnowledge
from news.pipeline.recorded_beside import is_other_matter, lacks_somebody
from news.pipeline.recorded_days import days_told, first_day_told
from news.pipeline.retelling import find_retold, is_its_own, may_be_part
from news.pipeline.retold import KINDRED, Retold, readings, span_of
from news.pipeline.second import is_talked_over
from news.pipeline.sides import POLICIES
from news.pipeline.signings import is_signing
from news.pipeline.telling import Telling
from news.pipeline.tenses import tense_at
from news.pipeline.timing import Timed
from news.pipeline.usable import is_rite_beside
from news.pipeline.values import KnownEvent

_NEAR, _APART = timedelta(days=2), timedelta(days=3)
_DAY = timedelta(days=1)
_TALKS = ("call", "summit", "meeting", "ministerial")
_OWN_WORDS = ("trigger", "kind", "mark")  # supports in the sentence itself


@dataclass
class RetoldGroup(Group):
    """The tellings of an event that the record knows, with the passage that tells it best.

    `told_kind` is the kind that its words say.
    """

    retold: Retold | None = None
    told_kind: str = ""

    @property
    def kind(self) -> str:
        return self.told_kind or super().kind


def with_retold(
    groups: Sequence[Group], telling: Telling, index: IndexedKnowledge
) -> tuple[Group, ...]:
    """The events of an article, those of the record that it retells put right or added.

    The main one comes first: that of the rules, unless what they missed is told before it.
    """
    near = index.events.near(telling.anchor)
    if not near:
        return tuple(groups)
    told = _without_matters(find_retold(near, groups, telling), groups, telling)
    made: list[Group] = []
    left = list(groups)
    for retold in told:
        homes = [g for g in left if _is_it(g, retold, telling, near)]
        if not homes and any(_contradicts(g, retold.event, near) for g in groups):
            continue
        left = [g for g in left if g not in homes and not _is_misread(g, retold, telling)]
        is_said = any(s.name in _OWN_WORDS for s in retold.supports)
        is_part = any(_is_part_of(retold, g, near, telling) for g in (*left, *made))
        if homes or (is_said and not is_part):
            made.append(_group(retold, homes, telling))
    return _in_order(groups, made, left)


def _without_matters(
    told: Sequence[Retold], groups: Sequence[Group], telling: Telling
) -> list[Retold]:
    """Leave out quarrels on record that those whom an article is about only talk over.

    Also the day on which a measure that is announced in the same sentence takes effect.
    """
    talks = [(g.kind, g.days) for g in groups[:1]]
    if not talks:
        talks = [(t.event.kind, span_of(t.event)) for t in told[:1]]
    return [
        t
        for t in told
        if not any(_is_announced(t, other, telling) for other in told)
        and not any(lacks_somebody(t, other, telling) for other in told)
        and not any(_is_read_otherwise(t, g) for g in groups)
        and (
            t.core.sentence.rank == 0
            or not any(
                is_talked_over((t.event.kind, span_of(t.event)), main, telling.anchor)
                for main in talks
            )
        )
    ]


def _is_announced(told: Retold, other: Retold, telling: Telling) -> bool:
    """Whether a measure to come is announced in the sentence that tells of it, and that is done."""
    if not told.event.kind == other.event.kind == "dispute" or telling.anchor is None:
        return False
    is_to_come = other.event.ends_on <= telling.anchor < told.event.starts_on
    return is_to_come and told.core is other.core


def _is_read_otherwise(told: Retold, group: Group) -> bool:
    """Whether the rules have read a settlement where the record has a quarrel, or the reverse.

    "Seoul suspends the end of the pact": one act, which the words of the article name. What is
    told after it without a day of its own is no second act.
    """
    kinds = {told.event.kind, group.kind}
    if kinds != {"agreement", "dispute"} or not group.days.overlaps(span_of(told.event)):
        return False
    first = min(m.spoken.sentence.rank for m in group.mentions)
    is_there = any(m.spoken is told.core for m in group.mentions)
    if told.mention is None and (is_there or first == 0):
        return True
    is_dated = any(s.name == "day" for s in told.supports)
    return not is_dated and first < told.core.sentence.rank


def _people(group: Group) -> set[str]:
    return {p.slug for m in group.mentions for p in m.people}


def _is_it(group: Group, told: Retold, telling: Telling, near: Sequence[IndexedEvent]) -> bool:
    """Whether the rules have read this event of the record, if under another kind or week."""
    event, span = told.event, span_of(told.event)
    people, shared = _people(group), _people(group) & set(event.people)
    if told.mention in group.mentions and _is_day_of_journey(group, told):
        return True
    if group.segment or not _may_be(group, told, near, telling):
        return False
    if told.mention and any(is_rite_beside(told.mention, m) for m in group.mentions):
        return False  # the other side's leader, who speaks on the day
    is_read = told.mention in group.mentions and group.kind == event.kind
    is_free = event.kind in ("dispute", "agreement") or (is_read and group.days == span)
    is_free = is_free and event.kind != "anniversary"  # each leader goes to his own
    if people and event.people and not shared and not is_free:
        return False
    if event.kind == "ministerial" and _has_third(group) != bool(set(event.countries) - PAIR):
        return False
    if group.days.overlaps(span):
        return True
    if _is_of_another(group, event, near):
        return False
    if event.kind == group.kind == "dispute" and _gap(group, event) <= _DAY:
        return not is_other_matter(told, group, telling)
    # "Saturday" for the one that is to come, of what is known to have taken place on the last.
    is_done = telling.anchor is not None and event.ends_on <= telling.anchor < group.days.first
    return (
        is_done
        and group.timed is not None
        and any(d.overlaps(span) for d in readings(group.timed, telling))
    )


def _is_day_of_journey(group: Group, told: Retold) -> bool:
    """Whether the rules have dated talks by the journey to them, and their own day is told."""
    is_of_journey = group.dated_by is not None and group.dated_by.kind == "visit"
    is_own = any(s.name == "day" for s in told.supports)
    return is_of_journey and is_own and told.mention is not group.dated_by


def _contradicts(group: Group, event: KnownEvent, near: Sequence[IndexedEvent]) -> bool:
    """Whether the article tells the event on another day than the record: then the text counts.

    Not where the record has another event like it on that day.
    """
    people, span = _people(group), span_of(event)
    is_like = group.kind in KINDRED[event.kind] or event.kind in KINDRED[group.kind]
    is_clear = group.source in ("clause", "sentence")
    if not is_like or not is_clear or group.days.overlaps(span) or _gap(group, event) > _APART:
        return False
    if people and event.people and not people & set(event.people):
        return False
    if event.kind == "ministerial" and _has_third(group) != bool(set(event.countries) - PAIR):
        return False
    return not _is_of_another(group, event, near)


def _may_be(group: Group, told: Retold, near: Sequence[IndexedEvent], telling: Telling) -> bool:
    """Whether a kind may have been read for another, where the record has nothing of that one."""
    event, kind = told.event, group.kind
    if kind in KINDRED[event.kind] or event.kind in KINDRED[kind]:
        return True
    if any(one.event.kind == kind and group.days.overlaps(span_of(one.event)) for one in near):
        return False
    people = _people(group)
    if {kind, event.kind} <= set(_TALKS):
        return bool(people) and people <= set(event.people)
    if event.kind == "summit" and kind in ("agreement", "statement"):
        return bool(people) and people <= set(event.people) and not _is_treaty(group, telling)
    # Officials who meet to sign something, or who announce it, have one event.
    is_signed = event.kind == "agreement" and kind == "ministerial" and is_its_own(told, telling)
    return is_signed and (not people or people <= set(event.people))


def _is_treaty(group: Group, telling: Telling) -> bool:
    """Whether more than the declaration of a summit is signed."""
    return any(is_signing(m, telling) for m in group.mentions)


def _is_of_another(group: Group, event: KnownEvent, near: Sequence[IndexedEvent]) -> bool:
    """Whether the record has another event like it on the day that the rules have read."""
    return any(
        one.event is not event
        and (group.kind in KINDRED[one.event.kind] or one.event.kind in KINDRED[group.kind])
        and group.days.overlaps(span_of(one.event))
        for one in near
    )


def _has_third(group: Group) -> bool:
    by = group.dated_by or group.mentions[0]
    return bool(by.countries - PAIR)


def _gap(group: Group, event: KnownEvent) -> timedelta:
    return max(group.days.first - event.ends_on, event.starts_on - group.days.last)


def _is_misread(group: Group, told: Retold, telling: Telling) -> bool:
    """Whether the rules took the day of a report, or of something beside, for that of an event.

    Only where the article names the event's own day.
    """
    event, people = told.event, _people(group)
    is_apart = _gap(group, event) > _NEAR or group.days.overlaps(span_of(event))
    if is_apart or not told.names_day or (people and not people <= set(event.people)):
        return False
    if group.source not in ("clause", "sentence"):
        return group.kind in KINDRED[event.kind] or event.kind in KINDRED[group.kind]
    # "Fukuda, who took over on Wednesday, had his first conversation with Roh": a call on Friday.
    mention = group.mentions[0]
    return (
        len(group.mentions) == 1
        and {group.kind, event.kind} <= set(_TALKS)
        and mention.spoken in told.around
        and bool(people)
        and bool(known_words(telling.lang)[event.kind].search(_said(mention)))
    )


def _said(mention: Mention) -> str:
    return mention.spoken.sentence.text[mention.start : mention.end]


def _is_part_of(told: Retold, group: Group, near: Sequence[IndexedEvent], telling: Telling) -> bool:
    """Whether an act is part of what the article tells: of one episode, or of the talks."""
    event = told.event
    if event.kind == "dispute" and group.kind == "dispute":
        if _is_its_effect(told, group, telling):
            return True
        return _gap(group, event) <= _DAY and not _is_of_another(group, event, near)
    if may_be_part(event, group.kind):
        shared = not event.people or bool(_people(group) & set(event.people))
        return shared and _gap(group, event) <= timedelta(0) and not is_its_own(told, telling)
    return False


def _is_its_effect(told: Retold, group: Group, telling: Telling) -> bool:
    """Whether the sentence that announces a measure only adds from which day it is to apply."""
    anchor = telling.anchor
    if anchor is None or not group.days.first <= anchor < told.event.starts_on:
        return False
    return any(m.spoken is told.core for m in group.mentions)


def _group(told: Retold, homes: Sequence[Group], telling: Telling) -> RetoldGroup:
    """The group of an event that is retold: what the rules put together, or the passage."""
    days = days_told(told, telling)
    if homes:
        home = homes[0]
        is_to_come = telling.anchor is not None and home.days.first > telling.anchor
        is_right = home.days.overlaps(span_of(told.event))
        day = next((s for s in told.supports if s.timed is not None), None)
        timed = home.timed if is_right or day is None else day.timed
        days = home.days if is_right else days
        opening = first_day_told(told.event, days, telling)
        return RetoldGroup(
            days=replace(days, first=told.event.starts_on, grain="RANGE") if opening else days,
            timed=opening or timed,
            dated_by=home.dated_by,
            source=home.source,
            mentions=[m for g in homes for m in g.mentions],
            headline=[m for g in homes for m in g.headline],
            retold=told,
            told_kind=_kind(told, home, is_to_come=is_to_come),
        )
    mention, timed = _mention(told, days, telling)
    return RetoldGroup(
        days=days,
        timed=timed,
        dated_by=mention,
        source="record",
        mentions=[mention, *_others(told, days, telling)],
        retold=told,
        told_kind=_by_phone(told),
    )


def _by_phone(told: Retold) -> str:
    """The kind of an event of the record, a call where ministers telephoned."""
    event = told.event
    is_call = event.kind == "ministerial" and event.channel.upper() == "PHONE"
    return "call" if is_call else event.kind


def _kind(told: Retold, home: Group, *, is_to_come: bool) -> str:
    """The kind of the record, if words say it; else that which the rules have read."""
    kind = told.event.kind
    if kind == "ministerial" and home.kind == "call":
        return home.kind  # ministers who telephone
    if kind in POLICIES and home.kind in MEETINGS and is_to_come:
        return home.kind  # what talks may lead to is seen when they are over
    if kind in POLICIES and home.kind not in POLICIES:
        return kind if told.mention is not None and told.mention.kind == kind else home.kind
    is_said = any(s.name in ("trigger", "kind") for s in told.supports)
    return kind if is_said else home.kind


def _others(told: Retold, days: Days, telling: Telling) -> list[Mention]:
    """What else the article says of the event: around the passage; of a quarrel anywhere."""
    event = told.event
    is_quarrel = event.kind == "dispute"
    return [
        m
        for m in telling.mentions
        if (is_quarrel or m.spoken in (told.core, *told.around))
        and m.kind in (KINDRED[event.kind] if not is_quarrel else ("dispute",))
        and m.spoken.sentence.role == "body"
        and not m.spoken.sentence.segment
        and not m.reason
        and m is not told.mention
        and m.countries >= PAIR
        and (m.timed is None or m.timed.days is None or m.timed.days.overlaps(days))
    ]


def _mention(told: Retold, days: Days, telling: Telling) -> tuple[Mention, Timed | None]:
    """What the passage says, as the rules would have told it; and the words for the day."""
    event, core, base = told.event, told.core, told.mention
    words = next(s for s in told.supports if s.name in _OWN_WORDS)
    text = core.sentence.text
    clause = next(((a, b) for a, b in core.clauses if a <= words.span[0] < b), (0, len(text)))
    timed = next((s.timed for s in told.supports if s.timed is not None), None)
    level = "minister" if event.kind == "ministerial" else "leader"
    mention = Mention(
        spoken=core,
        kind=event.kind,
        start=words.span[0],
        end=words.span[1],
        weight=max(base.weight if base else 1, 1),
        level=level if event.kind in MEETINGS else "",
        channel=base.channel if base else "",
        tense=base.tense if base else tense_at(text, clause, words.span[0], telling.words),
        people=tuple(s.person for s in told.of("person") if s.person is not None),
        countries=frozenset(event.countries) | PAIR,
        is_inherited=False,
        timed=replace(timed, days=days) if timed else None,
        date_source="clause",
        is_attribute=False,
        gathering=base.gathering if base else None,
        is_three=bool(set(event.countries) - PAIR),
        reason="",
    )
    return mention, timed


def _in_order(
    groups: Sequence[Group], made: Iterable[Group], left: Iterable[Group]
) -> tuple[Group, ...]:
    """The main event first: the rules' own, unless one that they missed is told before it."""
    everything = [*made, *left]
    if not everything:
        return ()

    def begins(group: Group) -> int:
        return min(m.spoken.sentence.rank for m in group.mentions)

    first = groups[0].mentions[0] if groups else None
    mains = [g for g in everything if first in g.mentions]
    main = mains[0] if mains else min(everything, key=lambda g: (begins(g), -g.score()))
    earlier = [g for g in everything if begins(g) < begins(main)] or [main]
    main = min(earlier, key=lambda g: (begins(g), -g.score()))
    return (main, *(g for g in everything if g is not main))
