from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.in_reader import phrase_in_reader, reader_language
from events.models import Citation, Country, Event, Participation, Person, Term
from events.views import charts

_LATEST = 10


@dataclass(slots=True)
class OfOneCountry:
    """People of one country: those with a term of office that is recorded, and the others."""

    country: Country
    in_office: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)


def _terms() -> QuerySet[Term]:
    return Term.objects.select_related("office").order_by("-starts_on", "-id")


@require_safe
def leaders(request: HttpRequest) -> HttpResponse:
    """Everybody with a term of office or a part in a visible event, by country; two queries."""
    taken_part = (
        Participation.objects.filter(person=OuterRef("pk"), event__in=Event.objects.visible())
        .order_by()
        .values("person")
        .annotate(number=Count("pk"))
        .values("number")
    )
    people = (
        Person.objects.select_related("country")
        .annotate(number=Coalesce(Subquery(taken_part), 0))
        .prefetch_related(Prefetch("terms", _terms()))
        .order_by("country__position", "family_name_en", "slug")
    )
    countries: dict[str, OfOneCountry] = {}
    for person in people:
        group = countries.setdefault(person.country_id, OfOneCountry(person.country))
        if person.terms.all():
            group.in_office.append(person)
        elif person.number:
            group.others.append(person)
    groups = [group for group in countries.values() if group.in_office or group.others]
    for group in groups:
        group.in_office.sort(key=lambda person: person.terms.all()[0].starts_on, reverse=True)
    return render(request, "events/leaders.html", {"groups": groups})


@require_safe
def leader(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: names, terms of office, counterparts, latest events."""
    person = get_object_or_404(Person.objects.select_related("country"), slug=slug)
    taken_part = Event.objects.visible().filter(participations__person=person)
    terms = _terms().filter(person=person)
    sources = Citation.objects.select_related("publisher").order_by("position", "id")
    context = {
        "person": person,
        "terms": terms.annotate(party_en_own=phrase_in_reader("party_en")).prefetch_related(
            Prefetch("citations", sources)
        ),
        "total": taken_part.count(),
        "latest": with_card(taken_part.newest_first())[:_LATEST],
        "counterparts": _counterparts(person, taken_part),
        "chart": charts.contacts_over_time(reader_language(), person),
    }
    return render(request, "events/leader.html", context)


def _counterparts(person: Person, events: QuerySet[Event]) -> list[dict[str, Any]]:
    """People of other countries who took part in the same events: how many, and in which years."""
    together = Participation.objects.filter(event__in=events.order_by().values("pk")).exclude(
        person__country=person.country_id
    )
    counted = (
        together.order_by()
        .values("person")
        .annotate(
            number=Count("pk"),
            first=Min("event__starts_on__year"),
            last=Max("event__starts_on__year"),
        )
    )
    rows = {row["person"]: row for row in counted}
    met = Person.objects.filter(pk__in=rows).select_related("country")
    counterparts = [{**rows[other.pk], "person": other} for other in met]
    return sorted(
        counterparts,
        key=lambda row: (-row["number"], row["person"].country.position, row["person"].slug),
    )
