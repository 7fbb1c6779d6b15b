"""How often editors agreed with what was drafted: by source, language and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from news.models import Candidate, Decision, Report
from news.models.reports import by_model_only

State = Candidate.State


@dataclass(frozen=True, slots=True)
class Decided:
    """A number of reports decided alike; `duplicates` of others say nothing of the drafting."""

    source: str
    language: str
    kind: str
    accepted: int = 0
    merged: int = 0
    rejected: int = 0
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What became of the reports of one group."""

    name: str
    accepted: int
    merged: int
    rejected: int
    duplicates: int

    @property
    def precision(self) -> float | None:
        """The part of those judged that an editor confirmed; None if none was judged."""
        right = self.accepted + self.merged
        judged = right + self.rejected
        return right / judged if judged else None


def shares(rows: Iterable[Decided], group: str) -> list[Share]:
    """What became of reports, by one of "source", "language" and "kind"; the most first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counted = counts.setdefault(getattr(row, group), Counter())
        for name in ("accepted", "merged", "rejected", "duplicates"):
            counted[name] += getattr(row, name)
    found = [
        Share(name, c["accepted"], c["merged"], c["rejected"], c["duplicates"])
        for name, c in counts.items()
    ]
    return sorted(found, key=lambda one: (-(one.accepted + one.merged + one.rejected), one.name))


def decided() -> list[Decided]:
    """All reports of decided candidates, counted by the database: each speaks for its own source.

    Samples count as a source of their own. So does a language model: what only it found says
    nothing of the rules.
    """
    rows = (
        Report.objects.exclude(candidate__state=State.PENDING)
        .annotate(is_by_model=by_model_only("report"))
        .values_list(
            "article__source__name",
            "article__outlet",
            "article__is_sample",
            "is_by_model",
            "article__language",
            "told__kind",
            "candidate__state",
            "candidate__reject_reason",
        )
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        Decided(
            "(model)" if by_model else "(sample)" if is_sample else source or outlet or "(file)",
            language,
            kind,
            **{_outcome(state, reason): number},
        )
        for source, outlet, is_sample, by_model, language, kind, state, reason, number in rows
    ]


def corrections() -> Iterator[tuple[str, int, int]]:
    """Each field that editors corrected before accepting: how often, of how many accepted."""
    corrected: Counter[str] = Counter()
    accepted = 0
    rows = Decision.objects.standing().filter(verb=Decision.Verb.ACCEPT, event__isnull=False)
    for fields in rows.values_list("corrected", flat=True):
        corrected.update(fields)
        accepted += 1
    for field, number in corrected.most_common():
        yield field, number, accepted


def _outcome(state: str, reason: str) -> str:
    if state == State.REJECTED:
        is_duplicate = reason == Candidate.RejectReason.DUPLICATE
        return "duplicates" if is_duplicate else "rejected"
    return "merged" if state == State.MERGED else "accepted"
