"""The SQL of the schema `past`: each table of the record as it stood at one moment.

A view for each table, of the same name and columns, reads the table's history: the last entry of
each row before the moment in the session setting `record.as_of`, unless that entry is a deletion.
Migrations make the views (ADR 23); who reads them is told in `events/past.py`.
"""

from collections.abc import Iterator
from typing import Any

SCHEMA = "past"

# The moment stands in a subquery so that it is read once and not for each row. What is filtered
# outside (an event's rows, say) reaches the table itself, since nothing here sorts or groups.
_VIEW = """
CREATE VIEW {schema}.{table} AS
SELECT {columns}
FROM {history} h
WHERE h.pgh_label <> 'delete'
  AND h.pgh_created_at < (SELECT current_setting('record.as_of')::timestamptz)
  AND NOT EXISTS (
    SELECT FROM {history} later
    WHERE later.pgh_obj_id = h.pgh_obj_id
      AND later.pgh_id > h.pgh_id
      AND later.pgh_created_at < (SELECT current_setting('record.as_of')::timestamptz)
  )
"""


def tables_with_history(apps: Any) -> Iterator[tuple[Any, Any]]:
    """Each model of the record with the model of its history, as `apps` has them."""
    models = {model.__name__: model for model in apps.get_app_config("events").get_models()}
    for name, model in models.items():
        history = models.get(f"{name}History")
        if history is not None:
            yield model, history


def make(apps: Any, schema_editor: Any) -> None:
    """Make the schema and its views for the tables that `apps` has; for RunPython."""
    schema_editor.execute(f"CREATE SCHEMA {SCHEMA}")
    for model, history in tables_with_history(apps):
        schema_editor.execute(_view(model, history, schema_editor.quote_name))


def drop(apps: Any, schema_editor: Any) -> None:
    """Drop the schema with its views; before any change of a table of the record."""
    schema_editor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def _view(model: Any, history: Any, quote: Any) -> str:
    key = model._meta.pk.column
    # The key of the row is indexed under the other name.
    columns = [
        f"h.pgh_obj_id AS {quote(key)}" if field.column == key else f"h.{quote(field.column)}"
        for field in model._meta.concrete_fields
    ]
    return _VIEW.format(
        schema=SCHEMA,
        table=quote(model._meta.db_table),
        history=quote(history._meta.db_table),
        columns=", ".join(columns),
    )
