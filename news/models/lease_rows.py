"""What every poll asks of the table of sources, as plain SQL.

Put together by Django, each of these took longer than all that a poll finds takes to store.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, models

M = TypeVar("M", bound=models.Model)

# The first of each host that is due and free.
_LONGEST_DUE = """
    SELECT id FROM (
        SELECT DISTINCT ON (host) id, next_poll_at FROM news_source AS source
        WHERE is_enabled AND next_poll_at <= %(at)s AND NOT EXISTS (
            SELECT FROM news_source AS other
            WHERE other.host = source.host
              AND other.leased_until > %(at)s)
          AND NOT EXISTS (
            SELECT FROM news_heldhost AS held
            WHERE held.host = source.host AND held.held_until > %(at)s)
        ORDER BY host, next_poll_at, id
    ) AS of_each_host
    ORDER BY next_poll_at, id
    LIMIT %(number)s
"""
_LOCK = "SELECT {columns} FROM news_source WHERE id = %s AND lease_token = %s FOR UPDATE"
_SAVE = "UPDATE news_source SET {told} WHERE id = %s"


def longest_due(number: int, *, at: datetime) -> list[int]:
    """Up to so many sources that are due and free, one of each host, the longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(_LONGEST_DUE, {"at": at, "number": number})
        return [pk for (pk,) in cursor.fetchall()]


def lock(model: type[M], pk: int, token: UUID) -> M | None:
    """The source, locked in this transaction, if its lease is still the one of this token."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(columns=columns), [pk, token])
        row = cursor.fetchone()
    return row and model.from_db(connection.alias, [field.attname for field in fields], row)


def save(source: models.Model, columns: Iterable[str]) -> None:
    """Write these columns of a source that is there, as `save` would with `update_fields`."""
    told = {column: getattr(source, column) for column in columns}
    assignments = ", ".join(f'"{column}" = %s' for column in told)
    with connection.cursor() as cursor:
        cursor.execute(_SAVE.format(told=assignments), [*told.values(), source.pk])
