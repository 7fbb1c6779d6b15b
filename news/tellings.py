"""Candidates and events of the record as values to compare."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from events.models import Country, Event, Person, Topic
from news.likeness import Telling
from news.models import Candidate


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
