from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.anniversaries import Occurrence, next_occurrence
from events.changes import changes_of
from events.counting import claims_about
from events.dossier import Dossier, between, neighbours, read_dossier
from events.filters import TimelineFilter
from events.matrix import Account, Matrix, matrix_of
from events.models import Event
from events.models.dates import Precision
from events.outcomes import outcomes_of, with_outcomes
from events.views.event_files import page_parts
from events.views.finding import find_event, lead_to
from events.views.past import as_it_stood
from events.views.today import day_of_reading, today_of_the_record


@require_safe
@as_it_stood
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that the record has on one event; an old or merged address leads to its own."""
    row = find_event(slug)
    goes_to = row.merged_into or row
    if goes_to.slug != slug:
        return lead_to(request, goes_to.get_absolute_url())
    if row.withdrawn_at is not None:
        return render(request, "events/withdrawn.html", {"event": row}, status=410)
    return render(request, "events/event.html", _page(request, read_dossier(row)))


def _page(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    row = dossier.event
    today = today_of_the_record()
    return {
        "event": row,
        "dossier": dossier,
        "matrix": _matrix(dossier),
        "claims": claims_about(row),
        "changes": with_outcomes(changes_of(row), outcomes_of(row.json_outcomes)),  # type: ignore[attr-defined]
        **_before_and_after(request, dossier),
        "next_return": _next_return(row, today),
        "today": today,
        **page_parts(
            request,
            row,
            read_on=day_of_reading(),
            acting=dossier.acting,
            places=dossier.places,
            people=[one.participation.person for one in dossier.participants],
        ),
    }


def _matrix(dossier: Dossier) -> Matrix | None:
    return matrix_of(
        Account(
            side.country,
            [point for readout in side.readouts for point in readout.said],  # type: ignore[attr-defined]
            side.silences,
            has_readout=bool(side.readouts),
        )
        for side in dossier.sides
    )


def _before_and_after(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """Neighbours between the same two leaders, and in the reader's list with its address.

    `within` is None where the event was not opened from a list with filters.
    """
    chosen = TimelineFilter(request.GET, queryset=Event.objects.visible(), only_given=True)
    lists = {}
    if dossier.pair:
        lists["series"] = between(dossier.pair)
    if chosen.choices:
        lists["within"] = chosen.qs
    found = dict(zip(lists, neighbours(dossier.event, *lists.values()), strict=True))
    if not chosen.choices:
        return {"series": found.get("series"), "within": None}
    # The order is none of the filters, but the list that the reader comes back to has it.
    order = [("order", "oldest")] if chosen.reading_order == "oldest" else []
    query = urlencode([*chosen.choices, *order])
    within = {
        "query": query,
        "address": f"{reverse('events:timeline')}?{query}",
        "neighbours": found["within"],
    }
    return {"series": found.get("series"), "within": within}


def _next_return(row: Event, today: date) -> Occurrence | None:
    """When the day of the event comes round next; none for what is ahead or has no known day."""
    if row.precision != Precision.DAY or row.status != Event.Status.HELD or row.starts_on > today:
        return None
    coming = next_occurrence(row.starts_on, "SOLAR", today=today)
    # The day itself has no ordinal.
    return coming if coming and coming.years else None
