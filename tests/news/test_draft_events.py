"""`draft_events`: JSON lines in, JSON lines out, no rows."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from news.knowledge import from_files
from news.management.commands.draft_events import Command
from news.models import Article, Candidate
from tests.news.build import make_leaders

PROJECT = Path(__file__).resolve().parents[2]
CALL = {
    "id": "a",
    "url": "https://example.org/a",
    "outlet": "Example",
    "lang": "en",
    "published": "2025-06-10",
    "title": "",
    "text": "President Lee Jae-myung spoke by phone with Japanese Prime Minister Shigeru Ishiba "
    "on June 9.",
}
KEYS = {
    "kind",
    "start",
    "end",
    "status",
    "participants",
    "countries",
    "city",
    "topics",
    "evidence",
    "cluster_key",
}


def run(*lines: object) -> tuple[list[dict[str, object]], str]:
    """Predictions and what was written to stderr."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    out, err = io.StringIO(), io.StringIO()
    command = Command(stdout=out, stderr=err, no_color=True)
    command.articles = io.BytesIO(b"".join(line + b"\n" for line in raw))
    try:
        call_command(command)
    except CommandError as error:
        err.write(f"failed: {error}")
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


@pytest.mark.django_db
def test_an_article_gives_its_events_with_quotes_that_stand_in_the_text():
    predictions, err = run(CALL)

    (told,) = predictions
    assert set(told) == {"id", "is_relevant", "cluster_key", "events"}
    assert (told["id"], told["is_relevant"]) == ("a", True)
    (event,) = told["events"]
    assert set(event) == KEYS
    assert (event["kind"], event["start"], event["status"]) == ("call", "2025-06-09", "happened")
    assert set(event["participants"]) == {"lee-jae-myung", "ishiba-shigeru"}
    for quote in event["evidence"].values():
        assert CALL["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert "events/record" in err


@pytest.mark.django_db
def test_no_row_is_written(django_assert_num_queries):
    make_leaders()

    # Aliases, people, terms, days, their countries, hosts; whether there are many events, events.
    with django_assert_num_queries(8):
        _predictions, err = run(*[CALL] * 5)

    assert err == ""
    assert (Article.objects.count(), Candidate.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_nothing_in_nothing_out():
    assert run() == ([], "")
    assert run(b"", b"  ") == ([], "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        ({**CALL, "id": None}, "“id” is missing"),
        ({**CALL, "text": None}, "“text” is missing"),
        ({**CALL, "text": " "}, "“text” is empty"),
        ({**CALL, "text": ["a"]}, "“text” is not a text"),
        ({**CALL, "text": "\ud800"}, "half of a character"),
        ({**CALL, "text": "x" * 3_000_000}, "larger than 2 MB"),
        ({**CALL, "lang": "fr"}, "“lang”"),
        ({**CALL, "published": "2025-02-30"}, "“published”"),
        ({**CALL, "published": "2025-06-10 "[:7]}, "“published”"),
        ({**CALL, "published": 20250610}, "“published”"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(line, reason):
    predictions, err = run(CALL, line, {**CALL, "id": 7})

    assert [told["id"] for told in predictions] == ["a", "7"]
    assert "line 2: " in err
    assert reason in err
    assert "failed: Lines that could not be read: 1." in err


@pytest.mark.django_db
def test_what_may_be_missing_may_be_missing():
    predictions, err = run(
        {"id": "x", "text": "어제 전화 통화를 했다."}, {**CALL, "published": None}
    )

    assert [told["id"] for told in predictions] == ["x", "a"]
    assert "failed" not in err


@pytest.mark.django_db
def test_articles_of_one_event_share_a_cluster_key():
    predictions, _err = run(CALL, {**CALL, "id": "b"})

    first, second = predictions
    assert first["cluster_key"] == second["cluster_key"] != ""


def test_it_works_where_no_database_answers():
    """As somebody runs it who has only cloned the project."""
    done = subprocess.run(
        [sys.executable, "manage.py", "draft_events"],
        cwd=PROJECT,
        input=json.dumps(CALL) + "\n",
        env={
            **os.environ,
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
            "INSECURE_HTTP": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["events"][0]["kind"] == "call"
    assert "cannot be read" in done.stderr


@pytest.mark.django_db
def test_the_shipped_files_and_the_loaded_record_say_the_same():
    from django.core.management import call_command as call

    from news.knowledge import from_record

    call("load_record", stdout=io.StringIO())

    shipped, loaded = from_files(), from_record()

    assert {person.slug: set(person.names) for person in shipped.people} == {
        person.slug: set(person.names) for person in loaded.people
    }
    assert sorted(shipped.terms, key=repr) == sorted(loaded.terms, key=repr)
    assert shipped.anniversaries == loaded.anniversaries
    assert connection.vendor == "postgresql"
