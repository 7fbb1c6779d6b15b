"""A candidate as its page shows it: each field with its sentences and what the record has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.wording import date_in_words, listed
from news.likeness import Verdict, verdicts
from news.models import Candidate, CandidateEvidence, Report
from news.tellings import as_recorded, as_told
from news.updating import TAKEABLE

# The kinds of evidence behind each line of the page.
FIELDS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("kind", _("Kind"), ("kind",)),
    ("date", _("Date"), ("start", "end")),
    ("status", _("Status"), ("status",)),
    ("people", _("Participants"), ("participants",)),
    ("countries", _("Countries"), ("countries",)),
    ("city", _("City"), ("city",)),
    ("occasion", _("Occasion"), ("occasion",)),
    ("channel", _("Channel"), ()),
    ("minutes", _("Minutes"), ("minutes",)),
    ("ordinal", _("Ordinal, as told"), ("ordinal",)),
    ("topics", _("Topics"), ("topics",)),
)
VERDICTS: dict[Verdict, Promise] = {
    Verdict.AGREES: _("as on record"),
    Verdict.FILLS: _("the record does not say"),
    Verdict.ADDS: _("more than on record"),
    Verdict.DIFFERS: _("not as on record"),
}


@dataclass(frozen=True, slots=True)
class Support:
    """One sentence of a report as pieces, each with whether it counts."""

    pieces: tuple[tuple[str, bool], ...]
    report: Report

    @property
    def quoted(self) -> str:
        """Only the words that count."""
        return " … ".join(piece for piece, counts in self.pieces if counts)


@dataclass(frozen=True, slots=True)
class DraftedField:
    """One line: what was drafted, in words, and why; beside it what the record has.

    `confidence` is in per cent, of the value that rests on the least. `verdict` is empty where
    nothing is compared.
    """

    name: str
    label: Any
    value: str
    support: tuple[Support, ...]
    confidence: int | None
    on_record: str = ""
    verdict: str = ""
    in_words: Any = ""
    opinion: Any = None  # of a language model (news/second_opinions.py), where it has one

    @property
    def can_be_taken(self) -> bool:
        """Whether merging may change the record here."""
        return self.name in TAKEABLE and self.verdict not in ("", Verdict.AGREES)


def drafted_fields(
    candidate: Candidate, evidence: Iterable[CandidateEvidence], against: Event | None = None
) -> list[DraftedField]:
    """The lines of a candidate's page; a field that is empty and has no evidence is left out.

    `against` is the event on record to compare with.
    """
    rows: dict[str, list[CandidateEvidence]] = defaultdict(list)
    for row in evidence:
        rows[row.field].append(row)
    values = _in_words(candidate)
    known = _event_in_words(against) if against else {}
    found = verdicts(as_told(candidate), as_recorded(against)) if against else {}
    lines = []
    for name, label, sources in FIELDS:
        behind = [row for source in sources for row in rows[source]]
        if values[name] or behind:
            verdict = found.get(name)
            lines.append(
                DraftedField(
                    name=name,
                    label=label,
                    value=values[name],
                    support=_support(behind),
                    confidence=_confidence(behind),
                    on_record=known.get(name, ""),
                    verdict=verdict or "",
                    in_words=VERDICTS[verdict] if verdict else "",
                )
            )
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
    of_sentence: dict[tuple[int, int, str], list[CandidateEvidence]] = defaultdict(list)
    for row in rows:
        of_sentence[row.report_id, row.sentence_starts_at, row.sentence].append(row)
    return tuple(
        Support(tuple(text_in_parts(sentence, behind, starts_at)), behind[0].report)
        for (_report, starts_at, sentence), behind in of_sentence.items()
    )


def _confidence(rows: Iterable[CandidateEvidence]) -> int | None:
    """Of each value its best, and of these the least, in per cent."""
    best: dict[tuple[str, str], float] = {}
    for row in rows:
        if row.confidence is not None:
            key = (row.field, row.value)
            best[key] = max(best.get(key, 0.0), row.confidence)
    return round(100 * min(best.values())) if best else None


def _event_in_words(event: Event) -> dict[str, str]:
    acted = [row.country.name for row in event.involvements.all() if row.acted]
    return {
        "kind": event.get_kind_display(),
        "date": date_in_words(event.precision, event.starts_on, event.ends_on),
        "status": event.get_status_display(),
        "people": listed(person.name for person in event.people.all()),
        "countries": listed(acted),
        "city": listed(place.city or place.country.name for place in event.places.all()),
        "occasion": event.occasion,
        "channel": event.get_channel_display(),
        "minutes": str(event.minutes or ""),
        "ordinal": "",
        "topics": listed(topic.name for topic in event.topics.all()),
    }


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
        "channel": candidate.get_channel_display(),
        "minutes": str(candidate.minutes or ""),
        "ordinal": str(candidate.ordinal or ""),
        "topics": listed(topic.name for topic in candidate.topics.all()),
    }
