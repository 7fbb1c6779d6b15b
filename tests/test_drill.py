"""The kill drill offers what it says, and kills as often as it must; running it is `make drill`."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tools.drill.__main__ import _order
from tools.drill.entries import SHOWN, as_page, as_rss, read_feeds, window

RECORD = Path(__file__).resolve().parent.parent / "events" / "record" / "events.csv"
STEPS = 3000


@pytest.fixture(scope="module")
def feeds():
    return read_feeds(RECORD)


def test_a_thousand_entries_with_words_of_their_own_are_offered(feeds):
    entries = [entry for feed in feeds for entry in feed.entries]

    assert len(feeds) == 20
    assert len({entry.path for entry in entries}) == len({e.paragraphs for e in entries}) == 1000


def test_each_entry_is_offered_for_a_while_and_then_no_more(feeds):
    feed = feeds[0]
    shown = [{entry.path for entry in window(feed, step / STEPS)} for step in range(STEPS + 1)]

    assert set.union(*shown) == {entry.path for entry in feed.entries}
    assert all(len(offered) == SHOWN for offered in shown)
    middle = feed.entries[25].path
    assert 0.5 < sum(middle in offered for offered in shown) / STEPS < 0.8
    assert middle not in shown[0] | shown[-1]


def test_feeds_and_pages_are_what_the_product_reads(feeds):
    from datetime import UTC, datetime

    from news.extraction import extract
    from news.feeds import read_feed

    for feed in feeds[:3]:
        site = "http://127.0.0.1:8000"
        body = as_rss(feed, window(feed, 0), site)
        now = datetime(2026, 6, 1, tzinfo=UTC)
        items = read_feed(body, url=site, time_zone="UTC", at=now).items
        assert {item.url for item in items} == {site + e.path for e in window(feed, 0)}
        found = extract(as_page(feed.entries[7], feed.language).decode())
        assert found is not None
        assert feed.entries[7].paragraphs[0] in found.text


def test_each_part_is_killed_at_least_ten_times_and_one_seed_makes_one_order():
    order = _order(random.Random(7), is_short=False)
    kinds = Counter(order)

    assert all(kinds[kind] >= 10 for kind in ("worker", "beat", "valkey", "postgres"))
    assert sum(kinds.values()) - kinds["flush"] >= 40
    assert kinds["flush"] > 1
    assert order == _order(random.Random(7), is_short=False)
