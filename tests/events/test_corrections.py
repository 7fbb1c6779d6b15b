"""The log of corrections of the whole record: what it tells, page by page, and its feed."""

import re
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from events.corrected import BadPlace, Place
from events.corrections import read_log
from events.history import at_time, recorded
from events.models import Citation, Event, Person, Point, Term, Topic
from events.publication import merge, rename, withdraw
from tests.events.build import (
    make_anniversary,
    make_event,
    make_person,
    make_readout,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

START = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@contextmanager
def hour(number, door="admin", **more):
    moment = START + timedelta(hours=number)
    with transaction.atomic(), at_time(moment), recorded(door=door, **more):
        yield


def told(**options):
    """Name, words with their values, role and reason of each entry."""
    return [
        (
            entry.name,
            [_line(one) for one in entry.change.what],
            entry.change.role,
            entry.change.why,
        )
        for entry in read_log(size=50, **options).entries
    ]


def _line(one):
    was, now = ("; ".join(v.text for v in values) for values in (one.was, one.now))
    values = " → ".join(side for side in (was, now) if side)
    return f"{one.words}: {values}" if values else one.words


def test_the_log_tells_what_happened_to_events_newest_first(editor):
    with hour(0, door="load_record"):
        one, other = (make_event(title_en=title) for title in ("One", "Other"))
    with hour(1, told="The ministry corrected its page.", reason="internal", by=editor):
        Event.objects.filter(pk=one.pk).update(title_en="One, corrected")
    with hour(2):
        Citation.objects.filter(event=other).update(url="https://example.org/moved")
    with hour(3):
        rename(other, slug="another-address", by=editor)
    with hour(4):
        merge(one, into=other, by=editor)
    with hour(5):
        withdraw(other, reason="It never took place.", by=editor, at=START)

    lines = told()
    assert "Another event was merged into this one" in lines[1][1]
    del lines[1]
    assert lines == [
        ("Other", ["Withdrawn"], "an editor", "It never took place."),
        ("One, corrected", ["Merged into another event"], "an editor", ""),
        ("Other", ["Address changed"], "an editor", ""),
        ("Other", ["Source changed: example.org"], "an editor", ""),
        (
            "One, corrected",
            ["Title changed: One → One, corrected"],
            "an editor",
            "The ministry corrected its page.",
        ),
        ("Other", ["Published"], "the curated record", ""),
        ("One, corrected", ["Published"], "the curated record", ""),
    ]


def test_drafts_and_what_readers_cannot_see_are_not_told():
    with hour(0):
        make_event(published=False, title_en="Secret")
        event = make_event(title_en="Shown")
    with hour(1):
        Event.objects.update(version=7)

    assert [line[:2] for line in told()] == [("Shown", ["Published"])]
    assert event.title == "Shown"


def test_a_point_of_a_readout_is_told_with_its_event():
    with hour(0):
        event = make_event(title_en="Call")
        make_readout(event, points=[("security", "AGREED", "cooperation")])
    with hour(1):
        Point.objects.update(text_en="more cooperation")

    assert told()[0][:2] == ("Call", ["Readout changed: Republic of Korea"])


def test_corrections_of_people_terms_topics_and_days_are_told_field_by_field():
    with hour(0):
        person = make_person("lee-jae-myung", name_en="Lee Jaemyung")
        make_term(person)
        topic = make_topic("fisheries")
        make_anniversary(title_en="Treaty day")
    with hour(1, told="His own spelling"):
        Person.objects.update(name_en="Lee Jae-myung", name_ko="이재명")
    with hour(2):
        Term.objects.update(ends_on="2030-06-03")
    with hour(3):
        Topic.objects.filter(pk=topic.pk).delete()

    lines = told()
    assert lines[0][:2] == ("Fisheries", ["Removed"])
    assert lines[1][1] == ["Ends on added: 3 June 2030"]
    assert lines[1][0].startswith("Lee Jae-myung · President")
    assert lines[2] == (
        "Lee Jae-myung",
        [
            "Name (English) changed: Lee Jaemyung → Lee Jae-myung",
            "Name (Korean) changed: Lee Jae Myung → 이재명",
        ],
        "an editor",
        "His own spelling",
    )
    assert len(lines) == 3  # that names were entered is no correction


def test_pages_follow_one_another_without_loss_or_repetition(client):
    with hour(0):
        for number in range(45):
            make_event(title_en=f"Event of many {number}")
    with hour(1):
        Event.objects.update(title_en="Renamed")

    address, pages, seen = "/en/corrections/", 0, []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'<li id="([^"]*)">', page)
        older = re.search(r'<a class="button" href="([^"]*)">Earlier', page)
        address = older and older[1]
        pages += 1
    assert (pages, len(seen), len(set(seen))) == (3, 90, 90)
    assert seen == sorted(seen, key=Place.read, reverse=True)


def test_a_page_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    with hour(0):
        for _number in range(20):
            make_event()
    with hour(1):
        Event.objects.update(title_en="Renamed")

    with django_assert_max_num_queries(5):
        client.get("/en/corrections/")


@pytest.mark.parametrize("written", ["x", "20260601T030000.000000Z-nothing-1", "~", "%00", "a-b-c"])
def test_an_unknown_place_shows_the_beginning_and_says_so(client, written):
    with hour(0):
        make_event(title_en="Shown")

    page = client.get(f"/en/corrections/?before={written}")

    assert page.status_code == 200
    assert "is none of the log" in page.content.decode()
    assert "Shown" in page.content.decode()


def test_an_empty_log_says_so(client):
    assert "Nothing has been published yet." in client.get("/en/corrections/").content.decode()


def test_a_place_survives_being_written():
    place = Place(START, "event", "12")

    assert Place.read(place.written()) == place
    with pytest.raises(BadPlace):
        Place.read("20260601T030000.000000Z-user-1")


def test_the_log_of_a_past_day_ends_with_it(client):
    with hour(0):
        event = make_event(title_en="Call")
    with hour(48):
        Event.objects.filter(pk=event.pk).update(title_en="Call, corrected")

    assert "Title changed" in client.get("/en/corrections/").content.decode()
    page = client.get("/en/corrections/?as_of=2026-06-01").content.decode()
    assert "Title changed" not in page
    assert "Published" in page


@pytest.mark.parametrize(("language", "title"), [("en", "Call"), ("ko", "통화"), ("ja", "電話")])
def test_the_feed_names_each_entry_for_ever(client, editor, language, title):
    with hour(0):
        event = make_event(slug="call", title_en="Call", title_ko="통화", title_ja="電話")
    with hour(1, told="A < B & “C”", by=editor):
        Event.objects.filter(pk=event.pk).update(status="CANCELLED")

    answer = client.get(f"/corrections.atom?lang={language}")
    feed = ET.fromstring(answer.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", space)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [entry.find("a:title", space).text.split(":")[0] for entry in entries] == [title] * 2
    assert (
        entries[0].find("a:link", space).get("href") == f"http://testserver/{language}/events/call/"
    )
    assert "A &lt; B &amp; “C”" in entries[0].find("a:summary", space).text
    ids = [entry.find("a:id", space).text for entry in entries]
    assert len(set(ids)) == 2
    again = ET.fromstring(client.get(f"/corrections.atom?lang={language}").content)
    assert [entry.find("a:id", space).text for entry in again.findall("a:entry", space)] == ids
    assert editor.username not in answer.content.decode()
    assert client.get("/corrections.atom?lang=xx").status_code == 400


def test_pages_of_events_and_about_lead_to_the_log(client):
    with hour(0):
        make_event(slug="call")

    for path in ("events/call/", "about/"):
        assert 'href="/en/corrections/"' in client.get(f"/en/{path}").content.decode(), path
