"""A page as a report of an error finds it: its thing, every field that it shows, its state.

Of events, people, anniversaries and topics alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from events.counting import claims_about
from events.dossier import read_dossier, with_parts
from events.in_reader import phrase_in_reader
from events.models import Anniversary, Event, Person, Topic
from events.models.reports import Thing
from events.on_that_day import marked_in
from events.revisions import latest_revision
from events.shown import ShownField, shown_fields
from events.shown_elsewhere import shown_of_anniversary, shown_of_person, shown_of_topic


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What a page shows, field by field; `state` is another word whenever that may have changed.

    `revision` is the event's; None for other things, whose changes are not numbered.
    """

    fields: list[ShownField]
    state: str
    revision: int | None = None


def rows_of(owner: str) -> QuerySet[Any]:
    """Things of one sort, each with what `read_page` needs of it in the active language."""
    if owner == "event":
        return with_parts(Event.objects.all())
    if owner == "person":
        return Person.objects.select_related("country")
    if owner == "topic":
        return Topic.objects.all()
    observed_by = phrase_in_reader("observed_by")
    return Anniversary.objects.prefetch_related(marked_in()).annotate(observed_by_own=observed_by)


def read_page(thing: Thing, *, today: date) -> ShownPage:
    """Everything that can be reported of a thing from `rows_of`, in the active language."""
    if isinstance(thing, Event):
        revision = latest_revision(thing).number
        return ShownPage(fields_of(thing, today=today), str(revision), revision)
    fields = fields_of(thing, today=today)
    return ShownPage(fields, _fingerprint(fields))


def fields_of(thing: Thing, *, today: date) -> list[ShownField]:
    """The fields that the page of a thing from `rows_of` shows; a dozen queries at most."""
    if isinstance(thing, Event):
        return shown_fields(read_dossier(thing), claims_about(thing))
    if isinstance(thing, Person):
        found = shown_of_person(thing, today=today)
    elif isinstance(thing, Anniversary):
        found = shown_of_anniversary(thing, today=today)
    else:
        found = shown_of_topic(thing)
    return [field for field in found if field.text]


def _fingerprint(fields: Sequence[ShownField]) -> str:
    """A short word for what all the fields show together."""
    told = "\0".join(f"{field.key}\0{field.text}" for field in fields)
    return sha256(told.encode()).hexdigest()[:16]
