"""Putting a backup back."""

import subprocess
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from diplomacy.backups import archive
from diplomacy.backups.database import Database, programs_for
from diplomacy.backups.dump import script
from diplomacy.backups.errors import BackupError
from diplomacy.backups.manifest import Manifest
from diplomacy.backups.measure import table_names, verification

# What `migrate` writes by itself: a database with rows in these alone is as good as new.
BOOKKEEPING = frozenset(
    f"public.{name}"
    for name in (
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
    )
)
# PostgreSQL 17 brought this setting; newer programs name it to older servers too.
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
# Somebody who holds a table for longer is at work: better to give up than to stand in the way.
LOCK_MILLISECONDS = 10_000
EMPTY_PUBLIC_SCHEMA = b"""
SET LOCAL search_path = pg_catalog;
SET LOCAL client_min_messages = warning;
-- Views of the tables below (events/past_views.py); the backup brings its own.
DROP SCHEMA IF EXISTS past CASCADE;
DO $$
DECLARE step text;
BEGIN
    -- All named before the first is dropped: what goes with another has no name any more.
    FOREACH step IN ARRAY ARRAY(
        SELECT format('DROP %s IF EXISTS %s CASCADE',
            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
            oid::regclass)
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND oid NOT IN (
                SELECT objid FROM pg_depend
                WHERE classid = 'pg_class'::regclass AND deptype IN ('e', 'i'))
            AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND oid NOT IN (
                SELECT objid FROM pg_depend
                WHERE classid = 'pg_proc'::regclass AND deptype IN ('e', 'i'))
        UNION ALL
        SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype)
        FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND oid NOT IN (
                SELECT objid FROM pg_depend
                WHERE classid = 'pg_type'::regclass AND deptype IN ('e', 'i'))
            AND typtype IN ('d', 'e', 'r')
    ) LOOP
        EXECUTE step;
    END LOOP;
END
$$;
"""


def restore(
    file: Path,
    database: Database,
    *,
    replace: bool = False,
    migrations: Collection[tuple[str, str]] | None = None,
) -> Manifest:
    """Make `database` hold exactly what `file` holds; returns what that is.

    One transaction empties the schema, loads it and compares every table with the manifest, so
    that a failure leaves the database as it was. Raises BackupError: for a damaged file, before
    the database is touched; for a database that holds anything, unless `replace`; for an older
    server than the backup's; for a migration that is not among `migrations`, when these are given.
    """
    with archive.opened(file) as (manifest, members):
        if migrations is not None:
            _refuse_foreign(manifest, migrations)
        with database.connect() as connection:
            version = connection.info.server_version
            if version // 10_000 < manifest.server_version // 10_000:
                raise BackupError(
                    f"The backup comes from PostgreSQL {manifest.server_version // 10_000}; this "
                    f"server is {version // 10_000}. Restore it on that version or a newer one."
                )
            if not replace:
                _refuse_full(connection)
        programs = programs_for(version // 10_000)
        lines = script(members, programs)
        if version < 17_00_00:
            lines = (line for line in lines if line != UNKNOWN_BEFORE_17)
        _run(_whole(lines, manifest), programs["psql"], database)
    return manifest


def _refuse_foreign(manifest: Manifest, known: Collection[tuple[str, str]]) -> None:
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise BackupError(
            "The backup was made by another version of this project, with migrations that this "
            f"one does not have: {', '.join(unknown)}. Restore it with that version."
        )


def _refuse_full(connection: psycopg.Connection[Any]) -> None:
    for name in table_names(connection):
        if name in BOOKKEEPING:
            continue
        query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(*name.split(".")))
        row = connection.execute(query).fetchone()
        if row is not None and row[0]:
            raise BackupError(
                f"The database is not empty ({name} has rows). --replace deletes everything in it "
                "and puts the backup in its place."
            )


def _whole(lines: Iterator[bytes], manifest: Manifest) -> Iterator[bytes]:
    """Everything in one transaction: without its last line it all comes to nothing."""
    yield f"BEGIN;\nSET LOCAL lock_timeout = {LOCK_MILLISECONDS};".encode()
    yield EMPTY_PUBLIC_SCHEMA
    yield from lines
    yield verification(manifest.tables).encode()
    yield b"COMMIT;\nANALYZE;\n"


def _run(lines: Iterator[bytes], psql: str, database: Database) -> None:
    # Not --single-transaction: that commits when its input ends, whyever it ends.
    command = [psql, "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1"]
    command += ["--output=/dev/null", f"--dbname={database.dsn}"]
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=words, env=database.environment()
        )
        assert child.stdin is not None
        try:
            with child.stdin as pipe:
                pipe.writelines(lines)
        except BrokenPipeError:
            pass  # psql has met an error and says so
        except BaseException:
            child.kill()
            child.wait()
            raise
        if child.wait() != 0:
            words.seek(0)
            said = words.read().decode(errors="replace").strip()
            raise BackupError(f"Nothing has been changed. The restore failed: {said}")
