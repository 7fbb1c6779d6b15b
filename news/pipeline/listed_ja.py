"""A third country's official whom Japanese lists before one of Korea or Japan."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.spoken import Spoken

# "オースティン米国防長官、韓国の国防相と電話で協議した": they talk with both.
_AND_OF_PAIR = re.compile(r"[^。、とはが]{0,12}(?:\([^)]{0,24}\))?(?:、|·|や)")
_ONE_BY_ONE = re.compile(r"それぞれ|個別に|相次いで|別々に|順番に")
_FAR = 60  # characters


def listed_before_pair(spoken: Spoken, start: int) -> frozenset[str]:
    """The third countries whose people are listed before one of the two, with whom somebody talks
    at an offset."""
    text = spoken.sentence.text
    if _ONE_BY_ONE.search(text):
        return frozenset()
    ours = [
        c.start
        for c in spoken.scene.countries
        if c.country in PAIR and not c.is_place and start - _FAR <= c.start < start
    ]
    strangers = [p for p in spoken.scene.people if p.country not in PAIR and not p.is_former]
    return frozenset(
        p.country
        for p in strangers
        if any(at > p.end and _AND_OF_PAIR.fullmatch(text, p.end, at) for at in ours)
    )
