"""Officials whom English names only by their office, beside a colleague of the other side."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.spoken import Spoken

_COLLEAGUE = re.compile(
    r"\b(?:his|her|their|its) (?:own )?(?:South Korean|Korean|Japanese) (?:[\w-]+ )?"
    r"(?:counterparts?|colleagues?|opposite numbers?|homologues?|peers?|hosts?|guests?)\b"
)
_OWN_COUNTERPART = re.compile(
    r"\b(?:his|her|their) (?:new |visiting )?(?:South Korean|Korean|Japanese) (?:[\w-]+ )?"
    r"(?:counterparts?|opposite numbers?|homologues?)\b"
)
# "Vice Defense Minister Shin and Japan's vice minister, Atsushi Oka": one of no country is of
# the other side.
_OFFICE = r"(?:[Mm]inister|[Dd]irector|[Cc]hief|[Cc]ommissioner|[Gg]overnor|[Ee]nvoy)"
_WITH_OFFICIAL = re.compile(
    rf"\b{_OFFICE}\b[^.;]{{0,60}}?\b(?:and|with|met|meets?|saw|sees?|hosts?|hosted|received?"
    r"|receives|welcomed) (?:Japan's|Japanese|(?:South )?Korea's|(?:South )?Korean) "
    rf"(?:[\w-]+ ){{0,6}}?(?:[\w-]+-)?{_OFFICE}\b"
)
_RETIRED = re.compile(r"\b(?:[Ff]ormer|[Rr]etired|[Ee]x-)")
# "He and his Japanese host compared", "found his South Korean homologue ready".
_BESIDE = re.compile(r"\b(?:and|with|found|beside|alongside|opposite|across from|for) $")
_OFFICIALS = re.compile(
    r"\b(?:ministers?|directors?(?:[- ]generals?)?|(?:bureau|department) (?:chiefs?|heads?)"
    r"|heads? of|deput(?:y|ies)|negotiators?|commissioners?|secretar(?:y|ies)|chiefs?|officials?"
    r"|advis[eo]rs?|ambassadors?|he|she|they)\b",
    re.IGNORECASE,
)


def has_colleague(text: str, words: Lexicon) -> bool:
    """Whether an English clause says that an official did something with one of the other side."""
    if words.lang != "en":
        return False
    return not are_retired(text) and any(
        _BESIDE.search(text, 0, m.start()) and _OFFICIALS.search(text, 0, m.start())
        for m in _COLLEAGUE.finditer(text)
    )


def meets_own_counterpart(text: str) -> bool:
    """Whether English tells whose official somebody is by whom he met, one of the other side."""
    is_told = _OWN_COUNTERPART.search(text) or _WITH_OFFICIAL.search(text)
    return bool(is_told) and not are_retired(text)


def are_retired(text: str) -> bool:
    """Whether English words are of people out of office."""
    return bool(_RETIRED.search(text))


# "South Korea and Japan have held consular talks".
_STATE = r"(?:(?:South |S\. ?)?Korea|Japan|Seoul|Tokyo)"
_GOVERNMENTS = re.compile(
    rf"(?:(?<!of )(?<!from )(?<!in )(?<!between )(?<!for )\b{_STATE} and {_STATE}"
    r"|\b[Tt]he two (?:governments|countries|neighbou?rs))(?:,? [a-z][\w,' ]{0,40}?)? $"
)
_FORMAL = re.compile(r"\b(?:talks|consultations?|negotiations|dialogue|sessions?|rounds?)\b")
_NO_STATES = re.compile(
    r"\b(?:qualif\w+|match|friendly|tournament|league|coach\w*|players?|squad|compan(?:y|ies)|firms?"
    r"|lawmakers|business(?:es)?|chambers?|federations?|universit(?:y|ies)|students)\b"
)


def do_governments_talk(text: str, start: int, end: int) -> bool:
    """Whether English says of the two states themselves that they hold talks."""
    is_said = _FORMAL.search(text, start, end) and _GOVERNMENTS.search(text[:start][-100:])
    return bool(is_said) and not _NO_STATES.search(text)


def is_of_officials(
    spoken: Spoken, trigger: Trigger, span: tuple[int, int], clause: str, words: Lexicon
) -> bool:
    """Whether officials without a name do what a trigger tells of."""
    if trigger.kind == "contact":
        return has_colleague(clause, words)
    is_talk = trigger.kind == "meeting" and words.lang == "en"
    return is_talk and do_governments_talk(spoken.sentence.text, *span)


# "Deputies from both capitals", "bureau directors of the two foreign ministries".
_OF_BOTH = re.compile(
    r"\b(?:ministers|deputies|directors(?:[- ]general)?|bureau chiefs|negotiators|delegations?"
    r"|officials|diplomats|experts|envoys|officers)\b[^.;,]{0,40}?"
    r"\b(?:of|from) (?:both|the two|either)\b",
    re.IGNORECASE,
)


def are_of_both(text: str) -> bool:
    """Whether English words name officials of "the two", or of "both" countries."""
    return bool(_OF_BOTH.search(text))


_RECEIVED = re.compile(
    r"(?:was|were|is|are|be|been) (?:[\w'-]+ ){0,2}?(?:received|welcomed|greeted|saluted|hosted"
    r"|entertained|lunched|dined|shown)\b"
)
_BY_SOMEBODY = re.compile(r"\bby (?:the |his |her )?(?:[A-Z]|president|premier|prime)")


def is_received_there(spoken: Spoken, scene: Scene, trigger: Trigger, start: int) -> bool:
    """Whether English tells that one of the two was received in the other's capital: by whom
    goes without saying."""
    text, sides = spoken.sentence.text, scene.people_countries()
    if trigger.kind != "meeting" or not _RECEIVED.match(text, start):
        return False
    is_alone = len(sides) == 1 and sides <= PAIR and not scene.thirds
    return is_alone and scene.touched() == PAIR and not _BY_SOMEBODY.search(text, start)


_DEAD = re.compile(
    r"\bKoreans?\b[^.;]{0,60}\b(?:dead|victims?|died|killed|perished|murdered|souls)\b"
)
_WHERE = re.compile(r"\b(?:Hiroshima|Nagasaki|Sado|Kanto|Ukishima|Okinawa|Japan(?:ese)?|Tokyo)\b")


def is_of_korean_dead(spoken: Spoken) -> bool:
    """Whether English tells of a rite for Koreans who died in Japan."""
    text = spoken.sentence.text
    named = _DEAD.search(text) or re.search(r"\b(?:dead|victims) (?:from|of) Korea\b", text)
    return bool(named and _WHERE.search(text))


# "The ministers of both countries decided": who they are, the headline says.
_BOTH_MINISTERS = re.compile(
    r"\b(?:ministers|chiefs|officials) (?:of|from) (?:both|the two|the)"
    r" (?:countries|neighbou?rs|sides|governments|nations|allies)\b"
    r"|\b(?:both|the two)(?: \w+'s?)? (?:[\w-]+ )?(?:ministers|chiefs)\b"
)


def names_both_ministers(text: str) -> bool:
    """Whether an English sentence speaks of the ministers of both sides, without names."""
    return bool(_BOTH_MINISTERS.search(text))
