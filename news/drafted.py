"""A candidate as its page shows it: each field with the sentences behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.wording import date_in_words, listed
from news.models import Candidate, CandidateEvidence

# The kinds of evidence behind each line of the page.
FIELDS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("kind", _("Kind"), ("kind",)),
    ("date", _("Date"), ("start", "end")),
    ("status", _("Status"), ("status",)),
    ("people", _("Participants"), ("participants",)),
    ("countries", _("Countries"), ("countries",)),
    ("city", _("City"), ("city",)),
    ("occasion", _("Occasion"), ("occasion",)),
    ("topics", _("Topics"), ("topics",)),
)


@dataclass(frozen=True, slots=True)
class Support:
    """One sentence as pieces, each with whether it counts."""

    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class DraftedField:
    """One line: what was drafted, in words, and why."""

    label: Any
    value: str
    support: tuple[Support, ...]


def drafted_fields(
    candidate: Candidate, evidence: Iterable[CandidateEvidence]
) -> list[DraftedField]:
    """The lines of a candidate's page; a field that is empty and has no evidence is left out."""
    rows: dict[str, list[CandidateEvidence]] = defaultdict(list)
    for row in evidence:
        rows[row.field].append(row)
    values = _in_words(candidate)
    lines = []
    for name, label, sources in FIELDS:
        behind = [row for source in sources for row in rows[source]]
        if values[name] or behind:
            lines.append(DraftedField(label, values[name], _support(behind)))
    return lines


def text_in_parts(
    text: str, evidence: Iterable[CandidateEvidence], starts_at: int = 0
) -> list[tuple[str, bool]]:
    """A text as pieces, each with whether it is quoted as evidence.

    `starts_at` is where it begins in the article's own text.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for row in sorted(evidence, key=lambda row: (row.starts_at, row.ends_at)):
        start, end = max(row.starts_at - starts_at, at), row.ends_at - starts_at
        if end > start:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _support(rows: Iterable[CandidateEvidence]) -> tuple[Support, ...]:
    """One entry for each sentence, however many of its words count."""
    of_sentence: dict[tuple[int, str], list[CandidateEvidence]] = defaultdict(list)
    for row in rows:
        of_sentence[row.sentence_starts_at, row.sentence].append(row)
    return tuple(
        Support(tuple(text_in_parts(sentence, behind, starts_at)))
        for (starts_at, sentence), behind in of_sentence.items()
    )


def _in_words(candidate: Candidate) -> dict[str, str]:
    place = [candidate.city, candidate.place_country.name if candidate.place_country else ""]
    return {
        "kind": candidate.kind_in_words,
        "date": date_in_words(candidate.precision, candidate.starts_on, candidate.ends_on),
        "status": candidate.get_status_display(),
        "people": listed(person.name for person in candidate.people.all()),
        "countries": listed(country.name for country in candidate.countries.all()),
        "city": ", ".join(part for part in place if part),
        "occasion": candidate.occasion,
        "topics": listed(topic.name for topic in candidate.topics.all()),
    }
