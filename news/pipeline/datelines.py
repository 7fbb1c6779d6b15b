"""The day on which an article says that it was written: "ULSAN, March 19 —"."""

from __future__ import annotations

import re
from datetime import date

from news.pipeline.date_phrases import find_dates
from news.pipeline.dates import Days, resolve
from news.pipeline.sentences import Sentence
from news.pipeline.timing import Timed

_LATEST = 2  # days that a page may be newer than its article
_DATED = re.compile(r"\d{1,2}\b")


def dateline(sentence: Sentence, lang: str, published: date | None) -> tuple[Days, Timed] | None:
    """The day in the dateline that opens an English sentence, if it is that of publication or one
    of the two before, with the words for it; else None."""
    if lang != "en" or published is None or not sentence.dateline_end:
        return None
    line = sentence.text[: sentence.dateline_end]
    if not _DATED.search(line):
        return None
    found = [(resolve(phrase, published, "past"), phrase) for phrase in find_dates(line, lang)]
    days = [(d, phrase) for d, phrase in found if d is not None and d.grain == "DAY"]
    if len(days) != 1 or not 0 <= (published - days[0][0].first).days <= _LATEST:
        return None
    return days[0][0], Timed(days[0][1], days[0][0], "event", "past")


def day_written(sentence: Sentence, lang: str, published: date | None) -> date | None:
    """The day alone."""
    line = dateline(sentence, lang, published)
    return line[0].first if line else None
