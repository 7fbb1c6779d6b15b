"""Addresses that something of the record once had, told from its history: ids are for ever.

Whatever door a slug was changed through, the history has the old one.
"""

from datetime import datetime
from typing import Any

from django.db.models import Model

from events.models import Event
from events.past import day_in_force, end_of


def _history_of(model: type[Model]) -> Any:
    history: Any = model._meta.get_field("history").related_model
    return history.objects.order_by("-pgh_id")


def key_of_event_once_at(slug: str) -> int | None:
    """The key of the event that last had this address while it was published; one query."""
    entries = _history_of(Event).filter(slug=slug, published_at__isnull=False)
    key: int | None = entries.values_list("pgh_obj_id", flat=True).first()
    return key


def key_once_at(model: type[Model], slug: str) -> int | None:
    """The key of the row of `model` that last had this slug; one query."""
    key: int | None = (
        _history_of(model).filter(slug=slug).values_list("pgh_obj_id", flat=True).first()
    )
    return key


def removed_at(model: type[Model], key: int) -> datetime | None:
    """When the row was removed from the record, by the end of the day in force; one query."""
    entries = _history_of(model).filter(pgh_obj_id=key)
    if day := day_in_force():
        entries = entries.filter(pgh_created_at__lt=end_of(day))
    last = entries.first()
    removed: datetime | None = (
        last.pgh_created_at if last is not None and last.pgh_label == "delete" else None
    )
    return removed
