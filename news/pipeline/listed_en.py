"""English lists of those at a table of three: by name, or as the colleagues of one of them."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon
from news.pipeline.spoken import Spoken

_THIRDS = frozenset({"US", "CN"})
_OF_THIRD = r"(?:U\.S\.|US|American|Chinese)"
_OF_PAIR = r"(?:South )?(?:Korean|Japanese)"
_FROM_THIRD = r"(?:the )?(?:United States|U\.S\.|US|America|China)"
_FROM_PAIR = r"(?:South Korea|Korea|Japan)"
_PEERS = r"(?:counterparts|colleagues|opposite numbers|peers)"
# "With his U.S. and Japanese counterparts", "joined her counterparts from Japan and China".
_COUNTERPARTS = re.compile(
    rf"\b(?:his|her|their|the) (?:{_OF_THIRD} and {_OF_PAIR}|{_OF_PAIR} and {_OF_THIRD})"
    rf" (?:[a-z]+ )?{_PEERS}\b(?! separately|,? respectively)"
    rf"|\b{_PEERS} (?:from|of|in) (?:{_FROM_THIRD},? and {_FROM_PAIR}"
    rf"|{_FROM_PAIR},? and {_FROM_THIRD})"
)


def sees_both(text: str, start: int, end: int) -> bool:
    """Whether English names the colleagues of the two others right before or behind a trigger."""
    cut = max(text.rfind(mark, 0, start) for mark in (";", ": ", " — ")) + 1
    behind = re.split(r"[;:]|, (?:and|but|while) ", text[end : end + 100])[0]
    return bool(_COUNTERPARTS.search(text[max(cut, start - 140) : end] + behind))


# "Wednesday's session between the South Korean and Japanese ministers".
_OF_TWO_SIDES = re.compile(
    rf"\b(?:talks|meetings?|sessions?|summit|encounter) (?:of|between|with) (?:the )?"
    rf"(?:two |{_OF_PAIR} and {_OF_PAIR} )(?:[a-z]+ )?"
    r"(?:ministers|chiefs|diplomats|leaders|officials)\b"
)
# "A separate meeting between Han and Ito": also of somebody whom we do not know.
_OF_TWO_NAMES = re.compile(
    r" (?:of|between) [A-Z][\w'-]+(?: [A-Z][\w'-]+)? and [A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    r"(?=[.;]|,? [a-z])(?!,? and\b)"
)


_FAR = 80  # characters


def is_table_of_two(text: str, start: int, end: int) -> bool:
    """Whether English says with words for a meeting that those of two sides held it."""
    sides = _OF_TWO_SIDES.search(text, start, end + _FAR)
    is_separate = text[start:end].lower().startswith(("separate", "bilateral", "two-way"))
    if sides is not None and sides.start() <= end:
        return True
    return is_separate and bool(_OF_TWO_NAMES.match(text, end))


# What stands between two of a list: "he, Wang Yi of China and Cho Tae-yul".
_NEXT_ON_LIST = re.compile(
    r"(?: of (?:the )?(?:South )?[A-Z][\w.]+)?(?:,? and |, )"
    r"(?:(?:the|South|Korean|Japanese|Chinese|American|U\.S\.|Foreign|Prime|Defen[cs]e|Minister"
    r"|President|Premier|Secretary|of|State|Korea's|Japan's|China's) )*"
)


_ALONE = re.compile(r"\b(?:alone|by themselves|to themselves|on their own)\b")


def sees_each_apart(text: str, words: Lexicon) -> bool:
    """Whether English says that somebody saw each by himself."""
    is_each = any(words.cues[key].search(text) for key in ("each", "alone"))
    return is_each or bool(_ALONE.search(text))


def listed_with(spoken: Spoken, words: Lexicon) -> frozenset[str]:
    """The third country of somebody whom English lists by name beside one of the two."""
    text = spoken.sentence.text
    if words.lang != "en" or sees_each_apart(text, words):
        return frozenset()
    people = sorted(spoken.scene.people, key=lambda p: p.start)
    return frozenset(
        country
        for one, other in zip(people, people[1:], strict=False)
        if _NEXT_ON_LIST.fullmatch(text, one.end, other.start)
        and {one.country, other.country} & PAIR
        for country in ({one.country, other.country} & _THIRDS)
    )
