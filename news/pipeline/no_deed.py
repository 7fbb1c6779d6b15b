"""Where nothing is done: surveys, candidates, demands, and what others recall or ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from news.pipeline.actors import PAIR
from news.pipeline.dating import MEETINGS
from news.pipeline.lexicon import Lexicon
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

_DEEDS = (*MEETINGS, "visit")


def find_no_deed(
    spoken: Spoken,
    span: tuple[int, int],
    kind: str,
    timed: Timed | None,
    tense: str,
    words: Lexicon,
) -> str:
    """The reason that the sentence around a trigger tells only of what people think, ask or
    would do, or ""."""
    text = spoken.sentence.text
    clause = next((text[a:b] for a, b in spoken.clauses if a <= span[0] < b), text)
    if words.cues["survey"].search(clause):
        return "hypothetical"
    if words.cues["disowned_after"].match(text[span[1] :]):
        return "denied"
    if kind not in _DEEDS:
        return ""
    if timed is None and words.cues["retold"].search(text[: span[0]]):
        return "background"
    if words.cues["demanded_after"].match(text[span[1] :]):
        return "hypothetical"
    is_told = timed is not None and tense == "past" and spoken.scene.people_countries() >= PAIR
    if not is_told and words.cues["candidate"].search(text):
        return "hypothetical"
    return ""


def opens_with_survey(spoken: Iterable[Spoken], words: Lexicon) -> bool:
    """Whether the first sentence of an article tells what people answered."""
    return any(
        s.sentence.rank == 0 and words.cues["survey"].search(s.sentence.text) for s in spoken
    )


# Verbs that somebody does to those behind them: "a lawmaker urged Park to meet Abe".
_DONE_TO = re.compile(
    r"\s*(?:urged|asked|told|invited|thanked|assured|congratulated|promised|warned|heard|listened"
    r"|welcomed|condemned|called (?:for|on each)|wanted|hoped|considered|sought|recalled|noted"
    r"|discuss(?:es)?|spoke|talked|wants)\b",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"\b(?:they|he|she|both|the (?:two|pair|duo|leaders|ministers)|leaders|presidents|premiers"
    r"|ministers|diplomats|officials|sides)\b",
    re.IGNORECASE,
)


def is_done_by_others(spoken: Spoken, at: int, words: Lexicon) -> bool:
    """Whether an English verb has none of those before it who are named behind it."""
    text = spoken.sentence.text
    if words.lang != "en" or not _DONE_TO.match(text[at:]) or _THOSE.search(text[:at]):
        return False
    people = [p for p in spoken.scene.people if p.country in PAIR]
    return bool(people) and all(p.start > at for p in people)
