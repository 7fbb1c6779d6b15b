"""What a language model read in an article, beside what was drafted from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Country, Event, Person, Topic
from events.wording import date_in_words, listed
from news.agreement import Agreement, compare, counterpart
from news.asking import told_by, told_in
from news.drafted import FIELDS, DraftedField
from news.models import Candidate, CandidateEvidence, ModelReading, Report
from news.models.reports import by_model_only
from news.pipeline import Draft, checking
from news.pipeline.checking import MODEL
from news.tellings import as_drafted, as_told

# The kinds of evidence behind each line.
_SOURCES = {name: sources for name, _label, sources in FIELDS}
IN_WORDS: dict[Agreement, Promise] = {
    Agreement.AGREES: _("the model agrees"),
    Agreement.DIFFERS: _("the model reads"),
    Agreement.SILENT: _("the model does not say"),
    Agreement.ALONE: _("only the model reads"),
}


REASONS: dict[str, Promise] = {
    checking.NOT_IN_TEXT: _("the words quoted are not in the article"),
    checking.NOT_ITS_TEXT: _("the words quoted are not the article’s own text"),
    checking.ORDERS: _("the words quoted speak to programs"),
    checking.UNKNOWN: _("not on the list of what is known"),
    checking.CONTRADICTED: _("the words quoted say something else"),
    checking.NO_SUCH_DAY: _("the day does not follow from the words quoted"),
    checking.NOT_NAMED: _("not named in the article"),
    checking.TENSE: _("does not fit its day"),
    checking.LACKS: _("lacks kind, day or status"),
    checking.ONE_SIDED: _("only one side acts"),
    checking.CANNOT_STAND: _("cannot stand as a draft"),
    checking.TWICE: _("told twice"),
}
_LABELS = {source: label for _name, label, sources in FIELDS for source in sources}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of one field: in what it agrees, its value and the words it quotes."""

    agreement: Agreement
    value: str
    quotes: tuple[str, ...]

    @property
    def in_words(self) -> Promise:
        return IN_WORDS[self.agreement]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What the model made of an article as far as it concerns one report of it.

    `is_alone`: only the model drafted the report. `has_found`: the model found its event too.
    """

    model: str
    is_alone: bool
    has_found: bool
    gives_orders: bool
    problem: str
    dropped: tuple[tuple[Any, Any], ...]
    """Of each thing that was not kept of the answer: what it was, and why."""


def second_opinion(
    report: Report, evidence: Sequence[CandidateEvidence]
) -> tuple[SecondOpinion | None, Draft | None]:
    """What the model made of a report's article, and its draft of the event reported.

    None where it has not read it, or found no such event. `evidence` is the report's.
    """
    reading = ModelReading.objects.filter(article=report.article_id).first()
    if reading is None:
        return None, None
    is_alone = {row.rule for row in evidence} == {MODEL}
    drafts = [] if is_alone else reading.drafts
    own = told_by(report, evidence)
    place = counterpart(own, [told_in(draft) for draft in drafts]) if drafts else None
    opinion = SecondOpinion(
        model=reading.model,
        is_alone=is_alone,
        has_found=place is not None,
        gives_orders=reading.gives_orders,
        problem=reading.problem,
        dropped=tuple(_dropped(reading)),
    )
    return opinion, None if place is None else drafts[place]


def _dropped(reading: ModelReading) -> Iterator[tuple[Any, Any]]:
    """Each once, without the model's own words: they are nobody's whom a reader could hold to."""
    found = {(str(row["field"]), str(row["reason"])): None for row in reading.dropped}
    for field, reason in found:
        yield _LABELS.get(field, field or _("Event")), REASONS.get(reason, reason)


def found_by_model_only(candidates: Iterable[Candidate]) -> set[int]:
    """The keys of those candidates of which no rule has drafted anything; one query."""
    keys = [one.pk for one in candidates]
    found = Candidate.objects.filter(by_model_only("report__candidate"), pk__in=keys)
    return set(found.values_list("pk", flat=True))


def with_opinions(
    lines: Sequence[DraftedField], candidate: Candidate, draft: Draft | None
) -> list[DraftedField]:
    """The lines of a candidate's page with what the model says of each, in their order.

    Without a draft of the model's they stay as they are. Costs three queries.
    """
    if draft is None:
        return list(lines)
    there = {line.name: line for line in lines}
    found = compare(as_told(candidate), as_drafted(draft))
    values = _in_words(draft)
    shown = []
    for name, label, _sources in FIELDS:
        line = there.get(name)
        if line is None and name in found:
            line = DraftedField(name, label, value="", support=(), confidence=None)
        if line is not None:
            opinion = (
                Opinion(found[name], values[name], _quotes(draft, name)) if name in found else None
            )
            shown.append(replace(line, opinion=opinion))
    return shown


def _quotes(draft: Draft, name: str) -> tuple[str, ...]:
    rows = [row.quote for row in draft.evidence if row.field in _SOURCES[name]]
    return tuple(dict.fromkeys(rows))


def _in_words(draft: Draft) -> dict[str, str]:
    told = as_drafted(draft)
    people = Person.objects.filter(slug__in=told.people).order_by("slug")
    countries = Country.objects.filter(pk__in=told.actors).in_published_order()
    topics = Topic.objects.filter(slug__in=told.topics).order_by("slug")
    words: dict[str, Any] = {
        "kind": Event.Kind(told.kind).label,
        "date": date_in_words(told.precision, told.starts_on, told.ends_on),
        "status": Candidate.Status(told.status).label,
        "people": listed(person.name for person in people),
        "countries": listed(country.name for country in countries),
        "city": draft.city,
        "occasion": told.occasion,
        "channel": Event.Channel(told.channel).label if told.channel else "",
        "minutes": told.minutes or "",
        "topics": listed(topic.name for topic in topics),
    }
    return {name: str(value) for name, value in words.items()}
