"""An article's versions as pages show them: when, how much, and word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from news.models import Article, ArticleVersion
from news.pipeline.changes import SAME, Piece, compare
from news.pipeline.grades import GRADES

# Comparing is bounded, but not free.
MOST_COMPARED = 5
_AROUND = 120
_CUT = " […] "


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between a version and the one before it; no pieces where that is not shown."""

    seen_at: datetime
    grade: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def changes_of(article: Article) -> list[Change]:
    """The changes of an article, the latest first; only the latest few with their words."""
    versions = list(article.versions.order_by("seen_at", "id"))
    said = list(_said(article, versions))
    changes = []
    for at in range(len(versions) - 1, 0, -1):
        is_compared = len(versions) - at <= MOST_COMPARED
        (old_title, old_text), (title, text) = said[at - 1], said[at]
        changes.append(
            Change(
                versions[at].seen_at,
                versions[at].get_grade_display(),
                compare(old_title, title) if is_compared and title != old_title else (),
                shortened(compare(old_text, text)) if is_compared and text != old_text else (),
            )
        )
    return changes


def worst_grade(article: Article) -> str:
    """How much an article has changed at most since it was read, in a word; empty if not at all."""
    grades = set(article.versions.values_list("grade", flat=True)) - {""}
    if not grades:
        return ""
    return str(ArticleVersion.Grade(max(grades, key=GRADES.index)).label)


def shortened(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with what is the same cut to the words around each change."""
    pieces = list(pieces)
    return tuple(
        Piece(SAME, _cut(piece.text, is_first=at == 0, is_last=at == len(pieces) - 1))
        if piece.kind == SAME
        else piece
        for at, piece in enumerate(pieces)
    )


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    head = "" if is_first else text[:_AROUND]
    tail = "" if is_last else text[-_AROUND:]
    return text if len(head) + len(tail) >= len(text) else head + _CUT + tail


def _said(article: Article, versions: Iterable[ArticleVersion]) -> Iterable[tuple[str, str]]:
    text = article.text
    for version in versions:
        text = version.text or text
        yield version.title, text
