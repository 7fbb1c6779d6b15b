"""Entries of feeds: their ids, addresses, titles and dates."""

from __future__ import annotations

from tests.news.faulty.offers import (
    Bytes,
    atom,
    dated,
    json_feed,
    linked,
    nothing,
    titled,
    with_guids,
)
from tests.news.faulty.scripts import SITE, item, rss

ITEMS = [
    Bytes("one id for all", with_guids("0", "0", "0"), guids=["", "", ""]),
    Bytes("ids twice", with_guids("a", "b", "a"), guids=["", "b", ""]),
    Bytes("one item twice", rss(*[item("/1", "A", "<guid>1</guid>")] * 2), guids=["1"]),
    Bytes(
        "one item with two ids",
        rss(item("/1", "A", "<guid>1</guid>"), item("/1", "A", "<guid>2</guid>")),
        count=1,
    ),
    Bytes("no ids", linked(f"{SITE}/1", f"{SITE}/2"), guids=["", ""]),
    Bytes("empty ids", with_guids("", " "), guids=["", ""]),
    Bytes("an id of 10 KB", with_guids("g" * 10_000), guids=["g" * 1000]),
    Bytes(
        "ids of 10 KB that differ at their end",
        with_guids("g" * 10_000 + "1", "g" * 10_000 + "2"),
        count=2,
    ),
    Bytes("ids with controls", with_guids("a\x00\u202eb", "<![CDATA[<b>]]>"), guids=["ab", "<b>"]),
    Bytes(
        "only an id that is an address",
        rss(f"<item><guid>{SITE}/g</guid></item>"),
        urls=[f"{SITE}/g"],
    ),
    nothing(
        "only an id that is no address",
        rss(f"<item><guid isPermaLink='false'>{SITE}/g</guid></item>"),
        says="1 item without an address",
    ),
    nothing(
        "no addresses", rss("<item><title>A</title></item>" * 3), says="3 items without an address"
    ),
    Bytes(
        "addresses of all kinds",
        linked(
            "a",
            "/b",
            "//127.0.0.2/c",
            "?d",
            "https://example.org:99999/",
            "#e",
            "http://",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@example.org",
            "https://example.org/" + "x" * 10_000,
            "http://[::1",
            "https:///x",
            "blob:x",
            "vbscript:x",
            "tel:1",
            "about:blank",
            "view-source:http://x",
        ),
        urls=["/a", "/b", "http://127.0.0.2/c", "/feed?d"],
        says="17 items without an address",
    ),
    Bytes("an address with blanks", linked(" \n /a b\t"), urls=["/a%20b"]),
    Bytes(
        "an address over two lines",
        linked(f"{SITE}/a-\n      long-one"),
        urls=[f"{SITE}/a-long-one"],
    ),
    Bytes(
        "an address with what cannot be seen",
        linked(f"\u200b\ufeff{SITE}/a\u202eb\u200b"),
        urls=[f"{SITE}/a%E2%80%AEb"],
    ),
    Bytes("an address in capitals", linked("HTTPS://NEWS.Example.ORG/A"), urls=[f"{SITE}/A"]),
    Bytes(
        "an address in two scripts",
        linked("https://뉴스.example.org/기사?제목=통화"),
        urls=["https://뉴스.example.org/기사?제목=통화"],
    ),
    Bytes(
        "an address with a password",
        linked("https://name:secret@news.example.org/1"),
        urls=[f"{SITE}/1"],
    ),
    Bytes(
        "an address that looks like another's",
        linked(f"{SITE}@127.0.0.2/1"),
        urls=["https://127.0.0.2/1"],
    ),
    Bytes("an address with a fragment", linked(f"{SITE}/1#comments"), urls=[f"{SITE}/1"]),
    Bytes(
        "an address with quotes",
        linked(f"{SITE}/\"onclick='x'&lt;b&gt;"),
        urls=[f"{SITE}/\"onclick='x'<b>"],
    ),
    Bytes(
        "an address with ampersands",
        linked(f"{SITE}/?a=1&b=2&amp;c=3"),
        urls=[f"{SITE}/?a=1&b=2&c=3"],
    ),
    Bytes(
        "an ampersand in CDATA of an ill-formed feed",
        linked(f"<![CDATA[{SITE}/?a=1&b=2]]>", f"{SITE}/2?x&y"),
        urls=[f"{SITE}/?a=1&b=2", f"{SITE}/2?x&y"],
    ),
    Bytes(
        "addresses inside", linked("http://169.254.169.254/latest/", "http://10.0.0.1/"), count=2
    ),
    Bytes(
        "several links, the first of them bad",
        rss(f"<item><title>A</title><link>javascript:x</link><link>{SITE}/1</link></item>"),
        urls=[f"{SITE}/1"],
    ),
    Bytes(
        "an empty link before the good one",
        rss(f"<item><title>A</title><link/><link>{SITE}/1</link></item>"),
        urls=[f"{SITE}/1"],
    ),
    Bytes(
        "Atom's links, the first of them bad",
        atom(f"<link href='javascript:x'/><link rel='self' href='/s'/><link href='{SITE}/1'/>"),
        urls=[f"{SITE}/1"],
    ),
    Bytes(
        "Atom without links",
        atom("<id>tag:x</id>"),
        [],
        outcome="NOTHING_NEW",
        says="1 item without",
    ),
    Bytes("Atom with an id that is an address", atom(f"<id>{SITE}/1</id>"), urls=[f"{SITE}/1"]),
    Bytes(
        "a base that is a script",
        atom("<link href='/1'/>").replace("<entry", "<entry xml:base='javascript:x'"),
        urls=["/1"],
    ),
    Bytes(
        "JSON Feed with odd members",
        json_feed(
            {"id": 7, "url": "a?b=1&c=2", "title": "A \ud800\0\u202e B"},
            {"id": f"{SITE}/by-id"},
            {"id": [1], "url": {}},
            {"url": "HTTP://127.0.0.2/x", "title": 5, "date_published": True},
            5,
            None,
            [],
        ),
        urls=["/a?b=1&c=2", f"{SITE}/by-id", "http://127.0.0.2/x"],
        says="1 item without",
    ),
    nothing("JSON Feed without items", json_feed()),
    Bytes(
        "titles with markup",
        titled("&lt;b&gt;A&lt;/b&gt;&lt;script&gt;x&lt;/script&gt; B"),
        ["A B"],
    ),
    Bytes("titles with an image", titled("&lt;img src=x onerror=alert(1)&gt;A"), ["A"]),
    Bytes("titles escaped twice", titled("Q&amp;amp;A &amp;lt;b&amp;gt;"), ["Q&A <b>"]),
    Bytes("titles in CDATA", titled("<![CDATA[Q&amp;A <b>bold</b>]]>"), ["Q&A bold"]),
    Bytes("right-to-left overrides", titled("A\u202eB\u2066C\u2069"), ["ABC"]),
    Bytes("emoji", titled("🇰🇷🤝🇯🇵 👩\u200d👧"), ["🇰🇷🤝🇯🇵 👩\u200d👧"]),
    Bytes("a title of 100 KB", titled("가" * 34_000), ["가" * 300]),
    Bytes("a title of 100 KB of markup", titled("&lt;p&gt;" * 9_000 + "A"), ["A"]),
    Bytes("a title of marks", titled("a" + "\u0301\u0316" * 25_000), count=1),
    Bytes("decomposed letters", titled("\u1112\u1161\u11ab か\u3099"), ["한 が"]),
    Bytes("no title", rss(f"<item><link>{SITE}/1</link></item>"), [""]),
    Bytes("an empty title", titled(""), [""]),
    Bytes("a title of blanks", titled(" \n\u3000\t\xa0"), [""]),
    Bytes("a title over lines", titled("A\n\n   B\u2028C"), ["A B C"]),
    Bytes("two titles", titled("A</title><title>B"), ["A"]),
    Bytes(
        "a media title first",
        titled("A</title><m:title xmlns:m='http://search.yahoo.com/mrss/'>B</m:title><title>"),
        ["A"],
    ),
]

NINE = "2026-06-01 00:00"  # nine o'clock in Seoul
DATES = [
    Bytes("no date", linked(f"{SITE}/1"), moments=[None]),
    *(
        Bytes(f"a date {name}", dated(told), moments=[moment])
        for name, told, moment in [
            ("that is empty", "", None),
            ("that is none", "soon", None),
            ("of 100 KB", "1" * 100_000, None),
            ("of 100 KB of blanks", "2026-06-01" + " " * 100_000 + "09:00", "2026-05-31 15:00"),
            ("that is impossible", "Tue, 31 Feb 2026 09:00:00 +0900", None),
            ("of a 13th month", "2026-13-01", None),
            ("of the year 0", "0000-00-00 00:00:00", None),
            ("of the year 9999", "9999-12-31T23:59:59Z", "2026-06-01 03:00"),
            ("at the end of time", "9999-12-31T23:59:59-12:00", None),
            ("of the year 1601", "1601-01-01T00:00:00Z", None),
            ("of the epoch", "Thu, 01 Jan 1970 00:00:00 GMT", None),
            ("in the future", "2055-01-01", "2026-06-01 03:00"),
            ("a little ahead", "Mon, 01 Jun 2026 20:00:00 +0900", "2026-06-01 11:00"),
            ("without zone", "2026-06-01 09:00", NINE),
            ("of e-mail without zone", "Mon, 01 Jun 2026 09:00:00", NINE),
            ("of a wrong weekday", "Fri, 01 Jun 2026 09:00:00 +0900", NINE),
            ("of two digits", "01 Jun 26 09:00:00 +0900", NINE),
            ("in KST", "Mon, 01 Jun 2026 09:00:00 KST", NINE),
            ("in JST", "Mon, 01 Jun 2026 09:00:00 JST", NINE),
            ("in EST", "Sun, 31 May 2026 19:00:00 EST", NINE),
            ("in GMT+0900", "Mon Jun 01 2026 09:00:00 GMT+0900 (KST)", NINE),
            ("in UTC+9", "Mon, 1 Jun 2026 09:00 UTC+9", NINE),
            ("in an unknown zone", "Mon, 01 Jun 2026 09:00:00 XYZ", NINE),
            ("in an impossible zone", "2026-06-01T09:00:00+99:00", None),
            ("of C", "Mon Jun  1 09:00:00 2026", NINE),
            ("of Java", "Mon Jun 01 09:00:00 KST 2026", NINE),
            ("in Korean", "2026년 6월 1일 오전 9시", NINE),
            ("in Korean, in the afternoon", "2026년 6월 1일 오후 3시 20분", "2026-06-01 06:20"),
            ("in Korean, after midnight", "2026년 6월 1일 오전 12시 30분", "2026-05-31 15:30"),
            ("in Korean, after noon", "2026. 6. 1. 오후 12:10", "2026-06-01 03:10"),
            ("in Japanese", "2026年6月1日 午前9時", NINE),
            (
                "in Japanese, in the afternoon",
                "２０２６年６月１日（月）午後３時",
                "2026-06-01 06:00",
            ),
            ("in a Japanese era", "令和8年6月1日", "2026-05-31 15:00"),
            ("in seconds", "1780272000", NINE),
            ("in milliseconds", "1780272000000", NINE),
            ("in digits alone", "20260601090000", NINE),
            ("of a week", "2026-W23-1", "2026-05-31 15:00"),
            ("with nanoseconds", "2026-06-01T09:00:00.123456789+09:00", NINE),
            ("at 24:00", "2026-05-31 24:00", "2026-05-31 15:00"),
            ("at 25:00", "2026-06-01 25:00", None),
            ("with a leap second", "2026-06-01T08:59:60+09:00", NINE),
            ("of one's own name", "<![CDATA[ <b>2026-06-01 09:00</b> ]]>", NINE),
        ]
    ),
    Bytes(
        "a bad date and a good one",
        rss(
            item(
                "/1",
                "x",
                "<pubDate>soon</pubDate><dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                "2026-06-01T09:00:00+09:00</dc:date>",
            )
        ),
        moments=[NINE],
    ),
]
