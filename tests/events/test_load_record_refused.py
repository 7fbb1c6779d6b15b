"""A broken file or row refuses all of them, with its place and the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError

from accounts.models import User
from events.history import recorded
from events.loading.table import RecordRefused
from events.models import (
    Citation,
    EventSlug,
    Term,
    Topic,
)
from tests.events.build import make_event, make_user
from tests.events.curated import CALL, COUNTS, command, load

pytestmark = pytest.mark.django_db


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (*COUNTS, Citation, User))


# File, cells that find the row (or its line), the cells to break, and the column and reason told.
BROKEN: list[tuple[str, dict[str, str], dict[str, str], str, str]] = [
    ("events.csv", {"id": CALL}, {"start_date": "2025-02-30"}, "start_date", "does not exist"),
    ("events.csv", {"id": CALL}, {"start_date": "9 June 2025"}, "start_date", "not a date"),
    ("events.csv", {"id": CALL}, {"start_date": ""}, "start_date", "must not be empty"),
    ("events.csv", {"id": CALL}, {"end_date": "2025-06-08"}, "end_date", "before the start"),
    (
        "events.csv",
        {"id": CALL},
        {"date_precision": "month"},
        "start_date",
        "first day, 2025-06-01",
    ),
    ("events.csv", {"id": CALL}, {"date_precision": "year"}, "start_date", "2025-01-01"),
    ("events.csv", {"id": CALL}, {"date_precision": "window"}, "end_date", "window"),
    ("events.csv", {"id": CALL}, {"date_precision": "week"}, "date_precision", "not one of day"),
    ("events.csv", {"id": CALL}, {"kind": "phone call"}, "kind", "not one of call"),
    ("events.csv", {"id": CALL}, {"kind": "CALL"}, "kind", "not one of call"),
    ("events.csv", {"id": CALL}, {"channel": "in_person"}, "channel", "phone or by video"),
    ("events.csv", {"id": CALL}, {"kind": "summit"}, "channel", "in_person or by video"),
    ("events.csv", {"id": CALL}, {"status": ""}, "status", "not one of scheduled"),
    ("events.csv", {"id": CALL}, {"actors": "KR;US"}, "actors", "not among the countries"),
    ("events.csv", {"id": CALL}, {"countries": "KR;JP;XX"}, "countries", "“XX” is not a known"),
    ("events.csv", {"id": CALL}, {"countries": "KR;JP;KR"}, "countries", "twice"),
    ("events.csv", {"id": CALL}, {"countries": "KR;;JP"}, "countries", "nothing between"),
    ("events.csv", {"id": CALL}, {"host": "XX"}, "host", "not a known country"),
    ("events.csv", {"id": CALL}, {"participants": "nobody"}, "participants", "not a known person"),
    ("events.csv", {"id": CALL}, {"topics": "weather"}, "topics", "not a known topic"),
    ("events.csv", {"id": CALL}, {"source_urls": ""}, "source_urls", "must not be empty"),
    ("events.csv", {"id": CALL}, {"source_urls": "example.org/a"}, "source_urls", "https://"),
    ("events.csv", {"id": CALL}, {"source_urls": "https://"}, "source_urls", "not an address"),
    (
        "events.csv",
        {"id": CALL},
        {"source_urls": "https://a.b:x/"},
        "source_urls",
        "not an address",
    ),
    ("events.csv", {"id": CALL}, {"source_urls": "https://a b/"}, "source_urls", "not an address"),
    (
        "events.csv",
        {"id": CALL},
        {"source_urls": "https://a.org/1;https://a.org/1"},
        "source_urls",
        "twice",
    ),
    ("events.csv", {"id": CALL}, {"title_ko": ""}, "title_ko", "must not be empty"),
    ("events.csv", {"id": CALL}, {"title_en": "x" * 161}, "title_en", "at most 160"),
    ("events.csv", {"id": CALL}, {"title_en": "a\nb"}, "title_en", "line break"),
    ("events.csv", {"id": CALL}, {"verified_by": "-1"}, "verified_by", "whole number"),
    ("events.csv", {"id": CALL}, {"verified_by": "99999999999"}, "verified_by", "whole number"),
    ("events.csv", {"id": CALL}, {"city": "Seoul"}, "place_country", "0 countries for 1"),
    (
        "events.csv",
        {"id": CALL},
        {"city": "Seoul;Seoul", "place_country": "KR;KR"},
        "city",
        "twice",
    ),
    ("events.csv", {"id": CALL}, {"place_country": "XX"}, "place_country", "not a known country"),
    ("events.csv", {"id": CALL}, {"id": "2025 06 09"}, "id", "an id has only"),
    ("events.csv", {"id": CALL}, {"id": "1965-06-22-claims-agreement"}, "id", "also on line 3"),
    ("people.csv", {"slug": "lee-jae-myung"}, {"country": "XX"}, "country", "not a known country"),
    ("people.csv", {"slug": "lee-jae-myung"}, {"name_ja": ""}, "name_ja", "must not be empty"),
    ("aliases.csv", {"alias": "이재명"}, {"lang": "fr"}, "lang", "not one of en, ko, ja"),
    ("aliases.csv", {"alias": "이재명"}, {"slug": "nobody"}, "slug", "not a known person"),
    ("terms.csv", {"slug": "lee-jae-myung"}, {"office": "king"}, "office", "not a known office"),
    ("terms.csv", {"slug": "lee-jae-myung"}, {"country": "JP"}, "country", "is of KR"),
    ("terms.csv", {"slug": "lee-jae-myung"}, {"term_end": "2025-06-03"}, "term_end", "before"),
    (
        "terms.csv",
        {"slug": "lee-jae-myung"},
        {"term_start": "2025-03-01"},
        "term_start",
        "overlaps the term of yoon-suk-yeol",
    ),
    ("anniversaries.csv", {"slug": "liberation-day"}, {"calendar": "moon"}, "calendar", "solar"),
    ("anniversaries.csv", {"slug": "liberation-day"}, {"countries": "XX"}, "countries", "known"),
    (
        "anniversaries.csv",
        {"slug": "liberation-day"},
        {"source_urls": ""},
        "source_urls",
        "must not be empty",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-jp"},
        {"issuer": "US"},
        "issuer",
        "US is not a country that “2013-03-06-abe-park-call” concerns",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-jp"},
        {"event_id": "never"},
        "event_id",
        "not a known event",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-jp"},
        {"published_on": "2013-03-06T25:00+09:00"},
        "published_on",
        "does not exist",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-jp"},
        {"published_on": "2013-03-06T12:00+08:00"},
        "published_on",
        "Asia/Tokyo was not at that offset",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-kr"},
        {"published_on": "1988-07-01T12:00+09:00"},
        "published_on",
        "Asia/Seoul was not at that offset",
    ),
    (
        "readouts.csv",
        {"issuer": "CN"},
        {"published_on": "2013-03-06T12:00+09:00"},
        "published_on",
        "zone of a clock time of CN is not known",
    ),
    (
        "readouts.csv",
        {"id": "2013-03-06-abe-park-call-jp"},
        {"whole_text": "maybe"},
        "whole_text",
        "not one of yes, no",
    ),
    (
        "points.csv",
        {"readout_id": "2013-03-06-abe-park-call-jp", "n": "2"},
        {"n": "1"},
        "readout_id",
        "also on line",
    ),
    (
        "points.csv",
        {"readout_id": "2013-03-06-abe-park-call-jp", "n": "1"},
        {"n": "0"},
        "n",
        "1 or more",
    ),
    (
        "points.csv",
        {"readout_id": "2013-03-06-abe-park-call-jp", "n": "1"},
        {"stance": "denied"},
        "stance",
        "not one of mentioned",
    ),
    ("silences.csv", {"issuer": "CN"}, {"issuer": "US"}, "issuer", "not a country that"),
    ("silences.csv", {"issuer": "CN"}, {"firm": ""}, "firm", "not one of yes, no"),
    (
        "commitments.csv",
        {"id": "2015-11-01-trilateral-kjc-seoul-c1"},
        {"due_on": "2016-02-01"},
        "due_on",
        "first day, 2016-01-01",
    ),
    (
        "commitments.csv",
        {"id": "2015-11-01-trilateral-kjc-seoul-c1"},
        {"due_precision": ""},
        "due_precision",
        "needs its precision",
    ),
    (
        "commitments.csv",
        {"id": "2015-11-01-trilateral-kjc-seoul-c1"},
        {"fulfilled_by_event_id": ""},
        "fulfilled_by_event_id",
        "not named",
    ),
    ("publishers.csv", {"host": "10xbest.com"}, {"class": "daily"}, "class", "not one of official"),
    ("publishers.csv", {"host": "10xbest.com"}, {"host": "10xBest.com"}, "host", "lower case"),
    ("topics.csv", {"slug": "history"}, {"slug": ""}, "slug", "must not be empty"),
    ("countries.csv", {"code": "JP"}, {"code": "jp"}, "code", "two capital letters"),
    ("offices.csv", {"country": "US"}, {"country": "XX"}, "country", "not a known country"),
]


@pytest.mark.parametrize(("file", "row", "cells", "column", "reason"), BROKEN)
def test_one_broken_row_refuses_everything_with_its_place(file, row, cells, column, reason, folder):
    line = folder.line(file, **row)
    folder.change(file, line, **cells)

    with pytest.raises(CommandError) as refusal:
        command("--dir", str(folder.path))

    told = str(refusal.value)
    assert f"{file}:{line}: {column}: " in told
    assert any(
        reason in line_told
        for line_told in told.splitlines()
        if line_told.startswith(f"{file}:{line}: {column}: ")
    ), told
    assert nothing_is_stored()


FILES_BROKEN: list[tuple[Callable[[bytes], bytes], list[str]]] = [
    (lambda data: b"", ["events.csv: the file is empty"]),
    (lambda data: b"\xef\xbb\xbf", ["events.csv: the file is empty"]),
    (lambda data: data.decode().encode("utf-16"), ["events.csv:1: this is not UTF-8 text"]),
    (
        lambda data: data.replace("한일".encode(), "한일".encode("cp949"), 1),
        ["events.csv:2: this is not UTF-8 text"],
    ),
    (
        lambda data: data.replace(b"title_en", b"titel_en", 1),
        [
            "events.csv:1: title_en: this column is missing",
            "events.csv:1: titel_en: this column is not known",
        ],
    ),
    (
        lambda data: data.replace(b"title_ko", b"title_en", 1),
        [
            "events.csv:1: title_ko: this column is missing",
            "events.csv:1: title_en: this column is there twice",
        ],
    ),
    (lambda data: data + b"one,two\n", ["events.csv:593: the row has 2 cells, the header has 26"]),
    (lambda data: data + b'"open', ["events.csv:593: not readable as CSV"]),
    (
        lambda data: b"<html><body>Not found</body></html>",
        ["events.csv:1: the first line does not name the columns: id, "],
    ),
    (lambda data: data.replace(b"Tokyo", b"To\x00kyo", 1), ["events.csv:2: "]),
]


@pytest.mark.parametrize(("broken", "told"), FILES_BROKEN)
def test_a_file_that_is_no_such_table_is_refused_with_the_reason(broken, told, folder):
    path = folder.path / "events.csv"
    path.write_bytes(broken(path.read_bytes()))

    with pytest.raises(CommandError) as refusal:
        command("--dir", str(folder.path))

    for reason in told:
        assert reason in str(refusal.value)
    assert len(str(refusal.value).splitlines()) <= 3
    assert nothing_is_stored()


def test_missing_files_are_named(folder):
    (folder.path / "events.csv").unlink()
    (folder.path / "points.csv").unlink()
    (folder.path / "points.csv").mkdir()

    with pytest.raises(CommandError, match="events.csv: there is no such file") as refusal:
        command("--dir", str(folder.path))

    assert "points.csv: cannot be read" in str(refusal.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match="there is no such folder"):
        command("--dir", str(tmp_path / "nowhere"))


def test_all_problems_of_all_files_are_told_at_once_up_to_fifty(folder):
    folder.change("topics.csv", 2, name_ko="")
    rows = folder.rows("events.csv")
    for row in rows[:60]:
        row["start_date"] = "2025-02-30"
    folder.write("events.csv", rows)

    with pytest.raises(CommandError) as refusal:
        command("--dir", str(folder.path))

    lines = str(refusal.value).splitlines()
    assert lines[0] == "Nothing was loaded: 61 problems."
    assert lines[1] == "topics.csv:2: name_ko: this must not be empty"
    assert lines[-1] == "… and 11 more."
    assert len(lines) == 52


def test_one_broken_person_is_not_told_again_by_every_row_that_names_them(folder):
    line = folder.line("people.csv", slug="lee-jae-myung")
    folder.change("people.csv", line, name_en="")

    with pytest.raises(CommandError) as refusal:
        command("--dir", str(folder.path))

    assert str(refusal.value).splitlines()[1:] == [
        f"people.csv:{line}: name_en: this must not be empty"
    ]


def test_a_refused_folder_changes_nothing_of_what_was_loaded(loaded_record, folder):
    folder.change("topics.csv", 2, name_en="Changed")
    folder.change("commitments.csv", 2, status="done")

    with pytest.raises(RecordRefused):
        load(folder.path)

    assert not Topic.objects.filter(name_en="Changed").exists()


def test_a_row_that_does_not_go_with_what_is_stored_is_refused(loaded_record, folder):
    make_event(slug="2026-01-01-taken")
    rows = folder.rows("events.csv")
    folder.write("events.csv", [*rows, {**rows[-1], "id": "2026-01-01-taken"}])

    with pytest.raises(CommandError, match=r"events.csv:593: id: another event has or had this"):
        command("--dir", str(folder.path))


def test_an_old_address_of_another_event_is_refused(folder):
    EventSlug.objects.create(slug=CALL, event=make_event())

    line = folder.line("events.csv", id=CALL)
    with pytest.raises(CommandError, match=f"events.csv:{line}: id: another event"):
        command("--dir", str(folder.path))


def test_a_refusal_of_the_database_is_told_without_a_traceback(loaded_record, folder):
    with recorded(door="admin"):
        Term.objects.filter(person__slug="ishiba-shigeru").update(starts_on=date(2024, 10, 2))
        rows = folder.rows("terms.csv")
    # The stored term keeps its first day, and the file lets the one before it run on.
    for row in rows:
        if row["slug"] == "ishiba-shigeru":
            row["term_start"] = "2024-10-03"
        if row["slug"] == "kishida-fumio" and row["term_end"] == "2024-10-01":
            row["term_end"] = "2024-10-03"
    folder.write("terms.csv", rows)

    with pytest.raises(CommandError, match="terms.csv: does not go with what is stored") as refusal:
        command("--dir", str(folder.path))

    assert "terms_of_one_office_do_not_overlap" in str(refusal.value)


def test_an_account_of_that_name_that_can_sign_in_is_refused():
    make_user("record")

    with pytest.raises(CommandError, match="the account “record” is of someone who can sign in"):
        command()
