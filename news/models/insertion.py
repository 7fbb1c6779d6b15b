"""Storing many rows in one statement, without making a model of each."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


@cache
def insertion(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The statement that stores rows of these columns, and what it takes before the rows.

    The rows come as one JSON array; the other columns are as in a new row of the model.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    typed = ", ".join(f'"{name}" {_uncut_type(fields[name])}' for name in names)
    told = [f'"{name}"' for name in names]
    blank = model()
    same = {
        f'"{name}"': value
        for name, field in fields.items()
        if name not in names and not (field.primary_key or field.generated)
        if not isinstance(value := getattr(blank, field.attname), DatabaseDefault)
    }
    into, taken = ", ".join([*told, *same]), ", ".join([*told, *["%s"] * len(same)])
    statement = (
        f'INSERT INTO "{model._meta.db_table}" ({into}) SELECT {taken} '
        f"FROM json_to_recordset(%s::json) AS told ({typed}) ON CONFLICT DO NOTHING"
    )
    return statement, list(same.values())


def _uncut_type(field: models.Field) -> str:
    """The type of a column; a text's without its length, to which PostgreSQL would cut silently."""
    is_text = isinstance(field, models.CharField | models.TextField)
    return "text" if is_text else str(field.db_type(connection))
