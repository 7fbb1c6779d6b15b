"""What a backup says of itself. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from diplomacy.backups.errors import BackupError

FORMAT = 1


@dataclass(frozen=True)
class TableState:
    """A table's content: its rows, and a checksum that their order does not change."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """`tables` by schema-qualified name; `migrations` as (app, name), applied to the database."""

    created_at: datetime
    server_version: int
    tables: dict[str, TableState]
    migrations: tuple[tuple[str, str], ...]
    dump_bytes: int
    dump_sha256: str

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def to_json(self) -> str:
        fields = asdict(self) | {"format": FORMAT, "created_at": self.created_at.isoformat()}
        return json.dumps(fields, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Raises BackupError when `text` is not a manifest that this version reads."""
        try:
            fields: dict[str, Any] = json.loads(text)
            if fields.pop("format") != FORMAT:
                raise BackupError("The backup has a format that this version does not read.")
            return cls(
                created_at=datetime.fromisoformat(fields.pop("created_at")),
                tables={name: TableState(**of) for name, of in fields.pop("tables").items()},
                migrations=tuple((app, name) for app, name in fields.pop("migrations")),
                **fields,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupError("The backup's manifest cannot be read.") from error
