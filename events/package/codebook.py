"""What each table of the package holds, told from the models (Frictionless Table Schema)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import override

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
from events.whole_record import OF_A_TOMBSTONE, columns_of

TOMBSTONES, HISTORY = "tombstones", "history"

# The tables in their order: one names only rows of itself and of those before it.
TABLES: dict[str, type[models.Model]] = {
    "countries": Country,
    "topics": Topic,
    "phrases": Phrase,
    "people": Person,
    "aliases": Alias,
    "offices": Office,
    "terms": Term,
    "publishers": Publisher,
    "anniversaries": Anniversary,
    "anniversary_countries": AnniversaryCountry,
    "events": Event,
    "old_addresses": EventSlug,
    "event_countries": EventCountry,
    "event_places": EventPlace,
    "event_topics": EventTopic,
    "participations": Participation,
    "citations": Citation,
    "evidence": Evidence,
    "readouts": Readout,
    "points": Point,
    "silences": Silence,
    "commitments": Commitment,
}
NAME_OF = {model: name for name, model in TABLES.items()}

_TYPES: tuple[tuple[type[models.Field[Any, Any]], dict[str, str]], ...] = (
    (models.DateTimeField, {"type": "datetime"}),
    (models.DateField, {"type": "date"}),
    (models.TimeField, {"type": "time"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.FloatField, {"type": "number"}),
    (models.IntegerField, {"type": "integer"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.URLField, {"type": "string", "format": "uri"}),
    (models.CharField, {"type": "string"}),
    (models.TextField, {"type": "string"}),
)
# They may name an event that is no longer shown, which is in another table.
_NAMES_ANY_EVENT = {"fulfilled_by_id", "merged_into_id"}

_HISTORY_FIELDS = (
    ("table", "string", "The table of this package that changed."),
    ("row", "string", "The key of the row that changed."),
    ("changed_at", "datetime", "When readers could first see it so."),
    ("change", "string", "What became of the row: insert, update or delete."),
    ("door", "string", "Through which part of the site; empty where that is not known."),
    ("reason", "string", "The reason as readers are told it; empty without one."),
    ("values", "object", "The row after the change, before it if it was deleted, as JSON."),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the package: what it holds, its columns and what they hold."""

    name: str
    title: str
    description: str
    schema: dict[str, Any]

    @property
    def columns(self) -> list[str]:
        return [field["name"] for field in self.schema["fields"]]


def codebook() -> Iterator[Table]:
    """Every table of the package, in its order; in English."""
    with override("en"):
        for name, model in TABLES.items():
            title = str(model._meta.verbose_name_plural).capitalize()
            yield Table(name, title, _first_words(model), _schema(model, columns_in(model)))
            if model is Event:
                yield Table(
                    TOMBSTONES,
                    "Tombstones",
                    "An event that was withdrawn, or merged into another, and is no longer shown.",
                    _schema(model, list(OF_A_TOMBSTONE), any_event=True),
                )
        yield Table(HISTORY, "History", _OF_HISTORY, _history_schema())


_OF_HISTORY = (
    "Every change of a row that readers could see, in the order of time. What a draft was before "
    "its publication is not in it, nor what happened to an event after it was taken off."
)


def columns_in(model: type[models.Model]) -> list[str]:
    """The columns of its table; of an event that is shown, those of its end are empty."""
    ends = ("withdrawn_at", "withdrawn_reason", "merged_into_id") if model is Event else ()
    return [column for column in columns_of(model) if column not in ends]


def _first_words(model: type[models.Model]) -> str:
    """The first paragraph of what the model says of itself."""
    words = (model.__doc__ or "").split("\n\n")[0]
    return " ".join(words.split())


def _schema(
    model: type[models.Model], columns: list[str], *, any_event: bool = False
) -> dict[str, Any]:
    by_column = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_column[column] for column in columns]
    links = [] if any_event else [field for field in fields if _is_link(model, field)]
    schema: dict[str, Any] = {
        "fields": [_field(field, of_tombstone=any_event) for field in fields],
        "missingValues": [""],
        "primaryKey": [model._meta.pk.attname],
    }
    if links:
        schema["foreignKeys"] = [_link(model, field) for field in links]
    return schema


def _is_link(model: type[models.Model], field: Any) -> bool:
    if field.attname in _NAMES_ANY_EVENT or model is EventSlug:
        return False
    return field.related_model is not None


def _link(model: type[models.Model], field: Any) -> dict[str, Any]:
    target = field.related_model
    # An empty name means the table itself.
    resource = "" if target is model else NAME_OF[target]
    key = target._meta.pk.attname
    return {"fields": [field.attname], "reference": {"resource": resource, "fields": [key]}}


def _field(field: Any, *, of_tombstone: bool) -> dict[str, Any]:
    target = field.target_field if field.related_model else field
    stored = getattr(target, "output_field", None) or target
    about: dict[str, Any] = {"name": field.attname, **_type(stored)}
    about["title"] = str(field.verbose_name)
    if field.help_text:
        about["description"] = str(field.help_text)
    if constraints := _constraints(field, of_tombstone=of_tombstone):
        about["constraints"] = constraints
    return about


def _type(field: Any) -> dict[str, str]:
    return next(dict(known) for kind, known in _TYPES if isinstance(field, kind))


def _constraints(field: Any, *, of_tombstone: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    is_generated = getattr(field, "generated", False)
    if not (field.null or field.blank or is_generated or of_tombstone) or field.primary_key:
        found["required"] = True
    if field.unique:
        found["unique"] = True
    if field.choices:
        found["enum"] = [value for value, _label in field.flatchoices if value != ""]
    elif isinstance(field, models.CharField) and field.max_length:
        found["maxLength"] = field.max_length
    return found


def _history_schema() -> dict[str, Any]:
    fields = [
        {"name": name, "type": kind, "description": words} for name, kind, words in _HISTORY_FIELDS
    ]
    fields[3]["constraints"] = {"enum": ["insert", "update", "delete"]}  # type: ignore[assignment]
    return {"fields": fields, "missingValues": [""]}
