"""What reports of one event tell differently, in words for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Country, Event, Person
from events.wording import date_in_words, listed
from news.choosing import Contradiction, contradictions
from news.models import CandidateEvidence, Report
from news.pipeline import Draft
from news.reporting import STATUSES, days_of, kind_of, reported

LABELS = {
    "date": gettext_lazy("Date"),
    "status": gettext_lazy("Status"),
    "minutes": gettext_lazy("Duration"),
    "ordinal": gettext_lazy("Ordinal"),
    "city": gettext_lazy("City"),
    "people": gettext_lazy("Participants"),
    "countries": gettext_lazy("Countries"),
    "kind": gettext_lazy("Kind"),
    "channel": gettext_lazy("Channel"),
    "occasion": gettext_lazy("Occasion"),
}
# The kinds of evidence behind each, where they are not called as it is.
_SOURCES = {"date": ("start", "end"), "people": ("participants",)}


@dataclass(frozen=True, slots=True)
class Version:
    """One value in words, the reports that tell it, and the words of each that say so."""

    value: str
    told: tuple[tuple[Report, str], ...]
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with the versions of it that cannot all be right; the one taken first."""

    label: Any
    versions: tuple[Version, ...]


def contradictions_in_words(
    reports: Sequence[Report], evidence: Iterable[CandidateEvidence]
) -> list[Difference]:
    """The fields that reports contradict each other in; costs up to three queries, none for one."""
    if len(reports) < 2:
        return []
    found = contradictions(reported(reports))
    names = _names(found)
    by_pk = {report.pk: report for report in reports}
    quotes: dict[tuple[int, str], str] = {}
    for row in evidence:
        quotes.setdefault((row.report_id, row.field), row.quote)
    return [
        Difference(
            LABELS[one.field],
            tuple(
                Version(
                    _in_words(one.field, draft, names),
                    tuple((by_pk[pk], _quote(quotes, pk, one.field)) for pk in pks),
                    is_taken=not at,
                )
                for at, (draft, pks) in enumerate(one.values)
            ),
        )
        for one in found
    ]


def _quote(quotes: Mapping[tuple[int, str], str], report: int, field: str) -> str:
    fields = _SOURCES.get(field, (field,))
    return next((quotes[report, name] for name in fields if (report, name) in quotes), "")


def _names(found: Iterable[Contradiction]) -> dict[str, str]:
    """The names of those people and countries that some contradiction is about."""
    drafts = [(one.field, draft) for one in found for draft, _pks in one.values]
    people = {slug for field, draft in drafts if field == "people" for slug in draft.participants}
    codes = {code for field, draft in drafts if field == "countries" for code in draft.countries}
    names: dict[str, str] = {}
    if people:
        names |= {person.slug: person.name for person in Person.objects.filter(slug__in=people)}
    if codes:
        names |= {country.pk: country.name for country in Country.objects.filter(pk__in=codes)}
    return names


def _in_words(field: str, draft: Draft, names: Mapping[str, str]) -> str:
    match field:
        case "date":
            return str(date_in_words(draft.precision, *days_of(draft)))
        case "status":
            return str(STATUSES[draft.status].label)
        case "minutes":
            minutes = draft.minutes or 0
            return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
        case "ordinal":
            return _("number %(n)d") % {"n": draft.ordinal}
        case "people":
            return listed(names.get(slug, slug) for slug in draft.participants)
        case "countries":
            return listed(names.get(code, code) for code in draft.countries)
        case "kind":
            return str(Event.Kind(kind_of(draft)).label)
        case "channel":
            return str(Event.Channel(draft.channel).label)
    return str(getattr(draft, field))
