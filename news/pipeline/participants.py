"""Who of those named took part in what a trigger tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR, Scene
from news.pipeline.envoys import is_pair_of_officials
from news.pipeline.joined_by_third import comes_to_two
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.people import NameMention
from news.pipeline.sides import find_host
from news.pipeline.spoken import Spoken
from news.pipeline.threes import TALKS, is_with_third

_PRONOUN_FIRST = re.compile(r"\W*(?:he|she)\b", re.IGNORECASE)
_SUBJECT = {
    "ko": re.compile(r"^[^.,]{0,16}?[은는이가]\s"),
    "ja": re.compile(r"^[^。、]{0,14}?[はが]"),
}


def _speaker(text: str, pool: list[NameMention], start: int, words: Lexicon) -> NameMention:
    """Who makes a statement: the last subject before it; in English the first one named."""
    before = [p for p in pool if p.start < start] or pool
    pattern = _SUBJECT.get(words.lang)
    if pattern is None:
        return before[0]
    subjects = [p for p in before if pattern.match(text[p.end : p.end + 18])]
    return (subjects or before)[-1]


# "Speaking on Sunday, he said that he and the prime minister …": his words, whoever is in them.
_HE_SAID = re.compile(
    r"\b(?:he|she) (?:said|told|added|vowed|pledged|called|asked|urged)\b"
    r"|^\W*(?:Speaking|Addressing|Marking|(?:In|At|On|During|Before|With|Through)\b)[^;:]*?,"
    r" (?:s?he|the (?:new |old )?(?:president|prime minister|premier|leader))"
    r" (?!and\b|or\b|of\b)(?:also |again |then )?[a-z]+(?:ed|d|t|s|ave|oke|ade|ook|ew|ut)\b"
)


def _is_his(text: str, pool: list[NameMention]) -> bool:
    said = _HE_SAID.search(text)
    return said is not None and all(said.end() <= p.start for p in pool)


# "At their meeting they said that a summit of A and B would be arranged".
_SAID_THERE = re.compile(
    r"\W*(?:At|In|During) (?:their|the) (?:[\w-]+ ){0,3}?(?:meeting|talks|session|conversation"
    r"|dinner|lunch|call)\b[^;]{0,60}?\b(?:said|agreed|told|confirmed|decided|promised|spoke of"
    r"|talked about|discussed)\b",
    re.IGNORECASE,
)


def are_talked_of(
    text: str, people: Sequence[NameMention], pair: Sequence[NameMention], lang: str, at: int = 0
) -> bool:
    """Whether an English sentence names people only in what others said when they met.

    `pair` are those of both sides who were named before it; talks that begin at the offset `at`
    are those at which it was said.
    """
    said = _SAID_THERE.match(text) if lang == "en" and people else None
    if said is None or at >= said.end() or not {p.country for p in pair} >= PAIR:
        return False
    known = {p.slug for p in pair}
    return all(p.start >= said.end() and p.slug not in known for p in people)


# "양국 외교장관은", "두 정상이": those of both sides, by their office.
_BY_OFFICE = {
    "minister": re.compile(
        r"(?:두\s?나라|양국|한일|양측|양|두)\s?(?:외교|외무|국방|방위|재무|통상|산업|경제)?\s?(?:장관|수장)"
        r"(?:은|는|이|가|의|끼리|\s?(?:회담|회의|통화))"
    ),
    "leader": re.compile(r"(?:두\s?나라|양국|한일|두|양)\s?정상(?:은|이|의|끼리|\s?(?:회담|통화))"),
}


def names_both_ministers(text: str) -> bool:
    """Whether Korean words tell of the ministers of both sides by their office."""
    return bool(_BY_OFFICE["minister"].search(text))


def _those_of_rank(
    pair: tuple[NameMention, ...], countries: frozenset[str], clause_text: str, words: Lexicon
) -> list[NameMention]:
    """Those told of before, unless a Korean clause is of "the two ministers", who are others.

    "차관이 대사를 만났다. 양국 장관은 …": neither of the former is one of them.
    """
    for level, pattern in _BY_OFFICE.items() if words.lang == "ko" else ():
        if pattern.search(clause_text) and any(p.level not in (level, "") for p in pair):
            return []
    return [p for p in pair if p.country in countries]


def _away(countries: frozenset[str], words: Lexicon) -> frozenset[str]:
    """The third countries that are not at a table of which Japanese tells by offices."""
    return frozenset({"US", "CN"}) - countries if words.lang == "ja" else frozenset()


def find_participants(
    spoken: Spoken,
    scene: Scene,
    countries: frozenset[str],
    clause_text: str,
    words: Lexicon,
    trigger: Trigger,
    start: int,
) -> tuple[NameMention, ...]:
    """The people of the clause who take part, else those of the sentence."""
    if not countries >= PAIR:
        return ()
    pool = [p for p in scene.people if not p.is_former and p.country in countries]
    text = spoken.sentence.text
    if trigger.kind in TALKS and are_talked_of(text, pool, spoken.pair, words.lang, start):
        return spoken.pair
    is_each = bool(words.cues["each"].search(clause_text))
    if trigger.kind == "ceremony" and pool:
        # "A went to a reception in Seoul and B to one in Tokyo": each to their own.
        before = [p for p in pool if p.start < start]
        return (before[-1],) if is_each and before else tuple(pool)
    is_said = trigger.kind in ("statement", "saying")
    is_his = is_said and words.lang == "en" and _is_his(text, pool or list(spoken.scene.people))
    if is_his and spoken.subject:
        return (spoken.subject,)
    if is_said and pool:
        return (_speaker(spoken.sentence.text, pool, start, words),)
    is_pronoun = words.lang == "en" and _PRONOUN_FIRST.match(clause_text)
    if trigger.kind in ("statement", "dispute") and is_pronoun and spoken.subject and not pool:
        return (spoken.subject,)
    if not {p.country for p in pool} >= PAIR:
        others = [p for p in spoken.scene.people if p not in pool and not p.is_former]
        pool += [p for p in others if p.country in countries]
    is_two = words.cues["both"].search(spoken.sentence.text) or trigger.kind in TALKS
    is_beside = comes_to_two(spoken, scene, start) or is_with_third(text, start)
    is_joined = trigger.kind in TALKS and is_beside
    is_of_three = words.lang != "en" and trigger.kind == "trilateral"
    is_pair = is_joined or is_of_three or bool(words.cues["both"].search(clause_text))
    is_led = not pool or (is_pair and not {p.country for p in pool} & PAIR)
    if is_two and is_led and not is_pair_of_officials(clause_text, words):
        pool += _those_of_rank(spoken.pair, countries, clause_text, words)
    host = find_host(spoken, scene, words, trigger)
    if host is not None:
        pool.append(host)
    sides = {p.country for p in pool} | _away(countries, words)
    subject = spoken.subject
    is_with_him = is_each or (is_pair and words.lang == "en" and trigger.kind in TALKS)
    if is_with_him and subject and subject.country not in sides:
        pool.append(subject)
    return tuple(pool)
