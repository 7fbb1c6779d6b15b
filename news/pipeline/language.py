"""Tell English, Korean and Japanese apart by their scripts."""

from __future__ import annotations

import re

LANGUAGES = ("en", "ko", "ja")

_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN = re.compile(r"[A-Za-z]")
_ENOUGH = 4000  # characters: the scripts of an article show in its first screen


def find_language(text: str, told: str = "") -> str:
    """The language of a text: "en", "ko" or "ja".

    The script is believed over what the feed says, since feeds label whole
    sites; `told` decides only when the text has no letters to go by.
    """
    sample = text[:_ENOUGH]
    # A Latin letter carries a fraction of what a syllable or a kana does.
    weights = {
        "ko": 3 * len(_HANGUL.findall(sample)),
        "ja": 3 * len(_KANA.findall(sample)),
        "en": len(_LATIN.findall(sample)),
    }
    best = max(weights, key=lambda lang: weights[lang])
    if weights[best] == 0:
        return told if told in LANGUAGES else "en"
    return best
