"""What a second reading of an article changes among the reports of the first.

Pure: values in, a plan out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from news.likeness import SLACK, kindred
from news.pipeline import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A report of the first reading.

    `spans` are the days that it tells and, once its candidate is decided, those of the event on
    record; `sentences` are where those begin that tell its kind. One that `is_fixed` is of a
    candidate that was decided, or decided and undone, or was split or placed by an editor: it stays
    as it is. One of a candidate that `is_taken` is not removed.
    """

    pk: int
    fingerprint: str
    kind: str
    spans: tuple[tuple[date, date], ...]
    sentences: frozenset[int] = frozenset()
    is_fixed: bool = False
    is_rejected: bool = False
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Which reports to rewrite from which draft, which to remove, which drafts to add."""

    rewrite: tuple[tuple[int, Draft], ...]
    remove: tuple[int, ...]
    add: tuple[Draft, ...]


def plan(stored: Iterable[Stored], drafts: dict[str, Draft]) -> Plan:
    """Plan for the drafts of the second reading, by their fingerprints.

    A draft like a decided candidate is not added again: what was rejected stays so.
    """
    stored = list(stored)
    fixed = [row for row in stored if row.is_fixed]
    waiting = {row.fingerprint: row for row in stored if not row.is_fixed}
    rewrite = [(waiting.pop(key).pk, drafts[key]) for key in drafts if key in waiting]
    again = {row.fingerprint for row in stored}
    add = []
    for key, draft in drafts.items():
        if key in again or any(_same(draft, row) for row in fixed):
            continue
        likest = next((key for key, row in waiting.items() if _same(draft, row)), None)
        if likest is None:
            add.append(draft)
        else:
            rewrite.append((waiting.pop(likest).pk, draft))
    remove = tuple(row.pk for row in waiting.values() if not row.is_taken)
    return Plan(tuple(rewrite), remove, tuple(add))


def kind_of(draft: Draft) -> str:
    """The kind of a draft as candidates have it."""
    return "CEREMONY" if draft.kind == "anniversary" else draft.kind.upper()


def _same(draft: Draft, row: Stored) -> bool:
    """Whether a draft tells of what a candidate told of: a kindred kind at about the same time.

    Of a rejected one also: the same kind in the same sentence, whatever the day.
    """
    kind = kind_of(draft)
    if row.is_rejected and kind == row.kind and row.sentences & _sentences(draft):
        return True
    return kindred(kind, row.kind) and any(
        draft.starts_on <= last + SLACK and draft.ends_on >= first - SLACK
        for first, last in row.spans
    )


def _sentences(draft: Draft) -> frozenset[int]:
    return frozenset(row.sentence_start for row in draft.evidence if row.field == "kind")
