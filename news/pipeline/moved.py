"""English plans that are moved from one day to another: the later word counts."""

from __future__ import annotations

from dataclasses import replace

from news.pipeline.dates import DatePhrase
from news.pipeline.patterns import Pattern

_TO_DAY = (
    r"(?=(?:the |early |late |next |this )?(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
)
_VERB = (
    r"\b(?:moved|deferred|postponed|rescheduled|shifted|delayed|brought forward|advanced|slid"
    r"|slipped|nudged|bumped|shunted|transferred|switched|swapped|pulled forward|slides|slips"
    r"|moves|shifts|re-?booked|put over|(?:put|pushed|held|set|knocked) (?:back|off|forward))\b"
)
# "From Sept. 24": the day that no longer counts, between the verb and the new one.
_FROM = r"(?: from (?:the )?[^;,]{3,24}?)?"
_MOVED = Pattern(
    rf"{_VERB}(?: [\w'-]+){{0,4}}?{_FROM},? (?:to|until|till|for|in favou?r of) {_TO_DAY}"
)
# Right before the day on which something is to be now, and before the one that no longer counts.
_NEW = Pattern(
    rf"{_VERB}(?: [\w'-]+){{0,4}}?{_FROM},? (?:to|until|till|for|in favou?r of) "
    r"(?:the |early |late )?$"
)
_OLD = Pattern(
    r"\b(?:(?:originally|initially|first|previously) (?:[\w-]+ ){0,2}(?:on|for|to)"
    r"|to have (?:been )?[^.;]{0,80}?\b(?:on|for)"
    r"|had been (?:due|set|scheduled|planned|slated|expected) [^.;]{0,40}?(?:on|for)?"
    r"|was (?:due|set|scheduled|planned|slated) [^.;]{0,40}?(?:on|for)?"
    rf"|{_VERB}(?: [\w'-]+){{0,4}}? from) (?:the )?$"
)


_FROM_TO = Pattern(rf"{_VERB}(?: [\w'-]+){{0,4}}? from (?:the )?$")


def without_old_day(text: str, phrase: DatePhrase) -> DatePhrase:
    """A phrase; of "has slipped from Sept. 28 to Oct. 9", which is no stay, only the later day."""
    if phrase.end_day is None or not _FROM_TO.search(text, 0, phrase.start):
        return phrase
    month = phrase.end_month or phrase.month
    return replace(phrase, month=month, day=phrase.end_day, end_month=None, end_day=None)


def is_moved(text: str) -> bool:
    """Whether a sentence says that something will be on another day than was planned."""
    return bool(_MOVED.search(text))


def is_new_day(text: str, start: int) -> bool:
    """Whether the day at an offset is the one that a plan was moved to."""
    return bool(_NEW.search(text, 0, start))


def is_old_day(text: str, start: int) -> bool:
    """Whether the day at an offset is the one that a plan was moved from."""
    return is_moved(text) and bool(_OLD.search(text, 0, start))
