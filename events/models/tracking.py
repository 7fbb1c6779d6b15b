"""Row history and languages for the tables of the record."""

from __future__ import annotations

from typing import Any, TypeVar

import pghistory
from django.db import models
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

M = TypeVar("M", bound=models.Model)


def tracked(model: type[M]) -> type[M]:
    """Class decorator: store every insert, update and delete of a row, by trigger.

    The trackers are made anew for each model because pghistory binds them to the first one.
    """
    name = model.__name__.lower()
    # Told by time in the log of corrections; found by former addresses where it has a page.
    indexes = [models.Index(fields=["pgh_created_at"], name=f"{name}_history_at")]
    if hasattr(model, "get_absolute_url"):
        indexes.append(models.Index(fields=["slug"], name=f"{name}_history_slug"))
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        meta={"indexes": indexes},
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
    )
    tracked_model: type[M] = track(model)
    return tracked_model


def _reader_or_english(name: str, field: TranslatedField) -> Any:
    """A getter for the reader's language, or English where that text is not written yet."""

    def text(row: models.Model) -> str:
        own: str = getattr(row, to_attribute(name, get_language() or "en"), "")
        return own or getattr(row, to_attribute(name, "en"))

    return text


def in_three_languages(
    field: models.Field[Any, Any], **specific: dict[str, Any]
) -> TranslatedField:
    """One column per language; the plain name reads the reader's own, else English.

    `specific` overrides options of one language's column: `en={"blank": False}`.
    """
    return TranslatedField(field, specific, attrgetter=_reader_or_english)
