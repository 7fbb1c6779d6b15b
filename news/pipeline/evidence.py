"""Evidence rows: words of the article as it was given, found through the working copy."""

from __future__ import annotations

from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

_DASHES = "-–—"


def make_evidence(
    telling: Telling,
    spoken: Spoken,
    span: tuple[int, int],
    field: str,
    value: str,
    rule: str,
    confidence: float,
) -> Evidence:
    """The row for words at `span` of a sentence."""
    text = telling.article.text
    offset = spoken.sentence.start
    start, end = _words(text, telling.working.span(offset + span[0], offset + span[1]))
    first, last = _words(text, telling.working.span(offset, spoken.sentence.end))
    return Evidence(
        field=field,
        value=value,
        quote=text[start:end],
        start=start,
        end=end,
        sentence=text[first:last],
        sentence_start=first,
        sentence_end=last,
        rule=rule,
        confidence=confidence,
    )


def _words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without the space around its words, or the dash that a dateline leaves before."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _DASHES):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else span
