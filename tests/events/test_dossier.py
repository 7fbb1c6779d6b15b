"""What an event's page rests on and what was agreed: sources by class, commitments."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from events.models import Phrase, Publisher
from events.publication import publish
from tests.events.build import (
    NOW,
    make_citation,
    make_commitment,
    make_event,
    make_publisher,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)


def page_of(client, slug, language="en"):
    response = client.get(f"/{language}/events/{slug}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


# --- Sources ------------------------------------------------------------------------------------


def test_sources_stand_by_class_the_official_ones_first_and_are_numbered_through(
    client, editor, now
):
    event = make_event(slug="one", citations=0, published=False)
    for position, (host, source_class) in enumerate(
        [
            ("blog.example", "BLOG"),
            ("press-1.example", "PRESS"),
            ("mofa.example", "OFFICIAL"),
            ("press-2.example", "PRESS"),
        ]
    ):
        publisher = make_publisher(host, name=host, source_class=source_class)
        make_citation(event=event, publisher=publisher, position=position)
    publish(event, by=editor, at=now)
    page = page_of(client, "one")
    sources = page[page.index('id="sources"') :]
    groups = re.findall(
        r'<h3>([^<]+)</h3> *<ol class="citations" start="(\d+)">(.*?)</ol>', sources
    )
    assert [(label, start) for label, start, _list in groups] == [
        ("Official", "1"),
        ("Press", "2"),
        ("Blog", "4"),
    ]
    named = [re.findall(r"<b>([^<]+)</b>", listed) for _label, _start, listed in groups]
    assert named == [["mofa.example"], ["press-1.example", "press-2.example"], ["blog.example"]]


def test_every_class_of_publishers_has_its_place_and_name_in_each_language(client):
    event = make_event(slug="one", citations=0, published=False)
    for source_class in reversed(Publisher.Class.values):
        host = f"{source_class.lower()}.example"
        publisher = make_publisher(host, source_class=source_class)
        make_citation(event=event, publisher=publisher)
    publish(event, by=make_user(), at=NOW)
    for language in ("en", "ko", "ja"):
        page = page_of(client, "one", language=language)
        sources = page[page.index('id="sources"') :]
        with translation.override(language):
            expected = [str(label) for label in Publisher.Class.labels]
        assert re.findall(r"<h3>([^<]+)</h3>", sources) == expected
        assert len(set(expected)) == len(expected)


# --- What was agreed ----------------------------------------------------------------------------


def agreed(page):
    """What was agreed to be done, and what the page says became of it."""
    part = re.search(r'<section class="part" aria-labelledby="commitments">(.*?)</section>', page)
    # The link to report an error closes each, and is no part of what is said.
    row = r"<li> <p>(.*?)</p> <p class=.hint.>(.*?)(?: · <a class=.report-link.*?</a>) ?</p>"
    rows = re.findall(row, part[1]) if part else []
    return [tuple(" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in row) for row in rows]


@TODAY
def test_each_commitment_tells_what_became_of_it_and_who_says_so(client):
    event = make_event(slug="summit")
    later = make_event(title_en="Working group meets", starts_on=date(2025, 9, 30))
    source = {"publisher": make_publisher("mofa.example", name="The ministry")}
    for text, fields in (
        ("meet yearly", {"status": "FULFILLED", "fulfilled_by": later}),
        ("set up a fund", {"status": "LAPSED"}),
        ("build a line", {"status": "LAPSED", "fulfilled_by": later}),
        ("study it", {"status": "OPEN", "fulfilled_by": later}),
        ("talk more", {"status": "OPEN", "due_text": "by the end of 2025"}),
    ):
        make_commitment(event, text_en=text, **source, **fields)
    followed = "Working group meets, Tuesday, 30 September 2025."
    assert agreed(page_of(client, "summit")) == [
        ("meet yearly", f"Fulfilled by {followed} Source: The ministry"),
        ("set up a fund", "Lapsed. Source: The ministry"),
        ("build a line", f"Lapsed: {followed} Source: The ministry"),
        (
            "study it",
            f"No fulfilment recorded as of 1 June 2026. Event that followed: {followed} "
            "Source: The ministry",
        ),
        (
            "talk more",
            "Deadline as recorded: by the end of 2025. "
            "No fulfilment recorded as of 1 June 2026. Source: The ministry",
        ),
    ]


@TODAY
@pytest.mark.parametrize(
    ("language", "due", "open_"),
    [
        ("ko", "2025년 말까지", "2026년 6월 1일"),
        ("ja", "2025年末まで", "2026年6月1日"),
    ],
)
def test_a_deadline_is_told_in_the_readers_words(client, language, due, open_):
    Phrase.objects.create(
        text_en="by the end of 2025", text_ko="2025년 말까지", text_ja="2025年末まで"
    )
    make_commitment(make_event(slug="summit"), due_text="by the end of 2025")
    ((_text, said),) = agreed(page_of(client, "summit", language=language))
    assert due in said
    assert open_ in said
    assert "by the end" not in said


def test_what_an_event_followed_through_stands_in_the_order_in_which_it_was_agreed(client):
    later = make_event(slug="later", starts_on=date(2025, 9, 30))
    for text, day in (("second", 9), ("first", 1)):
        event = make_event(title_en=f"Summit of the {day}th", starts_on=date(2025, 6, day))
        make_commitment(event, text_en=text, status="FULFILLED", fulfilled_by=later)
    page = page_of(client, "later")
    part = page[page.index('id="fulfils"') : page.index('id="sources"')]
    assert re.findall(r"<li><p>(.*?)</p>", part) == ["first", "second"]
    assert re.search(r"Agreed at <a [^>]+>Summit of the 1th</a>", part)
    assert agreed(page) == []


def test_an_event_that_agreed_nothing_says_nothing_of_it(client):
    make_event(slug="call")
    page = page_of(client, "call")
    assert "What was agreed to be done" not in page
    assert "What this event followed through" not in page
