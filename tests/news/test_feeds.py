"""Feeds as bytes, with what is expected of them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from news.child import ChildFailed, ChildLimits
from news.feeds import Feed, FeedItem, NotAFeed, read_feed, read_index
from news.parsing import items

FETCHED = datetime(2025, 6, 11, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feeds"


def read(name: str, time_zone: str = "Asia/Seoul") -> tuple[FeedItem, ...]:
    return feed((FEEDS / name).read_bytes(), time_zone).items


def feed(body: bytes, time_zone: str = "Asia/Seoul", content_type: str = "") -> Feed:
    return read_feed(
        body,
        url="https://example.org/f/",
        time_zone=time_zone,
        at=FETCHED,
        content_type=content_type,
    )


def test_rss_gives_address_id_title_and_the_day_at_the_outlet():
    assert list(read("rss2.xml")) == [
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
        FeedItem("https://example.org/news/3", "", "No time told", None, None, "missing"),
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
        (b"[" * 200_000, "neither RSS nor Atom"),
        (b'{"a":' * 200_000, "neither RSS nor Atom"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 1}', "neither RSS nor Atom"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "HTML"),
        (b"<!-- x --><!DOCTYPE html SYSTEM 'about:legacy-compat'><html></html>", "HTML"),
        (b"<?xml version='1.0'?><urlset><item/></urlset>", "neither RSS nor Atom"),
        (b"\x00\x01\x02", "neither RSS nor Atom"),
        (str(FEEDS / "rss2.xml").encode(), "neither RSS nor Atom"),
        (b"http://example.org/feed", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_told_in_words(body, reason):
    with pytest.raises(NotAFeed, match=reason):
        feed(body)


def test_a_json_feed_is_read():
    body = """{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
      {"id": 7, "url": "a?b=1&c=2", "title": "Leaders &amp; ministers",
       "content_html": "<p>One</p><p>Two</p>", "summary": "One",
       "date_published": "2025-06-10T09:00:00+09:00"},
      {"id": "https://example.org/by-id", "content_text": "한일 정상 통화"},
      {"id": "x", "external_url": "https://example.net/elsewhere", "url": "javascript:alert(1)"},
      {"id": "none"}, 5, null
    ]}"""

    found = feed(body.encode("utf-8-sig"), content_type="application/feed+json")

    first, second, third = found.items
    assert (first.url, first.guid) == ("https://example.org/f/a?b=1&c=2", "7")
    assert (first.title, first.summary) == ("Leaders & ministers", "One\n\nTwo")
    assert first.published_on == date(2025, 6, 10)
    assert (second.url, second.summary) == ("https://example.org/by-id", "한일 정상 통화")
    assert third.url == "https://example.net/elsewhere"
    assert found.left_out == 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999999</ttl>", 30 * 86400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        (
            "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21600,
        ),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            3600,
        ),
        ("", None),
    ],
)
def test_how_long_a_feed_stays_as_it_is(told, seconds):
    body = (
        '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"{told}<item><link>/1</link><ttl>5</ttl></item></channel></rss>"
    )

    assert feed(body.encode()).ttl_seconds == seconds


def test_the_summary_is_the_longest_text_that_the_feed_gives():
    body = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>
      <link>/1</link><description>Short</description>
      <content:encoded><![CDATA[<p onclick="x()">The <b>whole</b> text</p><script>y()</script>
      ]]></content:encoded></item></channel></rss>"""

    assert feed(body.encode()).items[0].summary == "The whole text"


def test_atom_gives_its_alternate_link_resolved_by_its_base():
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/base/">
      <entry xml:base="news/"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A
      <b>call</b></div></title><link rel="self" href="https://example.org/self"/>
      <link rel="alternate" href="1"/><id>tag:1</id><updated>2025-06-10T00:00:00Z</updated>
      <published>2025-06-09T00:00:00Z</published></entry></feed>"""

    (item,) = feed(body.encode()).items

    assert (item.url, item.title) == ("https://example.org/base/news/1", "A call")
    assert item.published_at == datetime(2025, 6, 9, tzinfo=UTC)


INDEX = """<html><head><base href="/press/"></head><body>
  <nav><a href="/about">About</a> <a href="javascript:go()">Go</a></nav>
  <table>
    <tr><td><a href="view?id=2"><img alt="사진"></a></td>
        <td><a href="view?id=2#top">한일 외교장관 &lt;통화&gt; (6월 8일)</a></td>
        <td>2025.06.10</td></tr>
    <tr><td><a href="view?id=1">日韓電話会談</a></td><td>令和7年6月9日</td></tr>
    <tr><td><a href="view?id=3">No date</a></td></tr>
  </table></body></html>""".encode()


def index(pattern, body=INDEX, **told):
    return read_index(
        body,
        url="https://example.org/",
        pattern=pattern,
        time_zone="Asia/Tokyo",
        at=FETCHED,
        **told,
    )


def test_a_page_is_read_as_a_list_of_links_with_the_dates_beside_them():
    found = index(r"/press/view\?id=\d+$").items

    assert [item.url.partition("?")[2] for item in found] == ["id=2", "id=1", "id=3"]
    assert [item.title for item in found] == [
        "한일 외교장관 <통화> (6월 8일)",
        "日韓電話会談",
        "No date",
    ]
    assert [item.published_on for item in found] == [date(2025, 6, 10), date(2025, 6, 9), None]
    assert found[2].date_problem == "missing"


@pytest.mark.parametrize(
    ("pattern", "body", "reason"),
    [
        ("/nothing/", INDEX, "No link"),
        ("(", INDEX, "not a regular expression"),
        ("x", b" ", "empty"),
        ("x", b"\x00\xff\xfe", "No link|empty"),
    ],
)
def test_a_page_without_links_that_fit_is_told_in_words(pattern, body, reason):
    with pytest.raises(NotAFeed, match=reason):
        index(pattern, body)


def test_a_pattern_without_end_costs_a_child():
    body = f'<a href="/{"a" * 60}!">x</a>'.encode()

    with pytest.raises(ChildFailed) as failed:
        index(r"(a+)+$", body, limits=ChildLimits(seconds=0.3))

    assert failed.value.reason == "slow"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<ul>" + "".join(f"<li><a href=/{n}>{n}</a> 2025.6.{n % 9}" for n in range(20_000)), 500),
        ("<td>" + "<a href='/1'>same</a> " * 5_000, 1),
        ("<a href='/1'>first</a>" + "<div>" * 100_000, 1),
        ("<a href='/1'>first</a><b " + " ".join(f"a{n}=1" for n in range(50_000)) + ">", 1),
        ("<a href='/1'>first</a><a href='data:text/html,1'>x</a><a href='//[1'>y</a>", 1),
    ],
)
def test_a_page_of_any_shape_is_read(body, count):
    assert len(index("/[0-9]+$", body.encode(), limits=ChildLimits(seconds=8)).items) == count


def test_a_page_in_a_legacy_charset_is_read():
    body = "<meta charset=euc-kr><a href='/1'>한일 외교장관 통화</a>".encode("euc-kr")

    assert index("/1$", body).items[0].title == "한일 외교장관 통화"


def test_of_too_many_items_the_newest_are_kept_in_the_feeds_order(monkeypatch):
    monkeypatch.setattr(items, "MOST_ITEMS", 2)
    days = ["2025-06-03", "2025-06-01", "2025-06-02"]
    told = [items.Told("https://e.org/", links=[f"/{day}"], title=day, dates=[day]) for day in days]

    kept = items.feed_of(told, time_zone="Asia/Seoul", fetched_at=FETCHED).items

    assert [item.title for item in kept] == ["2025-06-03", "2025-06-02"]


def test_a_feed_that_takes_too_long_costs_a_child_and_no_more():
    body = b"<rss><channel>" + b"<item><link>/1</link></item>" * 20_000 + b"</channel></rss>"
    quick = ChildLimits(seconds=0.001)

    with pytest.raises(ChildFailed, match="longer than"):
        read_feed(body, url="https://e.org/", time_zone="UTC", at=FETCHED, limits=quick)

    assert len(feed(body).items) == 1
