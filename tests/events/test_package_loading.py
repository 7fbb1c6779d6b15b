"""A package loads into an empty record and gives itself again, today and as of any past day."""

import os
from io import StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from events.models import Event
from events.package.loading import PackageRefused, load_package
from events.package.writing import write_package
from events.past import as_of
from events.past_views import tables_with_history
from events.whole_record import whole_record
from tests.events.build import make_event, make_some_events
from tests.events.chance import told

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "3"))


def empty():
    """Leave no row of the record, nor of its history."""
    tables = [m._meta.db_table for pair in tables_with_history(apps) for m in pair]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)}, events_searchdocument CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
    assert not Event.objects.exists()


def packed(path, day=None) -> bytes:
    write_package(path, day=day)
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_any_history_goes_round_and_each_past_day_with_it(tmp_path, editor, seed):
    story = told(seed)
    path = tmp_path / "record.zip"
    whole = packed(path)
    days = {day: packed(tmp_path / "day.zip", day) for day in story.days}
    empty()

    load_package(path, by=editor)

    assert packed(tmp_path / "again.zip") == whole
    for day, then in days.items():
        assert packed(tmp_path / "day.zip", day) == then, day
        with as_of(day):
            assert "".join(whole_record()) == story.days[day], day


def test_the_curated_record_goes_round(tmp_path, loaded_record):
    path = tmp_path / "record.zip"
    whole = packed(path)
    empty()
    out = StringIO()

    call_command("import_package", str(path), stdout=out)

    assert "the record is the same to the byte" in out.getvalue()
    assert packed(tmp_path / "again.zip") == whole
    assert Event.objects.visible().count() == 591
    assert make_event().pk > Event.objects.order_by("pk")[590].pk  # keys go on


def test_a_record_that_is_there_is_left_alone(tmp_path, editor):
    make_event()
    path = tmp_path / "record.zip"
    before = packed(path)
    with pytest.raises(PackageRefused, match="The record is not empty"):
        load_package(path, by=editor)
    assert packed(path) == before


def test_a_package_with_another_file_in_it_is_refused(tmp_path, editor):
    make_some_events()
    path, other = tmp_path / "record.zip", tmp_path / "other.zip"
    packed(path)
    with ZipFile(path) as archive, ZipFile(other, "w", ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "data/history.csv":
                content = content.replace(b"Event", b"Evint")
            changed.writestr(name, content)
    empty()
    with pytest.raises(PackageRefused, match="data/history.csv is not as the package describes"):
        load_package(other, by=editor)
    assert not Event.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package_is_refused_in_words(tmp_path, content):
    path = tmp_path / "record.zip"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was loaded. This is no package"):
        call_command("import_package", str(path))
    with pytest.raises(CommandError, match="Nothing was loaded. This is no package"):
        call_command("import_package", str(tmp_path / "missing.zip"))
