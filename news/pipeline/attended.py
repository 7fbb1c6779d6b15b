"""Gatherings that are named as where somebody goes."""

from __future__ import annotations

import re

from news.pipeline.timing import Timed

# "In China to attend the three-way summit": where somebody goes, not what is told of.
_ATTENDED = {
    "ko": re.compile(
        r"\s?(?:을|를|에)?\s?(?:참석차|참석\s차|참석을 위해|참석하기 위해|참석하려|계기로|계기에"
        r"|계기\s|참석(?:한|했던)\s뒤)"
    ),
    "ja": re.compile(
        r"(?:に|へ)?(?:の)?(?:出席|参加)(?:する|の)?(?:ため|で(?:訪|来)|に合わせ)|に合わせて|を機に|に際し"
        r"|の機会に|の(?:前日|前夜|翌日|翌朝)|に(?:出席|参加)した(?:後|あと|のち)"
    ),
}


def is_visited(text: str, end: int, lang: str) -> bool:
    """Whether a meeting is named as where somebody goes: the day is that of the journey."""
    return lang in _ATTENDED and bool(_ATTENDED[lang].match(text[end:]))


# "9日、東京で開かれる日中韓サミットに出席するため来日する": the day is that of both.
_HELD_THEN = {
    "ko": re.compile(
        r"\s?(?:\([^)]*\)\s?)?(?:[^.,]{0,20}?서\s)?(?:열리는|개최되는|개최하는)\s?(?:제\d+차\s)?$"
    ),
    "ja": re.compile(
        r"(?:\([^)]*\))?に?、?(?:[^。、]{0,14}で)?(?:開かれる|開催される|行われる|開く|開催する)$"
    ),
}


def is_held_then(text: str, timed: Timed, start: int, lang: str) -> bool:
    """Whether a gathering that somebody goes to is held on the day that is told before it."""
    return lang in _HELD_THEN and bool(
        _HELD_THEN[lang].fullmatch(text[timed.phrase.end : max(start, timed.phrase.end)])
    )
