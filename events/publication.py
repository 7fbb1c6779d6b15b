"""How an event enters, leaves and moves within the record: one verb each.

Every verb locks its event, takes the acting editor and the time, and either does the whole of its
work or raises. They are safe under two editors at once: the second one finds the state changed
and gets a refusal.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from events.history import recorded
from events.models import Event, EventSlug

# Any number, the same in every process.
_RENAMING = 7_102_519_650_623


class PublicationRefused(Exception):
    """The event is not in a state in which this can be done; the message says which."""


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _require_visible(event: Event) -> None:
    if event.published_at is None:
        raise PublicationRefused("This event is a draft: publish it first.")
    if event.withdrawn_at is not None:
        raise PublicationRefused("This event has been withdrawn.")
    if event.merged_into_id is not None:
        raise PublicationRefused("This event has been merged into another.")


@transaction.atomic
def publish(event: Event, *, by: User, at: datetime) -> Event:
    """Show the event to readers. Publishing a published event changes nothing.

    Raises PublicationRefused for a withdrawn or merged event or one without a citation.
    """
    locked = _locked(event)
    if locked.published_at is not None:
        _require_visible(locked)
        return locked
    if not locked.citations.exists():
        raise PublicationRefused("A published event needs at least one source.")
    with recorded(door="publication", reason="published", by=by):
        locked.published_at, locked.published_by = at, by
        locked.version += 1
        locked.save(update_fields=["published_at", "published_by", "version"])
    return locked


@transaction.atomic
def withdraw(event: Event, *, reason: str, by: User, at: datetime) -> Event:
    """Take the event off the record; its address keeps answering, with the reason.

    Raises PublicationRefused without a reason of up to 300 characters, or when the event is not
    visible.
    """
    reason = reason.strip()
    if not reason:
        raise PublicationRefused("Give the reason: readers will see it.")
    if len(reason) > (limit := Event._meta.get_field("withdrawn_reason").max_length or 0):
        raise PublicationRefused(f"Give the reason in at most {limit} characters.")
    locked = _locked(event)
    _require_visible(locked)
    with recorded(door="publication", reason=reason, told=reason, by=by):
        locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_reason = at, by, reason
        locked.version += 1
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
    return locked


@transaction.atomic
def rename(event: Event, *, slug: str, by: User) -> Event:
    """Give the event a new address; the old one keeps leading to it.

    An event may take back an address of its own. Raises PublicationRefused when the address is
    or was another event's, or is none.
    """
    locked = _locked(event)
    # Two events can reach for one address, or one for what another just leaves: renaming is one
    # at a time.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RENAMING])
    try:
        Event._meta.get_field("slug").clean(slug, locked)
    except ValidationError as error:
        raise PublicationRefused(f"“{slug}” is not an address: {error.messages[0]}") from error
    if slug == locked.slug:
        return locked
    if Event.objects.filter(slug=slug).exists():
        raise PublicationRefused(f"Another event has the address “{slug}”.")
    if EventSlug.objects.filter(slug=slug).exclude(event=locked).exists():
        raise PublicationRefused(f"Another event once had the address “{slug}”.")
    with recorded(door="publication", reason=f"renamed from {locked.slug}", by=by):
        locked.old_slugs.filter(slug=slug).delete()
        if locked.published_at is not None:
            EventSlug.objects.create(slug=locked.slug, event=locked)
        locked.slug = slug
        locked.version += 1
        locked.save(update_fields=["slug", "version"])
    return locked


@transaction.atomic
def merge(event: Event, *, into: Event, by: User) -> Event:
    """Make `into` the one event for what both record, and return it.

    The survivor gains the citations that it lacks. What else hangs on the merged event stays with
    it, for an editor to move. Raises PublicationRefused when either is not visible, or both are
    the same.
    """
    if event.pk == into.pk:
        raise PublicationRefused("An event cannot be merged into itself.")
    # Locked in one order, so that two opposite merges at once wait instead of deadlocking.
    rows = {
        row.pk: row
        for row in Event.objects.select_for_update()
        .filter(pk__in=[event.pk, into.pk])
        .order_by("pk")
    }
    merged, survivor = rows[event.pk], rows[into.pk]
    _require_visible(merged)
    _require_visible(survivor)
    with recorded(door="publication", reason=f"merged into {survivor.slug}", by=by):
        known = set(survivor.citations.values_list("url", flat=True))
        for citation in merged.citations.order_by("position", "id"):
            if citation.url not in known:
                citation.pk = None
                citation._state.adding = True
                citation.event = survivor
                citation.save()
        Event.objects.filter(merged_into=merged).update(
            merged_into=survivor, version=F("version") + 1
        )
        merged.merged_into = survivor
        merged.version += 1
        merged.save(update_fields=["merged_into", "version"])
        survivor.version += 1
        survivor.save(update_fields=["version"])
    return survivor
