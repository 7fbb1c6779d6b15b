"""Rows of the record as the API writes them: values in, values out, no query."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from events.api.places import Places
from events.api.texts import Phrases, text_of
from events.follow_through import deadline, standing_of
from events.models import Citation, Commitment, Country, Event, Office, Person, Readout
from events.participants import Participant

Written = dict[str, Any]


def lower(value: str) -> str | None:
    """A choice as addresses write it; None where none was made."""
    return value.lower() or None


def _clock(told: time | None) -> str | None:
    return f"{told:%H:%M}" if told else None


def named(row: Any) -> Written:
    slug = row["slug"] if isinstance(row, Mapping) else row.slug
    return {"slug": slug, "name": text_of(row)}


def write_country(country: Country | Mapping[str, Any]) -> Written:
    code = country["code"] if isinstance(country, Mapping) else country.code
    return {"code": code, "name": text_of(country)}


def write_person(person: Person) -> Written:
    return {**named(person), "country": person.country_id}


def write_office(office: Office) -> Written:
    return {**named(office), "country": office.country_id}


def write_date(event: Any) -> Written:
    return {
        "precision": event.precision.lower(),
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "last_possible_on": event.last_possible_on,
    }


def write_reference(event: Any, places: Places) -> Written:
    """An event, or an entry of the ordinals, as far as it takes to name it."""
    return {
        "id": event.public_id,
        "slug": event.slug,
        "title": text_of(event, "title"),
        "date": write_date(event),
        "url": places.api(f"events/{event.slug}"),
    }


def write_event(
    event: Any,
    participants: Iterable[Participant],
    *,
    updated_at: datetime | None,
    phrases: Phrases,
    places: Places,
) -> Written:
    """An event that was loaded with its parts (events/dossier.py)."""
    return {
        "state": "published",
        "id": event.public_id,
        "slug": event.slug,
        "url": places.api(f"events/{event.slug}"),
        "pages": places.pages("event", event.slug),
        "version": event.version,
        "published_at": event.published_at,
        "updated_at": updated_at,
        "kind": event.kind.lower(),
        "setting": lower(event.setting),
        "channel": lower(event.channel),
        "visit_type": lower(event.visit_type),
        "status": event.status.lower(),
        "certainty": event.certainty.lower(),
        "date": {
            **write_date(event),
            "clock_time": _clock(event.clock_time),
            "time_zone": event.time_zone or None,
            "minutes": event.minutes,
            "approximate": event.approximate,
        },
        "title": text_of(event, "title"),
        "summary": text_of(event, "summary"),
        "host": event.host_id,
        "occasion": phrases.text(event.occasion),
        "countries": [
            {**write_country(row["country"]), "acted": row["acted"]}
            for row in event.json_involvements
        ],
        "places": [
            {"city": phrases.text(row["city"]), "country": row["country"]["code"]}
            for row in event.json_places
        ],
        "topics": [named(row) for row in event.json_topics],
        "participants": [_participant(one) for one in participants],
        "independent_publishers": event.independent_publishers,
    }


def _participant(one: Participant) -> Written:
    return {
        "person": write_person(one.participation.person),
        "office": write_office(one.office) if one.office else None,
        "capacity": one.participation.capacity or None,
    }


def phrases_of_event(event: Any) -> Iterable[str]:
    """The English phrases of an event that was loaded with its parts."""
    return [event.occasion, *(row["city"] for row in event.json_places)]


def write_tombstone(event: Any, *, updated_at: datetime, places: Places) -> Written:
    """A withdrawn or merged event; its survivor must be loaded with it."""
    known = {
        "id": event.public_id,
        "slug": event.slug,
        "version": event.version,
        "updated_at": updated_at,
    }
    if event.merged_into is not None:
        survivor = write_reference(event.merged_into, places)
        return {"state": "merged", **known, "survivor": survivor}
    return {
        "state": "withdrawn",
        **known,
        "withdrawn_at": event.withdrawn_at,
        "reason": event.withdrawn_reason,
    }


def write_publisher(publisher: Any) -> Written:
    return {
        "host": publisher.host,
        "name": publisher.name if publisher.name != publisher.host else None,
        "source_class": publisher.source_class.lower(),
    }


_OF_EVIDENCE = ("field", "sentence", "quote", "starts_at", "ends_at", "text_sha256")


def write_citation(citation: Citation) -> Written:
    """A source; its publisher and its evidence must be loaded with it."""
    return {
        "url": citation.url,
        "publisher": write_publisher(citation.publisher),
        "title": citation.title or None,
        "language": citation.language or None,
        "published_on": citation.published_on,
        "archived_url": citation.archived_url or None,
        "evidence": [
            {
                **{name: getattr(one, name) for name in _OF_EVIDENCE},
                "value": one.value or None,
                "language": one.language or None,
            }
            for one in citation.evidence.all()
        ],
    }


def write_readout(readout: Readout, *, phrases: Phrases, places: Places) -> Written:
    """An account; its event, issuer, publisher and points must be loaded with it."""
    return {
        "id": readout.slug,
        "url": places.api(f"readouts/{readout.slug}"),
        "event": write_reference(readout.event, places),
        "issuer": write_country(readout.issuer),
        "issuing_body": phrases.text(readout.issuing_body),
        "source_url": readout.url,
        "publisher": write_publisher(readout.publisher),
        "as_reported_by": readout.as_reported_by or None,
        "language": readout.language or None,
        "published_on": readout.published_on,
        "published_time": _clock(readout.published_time),
        "time_zone": readout.time_zone or None,
        "is_whole": readout.is_whole,
        "points": [
            {
                "position": point.position,
                "topic": named(point.topic) if point.topic else None,
                "stance": point.stance.lower(),
                "text": text_of(point, "text"),
            }
            for point in readout.points.all()
        ],
    }


def write_silences(rows: Sequence[Mapping[str, Any]], phrases: Phrases) -> list[Written]:
    """Those of an event that was loaded with its parts."""
    return [
        {
            "issuer": row["issuer_id"],
            "topic": named(row["topic"]),
            "basis": phrases.text(row["basis"]),
            "is_firm": row["is_firm"],
        }
        for row in rows
    ]


def write_commitment(
    commitment: Commitment, *, today: date, phrases: Phrases, places: Places
) -> Written:
    """Something agreed, as `events.commitments` reads it."""
    done: Event | None = commitment.shown_fulfilment  # type: ignore[attr-defined]
    return {
        "id": commitment.slug,
        "url": places.api(f"commitments/{commitment.slug}"),
        "event": write_reference(commitment.event, places),
        "text": text_of(commitment, "text"),
        "due": {
            "text": phrases.text(commitment.due_text),
            "precision": lower(commitment.due_precision),
            "last_day": deadline(commitment),
        },
        "status": commitment.status.lower(),
        "standing": standing_of(commitment, today).value,
        "fulfilled_by": write_reference(done, places) if done else None,
        "source_url": commitment.url,
        "publisher": write_publisher(commitment.publisher),
    }
