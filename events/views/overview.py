from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import islice

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.charts.figures import FIRST_YEAR, KINDS
from events.contacts import contacts_of_leaders, held_contacts
from events.dossier import KINDS_WITH_ACCOUNTS, sides_of, with_parts
from events.glance import glance
from events.heat_map import HeatMap, heat_map
from events.in_reader import reader_language
from events.models import Event
from events.models.events import EventQuerySet
from events.ordinals import COVERAGE_BEGINS
from events.pairs import Cell, Head, heads, meetings_matrix
from events.sparklines import Sparkline, bars_by_year, sparkline
from events.standing import Standing, current
from events.topics_by_year import TopicByYear, fullest_in_words, topics_by_year
from events.views import charts
from events.views.anniversaries import coming_anniversaries
from events.views.past import as_it_stood
from events.views.today import today_of_the_record

_RECENT = 6
_COMING = 6
_TOPICS = 8


@require_safe
@as_it_stood
def overview(request: HttpRequest) -> HttpResponse:
    """Where things stand: the latest, what comes next, and figures of the leaders' contacts."""
    today = today_of_the_record()
    visible = Event.objects.visible()
    held = visible.filter(status=Event.Status.HELD)
    scheduled = visible.filter(status=Event.Status.SCHEDULED)
    latest = with_card(with_parts(held.newest_first())).first()
    coming = with_card(scheduled.filter(last_possible_on__gte=today).oldest_first())
    standing, language = current(), reader_language()
    # These grow with the record; the rest of the page does not.
    last_held = standing.remember("last held", partial(_last_day, held))
    contacts = standing.remember(("contacts", language), contacts_of_leaders)
    topics = standing.remember("topics of contacts", lambda: topics_by_year(held_contacts()))
    figures = glance(contacts, today=today, last_held=last_held)
    terms = standing.names.terms
    years = range(FIRST_YEAR, today.year + 1)
    context = {
        "latest": latest,
        "sides": sides_of(latest) if latest else [],
        "recent": with_card(held.newest_first())[1 : _RECENT + 1],
        "scheduled": coming[:_COMING],
        "anniversaries": coming_anniversaries(today)[:_COMING],
        "glance": figures,
        "chart": charts.contacts_by_year(language, contacts=contacts, terms=terms),
        "year": _year(held, figures.as_of),
        "kinds": [kind.lower() for kind in KINDS_WITH_ACCOUNTS],
        "presidents": heads(terms, country="KR", since=COVERAGE_BEGINS),
        "matrix": _matrix(standing),
        "topics": _topics(topics, years),
        "years": years,
        "kinds_of_contacts": [kind.lower() for kind in KINDS],
        "covered_from": COVERAGE_BEGINS.year,
        "today": today,
    }
    return render(request, "events/overview.html", context)


def _year(held: EventQuerySet, last: date) -> HeatMap:
    days = held.filter(kind__in=KINDS_WITH_ACCOUNTS).values_list(
        "precision", "starts_on", "last_possible_on"
    )
    return heat_map(days.filter(last_possible_on__year__gte=last.year - 1), last=last)


def _last_day(events: EventQuerySet) -> date | None:
    last: date | None = events.aggregate(last=Max("last_possible_on"))["last"]
    return last


def _topics(
    topics: Iterable[TopicByYear], years: range
) -> list[tuple[TopicByYear, Sparkline, str]]:
    """The most frequent topics of leaders' contacts, with bars and fullest years."""
    return [
        (
            one,
            sparkline(bars_by_year(one.counts, years, covered_from=COVERAGE_BEGINS.year)),
            fullest_in_words(one.counts),
        )
        for one in islice(topics, _TOPICS)
        if one.total
    ]


def _matrix(standing: Standing) -> list[tuple[Head, list[Cell]]]:
    """Leaders in office since the coverage begins; two that share an event are counted in it."""
    presidents, ministers = (
        heads(standing.names.terms, country=country, since=COVERAGE_BEGINS)
        for country in ("KR", "JP")
    )
    people = standing.names.people
    numbers = {
        (one.slug, other.slug): standing.bitmaps.number_of_both(
            "leader", people[one.slug].pk, people[other.slug].pk
        )
        for one in presidents
        for other in ministers
    }
    return meetings_matrix(presidents, ministers, numbers)
