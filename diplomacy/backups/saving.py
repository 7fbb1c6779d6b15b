"""Making a backup."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, LiteralString

import psycopg

from diplomacy.backups import archive
from diplomacy.backups.database import Database, Programs, programs_for
from diplomacy.backups.dump import rows_in
from diplomacy.backups.errors import BackupError
from diplomacy.backups.manifest import Manifest
from diplomacy.backups.measure import measured


def backup(database: Database, file: Path, *, at: datetime) -> Manifest:
    """Save all of `database` in `file`, marked as made `at` (aware); returns what it holds.

    The site may be in use: everything is read in one snapshot. A file that stands there is
    replaced once the new one is complete, read back and on the disk. Raises BackupError.
    """
    archive.refuse_unwritable(file)
    with database.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        version = connection.info.server_version
        programs = programs_for(version // 10_000)
        snapshot = _value(connection, "SELECT pg_export_snapshot()")
        tables = measured(connection)
        migrations = _migrations(connection)

        def described(size: int, sha256: str) -> Manifest:
            return Manifest(
                created_at=at,
                server_version=version,
                tables=tables,
                migrations=migrations,
                dump_bytes=size,
                dump_sha256=sha256,
            )

        with archive.written_whole(file) as draft:
            with _dumped(database, programs, snapshot) as dump:
                manifest = archive.write(draft, dump, described)
            _refuse_incomplete(draft, programs)
    return manifest


def _value(connection: psycopg.Connection[Any], query: LiteralString) -> str:
    row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def _migrations(connection: psycopg.Connection[Any]) -> tuple[tuple[str, str], ...]:
    """Raises BackupError when this is no database of ours."""
    try:
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    except psycopg.errors.UndefinedTable as error:
        raise BackupError("This database holds no record: nothing to back up.") from error
    return tuple((app, name) for app, name in rows)


@contextmanager
def _dumped(database: Database, programs: Programs, snapshot: str) -> Iterator[IO[bytes]]:
    """What pg_dump writes. Raises BackupError at the end when it was not all of it."""
    command = [programs["pg_dump"], "--format=custom", "--no-password"]
    command += [f"--snapshot={snapshot}", f"--dbname={database.dsn}"]
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=words, env=database.environment()
        )
        assert child.stdout is not None
        try:
            with child.stdout as output:
                yield output
        except BaseException:
            child.kill()
            child.wait()
            raise
        if child.wait() != 0:
            words.seek(0)
            raise BackupError(f"pg_dump failed: {words.read().decode(errors='replace').strip()}")


def _refuse_incomplete(draft: Path, programs: Programs) -> None:
    """Read the file back: a backup that cannot be read is noticed now, not when it is needed."""
    with archive.opened(draft) as (manifest, members):
        stored = rows_in(members, programs)
    expected = {name: state.rows for name, state in manifest.tables.items()}
    if stored != expected:
        odd = sorted(
            name for name in {*stored, *expected} if stored.get(name) != expected.get(name)
        )
        raise BackupError(f"The dump does not hold what the tables do: {', '.join(odd)}.")
