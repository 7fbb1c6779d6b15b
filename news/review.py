"""An editor's decisions on candidates: one verb each, one transaction each.

Every verb locks its candidate first, so that of two editors who decide at once the second is told
what the first one did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _
from translated_fields import to_attribute

from accounts.models import User
from events.history import recorded
from events.models import (
    Anniversary,
    AnniversaryCountry,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Participation,
    Person,
    Topic,
)
from events.publication import publish
from news.citing import cite
from news.models import Candidate, CandidateEvidence

SLUG_LENGTH = 80


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
    candidate: Candidate, *, event: Event, parts: Parts, url: str, by: User, at: datetime
) -> Event:
    """Publish `event`, unsaved as the editor left it, citing the candidate's article at `url`.

    The evidence of a value goes with it only where the editor kept that value. The address of the
    event is made here. Raises AlreadyDecided.
    """
    locked = _locked(candidate)
    with recorded(door="review", reason=f"candidate {locked.pk} accepted", by=by):
        _save_under_a_free_slug(event)
        _hang(event, parts)
        cite(event, locked.article, _supported(locked, event, parts), url=url)
        published = publish(event, by=by, at=at)
    _decide(locked, Candidate.State.ACCEPTED, by=by, at=at, event=published)
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
) -> Anniversary:
    """Add a new recurring day, unsaved as the editor left it, with the article as its source.

    Raises AlreadyDecided, and ValueError for a candidate that is no recurring day.
    """
    locked = _locked(candidate)
    if not locked.is_anniversary:
        raise ValueError("Only a drafted recurring day becomes an anniversary.")
    with recorded(door="review", reason=f"candidate {locked.pk} accepted", by=by):
        anniversary.slug = _free_anniversary_slug(_english_title(anniversary))
        anniversary.save()
        AnniversaryCountry.objects.bulk_create(
            AnniversaryCountry(anniversary=anniversary, country=country) for country in countries
        )
        cite(anniversary, locked.article, locked.evidence.order_by("id"), url=url)
    _decide(locked, Candidate.State.ACCEPTED, by=by, at=at, made_anniversary=anniversary)
    return anniversary


@transaction.atomic
def merge_into_event(
    candidate: Candidate, event: Event, *, url: str, by: User, at: datetime
) -> Event:
    """Add the candidate's article and evidence to an event that readers see already.

    All its evidence goes along: a second source may tell the event differently, and each row
    carries the value that it tells. Raises AlreadyDecided and CannotMerge.
    """
    locked = _locked(candidate)
    survivor = Event.objects.select_for_update().visible().filter(pk=event.pk).first()
    if survivor is None:
        raise CannotMerge(_("This event is a draft, withdrawn or merged into another."))
    with recorded(door="review", reason=f"candidate {locked.pk} merged", by=by):
        is_new_publisher = cite(survivor, locked.article, locked.evidence.order_by("id"), url=url)
        survivor.version += 1
        if is_new_publisher and survivor.independent_publishers is not None:
            survivor.independent_publishers += 1
        survivor.save(update_fields=["version", "independent_publishers"])
    _decide(locked, Candidate.State.MERGED, by=by, at=at, event=survivor)
    return survivor


@transaction.atomic
def merge_into_anniversary(
    candidate: Candidate, anniversary: Anniversary, *, url: str, by: User, at: datetime
) -> Anniversary:
    """Add the candidate's article and evidence to a recurring day. Raises AlreadyDecided."""
    locked = _locked(candidate)
    with recorded(door="review", reason=f"candidate {locked.pk} merged", by=by):
        cite(anniversary, locked.article, locked.evidence.order_by("id"), url=url)
    _decide(locked, Candidate.State.MERGED, by=by, at=at, made_anniversary=anniversary)
    return anniversary


@transaction.atomic
def reject(
    candidate: Candidate, *, reason: str, note: str = "", by: User, at: datetime
) -> Candidate:
    """Set the candidate aside with a reason, one of Candidate.RejectReason.

    Raises AlreadyDecided, and ValueError for another reason.
    """
    if reason not in Candidate.RejectReason.values:
        raise ValueError(f"{reason!r} is not a reason to reject.")
    locked = _locked(candidate)
    _decide(locked, Candidate.State.REJECTED, by=by, at=at, reject_reason=reason, note=note)
    return locked


def _locked(candidate: Candidate) -> Candidate:
    locked = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("article__source")
        .get(pk=candidate.pk)
    )
    if locked.state != Candidate.State.PENDING:
        raise AlreadyDecided(locked)
    return locked


def _decide(candidate: Candidate, state: str, *, by: User, at: datetime, **result: object) -> None:
    values = {"state": state, "decided_by": by, "decided_at": at, **result}
    for name, value in values.items():
        setattr(candidate, name, value)
    candidate.save(update_fields=list(values))


def _save_under_a_free_slug(event: Event) -> None:
    """Save a new event; another editor may take its address in the same moment."""
    for _attempt in range(3):
        event.slug = _free_slug(event)
        try:
            with transaction.atomic():
                event.save()
        except IntegrityError as error:
            if "events_event_slug" not in str(error):
                raise
        else:
            return
    raise IntegrityError("No address was free for this event.")


def _free_slug(event: Event) -> str:
    """The day, or what is known of it, and the English title; with a number if that is taken."""
    length = {"MONTH": 7, "YEAR": 4}.get(event.precision, 10)
    words = slugify(_english_title(event)) or event.kind.lower()
    base = f"{event.starts_on.isoformat()[:length]}-{words}"[:SLUG_LENGTH].rstrip("-")
    taken = {
        *Event.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True),
        *EventSlug.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True),
    }
    return _first_free(base, taken)


def _english_title(row: Event | Anniversary) -> str:
    title: str = getattr(row, to_attribute("title", "en"))
    return title


def _free_anniversary_slug(title: str) -> str:
    base = (slugify(title) or "anniversary")[:SLUG_LENGTH].rstrip("-")
    taken = set(
        Anniversary.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True)
    )
    return _first_free(base, taken)


def _first_free(base: str, taken: Collection[str]) -> str:
    slug, number = base, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = base[: SLUG_LENGTH - len(ending)] + ending
    return slug


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


def _supported(candidate: Candidate, event: Event, parts: Parts) -> Iterable[CandidateEvidence]:
    """The evidence of those drafted values that the editor left as they were."""
    kept = {
        "kind": event.kind == candidate.kind,
        "start": (event.starts_on, event.precision) == (candidate.starts_on, candidate.precision),
        "end": (event.ends_on, event.precision) == (candidate.ends_on, candidate.precision),
        "status": event.status == candidate.status,
        "city": parts.city == candidate.city,
        "occasion": event.occasion == candidate.occasion,
    }
    values = {
        "participants": {person.slug for person in parts.people},
        "countries": {country.pk for country in (*parts.actors, *parts.concerned)},
        "topics": {topic.slug for topic in parts.topics},
    }
    for row in candidate.evidence.order_by(F("id")):
        if kept.get(row.field, row.value in values.get(row.field, ())):
            yield row
