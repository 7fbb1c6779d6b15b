"""Keeping a copy in step: what has changed since a moment, and what has gone."""

from datetime import UTC, datetime, timedelta

import pytest

from events.history import at_time
from events.models import Citation, Event, Evidence, Point
from events.publication import merge, publish, withdraw
from tests.events.build import make_citation, make_event, make_readout

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


def hour(number):
    return at_time(BEGIN + timedelta(hours=number))


def since(number):
    return (BEGIN + timedelta(hours=number)).isoformat()


def told(page):
    return [(row["slug"], row["state"]) for row in page["results"]]


def test_what_has_changed_comes_in_the_order_of_its_change(ask):
    with hour(0):
        first, second = make_event(slug="first"), make_event(slug="second")
    with hour(2):
        Event.objects.filter(pk=second.pk).update(title_en="Corrected")
    with hour(3):
        make_citation(event=first)

    everything = ask("events", updated_since=since(0))
    assert told(everything) == [("second", "published"), ("first", "published")]
    assert everything["results"][0]["updated_at"] == "2026-06-01T05:00:00Z"
    assert told(ask("events", updated_since=since(3))) == [("first", "published")]
    assert told(ask("events", updated_since=since(4))) == []


def test_a_change_of_what_hangs_on_a_source_or_an_account_counts(ask):
    with hour(0):
        event = make_event(slug="call")
        readout = make_readout(event, points=[(None, "AGREED", "to meet again")])
    with hour(2):
        Point.objects.filter(readout=readout).update(text_ko="다시 만나기로 함")
    assert ask("events", updated_since=since(1))["results"][0]["updated_at"].startswith(
        "2026-06-01T05"
    )
    with hour(4):
        Evidence.objects.create(
            citation=Citation.objects.get(event=event),
            field="kind",
            sentence="They spoke.",
            quote="spoke",
            starts_at=5,
            ends_at=10,
            text_sha256="0" * 64,
        )
    assert ask("events/call")["updated_at"].startswith("2026-06-01T07")


def test_what_was_withdrawn_or_merged_is_told_with_reason_and_survivor(ask, editor, now):
    with hour(0):
        gone, twin, kept = (make_event(slug=slug) for slug in ("gone", "twin", "kept"))
    with hour(2):
        withdraw(gone, reason="It did not take place.", by=editor, at=now)
    with hour(3):
        merge(twin, into=kept, by=editor)

    withdrawn, merged, survivor = ask("events", updated_since=since(1))["results"]
    assert (withdrawn["slug"], withdrawn["state"]) == ("gone", "withdrawn")
    assert withdrawn["reason"] == "It did not take place."
    assert "title" not in withdrawn
    assert (merged["slug"], merged["state"]) == ("twin", "merged")
    assert merged["survivor"]["slug"] == "kept"
    assert survivor["state"] == "published"


def test_a_draft_is_told_of_when_it_is_published(ask, editor, now):
    with hour(0):
        draft = make_event(slug="draft", published=False)
    assert told(ask("events", updated_since=since(0))) == []
    with hour(2):
        publish(draft, by=editor, at=now)
    assert told(ask("events", updated_since=since(1))) == [("draft", "published")]


def test_filters_hold_for_what_has_changed(ask, editor, now):
    with hour(0):
        make_event(slug="call")
        summit = make_event(slug="summit", kind="SUMMIT")
        withdraw(summit, reason="Twice.", by=editor, at=now)

    assert told(ask("events", updated_since=since(0), kind="call")) == [("call", "published")]
    assert told(ask("events", updated_since=since(0), kind="summit")) == [("summit", "withdrawn")]
    assert told(ask("events", updated_since=since(0), q="?!")) == []


def test_pages_of_changes_lead_through_each_once(client, ask):
    with hour(0):
        for number in range(3):
            make_event(slug=f"event-{number}")
    with hour(1):
        make_event(slug="event-3")

    page = ask("events", updated_since=since(0), limit=2)
    seen = told(page)
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += told(page)
    assert [slug for slug, _state in seen] == [f"event-{number}" for number in range(4)]


def test_the_answer_says_what_to_ask_for_the_next_time(ask, time_machine):
    time_machine.move_to(BEGIN + timedelta(days=1), tick=False)

    assert ask("events", updated_since="2026-06-01")["updated_until"] == "2026-06-02T02:55:00Z"
    assert ask("events")["updated_until"] is None


def test_a_day_begins_at_midnight_in_seoul_and_tokyo(ask):
    with at_time(datetime(2026, 6, 1, 14, 59, tzinfo=UTC)):
        make_event(slug="before")
    with at_time(datetime(2026, 6, 1, 15, 0, tzinfo=UTC)):
        make_event(slug="after")

    assert told(ask("events", updated_since="2026-06-02")) == [("after", "published")]


def test_on_a_past_day_nothing_is_told_that_came_later(ask, time_machine):
    time_machine.move_to(datetime(2026, 6, 5, 3, tzinfo=UTC), tick=False)
    with hour(0):
        event = make_event(slug="call", title_en="As announced")
    with hour(48):
        Event.objects.filter(pk=event.pk).update(title_en="As it took place")

    page = ask("events", updated_since=since(0), as_of="2026-06-01")
    assert page["as_of"] == "2026-06-01"
    assert page["results"][0]["title"]["en"] == "As announced"
    assert page["results"][0]["updated_at"] == "2026-06-01T03:00:00Z"
    assert ask("events/call", as_of="2026-06-02")["title"]["en"] == "As announced"
    assert ask("events/call")["title"]["en"] == "As it took place"


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00+23:59", "1969-12-31"])
def test_a_moment_long_ago_asks_for_everything(ask, moment):
    make_event(slug="call")

    assert told(ask("events", updated_since=moment)) == [("call", "published")]


@pytest.mark.parametrize("moment", ["9999-12-31", "9999-12-31T23:59:60-23:59"])
def test_a_moment_that_is_still_to_come_has_nothing(ask, moment):
    make_event()

    assert told(ask("events", updated_since=moment)) == []
