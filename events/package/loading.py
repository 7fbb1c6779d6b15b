"""A package becomes the record of an empty installation, with its history at its own times.

The history is replayed: each change is written as it was then, so that triggers record it anew.
At the end the package is written from what was loaded and must be the same.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import TextIOWrapper
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from events.history import at_time
from events.models import Event
from events.package.codebook import HISTORY, TABLES
from events.package.writing import write_package
from events.past_views import tables_with_history

_AT_ONCE = 500
_DESCRIPTION = "datapackage.json"


class PackageRefused(Exception):
    """Nothing was loaded; the message says why."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Changes of one sort that were made in one transaction, for the same reason."""

    at: str
    door: str
    reason: str
    table: str
    change: str


def load_package(path: Path, *, by: User) -> int:
    """Load the package into an empty record, all or nothing; returns the number of changes.

    Published and withdrawn by that account, for no package names an editor. Raises PackageRefused.
    """
    try:
        with transaction.atomic(), ZipFile(path) as archive:
            hashes = _hashes(archive)
            _refuse_a_record_that_is_there()
            number = _replay(archive, by)
            _go_on_after_the_highest_keys()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _refuse_another_record(hashes)
            return number
    except (BadZipFile, KeyError, ValueError, OSError) as problem:
        raise PackageRefused(f"This is no package of a record: {problem}") from problem
    except DatabaseError as problem:
        raise PackageRefused(f"The database refuses what the package holds: {problem}") from problem


def _hashes(archive: ZipFile) -> dict[str, str]:
    """The SHA-256 of each table; refuses a package whose files are not those it describes."""
    described = json.loads(archive.read(_DESCRIPTION))
    hashes = {one["name"]: one["hash"] for one in described["resources"]}
    for one in described["resources"]:
        digest = sha256()
        with archive.open(one["path"]) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        if one["hash"] != f"sha256:{digest.hexdigest()}":
            raise PackageRefused(f"{one['path']} is not as the package describes it.")
    if missing := {*TABLES, HISTORY} - hashes.keys():
        raise PackageRefused(f"The package has no {', '.join(sorted(missing))}.")
    return hashes


def _refuse_a_record_that_is_there() -> None:
    for model, history in tables_with_history(apps):
        for one in (model, history):
            if one._default_manager.exists():
                raise PackageRefused(
                    f"The record is not empty: {one._meta.db_table} has rows. A package is loaded "
                    "into a database that has only been migrated."
                )


def _replay(archive: ZipFile, by: User) -> int:
    number = 0
    with archive.open(f"data/{HISTORY}.csv") as file:
        changes = csv.DictReader(TextIOWrapper(file, encoding="utf-8", newline=""))
        for moment, of_moment in groupby(changes, key=lambda change: change["changed_at"]):
            with at_time(datetime.fromisoformat(moment)):
                for group, rows in groupby(of_moment, key=_group):
                    _say_why(group)
                    # Inserts keep their order within one statement; updates of one row have one.
                    size = _AT_ONCE if group.change == "insert" else 1
                    for batch in _batches(rows, size):
                        _write(group, batch, by)
                        number += len(batch)
    return number


def _group(change: dict[str, str]) -> _Group:
    names = ("changed_at", "door", "reason", "table", "change")
    return _Group(*(change[name] for name in names))


def _batches(rows: Iterable[dict[str, str]], size: int) -> Iterator[list[dict[str, Any]]]:
    values = (json.loads(row["values"]) for row in rows)
    while batch := list(islice(values, size)):
        yield batch


def _say_why(group: _Group) -> None:
    """Name the context of what follows, for the triggers; none where the package has none."""
    about = {"door": group.door, "told": group.reason}
    known = {key: value for key, value in about.items() if value}
    key = str(uuid4()) if known else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [key, json.dumps(known)],
        )


def _write(group: _Group, batch: list[dict[str, Any]], by: User) -> None:
    model = TABLES[group.table]
    table, key = model._meta.db_table, model._meta.pk.attname
    if model is Event:
        batch = [_complete(row, by) for row in batch]
    # The names of columns go into SQL: only those that the table has.
    known = [field.attname for field in model._meta.concrete_fields]
    # Rows of one batch may have other columns: those of an event that is shown, and of a tombstone.
    for columns, rows in groupby(batch, key=lambda row: [one for one in known if one in row]):
        with connection.cursor() as cursor:
            cursor.execute(_sql(group.change, table, key, columns), [json.dumps(list(rows))])


def _complete(row: dict[str, Any], by: User) -> dict[str, Any]:
    """The row of an event with what the database wants and no package has: who published it."""
    names = ("published", "withdrawn")
    known = {f"{name}_by_id": by.pk for name in names if row.get(f"{name}_at")}
    return {"withdrawn_reason": "", **row, **known}


def _sql(change: str, table: str, key: str, columns: list[str]) -> str:
    rows = f"jsonb_populate_recordset(null::{table}, %s::jsonb)"
    quoted = [f'"{column}"' for column in columns]
    match change:
        case "insert":
            names = ", ".join(quoted)
            return f"INSERT INTO {table} ({names}) SELECT {names} FROM {rows}"
        case "update":
            changes = ", ".join(f"{name} = said.{name}" for name in quoted)
            return f"UPDATE {table} SET {changes} FROM {rows} said WHERE {table}.{key} = said.{key}"
        case "delete":
            return f"DELETE FROM {table} USING {rows} said WHERE {table}.{key} = said.{key}"
    raise PackageRefused(f"“{change}” is no change that a history can have.")


def _go_on_after_the_highest_keys() -> None:
    with connection.cursor() as cursor:
        for model in TABLES.values():
            if isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
                table, key = model._meta.db_table, model._meta.pk.column
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'),"
                    f" coalesce((SELECT max({key}) FROM {table}), 0) + 1, false)"
                )


def _refuse_another_record(hashes: dict[str, str]) -> None:
    """What was loaded, written as a package, has the same tables to the byte."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "again.zip"
        write_package(path, day=None)
        with ZipFile(path) as archive:
            again = _hashes(archive)
    if differing := [name for name, digest in hashes.items() if again.get(name) != digest]:
        raise PackageRefused(f"The record would not be the same: {', '.join(differing)} differ.")
