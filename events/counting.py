"""Loads what the rules of `events/ordinals.py` look at, in one query for an event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from events.in_reader import in_reader
from events.models import Event, EventPlace, Participation, Term
from events.models.dates import Precision
from events.ordinals import (
    COVERAGE_BEGINS,
    KINDS_OF_PRESENCE,
    KINDS_OF_TALKS,
    KINDS_WITH_CLAIMS,
    VISITORS,
    Claim,
    Entry,
    Leader,
    claims,
)

LONGEST_LIST = 400
"""No two leaders of the two countries have met thirty times: more is no list that anybody could
check, and this bounds what a page loads."""

_OFFICES = {"KR": "president", "JP": "prime_minister"}
_COLUMNS = (
    *("id", "slug", "title_en", "title_ko", "title_ja", "kind", "setting", "channel", "status"),
    *("certainty", "precision", "starts_on", "ends_on", "last_possible_on", "host_id"),
    *("clock_time", "time_zone", "cities", "participants"),
)


def claims_about(event: Event) -> list[Claim]:
    """Firsts and counts of one event with their rules, in the reader's language.

    One query; none where the event's kind or status allows no claim. An event that readers may
    not see has no claims.
    """
    if event.kind not in KINDS_WITH_CLAIMS or event.status != Event.Status.HELD:
        return []
    rows = list(_rows(event)[: LONGEST_LIST + 1])
    entries = [_entry(row) for row in rows[:LONGEST_LIST]]
    this = next((entry for entry in entries if entry.id == event.pk), None)
    return claims(this, entries, complete=len(rows) <= LONGEST_LIST) if this else []


def _rows(event: Event) -> QuerySet[Event, dict[str, Any]]:
    """What may be counted up to the event, the newest first."""
    counted = _of_the_same_leaders(event)
    if event.host_id in VISITORS:
        counted = counted.union(_to_the_same_host(event))
    cities = EventPlace.objects.filter(event=OuterRef("pk"), country=OuterRef("host"))
    return (
        Event.objects.visible()
        .filter(pk__in=counted, starts_on__lte=event.last_possible_on)
        .newest_first()
        .annotate(
            cities=ArraySubquery(cities.exclude(city="").order_by("position", "id").values("city")),
            participants=ArraySubquery(_participants()),
        )
        .values(*_COLUMNS)
    )


def _holders(country: str) -> QuerySet[Participation]:
    """Participations of those who have held the country's office at any time."""
    return Participation.objects.filter(
        person__terms__office__country=country, person__terms__office__slug=_OFFICES[country]
    )


def _of_the_same_leaders(event: Event) -> QuerySet[Participation, Any]:
    """Ids of the calls, or of the meetings, of the presidents and prime ministers in `event`."""
    kinds = {event.kind} if event.kind == Event.Kind.CALL else KINDS_OF_TALKS
    presidents, ministers = (
        Participation.objects.filter(
            person__in=_holders(country).filter(event=event).values("person")
        )
        for country in ("KR", "JP")
    )
    both = presidents.filter(event__in=ministers.values("event"), event__kind__in=kinds)
    return both.values("event")


def _to_the_same_host(event: Event) -> QuerySet[Participation, Any]:
    """Ids of events on the host's territory in which a leader of the other country took part."""
    return (
        _holders(VISITORS[event.host_id or ""])
        .filter(
            event__host=event.host_id,
            event__kind__in=KINDS_OF_PRESENCE,
            event__starts_on__gte=COVERAGE_BEGINS,
        )
        .values("event")
    )


def _participants() -> QuerySet[Participation, Any]:
    """The Koreans and Japanese who took part, each with all terms of office."""
    terms = Term.objects.filter(person=OuterRef("person")).latest_first()
    term = JSONObject(
        country="office__country", office="office__slug", starts="starts_on", ends="ends_on"
    )
    return (
        Participation.objects.filter(event=OuterRef("pk"), person__country__in=_OFFICES)
        .order_by("person__slug")
        .values(
            json=JSONObject(
                person="person__slug",
                name=in_reader("person__name"),
                terms=ArraySubquery(terms.values(json=term)),
            )
        )
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    values = {name: row[name] for name in _COLUMNS if name in Entry.__dataclass_fields__}
    until = row["starts_on"] if row["precision"] == Precision.DAY else row["last_possible_on"]
    leaders = [_leader(one, row["starts_on"], until) for one in row["participants"]]
    return Entry(
        **{
            **values,
            "host": row["host_id"],
            "clock": _moment(row),
            "cities": tuple(row["cities"]),
            "leaders": tuple(leader for leader in leaders if leader),
        }
    )


def _leader(participant: Mapping[str, Any], first: date, until: date) -> Leader | None:
    """The participant as president or prime minister, if that was the office held that day.

    Of a coarse date only an office held all through it is the one held that day.
    """
    # ISO dates compare as text. The terms come with the latest first.
    held = [
        term
        for term in participant["terms"]
        if term["starts"] <= first.isoformat()
        and (term["ends"] is None or term["ends"] >= until.isoformat())
    ]
    if not held or held[0]["office"] != _OFFICES.get(held[0]["country"]):
        return None
    country, office = held[0]["country"], held[0]["office"]
    since = min(
        term["starts"]
        for term in participant["terms"]
        if (term["country"], term["office"]) == (country, office)
    )
    return Leader(participant["person"], participant["name"], country, date.fromisoformat(since))


def _moment(row: Mapping[str, Any]) -> datetime | None:
    """The clock time as a moment, so that two zones compare; None where the zone is not known."""
    if row["clock_time"] is None:
        return None
    try:
        zone = ZoneInfo(row["time_zone"])
    except (KeyError, ValueError, OSError):
        return None
    return datetime.combine(row["starts_on"], row["clock_time"], zone)
