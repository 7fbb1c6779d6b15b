"""What governments' accounts say of a topic, and who took part in its events most."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from events.models import Country, Event, Person, Point, Topic
from events.models.events import EventQuerySet

_PEOPLE = 10
_BOTH_SIDES = ("KR", "JP")


@dataclass(frozen=True, slots=True)
class Stances:
    """How many points of one government's readouts are about a topic, by stance."""

    country: Country
    readouts: int = 0
    mentioned: int = 0
    agreed: int = 0
    raised: int = 0


def stances_on(topic: Topic) -> list[Stances]:
    """Korea and Japan, and other governments with a point; none where nobody has. Two queries."""
    counted = (
        Point.objects.filter(topic=topic, readout__event__in=Event.objects.visible().values("pk"))
        .order_by()
        .values_list("readout__issuer")
        .annotate(
            readouts=Count("readout", distinct=True),
            mentioned=Count("pk", filter=Q(stance=Point.Stance.MENTIONED)),
            agreed=Count("pk", filter=Q(stance=Point.Stance.AGREED)),
            raised=Count("pk", filter=Q(stance=Point.Stance.RAISED)),
        )
    )
    found = {issuer: numbers for issuer, *numbers in counted}
    if not found:
        return []
    countries = Country.objects.filter(pk__in={*_BOTH_SIDES, *found}).in_published_order()
    return [Stances(country, *found.get(country.code, ())) for country in countries]


def most_present(events: EventQuerySet) -> QuerySet[Person]:
    """Those who took part in the most of the events, with their `number`."""
    return (
        Person.objects.filter(participations__event__in=events.order_by().values("pk"))
        .annotate(number=Count("participations"))
        .select_related("country")
        .order_by("-number", "country__position", "slug")[:_PEOPLE]
    )
