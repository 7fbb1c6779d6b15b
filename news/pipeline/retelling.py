"""Which events of the record an article tells as its news.

What the record holds is never taken over by itself: an event needs words of the article for its
day, or for who took part in what just took place, and for the sides that acted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from news.pipeline.dates import Days
from news.pipeline.in_passing import opens_abroad
from news.pipeline.known_events import IndexedEvent
from news.pipeline.lexicon import known_words
from news.pipeline.mentions import MEETINGS, days_of
from news.pipeline.merge import Group
from news.pipeline.retold import Retold, body_of, is_of_its_sides, passages, span_of
from news.pipeline.second import SECOND_PAST_DAYS
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.two_of_three import is_of_the_three
from news.pipeline.values import KnownEvent

ENOUGH = 5.0  # what the supports of a passage must sum up to
_MATTER = 0.8  # what must say which act of policy it is
_OPENING = 1  # sentences after the first that may take up something older
_DAY = timedelta(days=1)
# What leaders and ministers put their names to when they meet is part of the meeting.
_MINOR = ("memorand", "mou", "각서", "覚書")


def find_retold(
    near: Sequence[IndexedEvent], groups: Sequence[Group], telling: Telling
) -> list[Retold]:
    """What an article tells of events of the record as its news, the best told first.

    `groups` are the events that the rules have read in it.
    """
    if opens_abroad(telling) and not groups:
        return []
    body = body_of(telling)
    text = "\n".join(s.sentence.text for s in body).lower()
    near = [known.within(text, telling.lang) for known in near]
    story = [g.days for g in groups]
    sufficing: _Sufficing = {}
    first = _accepted(near, telling, body, story, sufficing, groups)
    more = [span_of(told.event) for told in first]
    return _accepted(near, telling, body, [*story, *more], sufficing, groups) if more else first


# The passages that tell an event well enough, by the event's place in the list and whether the
# article is known to be about its day.
_Sufficing = dict[tuple[int, bool], list[Retold]]


def _accepted(
    near: Sequence[IndexedEvent],
    telling: Telling,
    body: Sequence[Spoken],
    story: Sequence[Days],
    sufficing: _Sufficing,
    groups: Sequence[Group],
) -> list[Retold]:
    found: list[Retold] = []
    for at, known in enumerate(near):
        key = at, any(d.overlaps(span_of(known.event)) for d in story)
        if key not in sufficing:
            told = passages(known, telling, body, is_of_story=key[1])
            sufficing[key] = [p for p in told if suffices(p, telling)]
        found += sufficing[key]
    found = [p for p in found if not is_of_the_three(p, found, groups, telling)]
    found = [p for p in found if not _is_read_of_another(p, groups)]
    # A journey is only told where its talks are not.
    found.sort(
        key=lambda p: (p.event.kind == "visit", -p.score, p.core.sentence.index, p.event.slug)
    )
    kept: list[Retold] = []
    for passage in found:
        if any(passage.event is other.event for other in kept):
            continue
        if not any(_is_said_of(passage, other, telling) for other in kept):
            kept.append(passage)
    return kept


def _is_read_of_another(told: Retold, groups: Sequence[Group]) -> bool:
    """Whether the rules read the words of a passage as told of another event of that kind, and
    it names no day itself.

    "夕食会に臨む": the dinner of the journey told of, not of the talks of two weeks later.
    """
    if told.mention is None or any(s.name in ("day", "day near") for s in told.supports):
        return False
    return any(
        told.mention in g.mentions
        and g.kind == told.event.kind
        and g.source in ("clause", "sentence")
        and not g.days.overlaps(span_of(told.event))
        for g in groups
    )


def _is_at_odds(told: Retold, telling: Telling) -> bool:
    """Whether English says that those "are to meet on Friday", and the event is of last Friday;
    or, as Japanese too, that somebody protested or met, and the event is still to come."""
    mention, anchor = told.mention, telling.anchor
    if telling.lang not in ("en", "ja") or anchor is None or mention is None:
        return False
    days = days_of(mention)
    if mention.tense == "past":
        is_dated = any(s.name == "day" for s in told.supports)
        return told.event.starts_on > anchor and days is None and not is_dated
    is_ahead = telling.lang == "en" and days is not None and days.first > anchor
    return mention.tense == "future" and told.event.ends_on < anchor and is_ahead


def suffices(told: Retold, telling: Telling) -> bool:
    """Whether a passage tells its event well enough, as news, and of the right sides."""
    event = told.event
    if told.score < ENOUGH or telling.anchor is None or _is_at_odds(told, telling):
        return False
    age = (telling.anchor - event.ends_on).days
    opens = told.core.sentence.rank <= _OPENING and any(s.name == "day" for s in told.supports)
    is_only_named = told.mention is not None and told.mention.is_attribute and telling.lang != "en"
    if age > SECOND_PAST_DAYS and (not opens or is_only_named):
        return False
    is_dated = told.names_day or any(s.name == "day story" for s in told.supports)
    is_recent = any(s.name in ("tense", "day told") for s in told.supports) and 0 <= age <= 1
    if not is_dated and not (told.is_plain and is_recent):
        return False
    if event.kind == "ministerial" and event.channel.upper() == "PHONE":
        near = (told.core, *told.around)
        words = known_words(telling.lang)["call"]
        if not any(words.search(s.sentence.text) for s in near):
            return False  # a dinner is no call
    if event.kind in POLICIES and _matter(told) < _MATTER:
        return False
    return is_of_its_sides(told, telling)


def _matter(told: Retold) -> float:
    """How much says which act of policy a passage is about."""
    names = ("mark", "topic", "person", "trigger")
    far = ("person told", "mark near")
    return sum(s.weight for n in names for s in told.of(n) if s.name not in far)


def _is_said_of(told: Retold, other: Retold, telling: Telling) -> bool:
    """Whether the words of a passage are already taken for another event, or part of it."""
    mine, theirs = told.event, other.event
    if mine.starts_on > theirs.ends_on + _DAY or theirs.starts_on > mine.ends_on + _DAY:
        return False
    is_talk, is_theirs = mine.kind in MEETINGS, theirs.kind in MEETINGS
    if is_talk == is_theirs and told.core is other.core and not _have_own_words(told, other):
        return True
    shared = set(mine.people) & set(theirs.people)
    if {mine.kind, theirs.kind} == {"visit", "summit"} and shared:
        return True
    if mine.kind == theirs.kind == "dispute":
        return True
    return may_be_part(mine, theirs.kind) and (
        bool(shared or not mine.people) and not is_its_own(told, telling)
    )


def may_be_part(event: KnownEvent, talks: str) -> bool:
    """Whether an act may be what came out of talks of a kind: nothing that one side said alone."""
    if event.setting == "unilateral" or talks not in ("summit", "trilateral_summit", "ministerial"):
        return False
    return event.kind == "agreement" or (event.kind == "statement" and len(event.people) != 1)


def is_its_own(told: Retold, telling: Telling) -> bool:
    """Whether what was signed at a meeting is an event by itself: a treaty is, no memorandum."""
    text, cues = told.core.sentence.text, telling.words.cues
    said = text if told.mention is None else text[told.mention.start : told.mention.end]
    is_treaty = bool(cues["instrument"].search(said) and cues["signed"].search(said))
    return is_treaty and not any(word in said.lower() for word in _MINOR)


def _have_own_words(told: Retold, other: Retold) -> bool:
    """Whether one sentence tells two events: by two verbs, or of two who did each their own."""
    one, two = told.mention, other.mention
    if one is not None and two is not None and one is not two and one.kind != two.kind:
        return True
    mine = {s.value for s in told.supports if s.name == "person"}
    theirs = {s.value for s in other.supports if s.name == "person"}
    is_alike = told.event.kind == other.event.kind not in MEETINGS
    return is_alike and bool(mine and theirs) and not mine & theirs
