"""Candidates and events of the record as values to compare."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from events.models import Country, Event, Person, Topic
from news.likeness import Telling
from news.models import Candidate
from news.pipeline import Draft

# A drafted day that recurs is a ceremony, once it is an event.
_KINDS = {"anniversary": "CEREMONY"}
_STATUSES = {"happened": "HELD"}


def last_day(candidate: Candidate) -> date:
    """The last day that a candidate's date covers."""
    day: date = as_told(candidate).last_day
    return day


def as_told(candidate: Candidate) -> Telling:
    """A candidate as a value; people, countries and topics may be prefetched."""
    return Telling(
        kind=candidate.kind,
        status=candidate.status,
        precision=candidate.precision,
        starts_on=candidate.starts_on,
        ends_on=candidate.ends_on,
        people=frozenset(person.slug for person in candidate.people.all()),
        actors=frozenset(country.pk for country in candidate.countries.all()),
        cities=frozenset({candidate.city} - {""}),
        topics=frozenset(topic.slug for topic in candidate.topics.all()),
        occasion=candidate.occasion,
        channel=candidate.channel,
        minutes=candidate.minutes,
    )


def as_drafted(draft: Draft) -> Telling:
    """A draft as a value, as its candidate will have it."""
    is_month = draft.precision == "MONTH"
    return Telling(
        kind=_KINDS.get(draft.kind, draft.kind.upper()),
        status=_STATUSES.get(draft.status, draft.status.upper()),
        precision=draft.precision,
        starts_on=draft.starts_on.replace(day=1) if is_month else draft.starts_on,
        ends_on=None if is_month or draft.ends_on == draft.starts_on else draft.ends_on,
        people=frozenset(draft.participants),
        actors=frozenset(draft.countries),
        cities=frozenset({draft.city} - {""}),
        topics=frozenset(draft.topics),
        occasion=draft.occasion,
        channel=draft.channel,
        minutes=draft.minutes,
    )


def as_recorded(event: Event) -> Telling:
    """An event as a value; what hangs on it may be prefetched."""
    return Telling(
        kind=event.kind,
        status=event.status,
        precision=event.precision,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        people=frozenset(person.slug for person in event.people.all()),
        actors=frozenset(row.country_id for row in event.involvements.all() if row.acted),
        cities=frozenset({place.city for place in event.places.all()} - {""}),
        topics=frozenset(topic.slug for topic in event.topics.all()),
        occasion=event.occasion,
        channel=event.channel,
        minutes=event.minutes,
    )


def as_entered(
    event: Event,
    *,
    actors: Collection[Country],
    people: Collection[Person],
    topics: Collection[Topic],
    city: str,
) -> Telling:
    """An unsaved event, with what is to hang on it, as a value."""
    return Telling(
        kind=event.kind,
        status=event.status,
        precision=event.precision,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        people=frozenset(person.slug for person in people),
        actors=frozenset(country.pk for country in actors),
        cities=frozenset({city} - {""}),
        topics=frozenset(topic.slug for topic in topics),
        occasion=event.occasion,
        channel=event.channel,
        minutes=event.minutes,
    )
