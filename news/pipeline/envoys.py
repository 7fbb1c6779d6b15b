"""Who is seen that leads no government: envoys, ambassadors, ministers on a courtesy call."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.people import NameMention

# Who calls on the other side's leader is of lower rank.
_COURTESY = re.compile(r"예방|表敬")


_OTHER_LEADER = {"KR": re.compile(r"首相|総理|총리"), "JP": re.compile(r"大統領|대통령")}


def is_of_envoy(text: str, scene: Scene, words: Lexicon) -> bool:
    """Whether a leader of one side receives an official of the other, and no leader."""
    leads = {p.country for p in scene.people if _leads(p)} & PAIR
    if len(leads) != 1 or not words.cues["envoys"].search(text):
        return False
    titles = _OTHER_LEADER[min(leads)]
    named = [p for p in scene.people if p.country in leads]
    others = (
        m
        for m in titles.finditer(text)
        if not any(p.start <= m.start() <= p.end + 3 for p in named)
    )
    return next(others, None) is None


_ENVOY = re.compile(r"(?:大使|公使|대사|공사)(?!관|館)")
_SUMMONS = re.compile(r"초치|불러|부른|불렀|불려|항의")
_OBJECTS = re.compile(r"抗議|遺憾|항의|유감|철회를")


def is_protest_to_envoy(text: str, trigger: Trigger, words: Lexicon) -> bool:
    """Whether somebody sees an ambassador to protest."""
    is_said = trigger.kind == "meeting" and words.lang != "en"
    return is_said and bool(_ENVOY.search(text) and _OBJECTS.search(text))


def is_summons(text: str, lang: str) -> bool:
    """Whether a Korean sentence tells of an ambassador called in: no talk that others go on."""
    return lang == "ko" and bool(_ENVOY.search(text) and _SUMMONS.search(text))


def is_courtesy(said: str, people: tuple[NameMention, ...]) -> bool:
    """Whether words of a call on somebody stand where no leaders of both sides are named."""
    return bool(_COURTESY.search(said)) and {p.country for p in people if _leads(p)} < PAIR


def _leads(person: NameMention) -> bool:
    return person.level == "leader"


_OFFICIALS = {
    "ko": re.compile(
        r"(?:양국|두 나라|한일)[가-힣\s]{0,12}(?:국장|차관|과장|실무자)(?:급)?"
        r"[가-힣]{0,4}(?:은|는|이|가|들|의)|(?:국장|차관보?|과장|실무자?)급?\s?(?:협의|회의|회담)"
    ),
    "ja": re.compile(
        r"(?:両国|日韓|双方)[^、。]{0,10}(?:局長|次官|課長|審議官|実務者)(?:級|ら)?(?:は|が|による|の)"
        r"|(?:局長|次官|課長|審議官|実務者|事務レベル)級?の?(?:協議|会合|会談|対話)"
    ),
}


def is_pair_of_officials(clause_text: str, words: Lexicon) -> bool:
    """Whether a clause says that officials of the two, without naming them, do something."""
    pattern = _OFFICIALS.get(words.lang)
    return pattern is not None and bool(pattern.search(clause_text))


_GUEST = re.compile(
    r"(?:의원|의장|간사장|총재|회장|대표|총리|단장|지사)[^.]{0,60}(?:예방|접견|면담|만)"
)


def is_guest(said: str) -> bool:
    """Whether Korean words of a visit say that a leader received somebody out of government."""
    return bool(_GUEST.search(said))
