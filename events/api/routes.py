"""Every address of the API: what may be asked there and what is answered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from events.api import answers, list_answers, reading_events, reading_lists
from events.api.finding import find_row
from events.api.known_values import refuse_unknown
from events.api.paging import in_order_of_entry, page_answer
from events.api.places import Places, site_of
from events.api.problems import Moved, Refused, answer_to
from events.api.questions import (
    AnniversaryQuestion,
    AsOf,
    CommitmentQuestion,
    EventQuestion,
    Filters,
    Paged,
    ReadoutQuestion,
    TermQuestion,
    in_utc,
)
from events.api.reading_facets import read_facets
from events.api.reading_ordinals import read_ordinals
from events.api.rendering import JSON
from events.citing import LICENCE_ADDRESS
from events.models import Anniversary, Commitment, Person, Topic
from events.views.today import today_of_the_record

api = NinjaAPI(
    title="Seoul–Tokyo Record",
    version="1",
    description="What the governments of Korea and Japan do with each other, for programs: "
    "read-only, free to use under CC BY 4.0.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    renderer=JSON(),
)
for _error in (Refused, Moved, ValidationError, Http404):
    api.add_exception_handler(_error, answer_to)


def _places(request: HttpRequest) -> Places:
    return Places(site_of(request))


@api.get("/", response=list_answers.Root, tags=["Everything"], summary="Where everything is")
def root(request: HttpRequest) -> Any:
    places = _places(request)
    lists = ("events", "people", "terms", "topics", "anniversaries", "readouts", "commitments")
    return {
        "name": "Seoul–Tokyo Record",
        "licence": LICENCE_ADDRESS,
        "docs": places.api("docs"),
        "openapi": places.api("openapi.json"),
        **{name: places.api(name) for name in (*lists, "facets")},
    }


@api.get("/events", response=answers.EventPage, tags=["Events"], summary="Events")
def events(request: HttpRequest, response: HttpResponse, asked: Query[EventQuestion]) -> Any:
    """The timeline's events under its filters, page by page; or what has changed since a moment.

    To keep a copy of the record in step, follow `updated_since` without filters: an event that no
    longer matches a filter is not told of. A withdrawn or merged event comes as what is left of it.
    """
    since, places = asked.updated_since, _places(request)
    rows = reading_events.published() if since else None
    chosen = reading_events.read_choices(request.GET, rows)
    results: list[Any] = []
    more = None
    if chosen and since:
        results, more = reading_events.read_changes(
            chosen, in_utc(since), after=asked.after, limit=asked.limit, places=places
        )
    elif chosen:
        results, more = reading_events.read_timeline(
            chosen, after=asked.after, limit=asked.limit, places=places
        )
    until = reading_events.updated_until(timezone.now()) if since else None
    page = page_answer(request, response, results, next_cursor=more)
    return {**page, "updated_until": until}


@api.get("/events/{slug:name}", response=answers.WholeEvent, tags=["Events"], summary="One event")
def event(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One event, by its slug or its id, with everything that the record has on it.

    A former slug, or an event that was merged, leads on with 301; a withdrawn one is 410.
    """
    row = reading_events.find(name)
    return reading_events.read_whole_event(row, places=_places(request))


@api.get(
    "/events/{slug:name}/ordinals",
    response=answers.OrdinalList,
    tags=["Events"],
    summary="Firsts and counts of one event",
)
def ordinals(request: HttpRequest, response: HttpResponse, name: str, asked: Query[AsOf]) -> Any:
    """“Their third meeting”, “first bilateral visit since”: with the rule and what was counted."""
    row = reading_events.find(name, within="ordinals")
    return page_answer(request, response, read_ordinals(row, places=_places(request)))


@api.get("/facets", response=list_answers.Facets, tags=["Events"], summary="Numbers of events")
def facets(request: HttpRequest, asked: Query[Filters]) -> Any:
    """How many events each value of each filter would show, beside the other filters."""
    return read_facets(reading_events.read_choices(request.GET))


@api.get("/people", response=list_answers.PersonPage, tags=["People"], summary="People")
def people(request: HttpRequest, response: HttpResponse, asked: Query[Paged]) -> Any:
    """Everybody who took part in an event or held one of the offices."""
    rows, more = in_order_of_entry(reading_lists.people(), after=asked.after, limit=asked.limit)
    written = reading_lists.write_people(rows, places=_places(request))
    return page_answer(request, response, written, next_cursor=more)


@api.get("/people/{slug:name}", response=list_answers.Person, tags=["People"], summary="One person")
def person(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One person, by the slug."""
    row = find_row(reading_lists.people(), Person, name, "people")
    return reading_lists.write_people([row], places=_places(request))[0]


@api.get("/terms", response=list_answers.TermPage, tags=["People"], summary="Terms of office")
def terms(request: HttpRequest, response: HttpResponse, asked: Query[TermQuestion]) -> Any:
    """Who held which office from when until when.

    On the day of a handover both terms count; the office held is the latest begun.
    """
    refuse_unknown(person=asked.person, country=asked.country, office=asked.office)
    rows = reading_lists.terms(
        people=asked.person, countries=asked.country, offices=asked.office, on=asked.on
    )
    page, more = in_order_of_entry(rows, after=asked.after, limit=asked.limit)
    return page_answer(request, response, reading_lists.write_terms(page), next_cursor=more)


@api.get("/topics", response=list_answers.TopicPage, tags=["Topics"], summary="Topics")
def topics(request: HttpRequest, response: HttpResponse, asked: Query[Paged]) -> Any:
    """What events and points are about."""
    rows, more = in_order_of_entry(reading_lists.topics(), after=asked.after, limit=asked.limit)
    places = _places(request)
    written = [reading_lists.write_topic(row, places=places) for row in rows]
    return page_answer(request, response, written, next_cursor=more)


@api.get("/topics/{slug:name}", response=list_answers.Topic, tags=["Topics"], summary="One topic")
def topic(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One topic, by the slug."""
    row = find_row(reading_lists.topics(), Topic, name, "topics")
    return reading_lists.write_topic(row, places=_places(request))


@api.get(
    "/anniversaries",
    response=list_answers.AnniversaryList,
    tags=["Anniversaries"],
    summary="Days that recur",
)
def anniversaries(
    request: HttpRequest, response: HttpResponse, asked: Query[AnniversaryQuestion]
) -> Any:
    """All of them with their next return; those of one day; or the next so many returns."""
    found = reading_lists.returns(reading_lists.anniversaries(), on=asked.on, number=asked.next)
    written = reading_lists.write_returns(
        found, asked=asked.on or today_of_the_record(), places=_places(request)
    )
    return page_answer(request, response, written)


@api.get(
    "/anniversaries/{slug:name}",
    response=list_answers.Anniversary,
    tags=["Anniversaries"],
    summary="One day that recurs",
)
def anniversary(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One anniversary, by the slug, with its next return."""
    row = find_row(reading_lists.anniversaries(), Anniversary, name, "anniversaries")
    found = reading_lists.returns([row], on=None, number=None)
    written = reading_lists.write_returns(
        found, asked=today_of_the_record(), places=_places(request)
    )
    return written[0]


@api.get("/readouts", response=list_answers.ReadoutPage, tags=["Readouts"], summary="Readouts")
def readouts(request: HttpRequest, response: HttpResponse, asked: Query[ReadoutQuestion]) -> Any:
    """What governments published of events, with their points by topic and stance."""
    refuse_unknown(issuer=asked.issuer, topic=asked.topic)
    rows = reading_lists.readouts(
        event=reading_events.find_id(asked.event), issuers=asked.issuer, topics=asked.topic
    )
    page, more = in_order_of_entry(rows, after=asked.after, limit=asked.limit)
    written = reading_lists.write_readouts(page, places=_places(request))
    return page_answer(request, response, written, next_cursor=more)


@api.get(
    "/readouts/{slug:name}", response=answers.Readout, tags=["Readouts"], summary="One readout"
)
def readout(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One readout, by its id."""
    row = get_object_or_404(reading_lists.readouts(), slug=name)
    return reading_lists.write_readouts([row], places=_places(request))[0]


@api.get(
    "/commitments",
    response=list_answers.CommitmentPage,
    tags=["Commitments"],
    summary="Commitments",
)
def commitments(
    request: HttpRequest, response: HttpResponse, asked: Query[CommitmentQuestion]
) -> Any:
    """What was agreed to be done, and the event that did it."""
    refuse_unknown(standing=asked.standing)
    rows = reading_lists.commitments(
        event=reading_events.find_id(asked.event), standings=asked.standing
    )
    page, more = in_order_of_entry(rows.only("slug"), after=asked.after, limit=asked.limit)
    keys = [row.pk for row in page]
    found = reading_lists.write_commitments(
        Commitment.objects.filter(pk__in=keys), places=_places(request)
    )
    place = {row.slug: number for number, row in enumerate(page)}
    written = sorted(found, key=lambda one: place[one["id"]])
    return page_answer(request, response, written, next_cursor=more)


@api.get(
    "/commitments/{slug:name}",
    response=answers.Commitment,
    tags=["Commitments"],
    summary="One commitment",
)
def commitment(request: HttpRequest, name: str, asked: Query[AsOf]) -> Any:
    """One commitment, by its id."""
    rows = reading_lists.commitments().filter(slug=name)
    found = reading_lists.write_commitments(rows, places=_places(request))
    if not found:
        raise Http404
    return found[0]
