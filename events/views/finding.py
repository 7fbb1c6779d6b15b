"""Which row of the record an address means, now or once."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from events.dossier import with_parts
from events.former_addresses import key_of_event_once_at, key_once_at, removed_at
from events.models import Event, EventSlug
from events.outcomes import stored_outcomes

View = Callable[..., HttpResponse]


def find_event(slug: str) -> Event:
    """The published event of that address, now or once. Raises Http404, also for drafts.

    On a past day an address that the event has been given since finds it too.
    """
    events = with_parts(Event.objects.all()).annotate(json_outcomes=stored_outcomes())
    row = events.filter(slug=slug).first()
    if row is None or row.published_at is None:
        # Nearly all former addresses are listed; the history knows the others as well.
        old = EventSlug.objects.filter(slug=slug).values("event")
        row = events.filter(pk__in=old).first()
        if row is None and (key := key_of_event_once_at(slug)):
            row = events.filter(pk=key).first()
    if row is None or row.published_at is None:
        raise Http404
    return row


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Another address for good, with the query of the request."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))


def at_all_addresses_of(model: type[Model]) -> Callable[[View], View]:
    """Decorator for the page of a row by its slug: an address that ever was never answers 404.

    A former slug leads to the one of now, and the page of a removed row says that it was removed.
    Costs nothing for a page that is found.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, slug: str) -> HttpResponse:
            try:
                return view(request, slug)
            except Http404:
                key = key_once_at(model, slug)
                if key is None:
                    raise
                row = model._default_manager.filter(pk=key).first()
                if row is not None:
                    match = request.resolver_match
                    assert match is not None
                    return lead_to(request, reverse(match.view_name, args=[row.slug]))  # type: ignore[attr-defined]
                removed = removed_at(model, key)
                if removed is None:  # on a past day: not there yet
                    raise
                context = {"removed_at": removed}
                return render(request, "events/removed.html", context, status=410)

        return answered

    return decorated
