"""Everything that the record has on one event, in a fixed number of queries.

What hangs on the event by small rows (countries, places, topics, silences) comes with the event
itself, and points and evidence with their readout and citation: as JSON from subqueries, made into
rows of their models here, which were never asked for one by one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from events.commitments import read_commitments
from events.in_reader import phrase_in_reader
from events.models import (
    Anniversary,
    Citation,
    Commitment,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Evidence,
    Participation,
    Point,
    Publisher,
    Readout,
    Silence,
    Topic,
)
from events.models.events import EventQuerySet
from events.participants import Participant, pair_of, participants_of

# Of meetings and calls between them, both governments publish accounts.
KINDS_WITH_ACCOUNTS = ("CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT", "MINISTERIAL")
_BOTH_SIDES = ("KR", "JP")


@dataclass(slots=True)
class Side:
    """One government's accounts of an event, and the topics that they leave out."""

    country: Country
    readouts: list[Readout] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The citations of one class of publishers; `start` numbers the first one on the page."""

    label: Any
    citations: list[Citation]
    start: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """One event with all that hangs on it."""

    event: Event
    acting: list[Country]
    concerned: list[Country]
    places: list[EventPlace]
    topics: list[Topic]
    anniversaries: list[Anniversary]
    participants: list[Participant]
    sides: list[Side]
    commitments: list[Commitment]
    fulfils: list[Commitment]
    sources: list[SourceGroup]

    @property
    def pair(self) -> tuple[int, int] | None:
        """The Korean and the Japanese participant whose meetings this one belongs to."""
        return pair_of(self.participants)


def _json(**columns: Any) -> JSONObject:
    return JSONObject(**columns)


def _names(prefix: str = "", name: str = "name") -> dict[str, str]:
    return {f"{name}_{code}": f"{prefix}{name}_{code}" for code in ("en", "ko", "ja")}


def _country(prefix: str = "") -> dict[str, str]:
    return {"code": f"{prefix}code", **_names(prefix)}


def _of_event(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(event=OuterRef("pk"))


def with_parts(events: EventQuerySet) -> EventQuerySet:
    """The same events, each with its small rows as JSON, for `read_dossier`."""
    involvements = EventCountry.objects.order_by("country__position")
    places = EventPlace.objects.order_by("position", "id")
    topics = EventTopic.objects.order_by("topic_id")
    silences = Silence.objects.order_by("id")
    same_day = Anniversary.objects.filter(origin_on=OuterRef("starts_on")).order_by("slug")
    place = _json(
        city="city", own=phrase_in_reader("city"), country=JSONObject(**_country("country__"))
    )
    silence = _json(
        issuer_id="issuer_id",
        basis="basis",
        own=phrase_in_reader("basis"),
        is_firm="is_firm",
        topic=JSONObject(id="topic_id", slug="topic__slug", **_names("topic__")),
    )
    involvement = _json(acted="acted", country=JSONObject(**_country("country__")))
    topic = _json(id="topic_id", slug="topic__slug", **_names("topic__"))
    return events.select_related("host", "merged_into").annotate(
        json_involvements=ArraySubquery(_of_event(involvements).values(json=involvement)),
        json_places=ArraySubquery(_of_event(places).values(json=place)),
        json_topics=ArraySubquery(_of_event(topics).values(json=topic)),
        json_silences=ArraySubquery(_of_event(silences).values(json=silence)),
        json_anniversaries=ArraySubquery(
            same_day.values(json=_json(slug="slug", **_names(name="title")))
        ),
        occasion_own=phrase_in_reader("occasion"),
    )


def read_dossier(event: Any) -> Dossier:
    """Everything on an event that was loaded `with_parts`; four queries more."""
    involved = _involved(event)
    acting = [country for acted, country in involved if acted]
    commitments = _commitments(event)
    return Dossier(
        event=event,
        acting=acting,
        concerned=[country for acted, country in involved if not acted],
        places=[_place(row) for row in event.json_places],
        topics=[Topic(**row) for row in event.json_topics],
        anniversaries=[Anniversary(**row) for row in event.json_anniversaries],
        participants=participants_of([event.pk])[event.pk],
        sides=sides_of(event),
        commitments=[row for row in commitments if row.event_id == event.pk],
        fulfils=[row for row in commitments if row.fulfilled_by_id == event.pk],
        sources=grouped_sources(Citation.objects.filter(event=event)),
    )


def sides_of(event: Any) -> list[Side]:
    """What each government published of an event that was loaded `with_parts`; one query more."""
    involved = _involved(event)
    acting = [country for acted, country in involved if acted]
    return _sides(event, [country for _acted, country in involved], acting)


def _involved(event: Any) -> list[tuple[bool, Country]]:
    """Whether it acted, and each country that the event concerns, in the published order."""
    return [(row["acted"], Country(**row["country"])) for row in event.json_involvements]


def _with(row: Any, **extra: Any) -> Any:
    """The row with what it carries beside its columns."""
    for name, value in extra.items():
        setattr(row, name, value)
    return row


def _place(row: dict[str, Any]) -> EventPlace:
    place = EventPlace(city=row["city"], country=Country(**row["country"]))
    return _with(place, city_own=row["own"])


def _sides(event: Any, concerned: Sequence[Country], acting: Iterable[Country]) -> list[Side]:
    """The accounts by country in the published order.

    Korea and Japan have a column where either has an account, or where both acted in a meeting
    or call, so that one side's account never stands as the only one there could be.
    """
    readouts = _readouts(event)
    silences = [_silence(row) for row in event.json_silences]
    met = event.kind in KINDS_WITH_ACCOUNTS and {c.code for c in acting}.issuperset(_BOTH_SIDES)
    if not (readouts or silences or met):
        return []
    issuers = {r.issuer_id for r in readouts} | {s.issuer_id for s in silences}
    sides = {
        country.code: Side(country)
        for country in concerned
        if country.code in _BOTH_SIDES or country.code in issuers
    }
    for readout in readouts:
        sides[readout.issuer_id].readouts.append(readout)
    for silence in silences:
        sides[silence.issuer_id].silences.append(silence)
    return list(sides.values())


def _silence(row: dict[str, Any]) -> Silence:
    silence = Silence(
        issuer_id=row["issuer_id"],
        basis=row["basis"],
        is_firm=row["is_firm"],
        topic=Topic(**row["topic"]),
    )
    return _with(silence, basis_own=row["own"])


def _readouts(event: Event) -> list[Readout]:
    points = Point.objects.filter(readout=OuterRef("pk")).order_by("position")
    point = _json(
        id="pk",
        stance="stance",
        position="position",
        topic_id="topic_id",
        topic_slug="topic__slug",
        **_names(name="text"),
        **{f"topic_{key}": column for key, column in _names("topic__").items()},
    )
    # Points that were read from the page itself have its own words in its language.
    quotes = Evidence.objects.filter(
        citation__event=OuterRef("event"), citation__url=OuterRef("url"), field="point"
    )
    readouts = (
        Readout.objects.filter(event=event)
        .select_related("publisher")
        .annotate(
            json_points=ArraySubquery(points.values(json=point)),
            issuing_body_own=phrase_in_reader("issuing_body"),
            is_quoted=Exists(quotes),
        )
        .order_by("published_on", "id")
    )
    for readout in readouts:
        _with(readout, said=[_point(row) for row in readout.json_points])
    return list(readouts)


def _point(row: dict[str, Any]) -> Point:
    topic = None
    if row["topic_id"] is not None:
        names = {f"name_{code}": row[f"topic_name_{code}"] for code in ("en", "ko", "ja")}
        topic = Topic(id=row["topic_id"], slug=row["topic_slug"], **names)
    texts = {f"text_{code}": row[f"text_{code}"] for code in ("en", "ko", "ja")}
    return Point(id=row["id"], stance=row["stance"], position=row["position"], topic=topic, **texts)


def _commitments(event: Event) -> list[Commitment]:
    """What was agreed here, and what agreed elsewhere was done here.

    What hangs on an event that readers may not see is left out.
    """
    visible = Event.objects.visible().values("pk")
    return read_commitments(
        Commitment.objects.filter(Q(event=event) | Q(fulfilled_by=event, event__in=visible))
    )


def grouped_sources(citations: QuerySet[Citation]) -> list[SourceGroup]:
    """Citations by class of publisher, the official ones first; one query."""
    order = {value: position for position, value in enumerate(Publisher.Class.values)}
    found = sorted(
        _with_sentences(citations), key=lambda citation: order[citation.publisher.source_class]
    )
    groups = []
    start = 1
    for label, members in groupby(found, lambda c: c.publisher.get_source_class_display()):
        group = list(members)
        groups.append(SourceGroup(label, group, start))
        start += len(group)
    return groups


_EVIDENCE = ("field", "value", "sentence", "quote", "language")


def _with_sentences(citations: QuerySet[Citation]) -> list[Citation]:
    """With publisher, and as `sentences` lists of evidence, each for one field and value."""
    evidence = Evidence.objects.filter(citation=OuterRef("pk")).order_by("starts_at", "id")
    rows = (
        citations.select_related("publisher")
        .annotate(
            json_evidence=ArraySubquery(evidence.values(json=_json(**{n: n for n in _EVIDENCE})))
        )
        .order_by("position", "id")
    )
    return [_with(row, sentences=_by_field(row.json_evidence)) for row in rows]


def _by_field(told: Iterable[dict[str, str]]) -> list[list[Evidence]]:
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for found in told:
        groups.setdefault((found["field"], found["value"]), []).append(Evidence(**found))
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The events before and after in time."""

    before: Event | None = None
    after: Event | None = None

    def __bool__(self) -> bool:
        return self.before is not None or self.after is not None


def neighbours(event: Event, *lists: EventQuerySet) -> list[Neighbours]:
    """In each of the lists, the nearest on either side of `event` in the order of time.

    One query for all of them; none without a list.
    """
    this = (event.starts_on, event.coarseness, event.pk)
    earlier = Q(starts_on__lt=this[0]) | Q(starts_on=this[0]) & (
        Q(coarseness__gt=this[1]) | Q(coarseness=this[1], pk__lt=this[2])
    )
    later = Q(starts_on__gt=this[0]) | Q(starts_on=this[0]) & (
        Q(coarseness__lt=this[1]) | Q(coarseness=this[1], pk__gt=this[2])
    )
    parts = []
    for number, events in enumerate(lists):
        numbered = events.annotate(list_number=Value(number))
        parts.append(numbered.filter(earlier).newest_first()[:1])
        parts.append(numbered.filter(later).order_by("starts_on", "-coarseness", "pk")[:1])
    found: list[dict[str, Event]] = [{} for _list in lists]
    for row in parts[0].union(*parts[1:], all=True) if parts else ():
        side = "before" if _place_in_time(row) < _place_in_time(event) else "after"
        found[row.list_number][side] = row
    return [Neighbours(**sides) for sides in found]


def _place_in_time(event: Event) -> tuple[date, int, int]:
    return event.starts_on, -event.coarseness, event.pk


def between(pair: tuple[int, int]) -> EventQuerySet:
    """The visible events in which both of these people took part."""
    events = Event.objects.visible()
    for person in pair:
        events = events.filter(pk__in=Participation.objects.filter(person=person).values("event"))
    return events
