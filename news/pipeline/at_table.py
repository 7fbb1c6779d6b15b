"""Who of the people of a clause sits at the table, and who is only named there."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon

_SEEN_BEFORE = {
    "ko": re.compile(
        r"^(?:\s?[가-힣]{1,8}){0,3}?(?:에|과의 [가-힣]+에)\s(?:이어|앞서)"
        r"|^(?:\s?[가-힣]{1,6}){0,3}?의\s(?:방한|방일|도착|취임|당선|재선|복귀|퇴임|발언|연설|관세|요구|제안|구상"
        r"|정책|의향|친서|중재|권유|압박|압력)"
    ),
    "ja": re.compile(
        r"^[^、。]{0,6}に(?:続|次|先立)"
        r"|^(?:次期|米|新)*政権|^[^、。の]{0,10}の(?:訪日|訪韓|来日|来韓|訪問|到着|就任|発足|当選|再選|復帰|退任|発言|演説|関税|要求|提案|構想"
        r"|政権|政策|意向|親書|仲介|勧め|歓迎)"
    ),
}


# "Talked on the sidelines of a trilateral summit with Chinese Premier …".
_BESIDE = re.compile(
    r"\b(?:on|at) the (?:sidelines|margins|fringes|edges) of (?:an?|the|their) (?:[\w-]+ ){0,3}?"
    r"(?:summit|talks|meeting|session|gathering|dinner) (?:with|of|between|involving)"
    r" (?:[\w.'-]+ ){0,4}$"
)


def at_table(scene: Scene, text: str, words: Lexicon, start: int) -> Scene:
    """A scene without people of other countries who were seen before, or are only named for what
    they do: "バイデン氏に続き", "トランプ氏の就任を前に"; in English without those of another
    meeting, beside which the talks at an offset are held."""
    if words.lang == "en":
        people = tuple(
            p for p in scene.people if p.country in PAIR or not _BESIDE.search(text, start, p.start)
        )
        return replace(scene, people=people) if len(people) < len(scene.people) else scene
    pattern = _SEEN_BEFORE.get(words.lang)
    if pattern is None or not scene.people_countries() - PAIR:
        return scene
    people = tuple(
        p for p in scene.people if p.country in PAIR or not pattern.match(text[p.end : p.end + 24])
    )
    return replace(scene, people=people)
