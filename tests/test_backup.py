"""Backups on a real server: what was saved comes back, and nothing else ever happens."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from diplomacy.backups import BackupError, Database, backup, restore, restoring, saving
from diplomacy.backups.database import Programs, programs_for
from diplomacy.backups.measure import measured

AT = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
PROJECT = Path(__file__).resolve().parent.parent

FILL = """
import django; django.setup()
from events.history import recorded
from tests.events.build import make_event, make_readout, make_user
editor = make_user()
event = make_event(editor, people=["lee-jae-myung"], topics=["security"])
said = "said “so”, then;\\n\\tmore \\\\ 한국어 日本語"
make_readout(event, points=[("security", "AGREED", said)])
with recorded(door="command", reason="a change", by=editor):
    event.title_en = "Changed"
    event.save(update_fields=["title_en"])
"""


class Server:
    """Makes databases beside the one of the tests."""

    def __init__(self, own: Database) -> None:
        self.own = own
        self.made: list[str] = []

    def run(self, query: sql.Composed) -> None:
        with psycopg.connect(self.own.dsn, password=self.own.password, autocommit=True) as link:
            link.execute(query)

    def new(self, name: str = "") -> Database:
        name = name or f"backup_{os.getpid()}_{len(self.made)}"
        self.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self.made.append(name)
        return Database(make_conninfo(self.own.dsn, dbname=name), self.own.password)

    def drop_all(self) -> None:
        for name in self.made:
            self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: object) -> Iterator[Server]:
    with django_db_blocker.unblock():
        server = Server(Database.of(connection))
        connection.close()
    yield server
    server.drop_all()


@pytest.fixture
def other(server: Server) -> Database:
    """An empty database."""
    return server.new()


@pytest.fixture(scope="module")
def migrated(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a database just migrated."""
    file = tmp_path_factory.mktemp("migrated") / "record.backup"
    backup(server.own, file, at=AT)
    return file


@pytest.fixture(scope="module")
def source(server: Server, migrated: Path) -> Database:
    """A database with a record in it, and its history."""
    database = server.new()
    restore(migrated, database)
    done = python(database, "-c", FILL)
    assert done.returncode == 0, done.stderr
    return database


@pytest.fixture(scope="module")
def saved(source: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "record.backup"
    backup(source, file, at=AT)
    return file


def python(database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project, with `database` as its DATABASE_URL."""
    name = psycopg.conninfo.conninfo_to_dict(database.dsn)["dbname"]
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    environ = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "diplomacy.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def state(database: Database) -> dict[str, object]:
    with database.connect() as link:
        return dict(measured(link))


def count(database: Database, table: str) -> int:
    return state(database)[f"public.{table}"].rows


def rewritten(file: Path, to: Path, change: Callable[[dict], None]) -> Path:
    """The same archive with a changed manifest."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        change(manifest)
        new.writestr("record.dump", old.read("record.dump"))
        new.writestr("manifest.json", json.dumps(manifest))
    return to


def test_what_was_saved_comes_back_row_for_row(source, saved, other):
    manifest = restore(saved, other)

    assert state(other) == state(source) == manifest.tables
    assert count(other, "events_event") == 1
    assert manifest.created_at == AT


def test_history_comes_back_and_is_not_written_a_second_time(source, saved, other):
    restore(saved, other)

    # Written once and changed once.
    assert count(source, "events_eventhistory") == count(other, "events_eventhistory") == 2


def test_rules_and_history_are_at_work_after_a_restore(saved, other):
    restore(saved, other)

    with (
        psycopg.connect(other.dsn, password=other.password, autocommit=True) as link,
        pytest.raises(psycopg.errors.CheckViolation, match="citation"),
    ):
        link.execute("DELETE FROM events_citation")
    with other.connect() as link:
        link.execute("UPDATE events_topic SET name_en = 'Defence'")
    assert count(other, "events_topichistory") == 2
    with other.connect() as link:
        link.execute("INSERT INTO auth_group (name) VALUES ('after')")  # ids go on


def test_a_backup_is_private_to_its_maker(saved):
    assert saved.stat().st_mode & 0o777 == 0o600


def test_a_database_that_was_only_migrated_counts_as_empty(migrated, saved, source, other):
    restore(migrated, other)

    restore(saved, other)

    assert state(other) == state(source)


def test_a_database_with_anything_in_it_is_refused(migrated, saved, source, other):
    restore(saved, other)
    with other.connect() as link:
        link.execute("UPDATE events_topic SET name_en = 'Kept'")
    before = state(other)

    with pytest.raises(BackupError, match=r"not empty .*--replace"):
        restore(saved, other)

    assert state(other) == before


def test_replacing_leaves_nothing_of_what_was_there(saved, source, other):
    restore(saved, other)
    with other.connect() as link:
        link.execute("UPDATE events_topic SET name_en = 'Gone'")
        link.execute("CREATE TABLE stray (id int)")
        link.execute("CREATE TYPE odd AS ENUM ('a')")
        link.execute("CREATE VIEW watching AS SELECT name_en FROM events_topic")

    restore(saved, other, replace=True)

    assert state(other) == state(source)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused_before_the_database_is_asked(saved, tmp_path, part):
    whole = saved.read_bytes()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(BackupError, match="Nothing has been changed"):
        restore(cut, Database("host=127.0.0.1 port=1"), replace=True)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9])
def test_a_file_with_one_altered_byte_is_refused(saved, tmp_path, part):
    content = bytearray(saved.read_bytes())
    content[int(len(content) * part)] ^= 0x20
    altered = tmp_path / "altered.backup"
    altered.write_bytes(content)

    with pytest.raises(BackupError, match="damaged"):
        restore(altered, Database("host=127.0.0.1 port=1"), replace=True)


def test_another_dump_under_the_same_manifest_is_refused(saved, migrated, tmp_path):
    mixed = tmp_path / "mixed.backup"
    with (
        zipfile.ZipFile(saved) as one,
        zipfile.ZipFile(migrated) as two,
        zipfile.ZipFile(mixed, "w") as new,
    ):
        new.writestr("record.dump", one.read("record.dump"))
        new.writestr("manifest.json", two.read("manifest.json"))

    with pytest.raises(BackupError, match="damaged"):
        restore(mixed, Database("host=127.0.0.1 port=1"), replace=True)


@pytest.mark.parametrize("field", ["rows", "checksum"])
def test_a_dump_that_does_not_measure_up_leaves_the_database_as_it_was(
    migrated, saved, tmp_path, other, field
):
    def disturb(manifest: dict) -> None:
        topics = manifest["tables"]["public.events_topic"]
        topics[field] = type(topics[field])(int(topics[field]) + 1)

    restore(migrated, other)
    before = state(other)
    wrong = rewritten(saved, tmp_path / "wrong.backup", disturb)

    with pytest.raises(BackupError, match="Nothing has been changed.*events_topic"):
        restore(wrong, other, replace=True)

    assert state(other) == before


def test_a_table_that_is_locked_ends_the_restore_instead_of_waiting(
    saved, other, monkeypatch, source
):
    monkeypatch.setattr(restoring, "LOCK_MILLISECONDS", 100)
    restore(saved, other)
    with other.connect() as reader:
        reader.execute("LOCK TABLE events_event IN ACCESS SHARE MODE")

        with pytest.raises(BackupError, match="lock timeout"):
            restore(saved, other, replace=True)

    assert state(other) == state(source)


def test_a_row_written_while_a_backup_runs_is_not_half_in_it(server, saved, tmp_path, monkeypatch):
    busy, target = server.new(), server.new()
    restore(saved, busy)
    write = saving.archive.write

    def write_while_somebody_works(*arguments: object) -> object:
        with busy.connect() as link:
            link.execute("INSERT INTO auth_group (name) VALUES ('meanwhile')")
        return write(*arguments)

    monkeypatch.setattr(saving.archive, "write", write_while_somebody_works)
    backup(busy, tmp_path / "busy.backup", at=AT)
    restore(tmp_path / "busy.backup", target)

    assert count(busy, "auth_group") == count(target, "auth_group") + 1


@pytest.mark.parametrize("place", ["missing/record.backup", ".", "/proc/record.backup"])
def test_a_backup_that_cannot_be_written_there_says_so(source, tmp_path, place):
    with pytest.raises(BackupError, match="does not exist|is a folder|written"):
        backup(source, tmp_path / place, at=AT)

    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_breaks_off_leaves_the_older_backup(source, tmp_path, monkeypatch):
    file = tmp_path / "record.backup"
    file.write_text("the older one")
    (tmp_path / "bin").mkdir()
    broken = tmp_path / "bin" / "pg_dump"
    broken.write_text("#!/bin/sh\necho half; echo 'no space' >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(saving, "programs_for", lambda major: Programs(tmp_path / "bin", major))

    with pytest.raises(BackupError, match="no space"):
        backup(source, file, at=AT)

    assert file.read_text() == "the older one"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_server_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BackupError, match="cannot be reached"):
        backup(Database("host=127.0.0.1 port=1"), tmp_path / "record.backup", at=AT)


def test_a_database_without_a_record_is_not_backed_up(other, tmp_path):
    with pytest.raises(BackupError, match="no record"):
        backup(other, tmp_path / "record.backup", at=AT)


def test_a_backup_of_another_version_is_refused(saved, other):
    with pytest.raises(BackupError, match=r"another version.*events\.0002_record"):
        restore(saved, other, migrations={("events", "0001_clock")})


def test_a_backup_of_a_newer_server_is_refused(saved, tmp_path, other):
    newer = rewritten(saved, tmp_path / "newer.backup", lambda m: m.update(server_version=990_001))

    with pytest.raises(BackupError, match="PostgreSQL 99"):
        restore(newer, other)


def test_the_oldest_programs_that_know_the_server_are_used():
    found = [Programs(Path("a"), 18), Programs(Path("b"), 17), Programs(Path("c"), 15)]

    assert programs_for(16, found).major == 17
    with pytest.raises(BackupError, match="postgresql-client-19"):
        programs_for(19, found)


def test_the_commands_say_what_they_did_and_end_with_0(source, tmp_path, server):
    file, target = tmp_path / "record.backup", server.new()

    made = python(source, "manage.py", "backup", str(file))
    restored = python(target, "manage.py", "restore", str(file))

    assert made.returncode == 0, made.stderr
    assert "tables" in made.stdout
    assert restored.returncode == 0, restored.stderr
    assert "checksum agrees" in restored.stdout
    assert state(target) == state(source)


def test_a_refusal_is_one_line_and_ends_with_1(source, tmp_path):
    nonsense = tmp_path / "notes.txt"
    nonsense.write_text("not a backup")

    done = python(source, "manage.py", "restore", str(nonsense), "--replace")

    assert done.returncode == 1
    assert "is not a backup" in done.stderr
    assert "Traceback" not in done.stderr
