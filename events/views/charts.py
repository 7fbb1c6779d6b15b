"""Charts as pages show them and as files: drawings, figures and specifications."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from io import StringIO

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events import tasks
from events.charts import drawings
from events.charts.chart import Chart, chart_named, chart_of_contacts, chart_of_one
from events.contacts import Contact
from events.models import Person, Term
from events.views.today import today_of_the_record

_AN_HOUR = 3_600
_ASKED_AGAIN_AFTER = 20


@dataclass(frozen=True, slots=True)
class ShownChart:
    """The context of events/_chart.html. Without drawings the table stands in their place."""

    chart: Chart
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
    return _shown(
        chart_of_contacts(language, today=today_of_the_record(), contacts=contacts, terms=terms)
    )


def contacts_over_time(language: str, person: Person) -> ShownChart | None:
    """The contacts of one person by year; None where the record has none. Four queries."""
    chart = chart_of_one(language, person, today=today_of_the_record())
    return None if chart is None else _shown(chart)


def _shown(chart: Chart) -> ShownChart:
    with override(chart.language):
        found = drawings.find(chart.sheets)
    if not found:
        _ask_for_drawings(chart.name)
    # Drawn by us from the record; what is text in them has been escaped.
    wide, narrow = (mark_safe(svg) for svg in found or ("", ""))
    query = "" if chart.language == "en" else f"?lang={chart.language}"
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
        transaction.on_commit(partial(tasks.draw_charts.delay, name=name), robust=True)


def _of_a_known_chart(
    answer: Callable[[HttpRequest, Chart], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Decorator: the view gets the chart of that name, in the language that the query asks for."""

    @require_safe
    @cache_control(public=True, max_age=_AN_HOUR)
    @wraps(answer)
    def view(request: HttpRequest, name: str) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        language = request.GET.get("lang", "en")
        if language not in known:
            reason = f"lang: give one of {', '.join(known)}.\n"
            return HttpResponseBadRequest(reason, content_type="text/plain; charset=utf-8")
        with override(language):
            chart = chart_named(name, language, today=today_of_the_record())
            if chart is None:
                raise Http404
            return answer(request, chart)

    return view


def _file(content: str, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@_of_a_known_chart
def chart_csv(request: HttpRequest, chart: Chart) -> HttpResponse:
    """The figures of a chart."""
    written = StringIO()
    csv.writer(written).writerows(chart.table)
    return _file(written.getvalue(), f"{chart.name}.csv", "text/csv; charset=utf-8")


@_of_a_known_chart
def chart_spec(request: HttpRequest, chart: Chart) -> HttpResponse:
    """The specification of a chart, with its data and with addresses that lead here."""
    spec = chart.spec(request.build_absolute_uri("/").rstrip("/"))
    written = json.dumps(spec, ensure_ascii=False, indent=1)
    return _file(written, f"{chart.name}.vl.json", "application/json")
