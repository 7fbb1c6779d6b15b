"""Drop what cannot stand: a draft whose evidence or dates do not hold."""

from __future__ import annotations

from news.pipeline.values import (
    CALLED_OFF,
    KINDS,
    PRECISIONS,
    STATUSES,
    ArticleText,
    Draft,
    Evidence,
)

MAX_DAYS = 62


def stands(draft: Draft, article: ArticleText) -> bool:
    """Whether a draft may be shown: known words, dates in order, evidence in the text."""
    if draft.kind not in KINDS or draft.status not in (*STATUSES, *CALLED_OFF):
        return False
    if draft.precision not in PRECISIONS or draft.ends_on < draft.starts_on:
        return False
    if (draft.ends_on - draft.starts_on).days > MAX_DAYS:
        return False
    if not all(_verbatim(row, article.text) for row in draft.evidence):
        return False
    fields = {row.field for row in draft.evidence}
    return {"kind", "start", "countries"} <= fields


def _verbatim(row: Evidence, text: str) -> bool:
    return (
        0 <= row.sentence_start <= row.start < row.end <= row.sentence_end <= len(text)
        and text[row.start : row.end] == row.quote
        and text[row.sentence_start : row.sentence_end] == row.sentence
    )
