"""Pages with `as_of`: what they show, where they lead, and what they say of days that are none."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from events.history import at_time
from events.links_of_a_day import address_on_day, page_of_day
from events.models import Event, Person
from events.publication import merge, rename, withdraw
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_person,
    make_term,
)

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
SECOND = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
BANNER = "The record as it stood on 1 June 2026"


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(datetime(2026, 7, 1, 3, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def event(editor):
    with at_time(FIRST):
        event = make_event(
            slug="call",
            title_en="As announced",
            people=[make_person("lee-jae-myung"), make_person("ishiba-shigeru", "JP")],
            topics=["security"],
            at=FIRST,
        )
        make_term(make_person("lee-jae-myung"))
        make_commitment(event)
        make_anniversary()
    with at_time(SECOND):
        Event.objects.filter(pk=event.pk).update(title_en="As it took place")
        make_event(slug="later", title_en="Entered later", at=SECOND)
    return event


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "timeline/",
        "events/call/",
        "leaders/",
        "leaders/lee-jae-myung/",
        "topics/",
        "topics/security/",
        "commitments/",
        "compare/",
        "anniversaries/",
        "anniversaries/normalization-treaty/",
        "calendar/2026/06/",
        "data/",
    ],
)
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_a_page_of_a_past_day_says_so_and_is_not_for_search_engines(client, event, path, language):
    page = text_of(client, f"/{language}/{path}?as_of=2026-06-01")

    assert '<aside class="past"' in page
    assert '<meta name="robots" content="noindex, follow">' in page
    canonical = re.findall(r'<link rel="canonical" href="([^"]*)">', page)
    assert canonical == [f"http://testserver/{language}/{path}"]
    assert f'<a data-today href="/{language}/{path}">' in page
    assert "hreflang" not in page.partition("</head>")[0]
    assert BANNER not in text_of(client, f"/{language}/{path}")


def test_each_page_shows_that_day(client, event):
    for path in ("", "timeline/", "leaders/lee-jae-myung/", "topics/security/", "events/call/"):
        then, now = (text_of(client, f"/en/{path}{q}") for q in ("?as_of=2026-06-01", ""))
        assert "As announced" in then, path
        assert "As it took place" not in then, path
        assert "As it took place" in now, path
    assert "Entered later" not in text_of(client, "/en/timeline/?as_of=2026-06-01")
    assert "Entered later" in text_of(client, "/en/timeline/?as_of=2026-06-02")


def test_links_and_forms_stay_within_the_day(client, event):
    page = text_of(client, "/en/timeline/?country=KR&as_of=2026-06-01")

    assert 'href="/en/events/call/?country=KR&amp;as_of=2026-06-01"' in page
    assert 'href="/en/leaders/?as_of=2026-06-01"' in page
    assert 'href="/ko/timeline/?country=KR&amp;as_of=2026-06-01"' in page
    led = re.findall(r'<a [^>]*href="(/en/(?:timeline|events|leaders)/[^"]*)"', page)
    assert len(led) > 5
    assert [address for address in led if "as_of" not in address] == ["/en/timeline/?country=KR"]
    filters = page.partition('aria-label="Filters" data-hx-get')[2].partition("</form>")[0]
    assert '<input type="hidden" name="as_of" value="2026-06-01">' in filters


def test_a_fragment_of_a_day_stays_within_it(client, event):
    response = client.get(
        "/en/timeline/?country=KR&q=&as_of=2026-06-01", headers={"HX-Request": "true"}
    )

    assert response["HX-Push-Url"] == "/en/timeline/?country=KR&as_of=2026-06-01"
    assert "As announced" in response.content.decode()
    assert 'href="/en/events/call/?country=KR&amp;as_of=2026-06-01"' in response.content.decode()


def test_a_search_finds_the_words_of_that_day(client, event):
    assert "As announced" in text_of(client, "/en/timeline/?q=announced&as_of=2026-06-01")
    assert "As announced" not in text_of(client, "/en/timeline/?q=place&as_of=2026-06-01")
    assert "As it took place" in text_of(client, "/en/timeline/?q=place&as_of=2026-06-02")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-06-31", "is not a day"),
        ("x%00y", "is not a day"),
        ("2026-07-02", "is still to come"),
        ("2026-05-31", "The record began on 1 June 2026"),
    ],
)
@pytest.mark.parametrize("path", ["timeline/", "leaders/", "events/call/"])
def test_a_page_without_such_a_day_says_why_and_shows_today(client, event, path, written, reason):
    page = text_of(client, f"/en/{path}?as_of={written}")

    assert reason in page
    assert '<aside class="past"' not in page
    if path != "leaders/":
        assert "As it took place" in page


@pytest.mark.parametrize("path", ["charts/contacts.csv", "charts/topics.csv", "en/events/call.bib"])
def test_a_file_of_no_such_day_is_refused(client, event, path):
    assert "as_of: " in text_of(client, f"/{path}?as_of=soon", status=400)
    assert text_of(client, f"/{path}?as_of=2026-06-01")


def test_the_citation_of_a_past_page_names_that_page(client, event):
    address = "http://testserver/en/events/call/?as_of=2026-06-01"

    assert address in text_of(client, "/ko/events/call/?as_of=2026-06-01")
    assert address in text_of(client, "/en/events/call.bib?as_of=2026-06-01")


def test_changes_made_later_are_not_told_on_a_past_page(client, event):
    assert "Title changed" in text_of(client, "/en/events/call/?as_of=2026-06-02")
    assert "Title changed" not in text_of(client, "/en/events/call/?as_of=2026-06-01")


def test_what_was_not_yet_there_says_so_and_leads_to_today(client, event):
    page = text_of(client, "/en/events/later/?as_of=2026-06-01", status=404)

    assert "This was not yet in the record on 1 June 2026" in page
    assert '<a data-today href="/en/events/later/">' in page
    assert "There is no page at this address" in text_of(
        client, "/en/events/never/?as_of=2026-06-01", status=404
    )


def test_an_address_given_later_leads_to_the_one_of_that_day(client, event, editor):
    with at_time(datetime(2026, 6, 3, 3, 0, tzinfo=UTC)):
        rename(event, slug="renamed", by=editor)

    response = client.get("/en/events/renamed/?as_of=2026-06-01")

    assert response.status_code == 301
    assert response["Location"] == "/en/events/call/?as_of=2026-06-01"
    assert "As announced" in text_of(client, response["Location"])
    response = client.get("/en/events/call/?as_of=2026-06-03")
    assert response["Location"] == "/en/events/renamed/?as_of=2026-06-03"


def test_before_it_was_withdrawn_or_merged_an_event_has_its_page(client, event, editor):
    other = Event.objects.get(slug="later")
    with at_time(datetime(2026, 6, 3, 3, 0, tzinfo=UTC)):
        merge(event, into=other, by=editor)
    with at_time(datetime(2026, 6, 4, 3, 0, tzinfo=UTC)):
        withdraw(other, reason="It never took place.", by=editor, at=FIRST)

    assert client.get("/en/events/call/").status_code == 301
    assert "It never took place." in text_of(client, "/en/events/later/", status=410)
    assert "As it took place" in text_of(client, "/en/events/call/?as_of=2026-06-02")
    assert client.get("/en/events/call/?as_of=2026-06-03")["Location"].endswith(
        "/en/events/later/?as_of=2026-06-03"
    )
    assert "Entered later" in text_of(client, "/en/events/later/?as_of=2026-06-03")


def test_the_former_address_of_a_person_leads_on(client, event):
    with at_time(SECOND):
        Person.objects.filter(slug="lee-jae-myung").update(slug="lee-jae-myung-president")

    moved = client.get("/en/leaders/lee-jae-myung/?x=1")
    back = client.get("/en/leaders/lee-jae-myung-president/?as_of=2026-06-01")

    assert (moved.status_code, moved["Location"]) == (
        301,
        "/en/leaders/lee-jae-myung-president/?x=1",
    )
    assert back["Location"] == "/en/leaders/lee-jae-myung/?as_of=2026-06-01"
    assert client.get("/en/leaders/nobody/").status_code == 404


def test_the_address_of_a_person_who_was_removed_says_so(client, event):
    with at_time(SECOND):
        make_person("entered-by-mistake")
    with at_time(datetime(2026, 6, 3, 3, 0, tzinfo=UTC)):
        Person.objects.get(slug="entered-by-mistake").delete()

    assert "Removed on" in text_of(client, "/en/leaders/entered-by-mistake/", status=410)
    address = "/en/leaders/entered-by-mistake/?as_of=2026-06-"
    assert client.get(f"{address}02").status_code == 200
    assert client.get(f"{address}03").status_code == 410


def test_only_links_to_what_takes_a_day_are_changed():
    def takes(path):
        return path.startswith("/en/timeline")

    day = date(2026, 6, 1)
    page = (
        '<a class="x" data-y="a > b" href="/en/timeline/?a=1#part">'
        '<a data-today href="/en/timeline/"><a href="/en/events/x/report/">'
        '<a href="https://example.org/en/timeline/"><form method="post" action="/en/timeline/">'
        '<form method="get" action="/en/timeline/">'
    )

    assert page_of_day(page, day, takes) == (
        '<a class="x" data-y="a > b" href="/en/timeline/?a=1&amp;as_of=2026-06-01#part">'
        '<a data-today href="/en/timeline/"><a href="/en/events/x/report/">'
        '<a href="https://example.org/en/timeline/"><form method="post" action="/en/timeline/">'
        '<form method="get" action="/en/timeline/">'
        '<input type="hidden" name="as_of" value="2026-06-01">'
    )
    assert address_on_day("/en/timeline/?as_of=2026-05-01", day, takes).endswith("2026-05-01")


def test_no_page_of_a_past_day_calls_it_today(client, event):
    for path in ("", "timeline/", "calendar/2026/06/", "anniversaries/"):
        page = text_of(client, f"/en/{path}?as_of=2026-06-01")
        main = re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition("</main>")[0])
        assert "today" not in main.replace("Back to today", "").lower(), path
