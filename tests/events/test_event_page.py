"""The page of one event: everything the record has on it, and what an address leads to."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles.finders import find

from events.models import EventCountry, Evidence, Participation, Silence
from events.publication import merge, rename, withdraw
from tests.events.build import (
    make_citation,
    make_commitment,
    make_country,
    make_event,
    make_office,
    make_person,
    make_publisher,
    make_readout,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db


def read(client, event, language="en"):
    response = client.get(f"/{language}/events/{event.slug}/")
    assert response.status_code == 200
    # Line breaks of the template mean nothing to a reader.
    return re.sub(r"\s+", " ", response.content.decode())


def fact(page, name):
    found = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", page)
    return found and re.sub(r"<[^>]+>", "", found[1]).strip()


def test_the_facts_of_a_call_are_told(client):
    event = make_event(
        title_en="First Ishiba–Lee call",
        title_ko="첫 통화",
        title_ja="初の電話会談",
        starts_on=date(2025, 6, 9),
        clock_time=time(12, 0),
        time_zone="Asia/Seoul",
        minutes=25,
        approximate=True,
        setting="BILATERAL",
        occasion="Lee's inauguration",
        topics=["security"],
        independent_publishers=4,
    )
    page = read(client, event)
    assert fact(page, "Date") == "Monday, 9 June 2025"
    assert '<time datetime="2025-06-09">' in page
    assert fact(page, "Time") == "around 12:00 (Korean Time)"
    assert fact(page, "Length") == "around 25 minutes"
    assert fact(page, "Channel") == "By phone"
    assert fact(page, "Setting") == "Bilateral"
    assert fact(page, "Occasion") == "Lee&#x27;s inauguration"
    assert fact(page, "Status") == "Held"
    assert fact(page, "Certainty") == "Confirmed; three or more publishers seen"
    assert '<span lang="ko">첫 통화</span> <span lang="ja">初の電話会談</span>' in page
    assert 'href="/en/topics/security/"' in page


def test_a_visit_tells_its_type_host_and_places(client):
    event = make_event(
        kind="VISIT",
        channel="IN_PERSON",
        visit_type="STATE",
        host="KR",
        places=[("Seoul", "KR"), ("Gyeongju", "KR")],
    )
    page = read(client, event)
    assert fact(page, "Type of visit") == "State visit"
    assert fact(page, "Place") == "Seoul, Republic of Korea; Gyeongju, Republic of Korea"
    assert fact(page, "Host") == "Republic of Korea"


@pytest.mark.parametrize(
    ("fields", "words", "machine"),
    [
        ({"starts_on": date(1971, 1, 1), "precision": "YEAR"}, "1971", "1971"),
        ({"starts_on": date(2013, 9, 1), "precision": "MONTH"}, "September 2013", "2013-09"),
        (
            {
                "starts_on": date(2025, 6, 15),
                "ends_on": date(2025, 6, 17),
                "precision": "WINDOW",
            },
            "some day within 15–17 Jun 2025",
            None,
        ),
        (
            {"starts_on": date(2025, 6, 15), "ends_on": date(2025, 6, 17)},
            "15–17 Jun 2025",
            "2025-06-15",
        ),
    ],
)
def test_a_date_is_told_no_more_exactly_than_it_is_known(client, fields, words, machine):
    page = read(client, make_event(**fields))
    assert fact(page, "Date").startswith(words)
    if machine:
        assert f'<time datetime="{machine}">{words}</time>' in page
    else:
        assert "<time" not in page[: page.index('id="sources"')]


def test_who_acted_and_who_is_concerned_stand_apart_in_the_published_order(client):
    event = make_event(kind="DISPUTE", countries=["US", "JP", "KR"], actors=["US", "KR"])
    page = read(client, event)
    assert fact(page, "Countries that acted") == "Republic of Korea United States"
    assert fact(page, "Also concerned") == "Japan"


def test_certainty_and_status_are_said_in_words(client):
    page = read(client, make_event(certainty="ADVANCE_NOTICE", status="CANCELLED"))
    assert "rests on an advance notice" in page
    assert fact(page, "Status") == "Cancelled"
    page = read(client, make_event(certainty="WEAK_SOURCES"))
    assert "only weak sources" in page


def test_the_summary_is_marked_as_english_on_other_pages(client):
    event = make_event(summary_en="They spoke.")
    assert "written in English only" not in read(client, event)
    korean = read(client, event, "ko")
    assert '<span lang="en">They spoke.</span>' in korean
    assert "요약은 아직 영어로만 작성되어 있습니다." in korean


def test_a_participant_has_the_office_held_on_that_day(client):
    person = make_person("kishida-fumio", "JP", name_en="Kishida Fumio")
    minister = make_office("foreign_minister", "JP", name_en="Foreign Minister")
    premier = make_office("prime_minister", "JP", name_en="Prime Minister")
    make_term(person, office=minister, starts_on=date(2012, 12, 26), ends_on=date(2017, 8, 3))
    make_term(person, office=premier, starts_on=date(2021, 10, 4), ends_on=date(2024, 10, 1))
    early, late, never = (
        read(client, make_event(starts_on=day, people=[person]))
        for day in (date(2015, 12, 28), date(2024, 10, 1), date(2025, 1, 5))
    )
    assert "Foreign Minister" in early
    assert "Prime Minister" not in early
    assert "Prime Minister" in late
    assert "Minister" not in never


def test_on_the_day_of_a_change_the_office_begun_last_is_shown(client):
    person = make_person("someone", "JP")
    make_term(
        person,
        office=make_office("a", "JP", name_en="Old office"),
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 5, 5),
    )
    make_term(
        person, office=make_office("b", "JP", name_en="New office"), starts_on=date(2021, 5, 5)
    )
    page = read(client, make_event(starts_on=date(2021, 5, 5), people=[person]))
    assert "New office" in page
    assert "Old office" not in page


def test_of_a_coarse_date_only_an_office_held_throughout_is_shown(client):
    person = make_person("someone", "JP")
    office = make_office("prime_minister", "JP", name_en="Prime Minister")
    make_term(person, office=office, starts_on=date(2020, 1, 1), ends_on=date(2021, 5, 15))
    in_april = make_event(starts_on=date(2021, 4, 1), precision="MONTH", people=[person])
    in_may = make_event(starts_on=date(2021, 5, 1), precision="MONTH", people=[person])
    assert "Prime Minister" in read(client, in_april)
    assert "Prime Minister" not in read(client, in_may)


def test_without_a_term_the_capacity_from_a_source_is_shown(client):
    event = make_event(people=["aso-taro"])
    Participation.objects.filter(event=event).update(capacity="special envoy")
    assert "special envoy" in read(client, event)


def test_sources_are_told_with_publisher_class_language_and_date(client):
    event = make_event()
    make_citation(
        event=event,
        url="https://yna.co.kr/view/1?a=1&b=2",
        publisher=make_publisher("yna.co.kr", name="Yonhap News Agency", source_class="WIRE"),
        language="ko",
        title="한일 정상 통화",
        published_on=date(2025, 6, 9),
    )
    page = read(client, event)
    link = 'href="https://yna.co.kr/view/1?a=1&amp;b=2" rel="noopener noreferrer" hreflang="ko"'
    assert (
        f'<b>Yonhap News Agency</b> · <a {link}><cite lang="ko">한일 정상 통화</cite></a>' in page
    )
    assert "Wire service · Korean · " in page
    assert '<time datetime="2025-06-09">9 June 2025</time>' in page


def test_only_web_addresses_become_links(client):
    event = make_event()
    make_citation(event=event, archived_url="https://archive.example/1")
    make_citation(event=event, archived_url="javascript:alert(1)")
    page = read(client, event)
    assert 'href="https://archive.example/1" rel="noopener noreferrer">archived copy' in page
    assert "javascript:" not in page


def test_evidence_shows_the_sentence_with_its_quote_marked(client):
    event = make_event()
    Evidence.objects.create(
        citation=event.citations.get(),
        field="start",
        value="2025-06-09",
        sentence='They talked on <Monday> & "agreed".',
        quote="on <Monday>",
        starts_at=12,
        ends_at=23,
        text_sha256="0" * 64,
        language="en",
    )
    page = read(client, event)
    assert "The sentence behind 1 field" in page
    assert "<dt>Start: 2025-06-09</dt>" in page
    assert (
        '<blockquote lang="en">They talked <mark>on &lt;Monday&gt;</mark> &amp; '
        "&quot;agreed&quot;.</blockquote>" in page
    )


def test_two_sentences_behind_one_field_stand_under_one_name(client):
    event = make_event()
    for at, sentence in enumerate(["They met.", "The summit took an hour."]):
        Evidence.objects.create(
            citation=event.citations.get(),
            field="kind",
            value="summit",
            sentence=sentence,
            quote="",
            starts_at=at,
            ends_at=at + 1,
            text_sha256="0" * 64,
        )

    page = read(client, event)

    assert "The sentence behind 1 field" in page
    assert page.count("<dt>Kind: summit</dt>") == 1
    assert "They met." in page
    assert "The summit took an hour." in page


@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
def test_both_accounts_stand_side_by_side_in_the_published_order(client):
    event = make_event()
    make_readout(
        event,
        "JP",
        issuing_body="Ministry of Foreign Affairs",
        points=[("north_korea", "AGREED", "close work on the North")],
        is_whole=True,
    )
    make_readout(
        event,
        "KR",
        issuing_body="Presidential office",
        as_reported_by="Yonhap",
        language="ko",
        published_on=date(2025, 6, 9),
        points=[(None, "MENTIONED", "ties in general"), ("history", "RAISED", "history")],
        is_whole=False,
    )
    page = read(client, event)
    korea, japan = page.index("Presidential office"), page.index("Ministry of Foreign Affairs")
    assert korea < japan
    assert "as reported by Yonhap" in page
    assert page.index("ties in general") < page.index(">history <") < japan
    assert "Raised by one side" in page[korea:japan]
    assert "The end of the text was not seen" in page[korea:japan]
    assert "Whole text seen." in page[japan:]
    assert "No readout recorded" not in page


@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("issuer", ["KR", "JP", None])
def test_a_missing_account_keeps_its_column(client, issuer):
    event = make_event()
    if issuer:
        make_readout(event, issuer)
    page = read(client, event)
    assert page.count('<section class="side') == 2
    assert page.count("No readout recorded as of 1 June 2026.") == (1 if issuer else 2)


def test_an_act_of_one_government_awaits_no_accounts(client):
    page = read(client, make_event(kind="DISPUTE", actors=["KR"]))
    assert "What each side said" not in page
    assert "No readout recorded" not in page


def test_a_third_countrys_account_has_a_column_of_its_own(client):
    event = make_event(kind="TRILATERAL_SUMMIT", countries=["KR", "JP", "US"])
    make_readout(event, "US", issuing_body="White House")
    page = read(client, event)
    assert page.count('<section class="side') == 3
    other = make_event(kind="TRILATERAL_SUMMIT", countries=["KR", "JP", "CN"])
    assert read(client, other).count('<section class="side') == 2


def test_a_silence_is_of_the_account_and_says_how_firm_it_is(client):
    event = make_event()
    make_readout(event, "KR")
    for slug, is_firm in (("north_korea", True), ("territory", False)):
        Silence.objects.create(
            event=event,
            issuer=make_country("KR"),
            topic=make_topic(slug),
            basis=f"basis of {slug}",
            is_firm=is_firm,
        )
    page = read(client, event)
    side = page[page.index('<section class="side') : page.index('id="matrix"')]
    matrix = page[page.index('id="matrix"') :]
    for part in (side, matrix):
        north, territory = part.split("basis of north_korea")
        assert north.endswith('<b>Not in this readout</b> <span class="hint">')
        assert "<b>Not in this readout, as far as seen</b>" in territory
        assert "basis of territory" in territory
    assert "may still have been talked about" in page


@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
def test_commitments_show_what_became_of_them(client):
    event, later = make_event(), make_event(title_en="Summit in Busan", starts_on=date(2025, 9, 30))
    make_commitment(event, text_en="resume visits", status="FULFILLED", fulfilled_by=later)
    make_commitment(event, text_en="set up a fund", due_text="by the end of 2025")
    page = read(client, event)
    assert re.search(r"resume visits.*Fulfilled by <a [^>]*>Summit in Busan</a>", page)
    assert re.search(
        r"set up a fund.*Deadline as recorded: by the end of 2025\. +"
        r"No fulfilment recorded as of 1 June 2026\.",
        page,
    )
    assert re.search(r"What this event followed through.*resume visits", read(client, later))


def test_a_fulfilment_that_readers_may_not_see_is_not_linked(client, editor, now):
    event, later = make_event(), make_event(title_en="Secret draft")
    make_commitment(event, status="FULFILLED", fulfilled_by=later)
    withdraw(later, reason="A mistake", by=editor, at=now)
    page = read(client, event)
    assert "Secret draft" not in page
    assert "Fulfilled." in page


def test_commitments_of_a_withdrawn_event_are_not_shown_as_followed_through(client, editor, now):
    event, later = make_event(title_en="Gone"), make_event()
    make_commitment(event, status="FULFILLED", fulfilled_by=later)
    withdraw(event, reason="A mistake", by=editor, at=now)
    assert "Gone" not in read(client, later)


def test_an_old_address_leads_to_the_new_one_for_good(client, editor):
    event = make_event(slug="old")
    rename(event, slug="new", by=editor)
    response = client.get("/ko/events/old/?from=mail")
    assert response.status_code == 301
    assert response["Location"] == "/ko/events/new/?from=mail"


@pytest.mark.parametrize("query", ["x=%ff%00", "x=é", "a=1&a=%0d%0aSet-Cookie:b"])
def test_an_old_address_with_a_query_of_garbage_still_leads_on(client, editor, query):
    rename(make_event(slug="old"), slug="new", by=editor)
    response = client.get("/en/events/old/", QUERY_STRING=query)
    assert response.status_code == 301
    assert response["Location"].startswith("/en/events/new/?")
    assert "Set-Cookie" not in response


def test_a_merged_event_leads_to_its_survivor(client, editor):
    merged, survivor = make_event(slug="merged"), make_event(slug="survivor")
    rename(merged, slug="merged-renamed", by=editor)
    merged.refresh_from_db()
    merge(merged, into=survivor, by=editor)
    for slug in ("merged", "merged-renamed"):
        response = client.get(f"/en/events/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/en/events/survivor/")


def test_a_withdrawn_event_is_gone_with_its_reason(client, editor, now):
    event = make_event(slug="gone", title_en="What never happened")
    withdraw(event, reason="It rested on a <misread> report.", by=editor, at=now)
    response = client.get("/en/events/gone/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "It rested on a &lt;misread&gt; report." in page
    assert "1 June 2026" in page
    assert "What never happened" not in page


@pytest.mark.parametrize("slug", ["none", "draft", "x" * 300])
def test_drafts_and_unknown_events_are_not_found(client, slug):
    make_event(slug="draft", published=False)
    assert client.get(f"/en/events/{slug}/").status_code == 404


def test_the_pages_other_languages_are_named(client):
    event = make_event(slug="one")
    page = read(client, event)
    assert '<link rel="alternate" hreflang="ja" href="http://testserver/ja/events/one/">' in page
    assert '<a href="/ko/events/one/" hreflang="ko" lang="ko">한국어</a>' in page


@pytest.mark.parametrize("number", [1, 8])
def test_an_event_costs_the_same_with_little_and_with_much(
    client, django_assert_num_queries, number
):
    people = [make_person(f"p-{n}", "KR") for n in range(number)]
    for person in people:
        make_term(person, office=make_office(f"office-of-{person.slug}"))
    event = make_event(
        people=people,
        topics=[f"topic-{n}" for n in range(number)],
        places=[(f"City {n}", "KR") for n in range(number)],
        citations=number,
        host="KR",
    )
    later = make_event()
    for citation in event.citations.all():
        Evidence.objects.create(
            citation=citation,
            field="kind",
            sentence="They spoke.",
            quote="spoke",
            starts_at=5,
            ends_at=10,
            text_sha256="0" * 64,
        )
    for n in range(number):
        make_readout(event, "KR", points=[(f"topic-{n}", "AGREED", "a point")])
        make_commitment(event, status="FULFILLED", fulfilled_by=later)
        make_commitment(later, status="FULFILLED", fulfilled_by=event)
        Silence.objects.create(
            event=event,
            issuer=make_country("JP"),
            topic=make_topic(f"topic-{n}"),
            basis="contrast of accounts seen",
        )
    # Event with its small rows; participants with their offices; readouts with points; commitments
    # either way; citations with evidence; ordinals; changes.
    with django_assert_num_queries(7):
        client.get(f"/en/events/{event.slug}/")


def test_every_country_of_an_event_has_a_shape_and_a_name(client):
    event = make_event(countries=["KR", "JP", "US", "CN"])
    EventCountry.objects.create(event=event, country=make_country("RU", name_en="Russia"))
    page = read(client, event)
    styles = Path(find("css/components.css")).read_text()
    for shape, css, name in (
        ("●", "mark-kr", "Republic of Korea"),
        ("■", "mark-jp", "Japan"),
        ("▲", "mark-us", "United States"),
        ("◆", "mark-cn", "China"),
        ("○", "mark-other", "Russia"),
    ):
        assert f'<span class="mark {css}">{name}</span>' in page
        assert re.search(rf'\.{css} {{[^}}]*--shape: "{shape}"', styles)
