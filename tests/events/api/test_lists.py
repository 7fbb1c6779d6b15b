"""People, terms, topics, recurring days, readouts and commitments for programs."""

from datetime import UTC, date, datetime

import pytest

from events.history import at_time
from events.models import Person, Topic
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_office,
    make_person,
    make_readout,
    make_some_events,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(settings, time_machine):
    settings.API_REQUESTS_PER_MINUTE = 0
    time_machine.move_to(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)


def names(page, name="slug"):
    return [row[name] for row in page["results"]]


def test_people_are_those_who_took_part_or_held_an_office(ask):
    lee = make_person("lee-jae-myung", aliases=[("ko", "이재명")], family_name_en="Lee")
    make_term(make_person("ishiba-shigeru", "JP"), office=make_office("prime_minister", "JP"))
    make_person("nobody")
    make_event(people=[lee])
    make_event(people=["only-in-a-draft"], published=False)
    first, second = ask("people")["results"]

    assert (first["slug"], first["events"], first["terms"]) == ("lee-jae-myung", 1, [])
    assert first["aliases"] == [{"language": "ko", "form": "이재명"}]
    assert (first["family_name"], first["given_name"]) == ("Lee", None)
    assert (second["slug"], second["events"]) == ("ishiba-shigeru", 0)
    assert second["terms"][0]["office"]["slug"] == "prime_minister"
    assert ask("people/ishiba-shigeru") == second


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["lee-jae-myung", "ishiba-shigeru", "kishida-fumio"]),
        ({"country": "JP"}, ["ishiba-shigeru", "kishida-fumio"]),
        ({"office": "president"}, ["lee-jae-myung"]),
        ({"person": ["kishida-fumio", "lee-jae-myung"]}, ["lee-jae-myung", "kishida-fumio"]),
        ({"on": "2024-10-01"}, ["ishiba-shigeru", "kishida-fumio"]),
        ({"on": "2024-09-30", "country": "KR"}, []),
    ],
)
def test_terms_are_chosen_by_person_country_office_and_day(ask, query, expected):
    make_term()
    minister = make_office("prime_minister", "JP")
    for slug, begins, ends in (
        ("ishiba-shigeru", date(2024, 10, 1), date(2025, 10, 21)),
        ("kishida-fumio", date(2021, 10, 4), date(2024, 10, 1)),
    ):
        make_term(make_person(slug, "JP"), office=minister, starts_on=begins, ends_on=ends)

    assert [row["person"]["slug"] for row in ask("terms", **query)["results"]] == expected


def test_topics_say_how_many_events_they_have(ask):
    make_topic("trade")
    make_some_events()
    trade, *others = ask("topics")["results"]

    assert (trade["slug"], trade["events"]) == ("trade", 0)
    assert {row["slug"]: row["events"] for row in others}["security"] == 3
    assert ask("topics/trade") == trade


def test_former_names_lead_on_and_removed_ones_say_so(client, refused):
    make_topic("trade")
    make_topic("fishery")
    make_term()
    Topic.objects.filter(slug="trade").update(slug="commerce")
    Topic.objects.filter(slug="fishery").delete()
    Person.objects.filter(slug="lee-jae-myung").update(slug="lee")

    moved = client.get("/api/v1/topics/trade?x=1")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/topics/commerce?x=1")
    assert client.get("/api/v1/people/lee-jae-myung")["Location"] == "/api/v1/people/lee"
    assert refused("topics/fishery", status=410)["slug"] == "fishery"
    refused("topics/never", status=404)


@pytest.fixture
def recurring():
    make_anniversary("treaty", origin_on=date(1965, 6, 22))
    make_anniversary("leap-day", origin_on=date(2000, 2, 29))
    make_anniversary("lunar", origin_on=date(1900, 6, 1), calendar="LUNAR", countries=["KR"])


def falls(page):
    return [
        (row["slug"], row["occurrence"]["falls_on"], row["occurrence"]["years"])
        for row in page["results"]
    ]


def test_days_that_recur_come_with_their_next_return(ask, recurring):
    leap, lunar, treaty = ask("anniversaries")["results"]

    assert leap["occurrence"] == {"falls_on": "2027-02-28", "years": 27, "days": 272}
    assert (lunar["calendar"], lunar["countries"]) == ("lunar", ["KR"])
    assert treaty["occurrence"]["years"] == 61
    assert ask("anniversaries/treaty") == treaty


def test_the_next_returns_are_in_order_whatever_day_they_recall(ask, recurring):
    found = falls(ask("anniversaries", next=5, on="2024-02-28"))

    assert found[0] == ("leap-day", "2024-02-29", 24)
    assert [day for _slug, day, _years in found] == sorted(day for _slug, day, _years in found)
    assert len(found) == 5
    assert len({slug for slug, _day, _years in found}) == 3


def test_what_falls_on_a_day_has_its_ordinal(ask, recurring):
    assert falls(ask("anniversaries", on="2025-06-22")) == [("treaty", "2025-06-22", 60)]
    assert falls(ask("anniversaries", on="1965-06-22")) == [("treaty", "1965-06-22", 0)]
    assert falls(ask("anniversaries", on="2025-06-23")) == []
    assert falls(ask("anniversaries", on="9999-12-31")) == []


def test_readouts_are_chosen_by_event_government_and_topic(ask, refused):
    call = make_event(slug="call")
    korean = make_readout(call, "KR", points=[("trade", "MENTIONED", "more of it")])
    japanese = make_readout(make_event(), "JP", issuing_body="")

    assert names(ask("readouts"), "id") == [korean.slug, japanese.slug]
    for query in (
        {"event": "call"},
        {"event": call.public_id},
        {"issuer": "KR"},
        {"topic": "trade"},
    ):
        assert names(ask("readouts", **query), "id") == [korean.slug]
    row = ask(f"readouts/{japanese.slug}")
    assert (row["issuing_body"], row["points"], row["is_whole"]) == (None, [], None)
    assert refused("readouts", issuer="XX")["errors"][0]["field"] == "issuer"
    refused("readouts", status=404, event="no-such-event")
    refused("readouts/none", status=404)


@pytest.mark.parametrize(
    ("due", "precision", "standing"),
    [
        (None, "", "open"),
        (date(2026, 6, 14), "DAY", "overdue"),
        (date(2026, 6, 15), "DAY", "open"),
        (date(2026, 5, 1), "MONTH", "overdue"),
        (date(2026, 6, 1), "MONTH", "open"),
        (date(2025, 1, 1), "YEAR", "overdue"),
        (date(2026, 1, 1), "YEAR", "open"),
    ],
)
def test_a_commitment_is_overdue_once_its_deadline_is_over(
    ask, time_machine, due, precision, standing
):
    time_machine.move_to(datetime(2026, 6, 15, 3, 0, tzinfo=UTC), tick=False)
    row = make_commitment(make_event(), due_on=due, due_precision=precision)

    assert ask(f"commitments/{row.slug}")["standing"] == standing
    # What the database chooses and what the row says are the same rule.
    for asked in ("open", "overdue", "fulfilled", "lapsed"):
        found = names(ask("commitments", standing=asked), "id")
        assert found == ([row.slug] if asked in ("open", standing) else [])


def test_a_commitment_names_where_it_was_agreed_and_what_did_it(ask):
    agreed, done = make_event(slug="agreed"), make_event(slug="done")
    make_commitment(agreed, slug="c1", status="FULFILLED", fulfilled_by=done, due_text="soon")
    [row] = ask("commitments", event="agreed", standing=["fulfilled", "lapsed"])["results"]

    assert (row["event"]["slug"], row["fulfilled_by"]["slug"]) == ("agreed", "done")
    assert row["due"] == {
        "text": {"en": "soon", "ko": None, "ja": None},
        "precision": None,
        "last_day": None,
    }
    assert ask("commitments", event="done")["results"] == []


@pytest.mark.parametrize("name", ["people", "terms", "topics", "readouts", "commitments"])
@pytest.mark.parametrize("count", [1, 6])
def test_a_list_costs_the_same_for_few_and_many(client, django_assert_max_num_queries, name, count):
    for number in range(count):
        person = make_person(f"person-{number}")
        make_term(person, office=make_office(f"office-{number}"))
        event = make_event(people=[person], topics=[f"topic-{number}"])
        make_readout(event, points=[(f"topic-{number}", "AGREED", "this")])
        make_commitment(event, due_text="soon")

    with django_assert_max_num_queries(4):
        assert len(client.get(f"/api/v1/{name}").json()["results"]) == count


def test_a_past_day_has_the_lists_of_that_day(ask):
    with at_time(datetime(2026, 5, 1, tzinfo=UTC)):
        make_readout(make_event(people=["lee-jae-myung"]))
    with at_time(datetime(2026, 5, 20, tzinfo=UTC)):
        make_anniversary()
        make_readout(make_event(people=["ishiba-shigeru"], topics=["trade"]))

    assert names(ask("people", as_of="2026-05-10")) == ["lee-jae-myung"]
    assert len(ask("readouts", as_of="2026-05-10")["results"]) == 1
    assert ask("topics", as_of="2026-05-10")["results"] == []
    assert ask("anniversaries", as_of="2026-05-10")["results"] == []
    assert ask("facets", as_of="2026-05-10")["total"] == 1
    assert len(ask("anniversaries", as_of="2026-05-20")["results"]) == 1
