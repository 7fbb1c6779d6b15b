"""Which event an address means."""

from django.http import Http404

from events.dossier import with_parts
from events.models import Event, EventSlug


def find_event(slug: str) -> Event:
    """The published event of that address, now or once. Raises Http404, also for drafts."""
    events = with_parts(Event.objects.all())
    row = events.filter(slug=slug).first()
    if row is None:
        old = EventSlug.objects.filter(slug=slug).values("event")
        row = events.filter(pk__in=old).first()
    if row is None or row.published_at is None:
        raise Http404
    return row
