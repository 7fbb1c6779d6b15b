"""How long a visit lasts: "a two-day visit", "7일부터 10일까지 이어진다", "until May 26"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from news.pipeline.dates import Days, add_days
from news.pipeline.merge import Group
from news.pipeline.telling import Telling
from news.pipeline.values import Draft

_KINDS = ("summit", "visit", "ministerial")
_LONGEST = timedelta(days=10)
# Words that say that somebody is away from home on these days.
_STAY = {
    "en": re.compile(
        r"\b(?:stay\w*|visit|trip|journey|in (?:Japan|Korea|South Korea|the country|town))\b", re.I
    ),
    "ko": re.compile(r"방문|방한|방일|머무|머문|머물|체류|순방|\d박"),
    "ja": re.compile(r"訪問|訪日|訪韓|来日|来韓|滞在|訪れ"),
}


# Words that make the day told of the last one of the visit.
_ENDED = {
    "en": re.compile(
        r"\b(?:wrapp(?:ed|ing) up|end(?:ed|s|ing)|conclud(?:ed|ing)|finish\w*|clos(?:ed|ing)"
        r"|(?:return(?:ed|s|ing)|came|flew) (?:home|back|from))\b",
        re.I,
    ),
    "ko": re.compile(r"마치고|마친|마무리|끝내고"),
    "ja": re.compile(r"終え|締めくく"),
}


def stretch(group: Group, telling: Telling) -> Days:
    """The days of an event, made longer by the stay that it is part of."""
    days = group.days
    if group.kind not in _KINDS or days.grain != "DAY":
        return days
    length = _told_length(group)
    if length and _is_over(group, telling):
        start = add_days(days.first, 1 - length)
        return Days(start, days.first, "RANGE") if start else days
    if length and _goes_home(group, telling):
        return days
    begun = _begun(group, length) or days.first
    last = add_days(begun, length - 1) if length else _told_end(group, telling)
    return Days(days.first, last, "RANGE") if last and last > days.first else days


def without_shells(drafts: list[Draft]) -> list[Draft]:
    """Drafts without the visits whose talks are drafted: the two are one event."""
    return [
        draft
        for draft in drafts
        if draft.kind != "visit" or not any(_is_within(other, draft) for other in drafts)
    ]


def _is_within(talks: Draft, visit: Draft) -> bool:
    """Whether talks of leaders took place on a visit of one of them."""
    return (
        talks.kind == "summit"
        and visit.starts_on <= talks.starts_on <= visit.ends_on
        and bool(set(talks.participants) & set(visit.participants))
    )


def _told_length(group: Group) -> int:
    """The days of "a two-day visit" or 1박 2일 in the sentences of the event, or 0."""
    lengths = [
        t.phrase.shift for m in group.mentions for t in m.spoken.dates if t.owner == "length"
    ]
    if lengths and 2 <= lengths[0] <= _LONGEST.days and _is_stay(group):
        return lengths[0]
    return 0


def _is_over(group: Group, telling: Telling) -> bool:
    """Whether the event's day is that on which a visit ended."""
    by = group.dated_by
    if by is None or by.kind != "visit":
        return False
    return bool(_ENDED[telling.lang].search(by.spoken.sentence.text))


# Home again on the day of the talks.
_HOME = {
    "en": re.compile(r"\b(?:returned|flew|went) home\b", re.I),
    "ko": re.compile(r"(?:이날|같은 날|당일)\s(?:[가-힣]+\s){0,2}(?:귀국했|귀국길|돌아갔)"),
    "ja": re.compile(r"(?:同日|この日)(?:中に|夕に?|夜に?|午後に?|深夜に?)?、?(?:帰国し|帰途に)"),
}


def _goes_home(group: Group, telling: Telling) -> bool:
    """Whether the visit ended on the day of the talks that it was for."""
    sentences = {m.spoken.sentence.index for m in group.mentions}
    return any(
        s.sentence.index in sentences | {at + 1 for at in sentences}
        and _HOME[telling.lang].search(s.sentence.text)
        for s in telling.spoken
    )


def _begun(group: Group, length: int) -> date | None:
    """The day on which a visit of so many days began, if it was before the talks."""
    first = group.days.first
    told = [
        t.days.first
        for m in group.mentions
        for t in m.spoken.dates
        if t.days and t.owner == "event" and t.days.grain in ("DAY", "RANGE")
    ]
    return min((d for d in told if timedelta(0) < first - d < timedelta(days=length)), default=None)


def _is_stay(group: Group) -> bool:
    return any(m.kind == "visit" for m in group.mentions)


def _told_end(group: Group, telling: Telling) -> date | None:
    """The end of a stay told of in the same story: a range, or "until …" right after."""
    first = group.days.first
    own = {m.spoken.sentence.index for m in group.mentions}
    segment = group.mentions[0].spoken.sentence.segment
    for spoken in telling.spoken:
        sentence = spoken.sentence
        if sentence.segment != segment or not _STAY[telling.lang].search(sentence.text):
            continue
        if spoken.scene.thirds or spoken.scene.people_countries() & {"US", "CN"}:
            continue  # a tour goes on to other countries
        for timed in spoken.dates:
            if timed.days is None or not first < timed.days.last <= first + _LONGEST:
                continue
            if timed.owner == "event" and timed.days.grain == "RANGE" and timed.days.first <= first:
                return timed.days.last
            is_near = own & {sentence.index, sentence.index - 1, sentence.index - 2}
            if timed.owner == "deadline" and timed.days.grain == "DAY" and is_near:
                return timed.days.last
    return None
