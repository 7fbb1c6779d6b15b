"""Events for programs: the timeline's filters, its pages, and one event with everything on it."""

from datetime import date, time

import pytest

from events.models import Citation, Evidence, Phrase
from events.publication import merge, rename, withdraw
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_office,
    make_person,
    make_readout,
    make_some_events,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


def slugs(page):
    return [row["slug"] for row in page["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["summit", "call", "protest", "camp-david", "both-places"]),
        ({"order": "oldest"}, ["both-places", "camp-david", "protest", "call", "summit"]),
        ({"kind": ["call", "summit"]}, ["summit", "call"]),
        ({"topic": "security", "where": "JP"}, ["summit"]),
        ({"country": "US"}, ["camp-david"]),
        ({"leader": "lee-jae-myung", "with": "ishiba-shigeru"}, ["summit", "call"]),
        ({"status": "postponed"}, ["both-places"]),
        ({"from": "2025", "to": "2025-07"}, ["call"]),
        ({"from": "2025", "to": "2024"}, []),
        ({"q": "nothing has these words"}, []),
    ],
)
def test_the_timelines_filters_choose(ask, query, expected):
    make_some_events()

    assert slugs(ask("events", **query)) == expected


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_lead_through_every_event_once(client, ask, order):
    make_some_events()
    page = ask("events", order=order, limit=2)
    seen = slugs(page)
    while page["next"]:
        response = client.get(page["next"])
        page = response.json()
        seen += slugs(page)

    assert seen == slugs(ask("events", order=order))
    assert 'rel="next"' not in response["Link"]


def test_the_next_page_is_also_told_in_a_header(client):
    make_some_events()
    response = client.get("/api/v1/events?limit=2&kind=call&kind=summit&kind=dispute")

    assert f'<{response.json()["next"]}>; rel="next"' in response["Link"]
    assert "kind=call&kind=summit&kind=dispute" in response.json()["next"]


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ({"kind": "party"}, {"kind": "“party” is not known here"}),
        ({"country": ["KR", "kr"]}, {"country": "“kr” is not known here"}),
        ({"order": "backwards"}, {"order": "“backwards” is not known here"}),
        ({"q": "x" * 201}, {"q": "give at most 200 characters"}),
    ],
)
def test_a_value_that_is_not_known_is_refused(refused, query, reasons):
    make_some_events()

    told = {one["field"]: one["reason"] for one in refused("events", **query)["errors"]}
    assert told == reasons
    if "q" not in query:
        assert refused(
            "facets", **{k: v for k, v in query.items() if k != "order"} or {"kind": "x"}
        )


@pytest.mark.parametrize("count", [1, 12])
def test_a_page_costs_the_same_for_few_and_many(client, django_assert_num_queries, count):
    for number in range(count):
        make_event(
            starts_on=date(2025, 6, 1 + number),
            people=["lee-jae-myung"],
            places=[("Seoul", "KR")],
            topics=["security"],
        )

    # The record, its names (3), the events, who took part, what changed, phrases.
    with django_assert_num_queries(8):
        client.get("/api/v1/events")


def test_an_event_has_everything_of_its_own_in_three_languages(ask):
    lee = make_person("lee-jae-myung", name_ja="李在明")
    make_term(lee, office=make_office(name_ko="대한민국 대통령"))
    Phrase.objects.create(text_en="Busan", text_ko="부산", text_ja="釜山")
    make_event(
        slug="talks",
        kind="SUMMIT",
        setting="BILATERAL",
        starts_on=date(2025, 6, 9),
        clock_time=time(9, 30),
        time_zone="Asia/Seoul",
        title_ko="",
        people=[lee],
        places=[("Busan", "KR"), ("Gyeongju", "KR")],
        actors=["KR"],
    )
    [row] = ask("events")["results"]

    assert row["kind"] == "summit"
    assert row["channel"] == "in_person"
    assert row["visit_type"] is None
    assert row["title"]["ko"] is None
    assert row["summary"] is None
    assert row["date"] == {
        "precision": "day",
        "starts_on": "2025-06-09",
        "ends_on": None,
        "last_possible_on": "2025-06-09",
        "clock_time": "09:30",
        "time_zone": "Asia/Seoul",
        "minutes": None,
        "approximate": False,
    }
    assert [(one["code"], one["acted"]) for one in row["countries"]] == [
        ("KR", True),
        ("JP", False),
    ]
    assert row["places"][0]["city"] == {"en": "Busan", "ko": "부산", "ja": "釜山"}
    assert row["places"][1]["city"] == {"en": "Gyeongju", "ko": None, "ja": None}
    [participant] = row["participants"]
    assert participant["person"]["name"]["ja"] == "李在明"
    assert participant["office"]["name"]["ko"] == "대한민국 대통령"
    assert row["pages"]["ja"] == "http://testserver/ja/events/talks/"


@pytest.fixture
def whole(ask):
    """The second meeting of two leaders, with all that can hang on an event."""
    lee, ishiba = make_person("lee-jae-myung"), make_person("ishiba-shigeru", "JP")
    make_term(lee)
    make_term(ishiba, office=make_office("prime_minister", "JP"), starts_on=date(2024, 10, 1))
    first = make_event(
        slug="first", kind="SUMMIT", starts_on=date(2025, 6, 17), people=[lee, ishiba]
    )
    second = make_event(
        slug="second", kind="SUMMIT", starts_on=date(2025, 8, 23), people=[lee, ishiba]
    )
    make_readout(second, "JP", points=[("security", "AGREED", "to talk more often")])
    make_commitment(second, fulfilled_by=first, status="FULFILLED")
    make_commitment(first, fulfilled_by=second, status="FULFILLED", slug="done-at-second")
    make_anniversary(origin_on=date(2025, 8, 23))
    Evidence.objects.create(
        citation=Citation.objects.get(event=second),
        field="kind",
        value="SUMMIT",
        sentence="They met.",
        quote="met",
        starts_at=5,
        ends_at=8,
        text_sha256="0" * 64,
    )
    return ask("events/second")


def test_one_event_comes_with_all_that_hangs_on_it(whole, ask):
    [citation], [readout] = whole["citations"], whole["readouts"]
    [evidence], [point] = citation["evidence"], readout["points"]

    assert (evidence["field"], evidence["quote"], evidence["starts_at"]) == ("kind", "met", 5)
    assert citation["publisher"] == {"host": "example.org", "name": None, "source_class": "unknown"}
    assert readout["issuer"]["code"] == "JP"
    assert (point["topic"]["slug"], point["stance"]) == ("security", "agreed")
    assert whole["commitments"][0]["fulfilled_by"]["slug"] == "first"
    assert whole["fulfils"][0]["id"] == "done-at-second"
    assert whole["relations"]["previous"]["slug"] == "first"
    assert whole["relations"]["next"] is None
    assert whole["relations"]["anniversaries"][0]["slug"] == "normalization-treaty"
    # What a list says of it is a part of that.
    row = next(row for row in ask("events")["results"] if row["slug"] == "second")
    assert {name: whole[name] for name in row} == row


def test_ordinals_are_told_in_three_languages_with_what_was_counted(whole, ask):
    [ordinal] = whole["ordinals"]

    assert ordinal["number"] == 2
    assert ordinal["headline"]["en"] == "Their 2nd meeting in person"
    assert len(set(ordinal["headline"].values())) == 3
    assert [one["slug"] for one in ordinal["counted"]] == ["first", "second"]
    assert ordinal["rule"]["population"]["en"].startswith("Meetings in person")
    assert ask("events/second/ordinals")["results"] == [ordinal]


def test_an_event_is_found_by_its_id_as_by_its_slug(whole, ask):
    assert ask(f"events/{whole['id']}") == whole


def test_former_and_merged_addresses_lead_on_and_withdrawn_ones_say_why(
    client, editor, now, refused
):
    kept, other = make_event(slug="kept"), make_event(slug="other")
    rename(kept, slug="renamed", by=editor)
    merge(other, into=kept, by=editor)
    for path in ("kept", "other", other.public_id):
        moved = client.get(f"/api/v1/events/{path}")
        assert (moved.status_code, moved["Location"]) == (301, "/api/v1/events/renamed")
    assert client.get("/api/v1/events/kept/ordinals")["Location"].endswith("renamed/ordinals")

    withdraw(kept, reason="It did not take place.", by=editor, at=now)
    problem = refused("events/renamed", status=410)
    assert problem["reason"] == "It did not take place."
    assert problem["id"] == str(kept.public_id)
    assert refused("events/other", status=410)["slug"] == "renamed"


def test_drafts_are_nowhere(ask, refused):
    draft = make_event(slug="draft", published=False)
    make_readout(draft)
    make_commitment(draft)

    refused("events/draft", status=404)
    refused(f"events/{draft.public_id}", status=404)
    refused("readouts", status=404, event="draft")
    for name in ("events", "readouts", "commitments"):
        assert ask(name)["results"] == []
    assert ask("events", updated_since="2020-01-01")["results"] == []


def test_numbers_stand_beside_the_other_filters(ask):
    make_some_events()
    facets = ask("facets", kind="call")

    assert facets["total"] == 1
    assert {one["value"]: one["events"] for one in facets["kind"]}["dispute"] == 1
    assert [(one["value"], one["events"]) for one in facets["topic"]] == [("security", 1)]
    assert facets["country"][0]["name"]["ko"] == "대한민국"
    assert facets["years"] == [{"year": 2025, "events": 1}]
    assert ask("facets", **{"from": "2025", "to": "2024"})["total"] == 0
