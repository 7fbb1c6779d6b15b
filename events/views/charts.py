"""Charts as pages show them and as files: drawings, figures and specifications."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from events.charts import drawings
from events.charts.chart import chart_named, chart_of_contacts, chart_of_one
from events.charts.drawings import Drawable
from events.contacts import Contact
from events.in_reader import reader_language
from events.models import Person, Term
from events.past import day_in_force
from events.views.files import asked_language, csv_of, file_of, in_the_language_asked
from events.views.today import today_of_the_record
from events.waking import wake

_ASKED_AGAIN_AFTER = 20


@dataclass(frozen=True, slots=True)
class ShownChart:
    """The context of events/_chart.html and _comparison.html.

    Without drawings the table stands in their place.
    """

    chart: Drawable
    wide: SafeString
    narrow: SafeString
    csv: str
    spec: str


def contacts_by_year(
    language: str,
    *,
    contacts: Sequence[Contact] | None = None,
    terms: Sequence[Term] | None = None,
) -> ShownChart:
    """Leaders' contacts by year for a page in that language; four queries.

    A page that has loaded the contacts or the terms of heads hands them over, and saves a query
    for each.
    """
    return shown(
        chart_of_contacts(language, today=today_of_the_record(), contacts=contacts, terms=terms)
    )


def contacts_over_time(language: str, person: Person) -> ShownChart | None:
    """The contacts of one person by year; None where the record has none. Four queries."""
    chart = chart_of_one(language, person, today=today_of_the_record())
    return None if chart is None else shown(chart)


def shown(chart: Drawable) -> ShownChart:
    """A chart with its drawings, of which a worker is asked for those not there; one query."""
    with override(chart.language):
        found, query = drawings.find(chart.sheets), asked_language()
    # Workers draw today's charts; on a past day the table stands in the drawing's place.
    if not found and not day_in_force():
        _ask_for_drawings(chart.name)
    # Drawn by us from the record; what is text in them has been escaped.
    wide, narrow = (mark_safe(svg) for svg in found or ("", ""))
    return ShownChart(
        chart,
        wide,
        narrow,
        csv=reverse("chart_csv", args=[chart.name]) + query,
        spec=reverse("chart_spec", args=[chart.name]) + query,
    )


def _ask_for_drawings(name: str) -> None:
    """Wake a worker, at most once in a while for each chart."""
    key = f"chart-asked:{name}"
    # Where the cache is away the broker is too: nothing is read back, and nobody waits for it.
    if cache.add(key, 1, _ASKED_AGAIN_AFTER) and cache.get(key):
        transaction.on_commit(partial(wake, "events.tasks.draw_charts", name=name), robust=True)


def _known(name: str) -> Drawable:
    """The chart of that name in the active language."""
    chart = chart_named(name, reader_language(), today=today_of_the_record())
    if chart is None:
        raise Http404
    return chart


@in_the_language_asked
def chart_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of a chart."""
    return csv_of(_known(name).table, name)


@in_the_language_asked
def chart_spec(request: HttpRequest, name: str) -> HttpResponse:
    """The specification of a chart, with its data and with addresses that lead here."""
    spec = _known(name).spec(request.build_absolute_uri("/").rstrip("/"))
    written = json.dumps(spec, ensure_ascii=False, indent=1)
    return file_of(written, f"{name}.vl.json", "application/json")
