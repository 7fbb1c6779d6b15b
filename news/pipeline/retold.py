"""How far an article tells an event that the record holds, by the words that say so.

Each kind of words has a small weight, and what one passage gathers is its sum. What a sentence
takes back, or tells of others or of another day, speaks for nothing. Which passages suffice is
said in `retelling`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days, resolve
from news.pipeline.known_events import IndexedEvent, is_memory, is_of_gathering, marks_in, told_at
from news.pipeline.lexicon import known_words, places
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.no_deed import tells_answers
from news.pipeline.people import NameMention
from news.pipeline.recorded_company import is_table_of_three, together_at
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken, acting_at
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.values import KnownEvent

WEIGHTS = {
    "day": 3.0,  # a phrase that means its day, in the sentence
    "day near": 2.0,  # in one of the sentences around
    "day linked": 2.0,  # in another sentence of its people, kind or matter
    "day story": 2.0,  # a day that the article is about
    "day told": 1.0,  # somewhere in the story
    "day either": -1.0,  # less for a phrase that rather means another week or month
    "tense": 1.0,  # no day, but told of as just past, and it was
    "trigger": 2.0,  # words that tell of such an event by themselves
    "kind": 1.0,  # words that may
    "person": 1.0,  # each who took part and is named in the sentence
    "person near": 0.7,
    "person told": 0.3,
    "office": 0.7,  # "the two ministers"
    "mark": 3.0,  # all words of its title that few others have
    "mark near": 1.5,
    "place": 0.7,
    "topic": 0.4,
}
NEAR = 2  # sentences before; one after
_LOOSE = ("weekday", "dayonly", "eve")
_LONGEST = 10  # days that a phrase may span and still say when
# Kinds under which the rules may have read an event of a kind.
KINDRED = {
    "call": ("call", "contact"),
    "summit": ("summit", "visit", "meeting"),
    "visit": ("visit", "summit", "meeting"),
    "trilateral_summit": ("trilateral_summit",),
    "ministerial": ("ministerial", "meeting", "visit", "call"),
    "agreement": ("agreement", "statement"),
    "dispute": ("dispute", "statement"),
    "statement": ("statement", "dispute", "agreement"),
    "anniversary": ("anniversary", "statement"),
}


@dataclass(frozen=True, slots=True)
class Support:
    """Words that speak for an event: where they stand, and what they were read as."""

    name: str
    value: str
    spoken: Spoken
    span: tuple[int, int]
    weight: float
    timed: Timed | None = None
    person: NameMention | None = None


@dataclass(frozen=True)
class Retold:
    """An event of the record as far as one passage tells it; `core` is the sentence that does."""

    known: IndexedEvent
    core: Spoken
    around: tuple[Spoken, ...]
    supports: tuple[Support, ...]
    mention: Mention | None  # what the rules read there

    @property
    def event(self) -> KnownEvent:
        return self.known.event

    @cached_property
    def score(self) -> float:
        return sum(s.weight for s in self.supports)

    def of(self, name: str) -> list[Support]:
        """The supports of one name, wherever they stand ("day" includes "day near")."""
        return [s for s in self.supports if s.name.split(" ")[0] == name]

    @property
    def names_day(self) -> bool:
        """Whether the passage, or another of the same event, names the day."""
        return any(s.name in ("day", "day near", "day linked") for s in self.supports)

    @property
    def is_plain(self) -> bool:
        """Whether the sentence says by itself what took place, and who of both sides took part."""
        sides = {s.person.country for s in self.supports if s.name == "person" and s.person}
        return (
            self.mention is not None
            and self.mention.kind == self.event.kind
            and self.mention.weight > 1
            and sides >= PAIR
        )


def body_of(telling: Telling) -> list[Spoken]:
    """The sentences of the story itself: no captions, no other articles, no older times."""
    return [
        s
        for s in telling.spoken
        if s.sentence.role in ("body", "heading") and s.sentence.segment == 0 and not s.is_bygone
    ]


def span_of(event: KnownEvent) -> Days:
    """The days of an event."""
    grain = "RANGE" if event.ends_on > event.starts_on else "DAY"
    return Days(event.starts_on, event.ends_on, grain)


def readings(timed: Timed, telling: Telling) -> list[Days]:
    """The days that a phrase may mean: a weekday alone may be the last one or the next."""
    found, phrase = [timed.days] if timed.days is not None else [], timed.phrase
    if phrase.shape in _LOOSE and phrase.week_shift is None and not phrase.direction:
        for tense in ("past", "future"):
            days = resolve(phrase, telling.anchor, tense)
            if days is not None and days not in found:
                found.append(days)
    return [d for d in found if d.grain in ("DAY", "RANGE") and (d.last - d.first).days <= _LONGEST]


# After so many days an event is news only to who tells of it first.
_OLD_NEWS = 2


def passages(
    known: IndexedEvent, telling: Telling, body: Sequence[Spoken], *, is_of_story: bool
) -> Iterator[Retold]:
    """Every passage that tells of an event's kind or matter, with what speaks for it.

    `is_of_story` tells whether the article is known to be about its day.
    """
    named = [s for s in body if any(p.slug in known.event.people for p in s.scene.people)]
    said: dict[int, list[Mention]] = {}
    for m in telling.mentions:
        if m.kind in KINDRED[known.event.kind]:
            said.setdefault(id(m.spoken), []).append(m)
    dated = {
        spoken.sentence.index: (spoken, timed)
        for spoken in body
        if spoken.dates and (timed := _on_day(known.event, telling, spoken)) is not None
    }
    for at, core in enumerate(body):
        mentions = said.get(id(core), [])
        if mentions and all(m.reason for m in mentions):
            continue
        kinds, mention = _kind(known.event, telling, core, mentions, core.sentence.index in dated)
        if not kinds and (known.event.kind in MEETINGS or not known.marks.get(telling.lang)):
            continue
        around = tuple(s for s in body[max(0, at - NEAR) : at + 2] if s is not core)
        marks = _marks(known, telling, core, around)
        if not kinds and sum(m.weight for m in marks) < 1:
            continue
        if tells_answers(core, telling.words) or _is_looked_back_on(known.event, telling, core):
            continue
        days = _day(known, telling, core, around, dated, is_of_story)
        if days is None:
            continue
        if not days and _is_just_past(known.event, telling, mention):
            words = kinds[0] if kinds else marks[0]
            days = [replace(words, name="tense", weight=WEIGHTS["tense"])]
        supports = (
            *kinds,
            *marks,
            *days,
            *_people(known.event, telling, core, around, named),
            *_place(known.event, core, around),
            *_topics(known.event, telling, core),
        )
        yield Retold(known, core, around, supports, mention)


def _kind(
    event: KnownEvent, telling: Telling, spoken: Spoken, mentions: Sequence[Mention], is_dated: bool
) -> tuple[list[Support], Mention | None]:
    own = [m for m in mentions if not m.reason and event.kind in (m.kind, *MEETINGS)]
    if own:
        best = max(own, key=lambda m: (m.kind == event.kind, m.weight))
        name = "trigger" if best.weight > 1 else "kind"
        row = Support(name, event.kind, spoken, (best.start, best.end), WEIGHTS[name])
        return [row], best
    span = told_at(spoken.sentence.text, telling.lang, event.kind)
    span = span or (together_at(event, spoken, telling.words) if is_dated else None)
    return [Support("kind", event.kind, spoken, span, WEIGHTS["kind"])] if span else [], None


def _marks(
    known: IndexedEvent, telling: Telling, core: Spoken, around: Sequence[Spoken]
) -> list[Support]:
    """Words of the title. They tell acts apart; talks are told apart by who and where."""
    share = 1 / 3 if known.event.kind in MEETINGS else 1
    left = dict(known.marks.get(telling.lang, {}))
    rows: list[Support] = []
    for name, pool in (("mark", (core,)), ("mark near", around)):
        for spoken in pool:
            for mark, start, end, weight in marks_in(spoken.sentence.text, left, telling.lang):
                rows.append(
                    Support(name, mark, spoken, (start, end), WEIGHTS[name] * share * weight)
                )
                del left[mark]
    return rows


def _is_looked_back_on(event: KnownEvent, telling: Telling, core: Spoken) -> bool:
    """Whether a sentence names what was news some days ago as a memory, or as a ground."""
    age = (telling.anchor - event.ends_on).days if telling.anchor else 0
    ends = [t.phrase.end for t in core.dates]
    return age >= _OLD_NEWS and is_memory(core.sentence.text, ends, age, telling.lang)


def _is_just_past(event: KnownEvent, telling: Telling, mention: Mention | None) -> bool:
    """Whether a sentence tells of the day before publication, or of that day, without naming it."""
    if telling.anchor is None or mention is None or mention.tense != "past":
        return False
    return 0 <= (telling.anchor - event.starts_on).days <= 1


def _on_day(event: KnownEvent, telling: Telling, spoken: Spoken) -> Timed | None:
    """The phrase of a sentence that means, or may mean, a day of an event."""
    span = span_of(event)
    said = ("reporting",) if event.kind in POLICIES else ()
    owners = ("event", "background", *said)
    is_done = telling.anchor is not None and event.ends_on <= telling.anchor
    fitting = [
        t
        for t in spoken.dates
        if t.owner in owners
        and not is_of_gathering(t.days, event)
        and any(d.overlaps(span) and (d == t.days or is_done) for d in readings(t, telling))
    ]
    plain = [t for t in fitting if t.days is not None and t.days.overlaps(span)]
    first = [t for t in plain if t.days is not None and t.days.first == span.first]
    return next(iter(first or plain or fitting), None)


def _is_on_another(event: KnownEvent, telling: Telling, spoken: Spoken) -> bool:
    """Whether a sentence tells what happens on a day, and it is none of this event's."""
    own = [t for t in spoken.dates if t.owner == "event"]
    if not own and telling.lang != "en":  # "11月2日の会談で…していた"
        own = [t for t in spoken.dates if t.owner == "background" and not t.phrase.start]
    days, span = [found for t in own if (found := readings(t, telling))], span_of(event)
    return bool(days) and not any(d.overlaps(span) for each in days for d in each)


def _day(
    known: IndexedEvent,
    telling: Telling,
    core: Spoken,
    around: Sequence[Spoken],
    dated: Mapping[int, tuple[Spoken, Timed]],
    is_of_story: bool,
) -> list[Support] | None:
    """The words for the day; [] if there are none, None if the sentence names another one.

    `dated` are the sentences, by index, that name a day of the event.
    """
    event, here = known.event, core.sentence.index
    if here in dated:
        return _dated("day", core, dated[here][1], event)
    if _is_on_another(event, telling, core):
        return None
    close = {s.sentence.index for s in around}
    found: list[tuple[int, int, str, Spoken, Timed]] = []
    for at, (spoken, timed) in dated.items():
        if spoken.sentence.role != "body":
            continue
        rank, name = 2, "day story" if is_of_story else "day told"
        if at in close:
            rank, name = 0, "day near"
        elif _is_linked(known, telling, spoken):
            rank, name = 1, "day linked"
        found.append((rank, abs(at - here), name, spoken, timed))
    if not found:
        return []
    _rank, _far, name, spoken, timed = min(found, key=lambda row: row[:2])
    return _dated(name, spoken, timed, event)


def _is_linked(known: IndexedEvent, telling: Telling, spoken: Spoken) -> bool:
    """Whether a sentence is of an event as well: by its people, or by kind and matter."""
    text = spoken.sentence.text
    is_talk = known.event.kind in MEETINGS
    if is_talk and any(p.slug in known.event.people for p in spoken.scene.people):
        return True
    return bool(
        known_words(telling.lang)[known.event.kind].search(text)
        and marks_in(text, known.marks.get(telling.lang, {}), telling.lang)
    )


def _dated(name: str, spoken: Spoken, timed: Timed, event: KnownEvent) -> list[Support]:
    span = (timed.phrase.start, timed.phrase.end)
    rows = [Support(name, event.starts_on.isoformat(), spoken, span, WEIGHTS[name], timed)]
    if timed.days is None or not timed.days.overlaps(span_of(event)):
        rows.append(Support("either", "", spoken, span, WEIGHTS["day either"], timed))
    return rows


def _people(
    event: KnownEvent,
    telling: Telling,
    core: Spoken,
    around: Sequence[Spoken],
    body: Sequence[Spoken],
) -> list[Support]:
    found: dict[str, Support] = {}
    pools = (("person", (core,)), ("person near", around), ("person told", body))
    for name, pool in pools:
        for spoken in sorted(pool, key=lambda s: abs(s.sentence.index - core.sentence.index)):
            for person in spoken.scene.people:
                if person.slug in event.people and person.slug not in found:
                    span = (person.start, person.end)
                    found[person.slug] = Support(
                        name, person.slug, spoken, span, WEIGHTS[name], person=person
                    )
    rows = list(found.values())
    level = "ministers" if event.kind == "ministerial" else "leaders"
    office = telling.words.cues[level].search(core.sentence.text)
    if event.people and office and not any(s.name == "person" for s in rows):
        rows.append(Support("office", level, core, office.span(), WEIGHTS["office"]))
    return rows


def _place(event: KnownEvent, core: Spoken, around: Sequence[Spoken]) -> list[Support]:
    for spoken in (core, *around):
        for city in event.cities:
            pattern = places().get(city)
            m = pattern.search(spoken.sentence.text) if pattern else None
            if m:
                return [Support("place", city, spoken, m.span(), WEIGHTS["place"])]
    return []


def _topics(event: KnownEvent, telling: Telling, core: Spoken) -> list[Support]:
    for slug in event.topics:
        pattern = telling.words.topics.get(slug)
        m = pattern.search(core.sentence.text) if pattern else None
        if m:
            return [Support("topic", slug, core, m.span(), WEIGHTS["topic"])]
    return []


def is_of_its_sides(told: Retold, telling: Telling) -> bool:
    """Whether a passage is of those who took part: both sides of talks, or who acted.

    A meeting with a third country is none of these two, though one of them and the day may be
    named: then the sentence must name both sides, and the rules have read no third one in it.
    """
    event = told.event
    near = (told.core, *told.around)
    touched = frozenset[str]().union(*(s.scene.touched() for s in near))
    named = {s.value for s in told.of("person") if s.name != "person told"}
    if event.kind in (*POLICIES, "anniversary"):
        acting = set(event.acting) & PAIR or PAIR
        return touched >= acting or bool(named)
    at = told.mention.start if told.mention and telling.lang != "en" else None
    acting_here = acting_at(told.core, at)
    people_here = {p.country for p in told.core.scene.people if p.slug in event.people}
    is_read_so = told.mention is not None and told.mention.countries <= PAIR
    if acting_here - PAIR - set(event.countries) and not (people_here >= PAIR and is_read_so):
        return False
    sides = frozenset[str]().union(*(s.scene.acting() for s in near)) | told.core.context
    if event.people and not (named or told.of("office")):
        return False
    thirds = set(event.countries) - PAIR
    if (
        not thirds
        and not people_here >= PAIR
        and is_table_of_three(told.core.sentence.text, telling.words)
    ):
        return False
    if event.kind == "trilateral_summit" or (thirds and event.kind == "ministerial"):
        close = told.core.scene.acting() | frozenset[str]().union(
            *(s.scene.acting() for s in told.around)
        )
        return close >= thirds and sides >= PAIR
    return sides >= PAIR
