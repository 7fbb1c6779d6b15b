from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.cards import with_card
from events.models import Event
from events.views.anniversaries import coming_anniversaries
from events.views.today import today_of_the_record

_LATEST = 10
_COMING = 6


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the record is, its latest events, and what comes next."""
    today = today_of_the_record()
    visible = Event.objects.visible()
    scheduled = visible.filter(status=Event.Status.SCHEDULED)
    latest = with_card(visible.exclude(status=Event.Status.SCHEDULED).newest_first())
    coming = with_card(scheduled.filter(last_possible_on__gte=today).oldest_first())
    context = {
        "latest": latest[:_LATEST],
        "scheduled": coming[:_COMING],
        "anniversaries": coming_anniversaries(today)[:_COMING],
        "today": today,
    }
    return render(request, "events/overview.html", context)
