"""The whole record in one file: what is in it, what is not, and that the same gives the same."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from events.history import at_time, recorded
from events.models import Event, Topic
from events.package.codebook import HISTORY, TABLES, TOMBSTONES, codebook
from events.package.shelf import packages, put, put_what_is_due
from events.package.writing import in_markdown, write_package
from events.past_views import tables_with_history
from events.publication import merge, publish, rename, withdraw
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_readout,
    make_some_events,
    make_term,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(NOW, tick=False)


def on(day: int):
    return at_time(datetime(2026, 6, day, 3, 0, tzinfo=UTC))


@pytest.fixture
def pack(tmp_path):
    """The files of a package by name, as of a day in June or as it is."""

    def made(day: int | None = None) -> dict[str, bytes]:
        path = tmp_path / "one.zip"
        write_package(path, day=date(2026, 6, day) if day else None)
        with ZipFile(path) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}

    return made


def rows(files, name):
    return list(csv.DictReader(StringIO(files[f"data/{name}.csv"].decode(), newline="")))


def test_the_description_fits_the_files(pack, loaded_record):
    files = pack()
    described = json.loads(files["datapackage.json"])
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    paths = {resource["path"] for resource in described["resources"]}
    assert set(files) == paths | {"datapackage.json", "CODEBOOK.md"}
    for resource in described["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert resource["rows"] == len(rows(files, resource["name"]))
    assert len(rows(files, "events")) == 591
    assert len(rows(files, "points")) == 741


_READS = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
    "object": json.loads,
}


def test_every_cell_and_key_is_as_the_codebook_says(pack, loaded_record):
    withdrawn = Event.objects.visible().filter(readouts=None, commitments=None).first()
    Event.objects.filter(pk=withdrawn.pk).update(
        withdrawn_at=NOW, withdrawn_by=withdrawn.published_by, withdrawn_reason="Wrong"
    )
    files = pack()
    resources = {one["name"]: one for one in json.loads(files["datapackage.json"])["resources"]}
    keys = {name: {row.get("id", row.get("code")) for row in rows(files, name)} for name in TABLES}
    for name, resource in resources.items():
        schema, found = resource["schema"], rows(files, name)
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in found]
            _check_cells(field, [cell for cell in cells if cell], len(cells))
        for link in schema.get("foreignKeys", []):
            [column], target = link["fields"], link["reference"]["resource"] or name
            assert {row[column] for row in found} - {""} <= keys[target], (name, column)
    assert [row["id"] for row in rows(files, TOMBSTONES)] == [str(withdrawn.pk)]


def _check_cells(field, cells, number):
    rules = field.get("constraints", {})
    for cell in cells:
        _READS.get(field["type"], str)(cell)
        assert "maxLength" not in rules or len(cell) <= rules["maxLength"], field
    assert set(cells) <= set(rules.get("enum", cells)), field
    assert not rules.get("required") or len(cells) == number, field
    assert not rules.get("unique") or len(set(cells)) == len(cells), field


def test_the_codebook_has_every_table_of_the_record_and_its_columns(apps_of_the_record):
    described = {table.name: table for table in codebook()}
    assert set(described) == set(TABLES) | {TOMBSTONES, HISTORY}
    assert set(TABLES.values()) == apps_of_the_record
    for name, model in TABLES.items():
        kept = {field.attname for field in model._meta.concrete_fields}
        left_out = kept - set(described[name].columns)
        assert left_out <= {
            "published_by_id",
            "withdrawn_by_id",
            "withdrawn_at",
            "withdrawn_reason",
            "merged_into_id",
        }, name
        assert described[name].description


@pytest.fixture
def apps_of_the_record():
    from django.apps import apps

    return {model for model, _history in tables_with_history(apps)}


def test_people_can_read_the_codebook():
    words = in_markdown(codebook())
    assert "## events\n\nOne thing the governments did on a known date.\n" in words
    assert "| `kind` | string | kind. `CALL`, `SUMMIT`" in words
    assert "| `starts_on` | date | starts on. The civil date at the place |" in words


def test_the_same_record_gives_the_same_bytes_whenever_and_wherever(tmp_path, time_machine):
    make_some_events()
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    write_package(first, day=None)
    time_machine.move_to(NOW + timedelta(days=400), tick=False)
    write_package(second, day=None)
    assert first.read_bytes() == second.read_bytes()


def test_a_past_day_gives_what_was_written_on_that_day(pack):
    with transaction.atomic(), on(1):
        make_some_events()
    then = pack()
    with transaction.atomic(), on(3):
        Event.objects.filter(slug="call").update(title_en="Corrected")
        Topic.objects.filter(slug="history").update(name_en="The past")
    assert pack() != then
    assert pack(2) == then


def test_no_draft_and_no_name_of_an_editor_is_in_it(pack, editor):
    with transaction.atomic(), on(1):
        draft = make_event(published=False, title_en="First idea")
        make_event(published=False, title_en="Kept back")
    with transaction.atomic(), on(2), recorded(door="admin", reason="private words", by=editor):
        Event.objects.filter(pk=draft.pk).update(title_en="Second idea")
    with transaction.atomic(), on(3):
        publish(draft, by=editor, at=NOW)
    whole = b"".join(pack().values())
    assert b"Second idea" in whole
    for hidden in (b"First idea", b"Kept back", b"private words", editor.username.encode()):
        assert hidden not in whole


def test_the_history_tells_what_readers_could_see(pack, editor):
    with transaction.atomic(), on(1):
        event = make_event(slug="one", published=False, places=[("Seoul", "KR")])
        other, survivor = make_event(slug="other"), make_event(slug="survivor")
    with transaction.atomic(), on(2):
        event.places.update(city="Busan")
    with transaction.atomic(), on(3):
        publish(event, by=editor, at=NOW)
    with transaction.atomic(), on(4), recorded(door="admin", told="The source says so", by=editor):
        event.places.all().delete()
    with transaction.atomic(), on(5):
        rename(event, slug="two", by=editor)
    with transaction.atomic(), on(6):
        withdraw(event, reason="Never happened", by=editor, at=NOW)
    with transaction.atomic(), on(7):
        event.topic_links.create(topic=Topic.objects.create(slug="later", name_en="Later"))
        merge(other, into=survivor, by=editor)

    told = [
        (row["changed_at"][8:10], row["table"], row["change"], row["door"], row["reason"])
        for row in rows(pack(), HISTORY)
        if row["table"] in ("events", "event_places", "event_topics", "old_addresses")
    ]
    assert told == [
        ("01", "events", "insert", "", ""),
        ("01", "events", "insert", "", ""),
        ("03", "events", "insert", "publication", ""),
        ("03", "event_places", "insert", "", ""),
        ("04", "event_places", "delete", "admin", "The source says so"),
        ("05", "events", "update", "publication", ""),
        ("05", "old_addresses", "insert", "publication", ""),
        ("06", "events", "update", "publication", "Never happened"),
        ("07", "events", "update", "publication", ""),
        ("07", "events", "update", "publication", ""),
    ]
    last = [row for row in rows(pack(), HISTORY) if row["row"] == str(event.pk)]
    ended = json.loads(next(r["values"] for r in reversed(last) if r["table"] == "events"))
    assert ended["withdrawn_reason"] == "Never happened"
    assert "title_en" not in ended


def test_points_and_evidence_are_shown_with_what_they_hang_on(pack, editor, now):
    event = make_event()
    readout = make_readout(event, points=[("trade", "AGREED", "They agreed.")])
    make_commitment(event)
    make_term()
    make_anniversary()
    gone = make_event()
    make_readout(gone, points=[(None, "RAISED", "Taken back.")])
    withdraw(gone, reason="Wrong", by=editor, at=now)
    files = pack()
    assert [row["readout_id"] for row in rows(files, "points")] == [str(readout.pk)]
    assert b"Taken back." not in files["data/points.csv"]
    assert len(rows(files, "commitments")) == len(rows(files, "terms")) == 1


def test_packages_stand_on_a_shelf_with_their_checksums(tmp_path):
    make_event()
    folder = tmp_path / "shelf"
    assert packages(folder) == []
    one = put(date(2026, 6, 10), is_over=False, folder=folder)
    assert packages(folder) == [one]
    assert one.sha256 == sha256(one.path.read_bytes()).hexdigest()
    assert (folder / "record-2026-06-10.zip.sha256").read_text() == f"{one.sha256}  {one.name}\n"
    (folder / "record-2026-06-09.zip").write_bytes(b"half")
    (folder / "record-nothing.zip").write_bytes(b"")
    assert packages(folder) == [one]
    assert sorted(path.name for path in folder.iterdir() if ".part" in path.name) == []


def test_each_night_writes_yesterday_anew_and_makes_up_for_what_was_missed(tmp_path):
    with transaction.atomic(), on(7):
        make_event()
    put(date(2026, 6, 9), is_over=False, folder=tmp_path)
    early = packages(tmp_path)[0].path.stat().st_ino
    put_what_is_due(date(2026, 6, 10), folder=tmp_path)
    found = packages(tmp_path)
    assert [package.day.day for package in found] == [9, 8, 7]  # the record began on the 7th
    assert found[0].path.stat().st_ino != early
    assert [package.day.day for package in put_what_is_due(date(2026, 6, 10), tmp_path)] == [9]


def test_an_empty_record_has_nothing_due(tmp_path):
    assert put_what_is_due(date(2026, 6, 10), folder=tmp_path) == []


def test_the_command_writes_today_or_a_past_day(tmp_path):
    with transaction.atomic(), on(1):
        make_event()
    out = StringIO()
    call_command("export_package", "--dir", str(tmp_path), stdout=out)
    call_command("export_package", "--dir", str(tmp_path), "--as-of", "2026-06-02", stdout=out)
    assert [package.day.day for package in packages(tmp_path)] == [10, 2]
    for package in packages(tmp_path):
        assert package.sha256 in out.getvalue()
    for day in ("2026-05-01", "2027-01-01", "soon"):
        with pytest.raises(CommandError):
            call_command("export_package", "--dir", str(tmp_path), "--as-of", day)


def test_the_site_lists_and_serves_them(client, settings, tmp_path):
    settings.PACKAGES_DIR = tmp_path
    make_event()
    assert "None has been written yet." in client.get("/en/data/").text
    package = put(date(2026, 6, 9), is_over=False)
    page = client.get("/en/data/").text
    address = "/packages/record-2026-06-09.zip"
    assert f'href="{address}"' in page
    assert package.sha256[:16] in page
    response = client.get(address)
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        assert "datapackage.json" in archive.namelist()
    response.close()
    assert response["Content-Length"] == str(package.bytes)
    assert response["Content-Type"] == "application/zip"
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{address}.sha256").text == f"{package.sha256}  {package.name}\n"
    for missing in ("2026-06-08", "2026-02-30", "x"):
        assert client.get(f"/packages/record-{missing}.zip").status_code == 404
