"""The figures of topics as CSV files."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from tests.events.build import make_event, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)


@pytest.fixture
def record():
    """Trade in 1995 and twice in 2024, security in 2024; the record reaches to May 2026."""
    make_event(topics=["trade"], starts_on=date(1995, 3, 1))
    make_event(topics=["trade", "security"], starts_on=date(2024, 3, 1))
    make_event(topics=["trade"], starts_on=date(2024, 4, 1))
    make_event(topics=["trade"], starts_on=date(2024, 5, 1), published=False)
    make_event(kind="STATEMENT", starts_on=date(2026, 5, 20))


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "max-age=3600" in response["Cache-Control"]
    return list(csv.reader(StringIO(response.content.decode())))


def test_the_file_of_a_topic_has_every_year_with_how_far_it_is_covered(client, record):
    header, *rows = read(client, "/charts/topic-trade.csv")
    by_year = {year: (number, coverage) for year, number, coverage in rows}

    assert header == ["year", "events", "coverage"]
    assert [int(row[0]) for row in rows] == list(range(1995, 2027))
    assert by_year["1995"] == ("1", "selective")
    assert by_year["2024"] == ("2", "whole year")
    assert by_year["2025"] == ("0", "whole year")


def test_what_is_not_covered_is_empty_and_never_0(client, record):
    make_event(topics=["history"], starts_on=date(2027, 3, 1), status="SCHEDULED")
    by_year = {row[0]: row[1:] for row in read(client, "/charts/topic-trade.csv")}

    assert by_year["1997"] == ["", "selective"]
    assert by_year["2026"] == ["", "to 20 May 2026"]
    assert by_year["2027"] == ["", "not covered yet"]
    numbers = [row[3] for row in read(client, "/charts/topics.csv") if row[2] == "1997"]
    assert set(numbers) == {""}


def test_the_file_of_all_topics_has_each_by_year(client, record):
    make_topic("unused")
    header, *rows = read(client, "/charts/topics.csv")

    assert header == ["topic", "name", "year", "events"]
    assert len(rows) == 3 * len(range(1995, 2027))
    assert [row for row in rows if row[3] not in ("", "0")] == [
        ["security", "Security", "2024", "1"],
        ["trade", "Trade", "1995", "1"],
        ["trade", "Trade", "2024", "2"],
    ]


def test_names_and_words_are_in_the_language_asked_for(client, record):
    make_topic("history", name_ko="역사")

    assert ["history", "역사", "2025", "0"] in read(client, "/charts/topics.csv?lang=ko")
    assert read(client, "/charts/topic-trade.csv?lang=ko")[1][2] != "selective"


@pytest.mark.parametrize("name", ["topics", "topic-trade"])
def test_a_language_that_is_not_known_is_refused_with_the_reason(client, record, name):
    response = client.get(f"/charts/{name}.csv?lang=fr")

    assert response.status_code == 400
    assert "lang: give one of en, ko, ja." in response.text


@pytest.mark.parametrize(
    "name", ["topic-none.csv", "topic-.csv", "topics.vl.json", "topic-trade.vl.json"]
)
def test_there_is_no_file_of_a_topic_that_is_not_there_and_no_drawing(client, record, name):
    assert client.get(f"/charts/{name}").status_code == 404


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("page", ["topics/", "topics/trade/"])
def test_pages_lead_to_the_file_in_their_language(client, record, language, page):
    markup = client.get(f"/{language}/{page}").content.decode()
    address = re.search(r'<a href="([^"]+)">CSV</a>', markup)[1]

    assert address.endswith(".csv" if language == "en" else ".csv?lang=ko")
    assert read(client, address)


@pytest.mark.parametrize("number", [1, 9])
def test_files_of_topics_cost_the_same_for_few_and_many(client, django_assert_num_queries, number):
    for n in range(number):
        make_event(topics=["trade", f"topic-{n}"], starts_on=date(2000 + n, 1, 1))
    with django_assert_num_queries(4):  # topic; years; span of years; reach
        client.get("/charts/topic-trade.csv")
    with django_assert_num_queries(4):  # years by topic; topics; span of years; reach
        client.get("/charts/topics.csv")
