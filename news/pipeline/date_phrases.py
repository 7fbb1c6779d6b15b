"""All date phrases of a text in its language, each word claimed once."""

from __future__ import annotations

from news.pipeline import dates_en, dates_ja, dates_ko
from news.pipeline.dates import DatePhrase

_GRAMMARS = {"en": dates_en.find, "ko": dates_ko.find, "ja": dates_ja.find}


def find_dates(text: str, lang: str) -> list[DatePhrase]:
    """The date phrases in text order; where two overlap the longer is kept."""
    found = sorted(_GRAMMARS[lang](text), key=lambda p: (p.start - p.end, p.start))
    taken = bytearray(len(text) + 1)
    kept: list[DatePhrase] = []
    for phrase in found:
        if any(taken[phrase.start : phrase.end]):
            continue
        taken[phrase.start : phrase.end] = b"\1" * (phrase.end - phrase.start)
        kept.append(phrase)
    return sorted(kept, key=lambda p: p.start)
