"""Every way in which a feed's bytes were seen, or could be made, to be wrong."""

import codecs
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from news.child import ChildFailed, ChildLimits
from news.feeds import Feed, NotAFeed, read_feed

FETCHED = datetime(2025, 6, 11, tzinfo=UTC)
LIMITS = ChildLimits(seconds=10, cpu_seconds=5)
KOREAN = "한일 정상 통화, 관계 발전에 뜻을 모아"
JAPANESE = "日韓首脳が電話会談、関係の発展で一致した"
ENTITIES = '<!DOCTYPE r [<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9)
)
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
ATTRIBUTES = " ".join(f'a{n}="{n}"' for n in range(50_000))


def rss(*items: str, head: str = '<?xml version="1.0"?>', about: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>x</title>{about}{inside}</channel></rss>'


def titled(title: str, **told: str) -> str:
    return rss(f"<title>{title}</title><link>https://example.org/1</link>", **told)


def dated(told: str) -> str:
    return rss(f"<title>x</title><link>/1</link><pubDate>{told}</pubDate>")


def linked(*links: str) -> str:
    return rss(*(f"<title>{n}</title><link>{link}</link>" for n, link in enumerate(links)))


def many(count: int) -> str:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return rss(
        *(
            f"<title>News {n}</title><link>/{n}</link><guid>g{n}</guid><description>{'text ' * 40}"
            f"</description><pubDate>{start + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}</pubDate>"
            for n in range(count)
        )
    )


def declared(charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>'


@dataclass
class Case:
    """Bytes, and what comes of them: the titles, a reason, or any of several outcomes."""

    name: str
    body: str | bytes
    titles: list[str] | None = None
    urls: list[str] | None = None
    guids: list[str] | None = None
    days: list[date | None] | None = None
    problems: list[str] | None = None
    count: int | None = None
    reason: str = ""
    content_type: str = "application/xml"


CHARSETS = [
    Case("utf-8 with mark", codecs.BOM_UTF8 + titled(KOREAN).encode(), [KOREAN]),
    Case("utf-16 with mark", titled(KOREAN, head=declared("UTF-16")).encode("utf-16"), [KOREAN]),
    Case("utf-16 without mark", titled(JAPANESE).encode("utf-16-be"), [JAPANESE]),
    Case("utf-16-le without mark", titled(JAPANESE).encode("utf-16-le"), [JAPANESE]),
    *(
        Case(f"{told} {title[:2]}", titled(title, head=declared(told)).encode(codec), [title])
        for title, told, codec in [
            (KOREAN, "EUC-KR", "euc-kr"),
            (KOREAN + " 똠방", "euc-kr", "cp949"),
            (JAPANESE, "Shift_JIS", "cp932"),
            (JAPANESE + "①", "shift_jis", "cp932"),
            (JAPANESE, "EUC-JP", "euc-jp"),
            (JAPANESE, "ISO-2022-JP", "iso-2022-jp"),
            # Declarations that lie.
            (KOREAN, "UTF-8", "euc-kr"),
            (KOREAN, "ISO-8859-1", "utf-8"),
            (KOREAN, "Shift_JIS", "cp949"),
            (KOREAN, "EUC-JP", "cp949"),
            (KOREAN, "UTF-16", "utf-8"),
            (KOREAN, "x-nonsense", "cp949"),
            (JAPANESE, "UTF-8", "cp932"),
            (JAPANESE, "EUC-KR", "cp932"),
            (JAPANESE, "EUC-KR", "euc-jp"),
            (JAPANESE, "UTF-8", "iso-2022-jp"),
            (JAPANESE, "base64", "euc-jp"),
            ("Café “quoted”", "ISO-8859-1", "cp1252"),
        ]
    ),
    Case(
        "header, declaration and bytes differ",
        titled(KOREAN, head=declared("Shift_JIS")).encode("cp949"),
        [KOREAN],
        content_type="text/xml; charset=EUC-JP",
    ),
    Case(
        "text/xml without charset",
        titled(KOREAN).encode(),
        [KOREAN],
        content_type="text/xml",
    ),
    Case(
        "one broken letter in UTF-8",
        titled("한일 정상 @ 통화", head=declared("EUC-KR")).encode().replace(b"@", b"\xed\x95"),
        ["한일 정상 \ufffd 통화"],
    ),
    Case(
        "UTF-8 breaks off within a letter",
        (titled(KOREAN).partition("</channel>")[0] + "<item><title>한").encode()[:-1],
        [KOREAN],
    ),
    Case(
        "one broken letter",
        titled("한일 정상 @ 통화").encode("cp949").replace(b"@", b"\xff"),
        ["한일 정상 \ufffd 통화"],
    ),
]
SHAPES = [
    Case("junk before the prolog", "<br />\n<b>Warning</b>: x\n\n" + titled("A"), ["A"]),
    Case("junk after the end", titled("A") + "<script>x</script>&nbsp;", ["A"]),
    Case("spaces before the prolog", " \n\n" + titled("A"), ["A"]),
    Case("control characters", titled("A\x00\x01\x0b\x1fB\x7f\x85"), ["AB"]),
    Case("control references", titled("A&#0;&#x1;&#xFFFF;B"), ["AB"]),
    Case("surrogate references", titled("A&#xD800;B"), ["AB"]),
    Case("HTML's entities", titled("A&nbsp;&hellip;&eacute;"), ["A …é"]),
    Case("lone ampersands", titled("Q&A & R&D"), ["Q&A & R&D"]),
    Case("unclosed markup", titled("A<br>B"), ["A B"]),
    Case("prefix that is not declared", titled("A</title><media:x/><title>"), ["A"]),
    Case("an ampersand in an address", linked("https://example.org/?a=1&b=2"),
         urls=["https://example.org/?a=1&b=2"]),
    Case("the same in CDATA of an ill-formed feed",
         linked("<![CDATA[https://example.org/?a=1&b=2]]>", "/2?x&y"),
         urls=["https://example.org/?a=1&b=2", "https://example.org/2?x&y"]),
    Case("breaks off", titled("A").partition("</channel>")[0] + "<item><title>B", ["A"]),
    Case("breaks off within an address",
         titled("A").partition("</channel>")[0] + "<item><title>B</title><link>https://e.org/ne",
         ["A"]),
    Case("ill-formed, and breaks off within an address",
         titled("A<br>B").partition("</channel>")[0] + "<item><title>C</title><link>/ne", ["A B"]),
    Case("a frequency of 5,000 digits",
         titled("A", about=f"<s:updateFrequency xmlns:s='{SYNDICATION}'>{'9' * 5000}"
                "</s:updateFrequency>"), ["A"]),
    Case("a file of the server", titled("A&x;B").replace(
        "<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss'), ["AB"]),
    Case("a document type elsewhere", titled("A").replace(
        "<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss'), ["A"]),
    Case("billion laughs", titled("A&j;").replace("<rss", ENTITIES + "]><rss"), ["A"]),
    Case("billion laughs in an attribute",
         titled("A").replace("<rss", ENTITIES + "]><rss").replace("<item>", '<item a="&j;">'),
         ["A"]),
    Case("100,000 nested elements", titled("A" + "<b>" * 100_000 + "</b>" * 100_000), ["A"]),
    Case("100,000 nested elements, unclosed", titled("A</title>" + "<b>" * 100_000), count=0),
    Case("50,000 attributes", titled("A").replace("<item>", f"<item {ATTRIBUTES}>"), ["A"]),
    Case("50,000 attributes, ill-formed",
         titled("A & B").replace("<item>", f"<item {ATTRIBUTES} {ATTRIBUTES}>"), ["A & B"]),
    Case("no items", rss(), []),
    Case("empty", "", reason="empty"),
    Case("spaces", " \n", reason="empty"),
    Case("HTML", "<!doctype html><title>Sign in</title>", reason="HTML"),
    Case("HTML after a byte mark", "\ufeff<HTML><body>x", reason="HTML"),
    Case("a picture", bytes(range(256)) * 40, reason="neither"),
    Case("10,000 entries, oldest first", many(10_000), count=500),
]  # fmt: skip
ITEMS = [
    Case("duplicate guids",
         rss(*(f"<link>/{n}</link><guid isPermaLink='false'>0</guid>" for n in range(3))),
         guids=["", "", ""]),
    Case("one item twice", rss(*["<link>/1</link><guid>1</guid>"] * 2), guids=["1"]),
    Case("no guid", linked("/1"), guids=[""]),
    Case("only a guid that is an address", rss("<guid>https://example.org/g</guid>"),
         urls=["https://example.org/g"]),
    Case("only a guid that is none", rss("<guid isPermaLink='false'>https://example.org/g</guid>"),
         urls=[]),
    Case("an endless guid", rss(f"<link>/1</link><guid>{'g' * 100_000}</guid>"), guids=[""]),
    Case("addresses",
         linked("a", "/b", "//example.net/c", "?d", "https://example.org:99999/", "#e", "http://",
                "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd",
                "mailto:a@example.org", "https://example.org/" + "x" * 10_000, "/f\u202eg", "/h i",
                "http://[::1", "https:///x"),
         urls=["https://example.org/feed/a", "https://example.org/b", "https://example.net/c",
               "https://example.org/feed/?d"]),
    Case("titles with markup", titled("&lt;b&gt;A&lt;/b&gt;&lt;script&gt;x&lt;/script&gt; B"),
         ["A B"]),
    Case("right-to-left overrides", titled("A\u202eB\u2066C\u2069"), ["ABC"]),
    Case("emoji", titled("🇰🇷🤝🇯🇵 👩\u200d👧"), ["🇰🇷🤝🇯🇵 👩\u200d👧"]),
    Case("a title of 100 KB", titled("가" * 34_000), ["가" * 300]),
    Case("a title of marks", titled("a" + "\u0301\u0316" * 25_000), count=1),
    Case("decomposed letters", titled("\u1112\u1161\u11ab か\u3099"), ["한 が"]),
    Case("no title", rss("<link>/1</link>"), [""]),
]  # fmt: skip
DATES = [
    Case("no date", linked("/1"), days=[None], problems=["missing"]),
    Case("an impossible date", dated("2025-02-30"), days=[None], problems=["impossible"]),
    Case("no date at all", dated("soon"), days=[None], problems=["impossible"]),
    Case("a date ahead", dated("2055-01-01"), days=[date(2025, 6, 11)], problems=["future"]),
    Case("the epoch", dated("1970-01-01T00:00:00Z"), days=[None], problems=["too_old"]),
    Case("no zone", dated("2025-06-10 23:30"), days=[date(2025, 6, 10)], problems=[""]),
    Case("Korean", dated("2025년 6월 10일 오전 9시"), days=[date(2025, 6, 10)], problems=[""]),
    Case("Japanese", dated("2025年6月10日 9時"), days=[date(2025, 6, 10)], problems=[""]),
    Case("Japanese era", dated("令和7年6月10日"), days=[date(2025, 6, 10)], problems=[""]),
    Case("a date of 100 KB", dated("1" * 100_000), days=[None], problems=["impossible"]),
]


def outcome(case: Case) -> Feed:
    body = case.body.encode("utf-8", "surrogatepass") if isinstance(case.body, str) else case.body
    return read_feed(
        body,
        url="https://example.org/feed/",
        time_zone="Asia/Seoul",
        at=FETCHED,
        content_type=case.content_type,
        limits=LIMITS,
    )


@pytest.mark.parametrize(
    "case", [*CHARSETS, *SHAPES, *ITEMS, *DATES], ids=lambda case: case.name.replace(" ", "-")
)
def test_a_feed_however_wrong_has_the_right_outcome(case):
    started = time.monotonic()
    if case.reason:
        with pytest.raises(NotAFeed, match=case.reason):
            outcome(case)
        return

    items = outcome(case).items

    assert time.monotonic() - started < LIMITS.seconds + 2
    assert len(items) <= 500
    for name, expected in [
        ("title", case.titles),
        ("url", case.urls),
        ("guid", case.guids),
        ("published_on", case.days),
        ("date_problem", case.problems),
    ]:
        if expected is not None:
            assert [getattr(item, name) for item in items] == expected
    if case.count is not None:
        assert len(items) == case.count


def test_of_too_many_entries_the_newest_are_kept_in_the_feeds_order():
    items = outcome(Case("", many(600))).items

    assert [items[0].title, items[-1].title] == ["News 100", "News 599"]


def test_an_id_that_changes_does_not_change_the_address():
    first, second = (
        outcome(Case("", rss(f"<link>/1</link><guid>{guid}</guid>"))).items for guid in "12"
    )

    assert first[0].url == second[0].url


def test_a_feed_that_takes_too_long_costs_a_child_and_no_more():
    quick = ChildLimits(seconds=0.001)

    with pytest.raises(ChildFailed, match="longer than"):
        read_feed(
            many(20_000).encode(), url="https://e.org/", time_zone="UTC", at=FETCHED, limits=quick
        )

    assert outcome(Case("", titled("A"))).items[0].title == "A"
