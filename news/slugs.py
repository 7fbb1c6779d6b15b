"""Addresses for what editors add to the record: made once, kept for ever."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from translated_fields import to_attribute

from events.models import Anniversary, Event, EventSlug

SLUG_LENGTH = 80


def save_under_a_free_slug(event: Event) -> None:
    """Save a new event; another editor may take its address in the same moment."""
    for _attempt in range(3):
        event.slug = free_slug(event)
        try:
            with transaction.atomic():
                event.save()
        except IntegrityError as error:
            if "events_event_slug" not in str(error):
                raise
        else:
            return
    raise IntegrityError("No address was free for this event.")


def free_slug(event: Event) -> str:
    """The day, or what is known of it, and the English title; with a number if that is taken."""
    base = slug_without_number(event)
    taken = {
        *Event.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True),
        *EventSlug.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True),
    }
    return _first_free(base, taken)


def slug_without_number(event: Event) -> str:
    """What the address of an event with this date and title begins with."""
    length = {"MONTH": 7, "YEAR": 4}.get(event.precision, 10)
    words = slugify(_english_title(event)) or event.kind.lower()
    return f"{event.starts_on.isoformat()[:length]}-{words}"[:SLUG_LENGTH].rstrip("-")


def free_anniversary_slug(anniversary: Anniversary) -> str:
    """Its English title; with a number if that is taken."""
    base = (slugify(_english_title(anniversary)) or "anniversary")[:SLUG_LENGTH].rstrip("-")
    taken = set(
        Anniversary.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True)
    )
    return _first_free(base, taken)


def _english_title(row: Event | Anniversary) -> str:
    title: str = getattr(row, to_attribute("title", "en"))
    return title


def _first_free(base: str, taken: Collection[str]) -> str:
    slug, number = base, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = base[: SLUG_LENGTH - len(ending)] + ending
    return slug
