"""The whole public record as one canonical text: the same record, the same bytes.

Made of whatever is being read: today's record, or that of the day in force (events/past.py).
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from accounts.models import User
from events.models import (
    Alias,
    Anniversary,
    AnniversaryCountry,
    Citation,
    Commitment,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Evidence,
    Office,
    Participation,
    Person,
    Phrase,
    Point,
    Publisher,
    Readout,
    Silence,
    Term,
    Topic,
)

# Of an event that is no longer shown: that it was there, and what became of it.
OF_A_TOMBSTONE = (
    *("id", "public_id", "slug", "published_at", "version"),
    *("withdrawn_at", "withdrawn_reason", "merged_into_id"),
)


def tables() -> Iterator[tuple[str, QuerySet[Any]]]:
    """What of each table readers may see, by a name for it, each ordered by its key."""
    visible = Event.objects.visible().order_by().values("pk")
    published = Event.objects.filter(published_at__isnull=False).order_by().values("pk")
    of_visible = Q(event__in=visible)
    selected: list[tuple[type[Model], Q]] = [
        (Country, Q()),
        (Topic, Q()),
        (Phrase, Q()),
        (Person, Q()),
        (Alias, Q()),
        (Office, Q()),
        (Term, Q()),
        (Publisher, Q()),
        (Anniversary, Q()),
        (AnniversaryCountry, Q()),
        (Event, Q(published_at__isnull=False)),
        (EventSlug, Q(event__in=published)),
        (EventCountry, of_visible),
        (EventPlace, of_visible),
        (EventTopic, of_visible),
        (Participation, of_visible),
        (Citation, of_visible | Q(event__isnull=True)),
        (Evidence, Q(citation__event__isnull=True) | Q(citation__event__in=visible)),
        (Readout, of_visible),
        (Point, Q(readout__event__in=visible)),
        (Silence, of_visible),
        (Commitment, of_visible),
    ]
    for model, shown in selected:
        rows = model._default_manager.filter(shown).order_by("pk")
        yield model._meta.model_name or "", rows


def columns_of(model: type[Model]) -> list[str]:
    """The columns that leave the house: all but those that name an editor."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if field.related_model is not User]


def whole_record() -> Iterator[str]:
    """One JSON object a line, `{"table": …, row…}`, in a fixed order; one query for each table.

    While others write, the caller's transaction must see one moment only (REPEATABLE READ).
    """
    for name, rows in tables():
        for row in rows.values(*columns_of(rows.model)).iterator(chunk_size=2_000):
            shown = _tombstone(row) if name == "event" else row
            packed = json.dumps(
                {"table": name, **shown},
                default=_written,
                ensure_ascii=False,
                separators=(",", ":"),
            )
            yield packed + "\n"


def _tombstone(row: dict[str, Any]) -> dict[str, Any]:
    """The row of an event as readers may see it."""
    if row["withdrawn_at"] is None and row["merged_into_id"] is None:
        return row
    return {name: row[name] for name in OF_A_TOMBSTONE}


def _written(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in the record.")
