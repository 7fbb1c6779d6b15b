from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.in_reader import phrase_in_reader, reader_language
from events.models import Citation, Country, Event, Participation, Person, Term
from events.views import charts
from events.views.finding import at_all_addresses_of
from events.views.past import as_it_stood

_LATEST = 10
_SHOWN_OF_AN_EVENT = ("slug", "precision", "starts_on", "ends_on")


@dataclass(slots=True)
class OfOneCountry:
    """People of one country: those with a term of office that is recorded, and the others."""

    country: Country
    in_office: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody of another country: in how many of the same events, the first and the last."""

    person: Person
    number: int
    first: Event
    last: Event


def _terms() -> QuerySet[Term]:
    return Term.objects.select_related("office").order_by("-starts_on", "-id")


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
@as_it_stood
@at_all_addresses_of(Person)
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


def _counterparts(person: Person, events: QuerySet[Event]) -> list[Counterpart]:
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
