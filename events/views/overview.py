from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.contacts import contacts_of_leaders
from events.dossier import KINDS_WITH_ACCOUNTS, sides_of, with_parts
from events.glance import glance
from events.heat_map import HeatMap, heat_map
from events.in_reader import reader_language
from events.incumbents import terms_of_heads
from events.models import Event, Participation, Term
from events.models.events import EventQuerySet
from events.ordinals import COVERAGE_BEGINS
from events.pairs import Cell, Head, heads, meetings_matrix
from events.views import charts
from events.views.anniversaries import coming_anniversaries
from events.views.today import today_of_the_record

_RECENT = 6
_COMING = 6


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where things stand: the latest, what comes next, and figures of the leaders' contacts."""
    today = today_of_the_record()
    visible = Event.objects.visible()
    held = visible.filter(status=Event.Status.HELD)
    scheduled = visible.filter(status=Event.Status.SCHEDULED)
    latest = with_card(with_parts(held.newest_first())).first()
    coming = with_card(scheduled.filter(last_possible_on__gte=today).oldest_first())
    last_held = held.aggregate(last=Max("last_possible_on"))["last"]
    contacts = contacts_of_leaders()
    figures = glance(contacts, today=today, last_held=last_held)
    terms = terms_of_heads()
    context = {
        "latest": latest,
        "sides": sides_of(latest) if latest else [],
        "recent": with_card(held.newest_first())[1 : _RECENT + 1],
        "scheduled": coming[:_COMING],
        "anniversaries": coming_anniversaries(today)[:_COMING],
        "glance": figures,
        "chart": charts.contacts_by_year(reader_language(), contacts=contacts, terms=terms),
        "year": _year(held, figures.as_of),
        "kinds": [kind.lower() for kind in KINDS_WITH_ACCOUNTS],
        "presidents": heads(terms, country="KR", since=COVERAGE_BEGINS),
        "matrix": _matrix(terms, visible),
        "today": today,
    }
    return render(request, "events/overview.html", context)


def _year(held: EventQuerySet, last: date) -> HeatMap:
    days = held.filter(kind__in=KINDS_WITH_ACCOUNTS).values_list(
        "precision", "starts_on", "last_possible_on"
    )
    return heat_map(days.filter(last_possible_on__year__gte=last.year - 1), last=last)


def _matrix(terms: Iterable[Term], visible: EventQuerySet) -> list[tuple[Head, list[Cell]]]:
    """Leaders in office since the coverage begins; two that share an event are counted in it."""
    terms = list(terms)
    presidents, ministers = (
        heads(terms, country=country, since=COVERAGE_BEGINS) for country in ("KR", "JP")
    )
    together = (
        Participation.objects.filter(
            event__in=visible.order_by().values("pk"),
            person__slug__in=[one.slug for one in presidents],
            event__participations__person__slug__in=[one.slug for one in ministers],
        )
        .order_by()
        .values("person__slug", other=F("event__participations__person__slug"))
        .annotate(number=Count("event", distinct=True))
        .values_list("person__slug", "other", "number")
    )
    numbers = {(one, other): n for one, other, n in together}
    return meetings_matrix(presidents, ministers, numbers)
