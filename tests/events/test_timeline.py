"""The timeline: order, pages, filters, counts, and any query string at all."""

import base64
import json
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import timeline
from events.models import Event
from events.publication import merge, withdraw
from tests.events.build import (
    make_country,
    make_event,
    make_person,
    make_readout,
    make_some_events,
    make_topic,
)
from tests.events.reading import HTMX, TIMELINE, read, slugs, walk

pytestmark = pytest.mark.django_db


def test_newest_come_first_and_a_coarse_date_after_the_days_it_contains(client):
    make_event(slug="year", starts_on=date(2024, 1, 1), precision="YEAR")
    make_event(slug="month", starts_on=date(2024, 6, 1), precision="MONTH")
    make_event(slug="first-of-june", starts_on=date(2024, 6, 1))
    make_event(slug="mid-june", starts_on=date(2024, 6, 15))
    make_event(
        slug="window", starts_on=date(2024, 6, 15), ends_on=date(2024, 6, 17), precision="WINDOW"
    )
    make_event(slug="new-year", starts_on=date(2024, 1, 1))
    newest = ["mid-june", "window", "first-of-june", "month", "new-year", "year"]
    assert slugs(read(client)) == newest
    oldest = ["new-year", "first-of-june", "mid-june", "window", "month", "year"]
    assert slugs(read(client, "?order=oldest")) == oldest


def test_events_stand_under_their_year_and_month(client):
    make_event(starts_on=date(2025, 6, 9), title_en="A call")
    make_event(starts_on=date(2025, 5, 1), precision="MONTH", title_en="Talks")
    make_event(starts_on=date(2024, 1, 1), precision="YEAR", title_en="A visit")
    page = read(client)
    places = [
        page.index(part)
        for part in (
            ">2025</h2>",
            ">June</h3>",
            "A call</a>",
            ">May</h3>",
            "Talks</a>",
            ">2024</h2>",
            ">Month not known</h3>",
            "A visit</a>",
        )
    ]
    assert places == sorted(places)


def test_what_is_not_visible_is_not_listed(client, editor, now):
    kept = make_event(slug="kept")
    make_event(slug="draft", published=False)
    withdraw(make_event(slug="withdrawn"), reason="A mistake", by=editor, at=now)
    merge(make_event(slug="merged"), into=kept, by=editor)
    page = read(client)
    assert slugs(page) == ["kept"]
    assert "<b>1</b> event in the record so far." in page


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_of_50_hold_every_event_once(client, order):
    # Many share a day, so that only the id tells them apart.
    for number in range(123):
        precision = "MONTH" if number % 7 == 0 else "DAY"
        day = date(2020, 1, 1) if precision == "MONTH" else date(2020, 1, 1 + number % 5)
        make_event(slug=f"e-{number}", starts_on=day, precision=precision)
    listed = Event.objects.newest_first() if order == "newest" else Event.objects.oldest_first()
    expected = list(listed.values_list("slug", flat=True))
    assert walk(client, f"?order={order}") == expected
    assert walk(client, f"?order={order}", HTMX) == expected


def test_a_page_that_begins_within_a_month_says_continued(client):
    for number in range(51):
        make_event(starts_on=date(2020, 3, 1) + timedelta(days=number // 2))
    first = read(client)
    assert "continued" not in first
    more = re.search(r'href="(\?|/en/timeline/\?)([^"]*after=[^"]+)"', first)
    second = read(client, "?" + more[2])
    assert len(slugs(second)) == 1
    assert second.count('<span class="continued">continued</span>') == 2


def test_an_event_added_between_two_pages_shifts_nothing(client):
    for number in range(60):
        make_event(slug=f"e-{number}", starts_on=date(2020, 1, 1) + timedelta(days=number))
    first = read(client)
    make_event(slug="new", starts_on=date(2021, 1, 1))
    after = re.search(r"after=([\w-]+)", first)[1]
    assert slugs(read(client, f"?after={after}")) == [f"e-{n}" for n in range(9, -1, -1)]


def test_a_cursor_of_another_list_leads_to_the_first_page_with_a_notice(client):
    for number in range(51):
        make_event(slug=f"e-{number}", starts_on=date(2020, 1, 1), topics=["security"])
    after = re.search(r"after=([\w-]+)", read(client, "?topic=security"))[1]
    for query in (f"?after={after}", f"?topic=security&order=oldest&after={after}"):
        page = read(client, query)
        assert "belongs to another list" in page
        assert len(slugs(page)) == 50
    assert "belongs to another list" not in read(client, f"?topic=security&after={after}")


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "%ff",
        "é",
        "A" * 5000,
        packed([]),
        packed({"a": 1}),
        packed(None),
        packed(["newest", timeline._digest([]), "2020-13-01", 0, 1]),
        packed(["newest", timeline._digest([]), "2020-01-01", 9, 1]),
        packed(["newest", timeline._digest([]), "2020-01-01", True, 1]),
        packed(["newest", timeline._digest([]), "2020-01-01", 0, 10**30]),
        packed(["newest", timeline._digest([]), "2020-01-01", 0, "1"]),
        packed(["newest", timeline._digest([]), 20200101, 0, 1]),
        base64.urlsafe_b64encode(b"[" * 200).decode(),
    ],
)
def test_a_cursor_that_is_garbage_leads_to_the_first_page_with_a_notice(client, cursor):
    make_event(slug="only")
    page = read(client, f"?after={cursor}")
    assert "belongs to another list" in page
    assert slugs(page) == ["only"]


def test_an_order_that_says_the_same_has_the_same_cursor():
    choices = [("topic", "security"), ("country", "US")]
    position = timeline.Position(date(2020, 1, 1), 0, 7)
    cursor = timeline.make_cursor(position, order="newest", choices=choices)
    again = timeline.read_cursor(cursor, order="newest", choices=choices[::-1])
    assert again == position


words = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
raw = st.binary(max_size=20).map(lambda value: "".join(f"%{byte:02x}" for byte in value))
keys = st.sampled_from(
    ["country", "where", "topic", "kind", "leader", "with", "status", "from", "to", "order"]
    + ["after", "q", "as_of", "page"]
)
values = st.one_of(
    raw,
    words.map(lambda value: value.encode().hex(" ").replace(" ", "%")).map(
        lambda value: f"%{value}" if value else ""
    ),
    st.sampled_from(
        ["US", "call", "security", "2025", "9999-12", "0001", "9" * 4000, "%00", "%ff"]
    ),
    st.sampled_from(["%ed%a0%80", "%F0%9F%98%80", "2025-06-31", "٢٠٢٥", "+", "%2525", "[]", "'--"]),
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=st.lists(st.tuples(st.one_of(keys, raw), values), max_size=6), htmx=st.booleans())
def test_no_query_string_makes_the_timeline_fail(client, pairs, htmx):
    if not Event.objects.exists():
        make_some_events()
    query = "&".join(f"{key}={value}" for key, value in pairs)
    response = client.get(
        TIMELINE,
        QUERY_STRING=query.encode("utf-8", "replace").decode("latin-1"),
        headers=HTMX if htmx else None,
    )
    assert response.status_code == 200


def full_event(number):
    event = make_event(
        slug=f"full-{number}",
        kind="SUMMIT",
        starts_on=date(2025, 1, 1) + timedelta(days=number),
        countries=["KR", "JP", "US"],
        people=[make_person(f"kr-{number}", "KR"), make_person(f"jp-{number}", "JP")],
        topics=["security", "history"],
        places=[("Seoul", "KR"), ("Tokyo", "JP")],
    )
    make_readout(event, "KR")
    make_readout(event, "JP")


@pytest.mark.parametrize("number", [1, 50, 60])
def test_the_timeline_costs_the_same_for_few_and_many(client, django_assert_num_queries, number):
    for n in range(number):
        full_event(n)
    # Names of countries, topics and people (3); what has changed, for all counts; the page; terms
    # of office; sources that are silent.
    with django_assert_num_queries(7):
        client.get(TIMELINE)
    with django_assert_num_queries(7):
        client.get(TIMELINE, headers=HTMX)
    with django_assert_num_queries(7):
        client.get(TIMELINE + "?country=US&topic=security&leader=kr-0&with=jp-0&from=2020")


def test_a_search_stays_within_ten_queries(client, django_assert_max_num_queries):
    make_some_events()
    make_person("ishiba-shigeru", aliases=[("en", "Ishiba"), ("ko", "이시바")])
    with django_assert_max_num_queries(10):
        client.get(TIMELINE + "?q=Ishiba&topic=security&country=US")


def test_more_of_a_list_costs_no_counts(client, django_assert_num_queries):
    for n in range(55):
        full_event(n)
    after = re.search(r"after=([\w-]+)", read(client))[1]
    # Names (3), the record, the page, terms of office, sources that are silent.
    with django_assert_num_queries(7):
        client.get(f"{TIMELINE}?after={after}", headers=HTMX)


def test_htmx_gets_the_results_and_the_counts_beside_them(client):
    make_some_events()
    response = client.get(TIMELINE + "?from=&to=&kind=call&with=&order=newest", headers=HTMX)
    page = response.content.decode()
    assert "<html" not in page
    assert page.count('id="results"') == 1
    assert 'id="options-kind" class="options" data-hx-swap-oob="true"' in page
    assert response["HX-Push-Url"] == TIMELINE + "?kind=call"


def test_the_address_keeps_what_was_refused_so_that_a_reload_tells_the_same(client):
    make_some_events()
    response = client.get(TIMELINE + "?kind=call&kind=x&from=2025-13&to=", headers=HTMX)
    kept = parse_qs(urlsplit(response["HX-Push-Url"]).query)
    assert kept == {"kind": ["call", "x"], "from": ["2025-13"]}


def test_the_language_switcher_follows(client):
    fragment = read(client, "?kind=call&with=&from=", **HTMX)
    assert '<a href="/ja/timeline/?kind=call" hreflang="ja"' in fragment


def test_the_count_of_filters_follows(client):
    make_some_events()
    fragment = read(client, "?kind=call&country=KR", **HTMX)
    assert '<span id="filters-on" data-hx-swap-oob="true">(2)</span>' in fragment
    assert '<span id="filters-on">(2)</span>' in read(client, "?kind=call&country=KR")


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_restored_page_is_whole(client, header):
    assert "<html" in read(client, **HTMX, **{header: "true"})


def test_caches_are_told_what_the_answer_depends_on(client):
    for headers in ({}, HTMX):
        varies = client.get(TIMELINE, headers=headers)["Vary"]
        for name in ("HX-Request", "HX-Boosted", "HX-History-Restore-Request"):
            assert name in varies


def test_the_timeline_speaks_each_language(client):
    make_event(title_en="Call", title_ko="통화", title_ja="電話会談", starts_on=date(2025, 6, 9))
    make_country("KR")
    make_topic("security")
    korean = client.get("/ko/timeline/").content.decode()
    assert '<html lang="ko">' in korean
    assert ">통화</a>" in korean
    assert '<span lang="ja">電話会談</span>' in korean
    assert ">2025년</h2>" in korean
    assert ">6월</h3>" in korean


def test_posting_to_the_timeline_is_refused(client):
    assert client.post(reverse("events:timeline")).status_code == 405
