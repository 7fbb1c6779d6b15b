"""The timeline over the whole curated record shows exactly the rows that its CSV files imply."""

import csv
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.events.reading import HTMX, read, walk

RECORD = Path(__file__).resolve().parents[2] / "events" / "record"


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole record, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(record, db):
    """The record under each test's own transaction."""


def rows():
    with (RECORD / "events.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def slugs_where(condition):
    return {row["id"] for row in rows() if condition(row)}


def among(row, column):
    return set(row[column].split(";")) - {""}


QUERIES = {
    "?country=US&topic=security": lambda row: (
        "US" in among(row, "actors") and "security" in among(row, "topics")
    ),
    "?country=KR&kind=dispute": lambda row: (
        "KR" in among(row, "actors") and row["kind"] == "dispute"
    ),
    "?where=JP&topic=trilateral_us": lambda row: (
        "JP" in among(row, "place_country") and "trilateral_us" in among(row, "topics")
    ),
    "?leader=lee-jae-myung&with=ishiba-shigeru": lambda row: (
        {"lee-jae-myung", "ishiba-shigeru"} <= among(row, "participants")
    ),
    "": lambda row: True,
    "?from=2015-06&to=2015-06": lambda row: (
        row["start_date"] <= "2015-06-30"
        and {
            "day": row["end_date"] or row["start_date"],
            "year": row["start_date"][:4] + "-12-31",
        }.get(row["date_precision"], row["start_date"][:7] + "-31")
        >= "2015-06-01"
    ),
}


@pytest.mark.parametrize("headers", [None, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_shows_exactly_the_rows_that_the_files_imply(client, query, headers):
    expected = slugs_where(QUERIES[query])
    shown = walk(client, query, headers)
    assert expected
    assert len(shown) == len(set(shown))
    assert set(shown) == expected


@pytest.mark.parametrize("query", QUERIES)
def test_the_number_of_results_is_told(client, query):
    page = read(client, query)
    assert int(re.search(r"<b>(\d+)</b> events? ", page)[1]) == len(slugs_where(QUERIES[query]))


def test_days_stand_in_order_from_the_newest_to_the_oldest(client):
    starts = {row["id"]: row["start_date"] for row in rows()}
    shown = [starts[slug] for slug in walk(client)]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_events_of_the_record_have_pages(client, language):
    # One in nine, others in each language, spread over sixty years.
    offset = ["en", "ko", "ja"].index(language)
    for row in list(rows())[offset::9]:
        response = client.get(f"/{language}/events/{row['id']}/")
        assert response.status_code == 200
        page = response.content.decode()
        assert page.count("<h1") == 1
        assert row["source_urls"].split(";")[0].partition("//")[2][:8] in page


def test_people_and_anniversaries_of_the_record_have_pages(client):
    for name, folder in (("people", "leaders"), ("anniversaries", "anniversaries")):
        with (RECORD / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in list(csv.DictReader(stream))[::5]:
                assert client.get(f"/en/{folder}/{row['slug']}/").status_code == 200


def test_the_list_of_anniversaries_names_all_of_them(client):
    page = client.get("/en/anniversaries/").content.decode()
    with (RECORD / "anniversaries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert f"/en/anniversaries/{row['slug']}/" in page


def test_the_list_of_leaders_names_all_who_held_office_or_took_part(client):
    page = client.get("/en/leaders/").content.decode()
    with (RECORD / "terms.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["slug"] for row in csv.DictReader(stream)}
    for row in rows():
        named |= among(row, "participants")
    assert set(re.findall(r"/en/leaders/([-\w]+)/", page)) == named
