"""An event that was accepted, taken back and is accepted again: the same event, not another."""

from __future__ import annotations

from accounts.models import User
from events.models import Event, Evidence
from events.publication import rename
from news.models import Candidate, Decision
from news.slugs import free_slug, slug_without_number


def once_made_of(candidate: Candidate) -> Event | None:
    """The event that undoing withdrew when this candidate was accepted before, if it still stands
    so: nobody has changed it since.
    """
    undone = Decision.objects.undone().filter(
        candidate=candidate, verb=Decision.Verb.ACCEPT, event__isnull=False
    )
    last = undone.order_by("-undone_at", "-id").first()
    if last is None:
        return None
    event = Event.objects.select_for_update().get(pk=last.event_id or 0)
    is_as_left = event.withdrawn_at is not None and event.version == last.left.get("withdrawn")
    return event if is_as_left else None


def revive(earlier: Event, event: Event, *, by: User) -> None:
    """Save `event`, unsaved as an editor entered it, over the withdrawn one, with nothing hung on.

    It keeps its public id and first publication. Where date or title give another address, the
    first one leads there.
    """
    for row in (
        earlier.involvements,
        earlier.participations,
        earlier.topic_links,
        earlier.places,
        Evidence.objects.filter(citation__event=earlier),
    ):
        row.all().delete()
    for name in ("pk", "public_id", "slug", "published_at", "published_by"):
        setattr(event, name, getattr(earlier, name))
    event.version = earlier.version + 1
    event._state.adding = False
    event.save()
    if not event.slug.startswith(slug_without_number(event)):
        renamed = rename(event, slug=free_slug(event), by=by)
        event.slug, event.version = renamed.slug, renamed.version
