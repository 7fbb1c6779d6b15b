"""The third country at an English table whose guests are listed by their offices."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.listed_en import sees_both, sees_each_apart
from news.pipeline.spoken import Spoken
from news.pipeline.threes import TALKS, third_at_table

_THIRDS = frozenset({"US", "CN"})
# "With U.S. Deputy Secretary of State A B and Japanese Vice Foreign Minister C D".
_OFFICE = r"(?:[\w.'-]+ ){1,9}?"
_OWN = r"(?P<own>Japan|(?:South )?Korea)(?:ese|n|'s)? "
_THIRD_THEN_OWN = re.compile(
    rf" ?(?:with )?(?:the )?(?P<third>{_OFFICE}[A-Z][\w'-]+),? and (?:the )?{_OWN}"
    r"(?:[\w-]+ ){0,6}?[A-Z][a-z]"
)
_OWN_THEN_THIRD = re.compile(
    rf" ?(?:with )?(?:the )?{_OWN}{_OFFICE}[A-Z][\w'-]+,? and (?:the )?"
    r"(?P<third>(?:[\w.'-]+ ){1,6})[A-Z][a-z]"
)


def third_beside(
    spoken: Spoken, words: Lexicon, trigger: Trigger, start: int, end: int
) -> frozenset[str]:
    """The third country of a table at which a sentence names all three."""
    return third_at_table(spoken, words, trigger) or _listed_after(
        spoken, words, trigger, start, end
    )


def _listed_after(
    spoken: Spoken, words: Lexicon, trigger: Trigger, start: int, end: int
) -> frozenset[str]:
    """The third country of one whom English lists beside one of the other side, with whom
    somebody of the two sits down."""
    text, scene = spoken.sentence.text, spoken.scene
    if words.lang != "en" or trigger.kind not in TALKS or scene.thirds:
        return frozenset()
    thirds = scene.acting() - PAIR
    if sees_both(text, start, end) and len(thirds) == 1 and spoken.article >= PAIR:
        return thirds & _THIRDS  # "sat down with his counterparts from China and Japan"
    m = _THIRD_THEN_OWN.match(text, end) or _OWN_THEN_THIRD.match(text, end)
    if m is None or sees_each_apart(text, words):
        return frozenset()
    other = "KR" if m.group("own") == "Japan" else "JP"
    thirds = frozenset(c for c in _THIRDS if words.countries[c].search(m.group("third").strip()))
    before = {p.country for p in scene.people if p.end <= start}
    before |= {c.country for c in scene.countries if c.end <= start and not c.is_place}
    is_theirs = other in before or (not before and spoken.article >= PAIR)
    return thirds if is_theirs and len(thirds) == 1 else frozenset()
