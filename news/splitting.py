"""Making two candidates of one: by a report that is of another event, or one that tells of two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from events.models.dates import Precision
from news.models import Candidate, CandidateEvidence, Report
from news.pipeline import Draft
from news.reporting import move, rechoose, start_candidate
from news.review import locked_while_pending

# Fields with several values, each with evidence of its own.
_LISTS = ("participants", "countries", "topics")


class NotAReport(Exception):
    """The report is not one of several of this candidate, so it cannot be taken from it."""


@transaction.atomic
def take_off(candidate: Candidate, report: Report) -> Candidate:
    """Make a candidate of its own of one of several reports, and return it.

    Drafting its article anew leaves it there. Raises AlreadyDecided and NotAReport.
    """
    first = locked_while_pending(candidate)
    mine = first.reports.filter(pk=report.pk).first()
    if mine is None or first.reports.count() < 2:
        raise NotAReport
    mine.is_placed = True
    mine.save(update_fields=["is_placed"])
    return move(mine, None, split_from=first)


@transaction.atomic
def split(
    candidate: Candidate,
    *,
    sentences: Collection[int],
    kind: str,
    starts_on: date,
    report: Report | None = None,
) -> Candidate:
    """Make a second candidate of the event that these sentences tell of, and return it.

    They are sentences of one report, by default the first, named by where they begin in the text.
    Their evidence moves to the second; people, countries, topics and place go where their evidence
    is, and to both where there is none. Without sentences the second gets a copy of all. Drafting
    the article anew leaves both alone. Raises AlreadyDecided.
    """
    first = locked_while_pending(candidate)
    told = report or first.reports.in_order()[0]
    rows = list(told.evidence.order_by("id"))
    moved = [row for row in rows if row.sentence_starts_at in sentences]
    kept = [row for row in rows if row not in moved] if moved else rows
    draft = told.draft
    second = _second(first, told, _of_other(_told_by(draft, rows, moved or rows), kind, starts_on))
    told.evidence.filter(pk__in=[row.pk for row in moved]).delete()
    for row in moved or rows:
        row.pk, row.report = None, second.reports.get()
        row._state.adding = True
    CandidateEvidence.objects.bulk_create(
        row for row in moved or rows if _still_supports(row, second)
    )
    told.draft = _told_by(draft, rows, kept)
    told.is_placed = True
    told.save(update_fields=["told", "is_placed"])
    second.reports.update(is_placed=True)
    rechoose(first)
    return second


def _second(first: Candidate, told: Report, draft: Draft) -> Candidate:
    number = first.split_off.count() + 1
    return start_candidate(
        told.article,
        draft,
        key=sha256(f"{told.fingerprint} split {number}".encode()).hexdigest(),
        split_from=first,
        assigned_to=first.assigned_to,
        assigned_at=first.assigned_at,
    )


def _told_by(
    draft: Draft, rows: Collection[CandidateEvidence], own: Collection[CandidateEvidence]
) -> Draft:
    """What the sentences of `own` leave of a draft; what no sentence tells stays."""
    left: dict[str, Any] = {}
    for field in _LISTS:
        said, mine = _values(rows, field), _values(own, field)
        left[field] = tuple(one for one in getattr(draft, field) if one in mine or one not in said)
    if _values(rows, "city") and not _values(own, "city"):
        left["city"] = ""
    return replace(draft, **left)


def _of_other(draft: Draft, kind: str, starts_on: date) -> Draft:
    """The same as an event of the kind and day that the editor says."""
    is_same = kind == draft.kind.upper()
    return replace(
        draft,
        kind=kind.lower(),
        precision=Precision.DAY.value,
        starts_on=starts_on,
        ends_on=starts_on,
        channel=draft.channel if is_same else "",
        minutes=None,
        ordinal=None,
        anniversary="",
    )


def _values(rows: Collection[CandidateEvidence], field: str) -> set[str]:
    return {row.value for row in rows if row.field == field}


def _still_supports(row: CandidateEvidence, second: Candidate) -> bool:
    """Whether the words still tell what the second has: its kind and day are the editor's."""
    match row.field:
        case "kind":
            return row.value == second.kind.lower()
        case "start" | "end":
            return row.value == second.starts_on.isoformat()
        case "minutes" | "ordinal":
            return False
    return True
