"""The day in an English dateline: "TOKYO, April 18 —". What it opens says "today" of that day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from news.pipeline.sentences import Sentence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})\b")
_MOST = 3  # days from writing to publication


def day_written(sentences: Iterable[Sentence], published: date | None, lang: str) -> date | None:
    """The day on which an article was written: that of its dateline, if it lies shortly before
    publication, else the day of publication."""
    opening = next((s for s in sentences if s.role == "body"), None)
    if lang != "en" or published is None or opening is None or not opening.dateline_end:
        return published
    found = _DAY.search(opening.text, 0, opening.dateline_end)
    if found is None or found.group(1)[:3].lower() not in _MONTHS:
        return published
    month, day = _MONTHS.index(found.group(1)[:3].lower()) + 1, int(found.group(2))
    year = published.year - (1 if month > published.month else 0)
    try:
        written = date(year, month, day)
    except ValueError:
        return published
    return written if 0 <= (published - written).days <= _MOST else published
