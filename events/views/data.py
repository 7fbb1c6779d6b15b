from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.api.places import ROOT
from events.charts.chart import reach_of_the_record
from events.models import (
    Anniversary,
    Commitment,
    Event,
    Participation,
    Person,
    Point,
    Readout,
    Term,
    Topic,
)
from events.ordinals import COVERAGE_BEGINS
from events.package.shelf import packages
from events.views.files import asked_language
from events.views.past import as_it_stood
from events.views.today import today_of_the_record


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of rows: what it is called, what one row is, and how many readers may see."""

    name: str
    one_is: str
    number: int


@require_safe
@as_it_stood
def data(request: HttpRequest) -> HttpResponse:
    """What the record holds, and which files of it can be had; a count for each sort of rows."""
    today = today_of_the_record()
    context = {
        "sorts": _sorts(),
        "reaches": reach_of_the_record(today),
        "covered_from": COVERAGE_BEGINS.year,
        "latest": Event.objects.visible().filter(status=Event.Status.HELD).newest_first().first(),
        "asked": asked_language(),
        "packages": packages(),
        # Readers' addresses are looked up without those of the API, which has types of its own.
        "docs": f"{ROOT}docs",
    }
    return render(request, "events/data.html", context)


def _sorts() -> list[Sort]:
    visible = Event.objects.visible().order_by()
    of_visible = {"event__in": visible.values("pk")}
    taken_part = Participation.objects.filter(person=OuterRef("pk"), **of_visible)
    in_office = Term.objects.filter(person=OuterRef("pk"))
    people = Person.objects.filter(Q(Exists(in_office)) | Q(Exists(taken_part)))
    accounts = Readout.objects.filter(**of_visible)
    return [
        Sort(
            _("Events"),
            _("One thing that the governments did on a known date."),
            visible.count(),
        ),
        Sort(
            _("People"),
            _("Somebody who took part in an event or held one of the offices."),
            people.count(),
        ),
        Sort(
            _("Terms of office"),
            _("Who held an office from when until when."),
            Term.objects.count(),
        ),
        Sort(
            _("Readouts"),
            _("One government’s published account of an event, its own or as reported."),
            accounts.count(),
        ),
        Sort(
            _("Points"),
            _("One thing that a readout says: mentioned, agreed, or raised by one side."),
            Point.objects.filter(readout__in=accounts.order_by().values("pk")).count(),
        ),
        Sort(
            _("Commitments"),
            _("Something agreed to be done, and the event that did it, if one was found."),
            Commitment.objects.filter(**of_visible).count(),
        ),
        Sort(
            _("Anniversaries"),
            _("A day that recurs, by the solar or the Korean lunar calendar."),
            Anniversary.objects.count(),
        ),
        Sort(_("Topics"), _("What events and points are about."), Topic.objects.count()),
    ]
