from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import (
    Citation,
    Commitment,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    Evidence,
    Participation,
    Point,
    Readout,
    Silence,
    Term,
    Topic,
)
from events.models.dates import Precision
from events.views.today import today_of_the_record

# Of meetings and calls between them, both governments publish accounts.
_CONTACTS = ("CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT", "MINISTERIAL")
_BOTH_SIDES = ("KR", "JP")


@dataclass(slots=True)
class Side:
    """One government's accounts of an event, and the topics that they leave out."""

    country: Country
    readouts: list[Readout] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part, with the office held that day; without one, the capacity that a source
    gives."""

    participation: Participation
    term: Term | None


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that the record has on one event; an old or merged address leads to its own."""
    row = _find(slug)
    goes_to = row.merged_into or row
    if goes_to.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(
            goes_to.get_absolute_url() + (f"?{query}" if query else "")
        )
    if row.withdrawn_at is not None:
        return render(request, "events/withdrawn.html", {"event": row}, status=410)
    return render(request, "events/event.html", _record_of(row))


def _find(slug: str) -> Event:
    """The published event of that address, now or once. Raises Http404, also for drafts."""
    events = Event.objects.select_related("host", "merged_into")
    row = events.filter(slug=slug).first()
    if row is None:
        old = EventSlug.objects.filter(slug=slug).values("event")
        row = events.filter(pk__in=old).first()
    if row is None or row.published_at is None:
        raise Http404
    return row


def _record_of(row: Event) -> dict[str, Any]:
    """What hangs on the event, in a fixed number of queries."""
    involved = EventCountry.objects.filter(event=row).select_related("country")
    involvements = list(involved.order_by("country__position"))
    visible = Event.objects.visible()
    commitments = Commitment.objects.filter(event=row).select_related("publisher")
    fulfils = Commitment.objects.filter(fulfilled_by=row, event__in=visible)
    return {
        "event": row,
        "acting": [link.country for link in involvements if link.acted],
        "concerned": [link.country for link in involvements if not link.acted],
        "places": EventPlace.objects.filter(event=row)
        .select_related("country")
        .order_by("position", "id"),
        "participants": _participants(row),
        "topics": Topic.objects.filter(event_links__event=row).order_by("id"),
        "sides": _sides(row, involvements),
        # A fulfilment that readers may not see is not shown as one.
        "commitments": commitments.prefetch_related(
            Prefetch("fulfilled_by", visible, to_attr="shown_fulfilment")
        ).order_by("id"),
        "fulfils": fulfils.select_related("event").order_by("event__starts_on", "id"),
        "citations": citations_of(Citation.objects.filter(event=row)),
        "today": today_of_the_record(),
    }


def citations_of(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """Citations in their order with publisher and evidence; two queries."""
    evidence = Evidence.objects.order_by("starts_at", "id")
    return (
        citations.select_related("publisher")
        .prefetch_related(Prefetch("evidence", evidence))
        .order_by("position", "id")
    )


def _participants(row: Event) -> list[Participant]:
    """In the published order of countries, then by family name."""
    taking_part = list(
        Participation.objects.filter(event=row)
        .select_related("person__country")
        .order_by("person__country__position", "person__family_name_en", "person__slug")
    )
    # Of a coarse date only an office held all through it is the one held that day.
    last = row.starts_on if row.precision == Precision.DAY else row.last_possible_on
    terms = (
        Term.objects.on(row.starts_on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=last))
        .filter(person__in=[link.person_id for link in taking_part])
        .select_related("office")
        .latest_first()
    )
    held: dict[int, Term] = {}
    for term in terms:
        held.setdefault(term.person_id, term)
    return [Participant(link, held.get(link.person_id)) for link in taking_part]


def _sides(row: Event, involvements: Sequence[EventCountry]) -> list[Side]:
    """The accounts by country in the published order.

    Korea and Japan have a column where either has an account, or where both acted in a meeting
    or call, so that one side's account never stands as the only one there could be.
    """
    points = Point.objects.select_related("topic").order_by("position")
    readouts = list(
        Readout.objects.filter(event=row)
        .select_related("publisher")
        .prefetch_related(Prefetch("points", points))
        .order_by("published_on", "id")
    )
    silences = list(Silence.objects.filter(event=row).select_related("topic").order_by("id"))
    acting = {link.country_id for link in involvements if link.acted}
    met = row.kind in _CONTACTS and acting.issuperset(_BOTH_SIDES)
    if not (readouts or silences or met):
        return []
    sides = {
        link.country_id: Side(link.country)
        for link in involvements
        if link.country_id in _BOTH_SIDES
        or any(r.issuer_id == link.country_id for r in readouts)
        or any(s.issuer_id == link.country_id for s in silences)
    }
    for readout in readouts:
        sides[readout.issuer_id].readouts.append(readout)
    for silence in silences:
        sides[silence.issuer_id].silences.append(silence)
    return list(sides.values())
