"""Evidence rows: words of the article as it was given, found through the working copy."""

from __future__ import annotations

from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence


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
    start, end = telling.working.span(offset + span[0], offset + span[1])
    first, last = telling.working.span(offset, spoken.sentence.end)
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
