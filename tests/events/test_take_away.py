"""Where pages offer their list as a file: under the filters, and to feed readers."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import transaction

from events.history import at_time
from tests.events.build import make_anniversary, make_event, make_some_events
from tests.events.reading import HTMX, read

pytestmark = pytest.mark.django_db

BY_MAIL = "/en/follow/"
FILES = {"/timeline.atom", "/timeline.ics", "/timeline.csv", "/timeline.json"}


def offered(page):
    part = re.search(r'<nav id="take-away".*?</nav>', page, re.DOTALL)
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', part[0])]


def announced(page):
    found = re.search(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)
    return unescape(found[1])


def test_the_timeline_offers_its_list_with_the_filters_that_are_on(client):
    make_some_events()
    query = "?country=KR&kind=call&kind=summit&from=2025&order=oldest"
    page = read(client, query + "&kind=nothing&q=")
    assert {one.partition("?")[0] for one in offered(page)} == {*FILES, BY_MAIL}
    for address in [*offered(page), announced(page)]:
        assert address.endswith(query)
        assert client.get(address).status_code == 200


def test_without_a_filter_the_addresses_are_bare(client):
    assert set(offered(read(client))) == {*FILES, BY_MAIL}
    assert announced(read(client)) == "/timeline.atom"


def test_the_files_are_in_the_language_of_the_page(client):
    page = client.get("/ja/timeline/?kind=call").content.decode()
    assert "/timeline.csv?kind=call&lang=ja" in offered(page)


def test_a_changed_filter_changes_them_too(client):
    part = read(client, "?kind=call", **HTMX)
    assert 'id="take-away"' in part
    assert {"/timeline.ics?kind=call", f"{BY_MAIL}?kind=call"} <= set(offered(part))
    assert re.search(r'<nav id="take-away"[^>]* data-hx-swap-oob="true"', part)


def test_on_a_past_day_they_are_of_that_day(client, time_machine):
    time_machine.move_to(datetime(2026, 6, 10, tzinfo=UTC), tick=False)
    with transaction.atomic(), at_time(datetime(2026, 6, 1, tzinfo=UTC)):
        make_event()
    page = read(client, "?as_of=2026-06-02")
    assert "/timeline.csv?as_of=2026-06-02" in offered(page)
    # What is followed is the record of now.
    assert BY_MAIL in offered(page)


def test_the_page_of_anniversaries_leads_to_their_calendar(client):
    make_anniversary()
    page = client.get("/ko/anniversaries/").content.decode()
    assert 'href="/anniversaries.ics?lang=ko"' in page
