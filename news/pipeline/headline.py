"""What the headline calls by its name and the first sentences tell in other words."""

from __future__ import annotations

from dataclasses import replace

from news.pipeline.actors import PAIR
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed, tense_of

_OPENING = 1  # the last body sentence that may say who and when


def told_in_lead(titled: Mention, telling: Telling) -> Mention | None:
    """A headline's meeting, put where the opening names those who met and the day; or None.

    "日韓首脳が会談" above "A and B sat down on the 4th": the headline says what that was.
    """
    if titled.kind not in MEETINGS or titled.kind == "visit" or titled.weight < 2:
        return None
    if titled.reason or not titled.countries >= PAIR or _is_doubted(titled, telling):
        return None
    for spoken in telling.spoken:
        if spoken.sentence.rank > _OPENING:
            return None
        if spoken.sentence.role != "body" or _says_otherwise(spoken, telling):
            continue
        people = tuple(p for p in spoken.scene.people if not p.is_former)
        timed = _day(spoken)
        both = titled.kind == "ministerial" and spoken.scene.acting() >= PAIR
        if timed is None or not (both or {p.country for p in people} >= PAIR):
            continue
        if not titled.countries >= frozenset(p.country for p in people) or spoken.scene.thirds:
            continue
        levels = {p.level for p in people if p.country in PAIR}
        of_leaders = titled.level == "leader" or "summit" in titled.kind
        if people and of_leaders != (levels == {"leader"}):
            continue
        named = people[0] if people else timed.phrase
        tense = tense_of(spoken.sentence.text, telling.words)
        if {titled.tense, tense} >= {"future", "past"}:
            continue
        return replace(
            titled,
            spoken=spoken,
            start=named.start,
            end=named.end,
            weight=2,
            people=people,
            tense=tense,
            timed=timed,
            date_source="sentence",
            is_attribute=False,
            is_inherited=False,
            gathering=None,
        )
    return None


def _is_doubted(titled: Mention, telling: Telling) -> bool:
    """Whether a headline says that there are no talks, or that there may be."""
    cues = telling.words.cues
    title = titled.spoken.sentence.text
    return any(m.reason for m in telling.headline) or any(
        cues[key].search(title) for key in ("denied", "hypothetical", "undecided")
    )


def _says_otherwise(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence already tells of something, or takes back what it tells."""
    return any(m.spoken is spoken for m in telling.mentions)


def _day(spoken: Spoken) -> Timed | None:
    """The first day in a sentence on which something happened or is to."""
    days = (
        t
        for t in spoken.dates
        if t.owner == "event" and t.days is not None and t.days.grain in ("DAY", "RANGE")
    )
    return next(days, None)
