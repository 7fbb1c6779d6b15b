"""People, terms, topics, recurring days, readouts and commitments for the API.

Each list is one page in a fixed number of queries.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import islice, takewhile
from operator import or_
from typing import Any, cast

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from events.anniversaries import Calendar, Occurrence, occurrences
from events.api.places import Places
from events.api.texts import Phrases, text_of
from events.api.written import (
    Written,
    named,
    write_commitment,
    write_office,
    write_person,
    write_readout,
)
from events.commitments import read_commitments
from events.follow_through import Standing
from events.models import (
    Alias,
    Anniversary,
    AnniversaryCountry,
    Commitment,
    Event,
    EventTopic,
    Participation,
    Person,
    Point,
    Readout,
    Term,
    Topic,
)
from events.models.dates import Precision
from events.views.today import today_of_the_record


def _number_of_events(links: QuerySet[Any], of: str) -> Coalesce:
    """How many visible events a row is linked with."""
    counted = (
        links.filter(**{of: OuterRef("pk")}, event__in=Event.objects.visible())
        .order_by()
        .values(of)
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("number")), 0)


def people() -> QuerySet[Person]:
    """Everybody with a term of office or a part in a visible event."""
    number = _number_of_events(Participation.objects.all(), "person")
    in_office = Term.objects.values("person")
    return Person.objects.annotate(number=number).filter(Q(number__gt=0) | Q(pk__in=in_office))


def write_people(rows: Sequence[Person], *, places: Places) -> list[Written]:
    """Rows of `people()`; three queries."""
    keys = [row.pk for row in rows]
    aliases: dict[int, list[Alias]] = {key: [] for key in keys}
    for alias in Alias.objects.filter(person__in=keys).order_by("language", "pk"):
        aliases[alias.person_id].append(alias)
    held: dict[int, list[Written]] = {key: [] for key in keys}
    of_all = Term.objects.filter(person__in=keys).select_related("person", "office").latest_first()
    for term, written in _written_terms(list(of_all)):
        held[term.person_id].append(written)
    return [
        {
            **write_person(row),
            "url": places.api(f"people/{row.slug}"),
            "pages": places.pages("leader", row.slug),
            "family_name": row.family_name_en or None,
            "given_name": row.given_name_en or None,
            "aliases": [{"language": one.language, "form": one.form} for one in aliases[row.pk]],
            "terms": held[row.pk],
            "events": row.number,  # type: ignore[attr-defined]
        }
        for row in rows
    ]


def write_terms(rows: Sequence[Term]) -> list[Written]:
    """Terms with their person and office; one query."""
    return [written for _term, written in _written_terms(rows)]


def _written_terms(rows: Sequence[Term]) -> Iterator[tuple[Term, Written]]:
    phrases = Phrases(row.party_en for row in rows)
    for row in rows:
        yield (
            row,
            {
                "person": write_person(row.person),
                "office": write_office(row.office),
                "party": phrases.text(row.party_en),
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            },
        )


def topics() -> QuerySet[Topic]:
    return Topic.objects.annotate(number=_number_of_events(EventTopic.objects.all(), "topic"))


def write_topic(row: Topic, *, places: Places) -> Written:
    """A row of `topics()`; no query."""
    return {
        **named(row),
        "url": places.api(f"topics/{row.slug}"),
        "pages": places.pages("topic", row.slug),
        "description": text_of(row, "description"),
        "events": row.number,  # type: ignore[attr-defined]
    }


Return = tuple[Anniversary, Occurrence | None]


def anniversaries() -> QuerySet[Anniversary]:
    links = AnniversaryCountry.objects.order_by("country__position")
    return Anniversary.objects.prefetch_related(Prefetch("country_links", links)).order_by("slug")


def returns(rows: Iterable[Anniversary], *, on: date | None, number: int | None) -> list[Return]:
    """What of the anniversaries falls on a day, or the next `number` returns from it on (today
    without one). With neither, each with its next return. Pure but for the day.
    """
    if number is not None:
        coming = (_returns_of(row, on or today_of_the_record()) for row in rows)
        soonest = heapq.merge(*coming, key=lambda one: (one[1].falls_on, one[0].slug))
        return list(islice(soonest, number))
    if on is not None:
        return [
            one
            for row in rows
            for one in takewhile(lambda one: one[1].falls_on == on, _returns_of(row, on))
        ]
    today = today_of_the_record()
    return [(row, next((o for _r, o in _returns_of(row, today)), None)) for row in rows]


def _returns_of(row: Anniversary, first: date) -> Iterator[tuple[Anniversary, Occurrence]]:
    for one in occurrences(row.origin_on, cast(Calendar, row.calendar), first=first):
        yield row, one


def write_returns(found: Sequence[Return], *, asked: date, places: Places) -> list[Written]:
    """One query. `asked` is the day from which days are counted."""
    phrases = Phrases(row.observed_by for row, _occurrence in found)
    return [
        {
            "slug": row.slug,
            "url": places.api(f"anniversaries/{row.slug}"),
            "pages": places.pages("anniversary", row.slug),
            "title": text_of(row, "title"),
            "description": text_of(row, "description"),
            "origin_on": row.origin_on,
            "calendar": row.calendar.lower(),
            "observed_by": phrases.text(row.observed_by),
            "countries": [link.country_id for link in row.country_links.all()],
            "occurrence": {
                "falls_on": occurrence.falls_on,
                "years": occurrence.years,
                "days": occurrence.days_from(asked),
            }
            if occurrence
            else None,
        }
        for row, occurrence in found
    ]


def terms(
    *,
    people: Collection[str],
    countries: Collection[str],
    offices: Collection[str],
    on: date | None,
) -> QuerySet[Term]:
    """Terms under these filters, with what is written of them; an empty filter is none."""
    rows = Term.objects.select_related("person", "office")
    if people:
        rows = rows.filter(person__slug__in=people)
    if countries:
        rows = rows.filter(office__country__in=countries)
    if offices:
        rows = rows.filter(office__slug__in=offices)
    return rows.on(on) if on else rows


def readouts(
    *,
    event: int | None = None,
    issuers: Collection[str] = (),
    topics: Collection[str] = (),
) -> QuerySet[Readout]:
    """The accounts of visible events under these filters, with what is written of them."""
    rows = Readout.objects.filter(event__in=Event.objects.visible().order_by().values("pk"))
    if event is not None:
        rows = rows.filter(event=event)
    if issuers:
        rows = rows.filter(issuer__in=issuers)
    if topics:
        rows = rows.filter(pk__in=Point.objects.filter(topic__slug__in=topics).values("readout"))
    points = Point.objects.select_related("topic").order_by("position")
    return rows.select_related("event", "issuer", "publisher").prefetch_related(
        Prefetch("points", points)
    )


def write_readouts(rows: Sequence[Readout], *, places: Places) -> list[Written]:
    """Rows of `readouts()`; one query."""
    phrases = Phrases(row.issuing_body for row in rows)
    return [write_readout(row, phrases=phrases, places=places) for row in rows]


def commitments(
    *, event: int | None = None, standings: Collection[str] = ()
) -> QuerySet[Commitment]:
    """What was agreed at visible events, under these filters."""
    rows = Commitment.objects.filter(event__in=Event.objects.visible().order_by().values("pk"))
    if event is not None:
        rows = rows.filter(event=event)
    if standings:
        today = today_of_the_record()
        asked = {one for name in standings for one in Standing(name).includes}
        rows = rows.filter(reduce(or_, (_standing_so(one, today) for one in asked)))
    return rows


def _standing_so(standing: Standing, today: date) -> Q:
    """The same rule as `follow_through.standing_of`, in the database."""
    if standing not in (Standing.OPEN, Standing.OVERDUE):
        return Q(status=standing.value.upper())
    # A deadline ends with its day, month or year.
    is_past = (
        Q(due_precision=Precision.DAY, due_on__lt=today)
        | Q(due_precision=Precision.MONTH, due_on__lt=today.replace(day=1))
        | Q(due_precision=Precision.YEAR, due_on__lt=today.replace(month=1, day=1))
    )
    return Q(status="OPEN") & (is_past if standing == Standing.OVERDUE else ~is_past)


def write_commitments(rows: QuerySet[Commitment], *, places: Places) -> list[Written]:
    """Those commitments in the order in which they were agreed; two queries."""
    found = read_commitments(rows)
    today = today_of_the_record()
    phrases = Phrases(row.due_text for row in found)
    return [write_commitment(row, today=today, phrases=phrases, places=places) for row in found]
