from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.counterparts import counterparts_of, latest_terms, terms_of
from events.in_reader import reader_language
from events.models import Country, Event, Participation, Person
from events.outcomes import outcomes_of, stored_outcomes
from events.views import charts
from events.views.finding import at_all_addresses_of
from events.views.past import as_it_stood

_LATEST = 10


@dataclass(slots=True)
class OfOneCountry:
    """People of one country: those with a term of office that is recorded, and the others."""

    country: Country
    in_office: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)


@require_safe
@as_it_stood
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
        .prefetch_related(Prefetch("terms", latest_terms()))
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
@as_it_stood
@at_all_addresses_of(Person)
def leader(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: names, terms of office, counterparts, latest events."""
    people = Person.objects.select_related("country")
    person = get_object_or_404(people.annotate(json_outcomes=stored_outcomes("person")), slug=slug)
    taken_part = Event.objects.visible().filter(participations__person=person)
    context = {
        "person": person,
        "terms": terms_of(person),
        "total": taken_part.count(),
        "latest": with_card(taken_part.newest_first())[:_LATEST],
        "counterparts": counterparts_of(person, taken_part),
        "chart": charts.contacts_over_time(reader_language(), person),
        "outcomes": outcomes_of(person.json_outcomes),  # type: ignore[attr-defined]
    }
    return render(request, "events/leader.html", context)
