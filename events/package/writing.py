"""The package as a file: CSV tables and their description in a zip, byte for byte by the record."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from events.citing import LICENCE_ADDRESS
from events.exports.about import moment
from events.exports.reading import one_state
from events.models import Event
from events.package.codebook import HISTORY, NAME_OF, TOMBSTONES, Table, codebook
from events.package.public_history import changes
from events.revisions import record_changed_at
from events.whole_record import tables

# A zip knows no time before this; the same for every entry, so that no clock is in the bytes.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_AT_ONCE = 1_000


def write_package(path: Path, *, day: date | None) -> None:
    """Write the record as it stood at the end of `day` (None: as it is) to that path."""
    with one_state("en", day), ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        resources = [_write_table(archive, table, _rows(table)) for table in codebook()]
        described = _described(resources, record_changed_at())
        written = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        with _entry(archive, "datapackage.json") as file:
            file.write(written.encode())
        with _entry(archive, "CODEBOOK.md") as file:
            file.write(in_markdown(codebook()).encode())


def _entry(archive: ZipFile, name: str) -> IO[bytes]:
    about = ZipInfo(name, date_time=_ALWAYS)
    about.compress_type = ZIP_DEFLATED
    about.create_system = 3  # else it names the system that wrote it
    about.external_attr = 0o644 << 16
    return archive.open(about, "w")


class _Counted:
    """A file that counts and hashes what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = sha256()
        self.bytes = 0

    def write(self, piece: bytes) -> int:
        self.hash.update(piece)
        self.bytes += len(piece)
        return self._file.write(piece)


def _write_table(archive: ZipFile, table: Table, rows: Iterable[Iterable[Any]]) -> dict[str, Any]:
    """Write one table; returns its description."""
    path = f"data/{table.name}.csv"
    number = 0
    with _entry(archive, path) as file:
        counted = _Counted(file)
        writer = csv.writer(_Encoding(counted), lineterminator="\n")
        writer.writerow(table.columns)
        for row in rows:
            number += 1
            writer.writerow([written(value) for value in row])
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": counted.bytes,
        "hash": f"sha256:{counted.hash.hexdigest()}",
        "rows": number,
        "schema": table.schema,
    }


class _Encoding:
    """What a CSV writer writes to, as UTF-8."""

    def __init__(self, file: _Counted) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode())


def _rows(table: Table) -> Iterator[Iterable[Any]]:
    if table.name == HISTORY:
        yield from changes()
        return
    for _name, rows in tables():
        if NAME_OF[rows.model] != (NAME_OF[Event] if table.name == TOMBSTONES else table.name):
            continue
        if rows.model is Event:
            shown = Event.objects.visible().values("pk")
            is_tombstone = table.name == TOMBSTONES
            rows = rows.exclude(pk__in=shown) if is_tombstone else rows.filter(pk__in=shown)
        yield from rows.values_list(*table.columns).iterator(chunk_size=_AT_ONCE)


def written(value: Any) -> str:
    """A cell of a table; empty for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _described(resources: list[dict[str, Any]], changed_at: datetime | None) -> dict[str, Any]:
    """datapackage.json; `created` is when the record last changed, so that it tells no clock."""
    return {
        "profile": "tabular-data-package",
        "name": "seoul-tokyo-record",
        "title": "Seoul–Tokyo Record",
        "description": "What the governments of Korea and Japan do with each other.",
        "created": moment(changed_at),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_ADDRESS}],
        "resources": resources,
    }


def in_markdown(found: Iterable[Table]) -> str:
    """The codebook to be read by people."""
    lines = ["# Codebook", "", "An empty cell means unknown or not applicable, never “no”."]
    for table in found:
        lines += ["", f"## {table.name}", "", table.description, ""]
        lines += ["| column | type | holds |", "|---|---|---|"]
        for field in table.schema["fields"]:
            values = ", ".join(f"`{one}`" for one in field.get("constraints", {}).get("enum", []))
            parts = [field.get("title", ""), field.get("description", ""), values]
            said = ". ".join(part.rstrip(".") for part in parts if part)
            lines.append(f"| `{field['name']}` | {field['type']} | {said} |")
    return "\n".join(lines) + "\n"
