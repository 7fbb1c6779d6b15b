"""Making two candidates of one that tells of two events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.db import transaction

from events.models.dates import Precision
from news.models import Candidate, CandidateEvidence
from news.review import locked_while_pending

# Fields with several values, each with evidence of its own.
_LISTS = (
    ("participants", "people", "slug"),
    ("countries", "countries", "code"),
    ("topics", "topics", "slug"),
)


@transaction.atomic
def split(
    candidate: Candidate, *, sentences: Collection[int], kind: str, starts_on: date
) -> Candidate:
    """Make a second candidate of the event that these sentences tell of, and return it.

    Sentences are named by where they begin in the text. Their evidence moves to the second; people,
    countries, topics and place go where their evidence is, and to both where there is none. Without
    sentences the second gets a copy of all. Drafting the article anew leaves both alone. Raises
    AlreadyDecided.
    """
    first = locked_while_pending(candidate)
    rows = list(first.evidence.order_by("id"))
    moved = [row for row in rows if row.sentence_starts_at in sentences]
    kept = [row for row in rows if row not in moved] if moved else rows
    second = _second(first, kind=kind, starts_on=starts_on)
    for field, name, key in _LISTS:
        values = {getattr(row, key): row for row in getattr(first, name).all()}
        unsaid = values.keys() - _told(rows, field)
        for owner, told in ((first, _told(kept, field)), (second, _told(moved or rows, field))):
            getattr(owner, name).set(values[one] for one in values if one in told | unsaid)
    for owner, told in ((first, _told(kept, "city")), (second, _told(moved or rows, "city"))):
        if owner.city and _told(rows, "city") and not told:
            owner.city, owner.place_country = "", None
            owner.save(update_fields=["city", "place_country"])
    first.evidence.filter(pk__in=[row.pk for row in moved]).delete()
    for row in moved or rows:
        row.pk, row.candidate = None, second
        row._state.adding = True
    CandidateEvidence.objects.bulk_create(
        row for row in moved or rows if _still_supports(row, second)
    )
    return second


def _second(first: Candidate, *, kind: str, starts_on: date) -> Candidate:
    number = first.split_off.count() + 1
    return Candidate.objects.create(
        article=first.article,
        fingerprint=sha256(f"{first.fingerprint} split {number}".encode()).hexdigest(),
        cluster_key=first.cluster_key,
        split_from=first,
        kind=kind,
        setting=first.setting,
        channel=first.channel if kind == first.kind else "",
        status=first.status,
        precision=Precision.DAY,
        starts_on=starts_on,
        city=first.city,
        place_country=first.place_country,
        occasion=first.occasion,
        title=first.title,
        assigned_to=first.assigned_to,
        assigned_at=first.assigned_at,
    )


def _told(rows: Collection[CandidateEvidence], field: str) -> set[str]:
    return {row.value for row in rows if row.field == field}


def _still_supports(row: CandidateEvidence, second: Candidate) -> bool:
    """Whether the words still tell what the second has: its kind and day are the editor's."""
    match row.field:
        case "kind":
            return row.value == second.kind.lower()
        case "start" | "end":
            return row.value == second.starts_on.isoformat()
    return True
