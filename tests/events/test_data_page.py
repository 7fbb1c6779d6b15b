"""What can be had of the record: counts, files that answer, conventions, the licence."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.conf import settings

from events.publication import withdraw
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_person,
    make_readout,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)


def read(client, language="en"):
    response = client.get(f"/{language}/data/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def counts(page):
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="figure">([\d,]+)</td>', page)
    return {name: int(number) for name, number in rows}


def test_it_counts_what_readers_may_see(client, editor, now):
    lee = make_person("lee-jae-myung")
    make_term(lee)
    shown = make_event(people=[lee, "somebody"], topics=["trade"])
    make_readout(shown, points=[(None, "AGREED", "one"), (None, "RAISED", "two")])
    make_commitment(shown)
    make_anniversary()
    make_person("never-seen")
    hidden = make_event(people=["only-there"])
    make_readout(hidden, points=[(None, "AGREED", "three")])
    make_commitment(hidden)
    withdraw(hidden, reason="Twice", by=editor, at=now)
    make_event(published=False)

    assert counts(read(client)) == {
        "Events": 1,
        "People": 2,
        "Terms of office": 1,
        "Readouts": 1,
        "Points": 2,
        "Commitments": 1,
        "Anniversaries": 1,
        "Topics": 1,
    }


def test_it_says_how_far_the_record_reaches(client):
    make_event(starts_on=date(2026, 5, 20))
    make_event(starts_on=date(2027, 1, 1), status="SCHEDULED")

    page = words(read(client))

    assert "The record reaches to 20 May 2026" in page
    assert "selective before 1998" in page
    assert "What is missing is not zero." in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_it_leads_to_is_there(client, language):
    make_event(slug="2026-05-19-summit", starts_on=date(2026, 5, 19), topics=["trade"])
    make_event(starts_on=date(2027, 1, 1), status="SCHEDULED")
    main = re.search(r"<main.*</main>", read(client, language))[0]

    addresses = {unescape(one) for one in re.findall(r'href="(/[^"#]*)', main)}

    assert f"/{language}/events/2026-05-19-summit.ics" in addresses
    files = {address.partition("?")[0] for address in addresses}
    assert {"/charts/topics.csv", "/timeline.csv", "/anniversaries.ics"} <= files
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_is_reached_from_the_top(client, language):
    page = read(client, language)
    assert re.findall(r'<a href="#([a-z]+)">', page) == re.findall(r'<h2 id="([a-z]+)">', page)


def test_files_are_in_the_language_of_the_page(client):
    assert 'href="/charts/contacts.csv"' in read(client, "en")
    assert 'href="/charts/contacts.csv?lang=ja"' in read(client, "ja")


def test_an_empty_record_has_no_example_and_claims_no_reach(client):
    page = read(client)

    assert "The record reaches to" not in page
    assert "The record has no events yet." in page


def test_it_leads_to_the_reference_of_the_api(client):
    assert 'href="/api/v1/docs"' in read(client)


def test_it_is_in_the_menu_before_about(client):
    menu = re.search(r'<nav aria-label="Main">.*?</nav>', read(client))[0]
    items = [words(item) for item in re.findall(r"<li>.*?</li>", menu)]

    assert items[items.index("About") - 1] == "Data"
    assert 'href="/en/data/" aria-current="page"' in menu
    assert "/en/data/" in client.get("/sitemap.xml").text


@pytest.mark.parametrize("number", [1, 9])
def test_it_costs_the_same_for_few_and_many(client, django_assert_num_queries, number):
    for n in range(number):
        make_topic(f"topic-{n}")
        event = make_event(people=[f"person-{n}"])
        make_readout(event, points=[(None, "AGREED", "one")])
        make_commitment(event)
    # A count for each of eight sorts; how far it reaches; the latest event.
    with django_assert_num_queries(10):
        client.get("/en/data/")
