"""Whether talks are only named to say which: "the summit held on the 17th"."""

from __future__ import annotations

import re

from news.pipeline.dating import says_how_many
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

_ATTRIBUTE = {
    "ko": re.compile(
        r"(?:열린|가진|이뤄진|개최된|했던|있었던|마친(?!\s(?:다음|뒤|후))|치른|맺은|체결한|체결된)\s"
    ),
    "ja": re.compile(r"(?:行われた|開かれた|開いた|行った|実施された|あった|した)(?![。、])"),
    "en": re.compile(r"^(?!.{0,20}to be ).{0,20}?\b(?:held|that took place|which took place)\b"),
}

_QUOTED = re.compile(r"「[^」]*」")
# "…当選した尹氏と電話で話した": who was elected is described, not the call.
_JOINS_JA = re.compile(r"と(?:約?\d+(?:分|時間)[^、。の]{0,6}|個別に|短時間|直接)?$")
# "…就任した韓国の李大統領と、初めて電話で会談した": so is whom a past clause stands before.
_WITH_THEM = re.compile(r"[^、。とはが]{0,16}と(?!の)")
# "At the talks held the day before, …": what follows is told of the talks.
_SETTING = {
    "ko": re.compile(r"\s?(?:에서[는도]?|은|는)\s"),
    "ja": re.compile(r"(?:では|でも|は)"),
}

_SET_AT = re.compile(r"(?:식|사|연설|담화)에서$|(?:式典|演説|式辞|談話|祝辞)で$")
# "At the ceremony held in Seoul he gave his first address": the clause describes the ceremony.
_AT_RITE = {
    "ko": re.compile(r"[^.,]{0,24}?(?:식|행사|대회|집회|포럼|총회)에서[는도]?\s"),
    "ja": re.compile(
        r"[^、。]{0,24}?(?:式典|式|行事|集会|集い|大会|フォーラム|総会)[」』]?(?:で|に|へ)"
    ),
}
_SUBJECT_EN = 30  # characters before what an article opens with


def is_attribute(spoken: Spoken, start: int, end: int, timed: Timed | None, lang: str) -> bool:
    """Whether the trigger is a noun that a past clause describes."""
    text = spoken.sentence.text
    if timed is None:
        return lang == "ko" and says_how_many(text, end)
    if lang == "en":
        if spoken.sentence.rank == 0 and start < _SUBJECT_EN:
            return False  # "The three-way summit that was held on Sunday ended with …"
        between = text[end : timed.phrase.start]
        return timed.phrase.start > end and bool(_ATTRIBUTE["en"].match(between))
    if _SETTING[lang].match(text[end:]) or _SET_AT.search(text[start:end]):
        return False
    between = _QUOTED.sub(lambda m: " " * len(m.group()), text[timed.phrase.end : start])
    described = _ATTRIBUTE[lang].search(between)
    if described is None or timed.phrase.end > start or _JOINS_JA.search(between):
        return False
    at = timed.phrase.end + described.end()
    if lang == "ja" and any(
        at <= p.start < start and _WITH_THEM.match(text, p.end, start) for p in spoken.scene.people
    ):
        return False
    if _AT_RITE[lang].match(text, at, end):
        return False
    # "The summit of NATO held in Madrid": that is what the clause describes.
    return not any(at <= g.start < start for g in spoken.gatherings)
