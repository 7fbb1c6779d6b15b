"""Feeds that are ill-formed, cut off, hostile, huge, or no feeds."""

from __future__ import annotations

import codecs

from tests.news.faulty.charsets import KOREAN
from tests.news.faulty.offers import (
    Bytes,
    cut,
    empty,
    html,
    json_feed,
    many,
    no_feed,
    nothing,
    titled,
)
from tests.news.faulty.scripts import SITE, item, rss

ALL = "Not all of the feed could be read"
_LAUGHS = '<!DOCTYPE r [<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9)
)
_BLOW_UP = f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>'
_ATTRIBUTES = " ".join(f'a{n}="{n}"' for n in range(50_000))


def with_doctype(told: str, title: str = "A&x;B") -> str:
    return titled(title).replace("<rss", f"{told}<rss", 1)


SHAPES = [
    Bytes(
        "junk before the prolog",
        "<br />\n<b>Warning</b>: x in <b>/a.php</b>\n\n" + titled("A"),
        ["A"],
    ),
    Bytes("blank lines before the prolog", " \n\n" + titled("A"), ["A"]),
    Bytes("zeros before the prolog", "\0\0\0" + titled("A"), ["A"]),
    Bytes("a comment before the prolog", "<!-- made by x -->" + titled("A"), ["A"]),
    Bytes("a prolog twice", '<?xml version="1.0"?>' + titled("A"), ["A"]),
    Bytes("XML 1.1", titled("A", head='<?xml version="1.1"?>'), ["A"]),
    Bytes("a prolog without end", titled("A", head='<?xml version="1.0" '), ["A"]),
    Bytes("no prolog", titled("A", head=""), ["A"]),
    Bytes(
        "style sheets", titled("A", head='<?xml version="1.0"?><?xml-stylesheet href="x"?>'), ["A"]
    ),
    Bytes("junk after the end", titled("A") + "<script>x</script>&nbsp;", ["A"]),
    Bytes("two feeds in a row", titled("A") + titled("B"), ["A"]),
    Bytes("control characters", titled("A\x00\x01\x0b\x1fB\x7f\x85"), ["AB"]),
    Bytes("zeros everywhere", titled("A").replace(">", "\0>"), ["A"]),
    Bytes("control references", titled("A&#0;&#x1;&#xFFFF;B"), ["AB"]),
    Bytes("surrogate references", titled("A&#xD800;&#55357;B"), ["AB"]),
    Bytes("references beyond all", titled("A&#x110000;&#99999999999;B"), count=1),
    Bytes("HTML's entities", titled("A&nbsp;&hellip;&eacute;"), ["A …é"]),
    Bytes("unknown entities", titled("A&nosuch;B"), ["A&nosuch;B"]),
    Bytes("lone ampersands", titled("Q&A & R&D &"), ["Q&A & R&D &"]),
    Bytes("a stray angle bracket", titled("1 < 2"), ["1 < 2"]),
    Bytes("unclosed markup", titled("A<br>B"), ["A B"]),
    Bytes("mismatched tags", titled("A</titel><title>"), count=1),
    Bytes("tags that cross", rss("<item><title><b>A</title></b><link>/1</link></item>"), ["A"]),
    Bytes(
        "tags in capitals", titled("A").replace("item>", "ITEM>").replace("title>", "Title>"), ["A"]
    ),
    Bytes("an attribute without quotes", titled("A").replace("'2.0'", "2.0"), ["A"]),
    Bytes("an attribute twice", titled("A").replace("'2.0'", "'2.0' version='2.0'"), ["A"]),
    Bytes("a prefix that is not declared", titled("A</title><media:x/><title>"), ["A"]),
    Bytes("a namespace of one's own", titled("A").replace("<rss", "<rss xmlns='urn:x'"), ["A"]),
    Bytes("CDATA within CDATA", titled("<![CDATA[A <![CDATA[B]]> C]]>"), count=1),
    Bytes(
        "CDATA without end",
        titled("A").replace("</channel>", "<item><title><![CDATA[B</channel>"),
        ["A"],
        says=ALL,
    ),
    Bytes("a comment without end", titled("A").replace("</channel>", "<!-- </channel>"), ["A"]),
    Bytes("breaks off", cut("A", "<item><title>B"), ["A"], says=ALL),
    Bytes(
        "breaks off within an address",
        cut("A", "<item><title>B</title><link>https://e.org/ne"),
        ["A"],
        says=ALL,
    ),
    Bytes(
        "breaks off within a letter",
        cut(KOREAN, "<item><title>한").encode()[:-1],
        [KOREAN],
        says=ALL,
    ),
    Bytes(
        "ill-formed, and breaks off within an address",
        cut("A<br>B", "<item><title>C</title><link>/ne"),
        ["A B"],
        says=ALL,
    ),
    Bytes(
        "breaks off before its first item",
        cut("A", "").partition("<link>")[0],
        outcome="NOT_A_FEED",
        says="breaks off before",
    ),
    Bytes("breaks off within its first tag", "<?xml version='1.0'?><rss", outcome="NOT_A_FEED"),
    Bytes(
        "a frequency of 5,000 digits",
        titled(
            "A",
            about="<s:updateFrequency xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>"
            f"{'9' * 5000}</s:updateFrequency>",
        ),
        ["A"],
    ),
    *(
        Bytes(f"a ttl of {told}", titled("A", about=f"<ttl>{told}</ttl>"), ["A"])
        for told in ("0", "-5", "99999999999", "1.5", "NaN", "60 minutes")
    ),
    Bytes(
        "a file as an entity",
        with_doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        ["AB"],
    ),
    Bytes(
        "an address as an entity",
        with_doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'),
        ["AB"],
    ),
    Bytes(
        "an entity in an address",
        with_doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "A").replace(
            "/1<", "/1&x;<"
        ),
        urls=[f"{SITE}/1"],
    ),
    Bytes(
        "a parameter entity",
        with_doctype('<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>', "A"),
        ["A"],
    ),
    Bytes(
        "an ill-formed file as an entity",
        with_doctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "A<br>&x;B"),
        ["A &x;B"],
    ),
    Bytes(
        "a document type elsewhere",
        with_doctype('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', "A"),
        ["A"],
    ),
    Bytes(
        "letters that a document type elsewhere explains",
        with_doctype('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', "Caf&eacute; &x;B"),
        ["Café B"],
    ),
    Bytes(
        "letters that it explains itself",
        with_doctype('<!DOCTYPE rss [<!ENTITY hellip "...">]>', "A&hellip;"),
        ["A…"],
    ),
    Bytes(
        "an item that ends within its address",
        titled("A").replace(
            "</channel>", "<item><title>B</title><link>https://e.or</item>g</link></channel>"
        ),
        ["A"],
        says="could be read|left out",
    ),
    Bytes(
        "ill-formed, and references beyond all", titled("A<br>&#x110000;&#99999999999;B"), count=1
    ),
    Bytes("ill-formed, and surrogate references", titled("A<br>&#xD800;&#55357;B"), ["A B"]),
    Bytes("billion laughs", titled("A&j;").replace("<rss", _LAUGHS + "]><rss"), ["A"]),
    Bytes(
        "billion laughs in an attribute",
        titled("A").replace("<rss", _LAUGHS + "]><rss").replace("<item>", '<item a="&j;">'),
        ["A"],
    ),
    Bytes("quadratic blow-up", with_doctype(_BLOW_UP, "A" + "&a;" * 20_000), ["A"]),
    Bytes(
        "quadratic blow-up in an attribute",
        with_doctype(_BLOW_UP, "A").replace("<item>", f"<item a='{'&a;' * 20_000}'>"),
        ["A"],
    ),
    Bytes("an entity of itself", with_doctype('<!DOCTYPE r [<!ENTITY x "&x;">]>'), ["AB"]),
    Bytes("100,000 nested elements", titled("A" + "<b>" * 100_000 + "</b>" * 100_000), ["A"]),
    Bytes(
        "100,000 nested elements, unclosed",
        titled("A</title>" + "<b>" * 100_000),
        outcome="NOT_A_FEED",
        says="breaks off before",
    ),
    Bytes(
        "100,000 nested items",
        rss("<item>" * 100_000 + "</item>" * 100_000),
        outcome="NOTHING_NEW",
        titles=[],
        says="left out",
    ),
    Bytes("50,000 attributes", titled("A").replace("<item>", f"<item {_ATTRIBUTES}>"), ["A"]),
    Bytes(
        "50,000 attributes, ill-formed",
        titled("A & B").replace("<item>", f"<item {_ATTRIBUTES} {_ATTRIBUTES}>"),
        ["A & B"],
    ),
    Bytes(
        "50,000 namespaces",
        titled("A").replace(
            "<rss", "<rss " + " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(50_000))
        ),
        ["A"],
    ),
    Bytes(
        "an attribute of 1 MB",
        titled("A").replace("<item>", f"<item a='{'x' * 1_000_000}'>"),
        ["A"],
    ),
    Bytes("a name of 1 MB", titled("A").replace("</item>", f"<{'x' * 1_000_000}/></item>"), ["A"]),
    Bytes(
        "CDATA of 5 MB",
        rss(item("/1", "A", f"<description><![CDATA[{'x < y ' * 900_000}]]></description>")),
        ["A"],
    ),
    Bytes("a comment of 5 MB", titled("A", about=f"<!--{'x ' * 2_500_000}-->"), ["A"]),
    Bytes("5 MB of blanks before the prolog", " " * 5_000_000 + titled("A"), ["A"]),
    Bytes("5 MB of angle brackets", "<" * 5_000_000, outcome="NOT_A_FEED"),
    Bytes("5 MB of ampersands", titled("&" * 5_000_000), count=1),
    Bytes("5 MB of openings", titled("<![CDATA[" * 500_000), outcome="NOT_A_FEED"),
    Bytes("10,000 entries", many(10_000), count=10_000),
    Bytes(
        "10,000 entries with texts",
        many(10_000, f"<description>{KOREAN * 5}</description>"),
        count=10_000,
    ),
    nothing("no items", rss()),
    nothing("a root alone", "<rss/>"),
    empty("empty", ""),
    empty("blanks", " \n\t\r\n"),
    empty("zeros", "\0" * 1000),
    empty("a mark alone", codecs.BOM_UTF8),
    html("HTML", "<!doctype html><title>Sign in</title>"),
    html("HTML after a mark", "\ufeff<HTML><body>x"),
    html("HTML that speaks of feeds", "<html><body>&lt;rss <rss></rss></body></html>"),
    html(
        "XHTML", '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>'
    ),
    no_feed("text", "Service unavailable"),
    no_feed("JSON that is no feed", '{"items": []}', kind="application/json"),
    no_feed("JSON of another version", json_feed(version="2"), kind="application/json"),
    no_feed("JSON that breaks off", json_feed({"id": "1"})[:-9]),
    no_feed("a list", "[1, 2]"),
    no_feed("deep JSON", '{"a":' * 200_000),
    no_feed("5 MB of brackets", "{" + "[" * 5_000_000),
    no_feed("JSON with a number of 5,000 digits", f'{{"a": {"9" * 5000}}}'),
    no_feed("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", kind="application/pdf"),
    no_feed("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400, kind="image/png"),
    no_feed("junk", bytes(range(256)) * 4000),
    no_feed("an archive", b"PK\x03\x04" + bytes(range(256)) * 40),
    no_feed("a site map", "<?xml version='1.0'?><urlset><url><loc>/1</loc></url></urlset>"),
    no_feed("OPML", "<opml version='2.0'><body><outline xmlUrl='/1'/></body></opml>"),
    no_feed("a name of a file", "/etc/passwd"),
    no_feed("an address", "http://127.0.0.1:9/feed"),
]
