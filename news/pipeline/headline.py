"""What the headline calls by its name and the first sentences tell in other words."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.actors import PAIR
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.people import NameMention
from news.pipeline.side_by_side_ko import is_pair_told
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.tenses import tense_of
from news.pipeline.timing import Timed

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
        if telling.words.cues["survey"].search(spoken.sentence.text):
            continue  # "7、8両日の世論調査で": the days of the survey
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


# What one says to or of the other needs no meeting.
_FROM_AFAR = re.compile(
    r"\b(?:letters?|messages?|telegrams?|cables?|congratulat\w+|condolences?|sympath\w+|posted"
    r"|tweet\w*|interview|poll|survey|approval|parliament|lawmakers|speech|address|criticiz\w+"
    r"|praised|accus\w+|blam\w+|elect\w+|sworn|resign\w*|inaugurat\w+|anniversary|ceremony"
    r"|phone|telephon\w+|call(?:ed|s)?|invit\w+|photo|statements?|reports?|separately"
    r"|respectively|(?:kilomet(?:er|re)s|miles|worlds|far|cities) apart|receptions?"
    r"|from afar|each (?:other's (?:embass|part|national)|from|in (?:his|her|their))\w*)\b",
    re.IGNORECASE,
)
# "Park, Abe each turn up at the other's party": two deeds, one of each.
_EACH = re.compile(r"\beach\b(?! other\b)|\brespective\b|\beach other's (?:embass|part|national)")
_PAIRED = re.compile(r"(?:, |,? and |-|/| & )(?:(?:the|Japan's|South|Korea's|Korean|President) )*")


def told_of_pair(telling: Telling) -> Mention | None:
    """What leaders or ministers did as a pair, by headline and opening, on a day; or None.

    "A, B vow to keep ties on track" above "A looked B in the eye on Tuesday": whatever the verb.
    Only where an English or Korean article tells of nothing else; a Korean one names them both in
    one sentence of a place.
    """
    if telling.lang == "ja":
        return None
    opening = (m for m in telling.mentions if m.spoken.sentence.rank <= _LEAD)
    if any(m.reason in _TAKEN_BACK for m in (*opening, *telling.headline) if m.kind in MEETINGS):
        return None
    for spoken in telling.spoken:
        if spoken.sentence.rank > _OPENING:
            return None
        people = tuple(p for p in spoken.scene.people if not p.is_former)
        timed = _day(spoken)
        if spoken.sentence.role != "body" or timed is None or spoken.scene.thirds:
            continue
        if telling.lang == "ko" and not is_pair_told(spoken, people, telling.words.cues):
            continue
        if telling.lang == "en" and (
            _is_open(spoken, telling) or not _is_named(spoken, people, telling)
        ):
            continue
        levels = {p.level for p in people}
        if levels not in ({"leader"}, {"minister"}):
            continue
        return _as_mention(spoken, people, timed, telling)
    return None


_LEAD = 4
_TAKEN_BACK = ("denied", "hypothetical")
_SPOKEN = re.compile(r"\b(?:said|says|told|wrote|urged|asked|warned|thanked)\b", re.IGNORECASE)


def _is_named(spoken: Spoken, people: tuple[NameMention, ...], telling: Telling) -> bool:
    """Whether the headline names the pair, or a sentence calls three by name "the three"."""
    countries = {p.country for p in people}
    if countries == PAIR:
        return telling.title is not None and not _names_no_pair(telling.title)
    is_of_three = countries in (PAIR | {"US"}, PAIR | {"CN"})
    text = spoken.sentence.text
    says_so = telling.words.blocs["three"].search(text) and not _SPOKEN.search(text)
    return is_of_three and bool(says_so)


def _names_no_pair(title: Spoken) -> bool:
    """Whether a headline does not name one of each side side by side, and nobody else."""
    people = [p for p in title.scene.people if not p.is_former]
    text = title.sentence.text
    if _EACH.search(text):
        return True
    if len(people) != 2 or {p.country for p in people} != PAIR or title.scene.thirds:
        return True
    return not _PAIRED.fullmatch(text[people[0].end : people[1].start])


def _is_open(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence doubts or denies, or tells of what needs no meeting."""
    cues, text = telling.words.cues, spoken.sentence.text
    keys = ("denied", "hypothetical", "undecided", "background", "cancelled", "postponed")
    return bool(_FROM_AFAR.search(text)) or any(cues[key].search(text) for key in keys)


def _as_mention(
    spoken: Spoken, people: tuple[NameMention, ...], timed: Timed, telling: Telling
) -> Mention:
    leads = people[0].level == "leader"
    countries = frozenset(p.country for p in people)
    is_three = countries > PAIR
    of_leaders = "trilateral_summit" if is_three else "summit"
    return Mention(
        spoken=spoken,
        kind=of_leaders if leads else "ministerial",
        start=people[0].start,
        end=people[0].end,
        weight=2,
        level=people[0].level,
        channel="",
        tense=tense_of(spoken.sentence.text, telling.words),
        people=people,
        countries=countries,
        is_inherited=False,
        timed=timed,
        date_source="clause",
        is_attribute=False,
        gathering=None,
        is_three=is_three,
        reason="",
    )


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
