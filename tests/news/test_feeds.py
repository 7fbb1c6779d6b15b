"""Feeds as bytes, with what is expected of them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from news.feeds import FeedItem, NotAFeed, read_feed

FEEDS = Path(__file__).parent / "feeds"


def read(name: str, time_zone: str = "Asia/Seoul") -> list[FeedItem]:
    return read_feed((FEEDS / name).read_bytes(), url="https://example.org/f/", time_zone=time_zone)


def test_rss_gives_address_id_title_and_the_day_at_the_outlet():
    assert read("rss2.xml") == [
        FeedItem(
            url="https://example.org/news/1",
            guid="news-1",
            title="Leaders & ministers speak by phone",
            published_at=datetime(2025, 6, 9, 15, 30, tzinfo=UTC),
            published_on=date(2025, 6, 10),
        ),
        FeedItem(
            url="https://example.org/f/2",
            guid="",
            title="전화 회담",
            published_at=datetime(2025, 6, 10, 0, 0, tzinfo=UTC),
            published_on=date(2025, 6, 10),
        ),
        FeedItem("https://example.org/news/3", "", "No time told", None, None),
    ]


def test_atom_and_rdf_are_read_too():
    assert [item.url for item in read("atom.xml")] == ["https://example.org/atom/1"]
    assert [item.url for item in read("rdf.xml")] == ["https://example.org/rdf/1"]


def test_a_time_without_a_zone_is_that_of_the_outlet():
    seoul, london = read("no_zone.xml"), read("no_zone.xml", "Europe/London")

    assert seoul[0].published_at == datetime(2025, 6, 9, 22, 30, tzinfo=UTC)
    assert london[0].published_at == datetime(2025, 6, 10, 6, 30, tzinfo=UTC)
    assert seoul[0].published_on == london[0].published_on == date(2025, 6, 10)


def test_an_item_offered_twice_or_without_a_web_address_is_left_out():
    assert [item.url for item in read("odd_items.xml")] == ["https://example.org/good"]


def test_a_feed_that_breaks_off_gives_the_items_before_the_break():
    assert [item.url for item in read("broken.xml")] == ["https://example.org/news/1"]


def test_a_legacy_charset_is_understood():
    assert read("euc_kr.xml")[0].title == "한일 정상 통화"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "HTML"),
        (b'{"items": []}', "neither RSS nor Atom"),
        (b"\x00\x01\x02", "neither RSS nor Atom"),
        (str(FEEDS / "rss2.xml").encode(), "neither RSS nor Atom"),
        (b"http://example.org/feed", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_told_in_words(body, reason):
    with pytest.raises(NotAFeed, match=reason):
        read_feed(body, url="https://example.org/", time_zone="Asia/Seoul")


def test_a_feed_that_nests_entities_is_not_expanded():
    body = (FEEDS / "entities.xml").read_bytes()

    try:
        items = read_feed(body, url="https://example.org/", time_zone="Asia/Seoul")
    except NotAFeed:
        items = []

    assert all(len(item.title) <= 300 for item in items)
