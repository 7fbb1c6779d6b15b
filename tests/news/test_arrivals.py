"""What of a feed is new, and what is known under another title, address or id."""

from datetime import UTC, datetime, timedelta

import pytest

from news.arrivals import Stored, is_retitled, sort_out
from news.canonical import address_key, key_of
from news.parsing.items import FeedItem

AT = datetime(2025, 6, 10, 0, 0, tzinfo=UTC)
HERE = "https://example.org/a"


def item(url=HERE, guid="", title="Leaders speak by phone", at=AT, **fields):
    return FeedItem(url, guid, title, at, at.date() if at else None, **fields)


def stored(url=HERE, guid="", title="Leaders speak by phone", at=AT, pk=1, **fields):
    return Stored(pk, address_key(url), key_of(guid), title, at, **fields)


def test_an_item_is_known_by_its_address_however_that_is_spelled_and_whatever_its_id():
    spelled = "HTTP://EXAMPLE.org:80/a?utm_source=rss#top"

    assert sort_out([item(spelled, guid="new")], [stored(guid="old")]).new == []


def test_an_item_offered_twice_is_added_once():
    assert len(sort_out([item(), item(HERE + "?fbclid=1"), item()], []).new) == 1


def test_a_known_id_at_another_address_is_an_article_that_has_moved():
    arrivals = sort_out([item("https://example.org/b", guid="1")], [stored(guid="1")])

    assert (arrivals.new, arrivals.titles, arrivals.shared) == ([], {}, set())


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Rain expected in the south"},
        {"title": "Leaders speak by phone", "at": AT + timedelta(days=3)},
        {"title": ""},
    ],
)
def test_an_id_used_for_another_article_does_not_lose_it(change):
    offered = item("https://example.org/b", guid="1", **change)

    arrivals = sort_out([offered], [stored(guid="1")])

    assert [(each.url, each.guid) for each in arrivals.new] == [("https://example.org/b", "")]
    assert arrivals.shared == {1}


def test_titles_that_differ_in_a_number_are_two_articles():
    rows = [stored(guid="1", title="Briefing of June 10")]

    assert sort_out([item("https://example.org/b", "1", "Briefing of June 11")], rows).new


def test_one_id_for_all_loses_nothing_over_many_polls():
    rows, added = [], 0
    for number in range(20):
        offered = item(f"https://example.org/{number}", "same", f"Story {'abc' * number}", AT)
        arrivals = sort_out([offered], rows)
        rows = [
            Stored(
                r.pk, r.address_key, r.guid_key, r.title, r.published_at, r.pk in arrivals.shared
            )
            if r.pk in arrivals.shared
            else r
            for r in rows
        ]
        for new in arrivals.new:
            added += 1
            rows.append(stored(new.url, new.guid, new.title, pk=added))
    assert added == 20


def test_an_id_that_is_known_to_be_shared_says_nothing_any_more():
    rows = [stored(guid="1", guid_is_shared=True)]

    assert sort_out([item("https://example.org/b", guid="1")], rows).new


def test_another_title_at_a_known_address_or_id_is_told_and_other_punctuation_is_not():
    rows = [stored(guid="1")]

    assert sort_out([item(title="Leaders talk")], rows).titles == {1: "Leaders talk"}
    moved = item("https://example.org/b", "1", "Leaders speak by telephone")
    assert sort_out([moved], rows).titles == {1: "Leaders speak by telephone"}
    assert sort_out([item(title="LEADERS speak, by phone")], rows).titles == {}
    assert not is_retitled("A", "")


def test_a_date_that_was_made_up_does_not_tell_articles_apart():
    offered = item("https://example.org/b", "1", at=AT + timedelta(days=9), date_problem="future")

    assert sort_out([offered], [stored(guid="1")]).new == []
