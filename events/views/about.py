from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event
from events.models.dates import Precision


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How the record is made and kept, with what it holds today; one query."""
    days = Q(precision=Precision.DAY)
    held = Event.objects.visible().aggregate(
        number=Count("pk"),
        first=Min("starts_on", filter=days),
        last=Max("starts_on", filter=days & ~Q(status=Event.Status.SCHEDULED)),
    )
    return render(request, "events/about.html", held)
