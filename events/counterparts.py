"""Who held which office, and with whom of other countries somebody took part in events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from events.in_reader import phrase_in_reader
from events.models import Citation, Event, Participation, Person, Term

_SHOWN_OF_AN_EVENT = ("slug", "precision", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody of another country: in how many of the same events, the first and the last."""

    person: Person
    number: int
    first: Event
    last: Event


def latest_terms() -> QuerySet[Term]:
    """Terms with their offices, the latest first."""
    return Term.objects.select_related("office").order_by("-starts_on", "-id")


def terms_of(person: Person) -> QuerySet[Term]:
    """The person's terms with party and sources as readers see them; two queries."""
    sources = Citation.objects.select_related("publisher").order_by("position", "id")
    return (
        latest_terms()
        .filter(person=person)
        .annotate(party_en_own=phrase_in_reader("party_en"))
        .prefetch_related(Prefetch("citations", sources))
    )


def keys_of_terms_of(person: Person) -> list[int]:
    """Of all terms that were ever the person's, also of those that are no more; one query."""
    history: Any = Term._meta.get_field("history").related_model
    keys = history.objects.filter(person_id=person.pk).values_list("pgh_obj_id", flat=True)
    return list(keys.order_by("pgh_obj_id").distinct())


def counterparts_of(person: Person, events: QuerySet[Event]) -> list[Counterpart]:
    """People of other countries who took part in the same events, the most frequent first.

    Three queries; of the events only those that are shown are loaded.
    """
    together = (
        Participation.objects.filter(event__in=events.order_by().values("pk"))
        .exclude(person__country=person.country_id)
        .select_related("event")
        .only("person", *(f"event__{name}" for name in _SHOWN_OF_AN_EVENT))
    )
    # Both ends of one order, that of the timeline from the oldest: so they differ if there are two.
    oldest = together.order_by("person", "event__oldest_first_on", "event__coarseness", "event")
    newest = together.order_by("person", "-event__oldest_first_on", "-event__coarseness", "-event")
    first = {one.person_id: one.event for one in oldest.distinct("person")}
    last = {one.person_id: one.event for one in newest.distinct("person")}
    met = (
        Person.objects.filter(participations__event__in=events.order_by().values("pk"))
        .exclude(country=person.country_id)
        .annotate(number=Count("participations"))
        .select_related("country")
        .order_by("-number", "country__position", "slug")
    )
    return [Counterpart(one, one.number, first[one.pk], last[one.pk]) for one in met]
