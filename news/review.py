"""An editor's decisions on candidates: one verb each, one transaction each.

Every verb locks its candidate first, so that of two editors who decide at once the second is told
what the first one did. Each leaves a Decision, by which it can be undone (news/undoing.py).

A decision is of all reports of a candidate: each article that has an address is cited, with its own
evidence. `seen` are those that the editor was shown; one that came meanwhile waits by itself.
`url` is the address of the first article, and may be empty where another has one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from events.history import recorded
from events.models import (
    Anniversary,
    AnniversaryCountry,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Topic,
)
from events.publication import publish
from news.citing import Cited, cite
from news.likeness import corrected
from news.models import Candidate, CandidateEvidence, Decision, Report
from news.models.candidates import DECIDED
from news.recording import record_readouts
from news.reporting import STATUSES, days_of, kind_of, move
from news.reviving import once_made_of, revive
from news.slugs import free_anniversary_slug, save_under_a_free_slug
from news.tellings import as_entered, as_told
from news.updating import take_over


class AlreadyDecided(Exception):
    """Another editor decided this candidate first; `candidate` says how."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(_("This candidate has been decided already."))
        self.candidate = candidate


class CannotMerge(Exception):
    """The event is not one that readers see; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What hangs on an event besides its own columns."""

    actors: Collection[Country]
    concerned: Collection[Country] = ()
    people: Collection[Person] = ()
    topics: Collection[Topic] = ()
    city: str = ""
    place_country: Country | None = None


@transaction.atomic
def accept(
    candidate: Candidate,
    *,
    event: Event,
    parts: Parts,
    url: str,
    by: User,
    at: datetime,
    seen: Collection[int] | None = None,
) -> Event:
    """Publish `event`, unsaved as the editor left it, citing the candidate's articles.

    The evidence of a value goes with it only where the editor kept that value; the accounts of
    governments go with it as the editor left them. The address of the event is made here. Raises
    AlreadyDecided, and ValidationError for an account by a country that is not concerned.
    """
    locked = locked_while_pending(candidate, seen)
    with recorded(door="review", reason=f"candidate {locked.pk} accepted", by=by):
        if earlier := once_made_of(locked):
            revive(earlier, event, by=by)
        else:
            save_under_a_free_slug(event)
        _hang(event, parts)
        sources = _cite(event, locked, lambda report: _supported(report, event, parts), url=url)
        _count_publishers(event, sources)
        accounts = record_readouts(event, locked, url=url)
        published = publish(event, by=by, at=at)
    entered = as_entered(
        event, actors=parts.actors, people=parts.people, topics=parts.topics, city=parts.city
    )
    decide(
        locked,
        Decision.Verb.ACCEPT,
        by=by,
        at=at,
        event=published,
        corrected=corrected(as_told(locked), entered),
        left=_left(sources, version=published.version, accounts=accounts),
    )
    return published


@transaction.atomic
def accept_as_anniversary(
    candidate: Candidate,
    *,
    anniversary: Anniversary,
    countries: Collection[Country],
    url: str,
    by: User,
    at: datetime,
    seen: Collection[int] | None = None,
) -> Anniversary:
    """Add a new recurring day, unsaved as the editor left it, with the articles as its sources.

    Raises AlreadyDecided, and ValueError for a candidate that is no recurring day.
    """
    locked = locked_while_pending(candidate, seen)
    if not locked.is_anniversary:
        raise ValueError("Only a drafted recurring day becomes an anniversary.")
    with recorded(door="review", reason=f"candidate {locked.pk} accepted", by=by):
        anniversary.slug = free_anniversary_slug(anniversary)
        anniversary.save()
        AnniversaryCountry.objects.bulk_create(
            AnniversaryCountry(anniversary=anniversary, country=country) for country in countries
        )
        left = _left(_cite(anniversary, locked, _all_of, url=url))
    decide(locked, Decision.Verb.ACCEPT, by=by, at=at, anniversary=anniversary, left=left)
    return anniversary


@transaction.atomic
def merge_into_event(
    candidate: Candidate,
    event: Event,
    *,
    url: str,
    by: User,
    at: datetime,
    take: Collection[str] = (),
    status: str = "",
    seen: Collection[int] | None = None,
) -> Event:
    """Add the candidate's articles and evidence to an event that readers see already.

    All its evidence goes along: a second source may tell the event differently, and each row
    carries the value that it tells. The event's own values change only in the fields that the
    editor takes over (`take`, of updating.TAKEABLE) and by a `status` that is given; it gains the
    accounts of governments that it lacks. Raises AlreadyDecided, CannotMerge, and ValidationError
    for an event that would break a rule.
    """
    locked = locked_while_pending(candidate, seen)
    survivor = Event.objects.select_for_update().visible().filter(pk=event.pk).first()
    if survivor is None:
        raise CannotMerge(_("This event is a draft, withdrawn or merged into another."))
    with recorded(door="review", reason=f"candidate {locked.pk} merged", by=by):
        taken = take_over(survivor, locked, take, status=status)
        sources = _cite(survivor, locked, _all_of, url=url)
        accounts = record_readouts(survivor, locked, url=url)
        is_counted = survivor.independent_publishers is not None
        survivor.version += 1
        if survivor.independent_publishers is not None:
            survivor.independent_publishers += sum(one.is_new_publisher for _r, one in sources)
        survivor.save(update_fields=["version", "independent_publishers", *taken["columns"]])
    left = _left(sources, is_counted=is_counted, taken=taken, accounts=accounts)
    decide(locked, Decision.Verb.MERGE, by=by, at=at, event=survivor, left=left)
    return survivor


@transaction.atomic
def merge_into_anniversary(
    candidate: Candidate,
    anniversary: Anniversary,
    *,
    url: str,
    by: User,
    at: datetime,
    seen: Collection[int] | None = None,
) -> Anniversary:
    """Add the candidate's articles and evidence to a recurring day. Raises AlreadyDecided."""
    locked = locked_while_pending(candidate, seen)
    with recorded(door="review", reason=f"candidate {locked.pk} merged", by=by):
        left = _left(_cite(anniversary, locked, _all_of, url=url))
    decide(locked, Decision.Verb.MERGE, by=by, at=at, anniversary=anniversary, left=left)
    return anniversary


@transaction.atomic
def reject(
    candidate: Candidate,
    *,
    reason: str,
    note: str = "",
    by: User,
    at: datetime,
    seen: Collection[int] | None = None,
) -> Candidate:
    """Set the candidate aside with a reason, one of Candidate.RejectReason.

    Raises AlreadyDecided, and ValueError for another reason.
    """
    if reason not in Candidate.RejectReason.values:
        raise ValueError(f"{reason!r} is not a reason to reject.")
    locked = locked_while_pending(candidate, seen)
    decide(locked, Decision.Verb.REJECT, by=by, at=at, reject_reason=reason, note=note)
    return locked


def locked_while_pending(candidate: Candidate, seen: Collection[int] | None = None) -> Candidate:
    """The candidate, locked until the transaction ends, with only the reports that were `seen`.

    The others make a candidate of their own. None, or none of its own, means all. Raises
    AlreadyDecided.
    """
    locked = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("article__source")
        .get(pk=candidate.pk)
    )
    if locked.state != Candidate.State.PENDING:
        raise AlreadyDecided(locked)
    reports = list(locked.reports.in_order())
    unseen = [report for report in reports if seen is not None and report.pk not in seen]
    if unseen and len(unseen) < len(reports):
        apart = move(unseen[0], None)
        for report in unseen[1:]:
            move(report, apart)
        locked.refresh_from_db()
    return locked


_STATES = {
    Decision.Verb.ACCEPT: Candidate.State.ACCEPTED,
    Decision.Verb.MERGE: Candidate.State.MERGED,
    Decision.Verb.REJECT: Candidate.State.REJECTED,
    Decision.Verb.JOIN: Candidate.State.JOINED,
}


def decide(
    candidate: Candidate,
    verb: Decision.Verb,
    *,
    by: User,
    at: datetime,
    joined_to: Candidate | None = None,
    **result: Any,
) -> None:
    """Store the decision, with its `result`, and what the candidate says of it."""
    Decision.objects.create(candidate=candidate, verb=verb, by=by, decided_at=at, **result)
    candidate.state, candidate.decided_by, candidate.decided_at = _STATES[verb], by, at
    candidate.event = result.get("event")
    candidate.made_anniversary = result.get("anniversary")
    candidate.joined_to = joined_to
    candidate.reject_reason = result.get("reject_reason", "")
    candidate.note = result.get("note", "")
    candidate.save(update_fields=[*DECIDED])


def _cite(
    owner: Event | Anniversary,
    candidate: Candidate,
    rows_of: Callable[[Report], Iterable[CandidateEvidence]],
    *,
    url: str,
) -> list[tuple[Report, Cited]]:
    """Cite each article that has an address, with these rows of its report; that at `url` first."""
    reports = list(candidate.reports.in_order().select_related("article__source"))
    reports.sort(key=lambda report: report.article_id != candidate.article_id)
    sources = []
    for report in reports:
        article = report.article
        is_first = article.pk == candidate.article_id
        address = url if is_first else article.url if article.is_citable else ""
        if address:
            sources.append((report, cite(owner, article, rows_of(report), url=address)))
    return sources


def _count_publishers(event: Event, sources: Iterable[tuple[Report, Cited]]) -> None:
    publishers = len({cited.citation.publisher_id for _report, cited in sources})
    if event.independent_publishers is not None and event.independent_publishers != publishers:
        event.independent_publishers = publishers
        event.save(update_fields=["independent_publishers"])


def _all_of(report: Report) -> Iterable[CandidateEvidence]:
    return report.evidence.order_by("id")


def _left(
    sources: Iterable[tuple[Report, Cited]], *, is_counted: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "sources": [
            {
                "report": report.pk,
                "citation": cited.citation.pk,
                "is_new_citation": cited.is_new,
                "evidence": list(cited.evidence),
                "is_counted": is_counted and cited.is_new_publisher,
            }
            for report, cited in sources
        ],
        **more,
    }


def _hang(event: Event, parts: Parts) -> None:
    acting = {country.pk for country in parts.actors}
    concerned = {country.pk: country for country in (*parts.actors, *parts.concerned)}
    EventCountry.objects.bulk_create(
        EventCountry(event=event, country=country, acted=code in acting)
        for code, country in concerned.items()
    )
    Participation.objects.bulk_create(
        Participation(event=event, person=person) for person in dict.fromkeys(parts.people)
    )
    EventTopic.objects.bulk_create(
        EventTopic(event=event, topic=topic) for topic in dict.fromkeys(parts.topics)
    )
    if parts.place_country is not None:
        EventPlace.objects.create(event=event, city=parts.city, country=parts.place_country)


def _supported(report: Report, event: Event, parts: Parts) -> Iterable[CandidateEvidence]:
    """The evidence of those values of a report that are the event's as the editor left it."""
    draft = report.draft
    starts_on, ends_on = days_of(draft)
    is_as_precise = event.precision == draft.precision
    kept = {
        "kind": event.kind == kind_of(draft),
        "start": is_as_precise and event.starts_on == starts_on,
        "end": is_as_precise and event.ends_on == ends_on,
        "status": event.status == STATUSES[draft.status],
        "city": parts.city == draft.city,
        "occasion": event.occasion == draft.occasion,
        "minutes": event.minutes == draft.minutes,
    }
    values = {
        "participants": {person.slug for person in parts.people},
        "countries": {country.pk for country in (*parts.actors, *parts.concerned)},
        "topics": {topic.slug for topic in parts.topics},
    }
    for row in report.evidence.order_by("id"):
        if kept.get(row.field, row.value in values.get(row.field, ())):
            yield row
