"""The database that is saved or restored, and the programs of PostgreSQL that do it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

from diplomacy.backups.errors import BackupError
from diplomacy.embedded import EmbeddedError
from diplomacy.embedded.postgres import binaries

PROGRAMS = ("pg_dump", "pg_restore", "psql")
CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Database:
    """Where it is, as libpq says it; the password apart, so that no process list shows it."""

    dsn: str
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, connection: BaseDatabaseWrapper) -> "Database":
        """The one that Django's connection is to."""
        connection.ensure_connection()
        info: psycopg.ConnectionInfo = connection.connection.info
        return cls(dsn=info.dsn, password=info.password)

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of its own. Raises BackupError when the server does not let us in."""
        address = make_conninfo(
            self.dsn, password=self.password or None, connect_timeout=CONNECT_SECONDS
        )
        try:
            return psycopg.connect(address)
        except psycopg.OperationalError as error:
            raise BackupError(f"The database cannot be reached: {error}") from error

    def environment(self) -> dict[str, str]:
        """For the programs: nothing of ours that libpq would read, but the password."""
        foreign = ("PG", "LC_", "LANG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        secret = {"PGPASSWORD": self.password} if self.password else {}
        return {**kept, **secret, "LC_ALL": "C", "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS)}


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's client programs of one version."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def programs_for(major: int, found: list[Programs] | None = None) -> Programs:
    """The oldest programs here that know a server of version `major`.

    Older ones refuse a newer server. Raises BackupError when there are none.
    """
    found = list(_programs_here()) if found is None else found
    fitting = [programs for programs in found if programs.major >= major]
    if not fitting:
        seen = ", ".join(f"{each.major} in {each.folder}" for each in found) or "none"
        raise BackupError(
            f"The server is PostgreSQL {major}, and pg_dump, pg_restore and psql of that version "
            f"or newer are needed (found: {seen}). Install postgresql-client-{major}."
        )
    return min(fitting, key=lambda programs: programs.major)


def _programs_here() -> Iterator[Programs]:
    """Those on PATH, those that Debian keeps off it, and those of the embedded server."""
    folders = [Path(at).parent for at in [shutil.which(PROGRAMS[0])] if at]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    with suppress(EmbeddedError):  # only needed where there is no other
        folders.append(binaries())
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
            said = subprocess.run(
                [folder / PROGRAMS[0], "--version"], capture_output=True, text=True, check=False
            ).stdout
            if version := re.search(r"\) (\d+)", said):
                yield Programs(folder, int(version[1]))
