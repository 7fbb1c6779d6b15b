"""What a government's account promises: by whom, and until when."""

from __future__ import annotations

from datetime import date

from news.pipeline.date_phrases import find_dates
from news.pipeline.dates import Days, resolve
from news.pipeline.passages import Part
from news.pipeline.readout_words import ReadoutWords

# How exactly a deadline is known, by the grain of the date phrase.
_PRECISIONS = {"DAY": "DAY", "RANGE": "DAY", "WEEK": "DAY", "MONTH": "MONTH", "YEAR": "YEAR"}


def is_promise(text: str, part: Part, words: ReadoutWords) -> bool:
    """Whether a statement undertakes a deed that can be followed up, not only good will."""
    said = text[part.start : part.end]
    if not words["deed"].search(words["vague"].sub(" ", said)):
        return False
    if part.stance == "AGREED":
        return bool(words["promise"].search(said))
    if part.stance == "MENTIONED" or words["wish"].search(said):
        return False
    return bool(words["own_promise"].search(said))


def find_deadline(
    said: str, words: ReadoutWords, anchor: date | None
) -> tuple[str, date | None, str]:
    """(the deadline in the words of the page, its day, its precision), as far as it is stated."""
    soon = words["soon"].search(said)
    if soon:
        return soon.group().strip(), None, ""
    this_year = words["this_year"].search(said)
    if this_year:
        words_of_it = this_year.group().strip()
        return (words_of_it, date(anchor.year, 1, 1), "YEAR") if anchor else (words_of_it, None, "")
    for phrase in find_dates(said, words.lang):
        days = resolve(phrase, anchor, "future")
        if days is None or anchor is None or days.last <= anchor:
            continue
        precision = _PRECISIONS[days.grain]
        return (
            _with_preposition(said, phrase.start, phrase.end),
            _placed(days, precision),
            precision,
        )
    return "", None, ""


def _placed(days: Days, precision: str) -> date:
    """The last day of a deadline known to the day; the first of its month or year else."""
    if precision == "DAY":
        return days.last
    return days.first.replace(day=1) if precision == "MONTH" else days.first.replace(month=1, day=1)


def _with_preposition(said: str, start: int, end: int) -> str:
    """The phrase with the short word before it: "in September", "by June"."""
    before = said[:start].rstrip().rpartition(" ")[2].lower()
    if before in ("in", "by", "on", "before", "within", "during", "until", "from"):
        start = said[:start].rstrip().rindex(said[:start].rstrip().rpartition(" ")[2])
    return said[start:end]
