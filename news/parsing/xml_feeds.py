"""RSS, Atom and RDF as items, in one pass with constant memory, however deep, wide or broken.

Well-formed feeds, almost all of them, never see feedparser: expat takes a fraction of its time, has
no trouble with 50,000 attributes, and fetches and expands nothing. What expat refuses is mended and
tried again; only what is still broken then goes to feedparser, with its worst parts cut away.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers import expat

import feedparser

from news.parsing.items import Told, address

MOST_FIELD = 200_000  # letters of one field that are kept
MOST_FOR_FEEDPARSER = 1_000_000
MOST_DEPTH = 500  # beyond that feedparser takes minutes
MOST_TTL = 30 * 24 * 3600

_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
}
_ROOTS = {"rss", "feed", "rdf:rdf"}
# In order of trust: when it was published, then when it was made or changed.
_DATES = (
    "pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created",
    "updated", "modified", "created", "dcterms:modified",
)  # fmt: skip
_BODIES = ("content:encoded", "content", "description", "summary")
_OF_FEED = {"ttl", "sy:updateperiod", "sy:updatefrequency"}
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000}

# The end of the text within an element, a tag, a letter, a CDATA section.
_END_CODES = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}

_XML_BASE = "http://www.w3.org/XML/1998/namespace base"
_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_START = re.compile(r"<\?xml\b|<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.I)
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,9000}>?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(#[xX]?[0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_OF_XML = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s*>", re.I)
_HUGE_TAG = re.compile(r"<([A-Za-z][\w:.-]{0,60})\s[^<>]{4000,}(?:>|$)")


class XmlFeed(NamedTuple):
    """The items of a feed, the seconds that it stays as it is, and whether it has its end."""

    told: list[Told]
    ttl_seconds: int | None
    is_whole: bool


def read_xml(text: str, url: str) -> XmlFeed | None:
    """What a feed offers; None if the text is none."""
    started = _START.search(text)
    if not started:
        return None
    text = _NOT_XML.sub("", _DECLARATION.sub("", text[started.start() :], count=1))
    has_end = bool(_END.search(text))
    first = _Reader(url)
    if first.read(text):
        return first.found(is_whole=True)
    second = _Reader(url)
    if first.is_feed is not False and (second.read(_mended(text)) or second.breaks_off):
        return second.found(is_whole=not second.breaks_off)
    best = max(first, second, key=lambda reader: len(reader.told))
    loose = None if best.deepest > MOST_DEPTH else _by_feedparser(_mended(text), url)
    if loose is not None and len(loose) > len(best.told):
        return XmlFeed(loose, best.ttl(), has_end and len(text) <= MOST_FOR_FEEDPARSER)
    if best.is_feed:
        return best.found(is_whole=False)
    return None if loose is None else XmlFeed(loose, None, has_end)


class _Reader:
    """What expat sees of a feed. `is_feed` is None until the first element.

    `breaks_off`: nothing was wrong but that the text ended, so there is no other item to look for.
    """

    def __init__(self, url: str) -> None:
        self.told: list[Told] = []
        self.is_feed: bool | None = None
        self.about_feed: dict[str, str] = {}
        self.breaks_off = False
        self.deepest = 0
        self._bases = [(0, url)]
        self._depth = 0
        self._own = ""
        self._item: Told | None = None
        self._item_depth = 0
        self._fields: dict[str, str] = {}
        self._links: list[str] = []
        self._field = ""
        self._field_depth = 0
        self._text: list[str] = []
        self._room = 0
        self._is_over = False

    def read(self, text: str) -> bool:
        """Whether the text could be read to the end of its feed; what was found stays."""
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        # With a default handler expat leaves a feed's own entities unexpanded.
        parser.DefaultHandler = self._reference
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            self.breaks_off = error.code in _END_CODES
        return self._is_over

    def found(self, *, is_whole: bool) -> XmlFeed | None:
        """What was read, or None if the first element is not a feed's."""
        return XmlFeed(self.told, self.ttl(), is_whole) if self.is_feed else None

    def ttl(self) -> int | None:
        """Seconds for which the feed says it stays as it is; None if it says nothing sensible."""
        try:
            seconds = int(self.about_feed["ttl"]) * 60
        except (KeyError, ValueError):
            period = _PERIODS.get(self.about_feed.get("sy:updateperiod", "").lower(), 0)
            often = self.about_feed.get("sy:updatefrequency", "1")[:9]
            seconds = period // max(int(often), 1) if often.isascii() and often.isdigit() else 0
        return min(seconds, MOST_TTL) if seconds > 0 else None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        if self._depth == 1:
            self._own = name.rpartition(" ")[0]
        key = self._key(name)
        if _XML_BASE in attributes:
            base = address(self._bases[-1][1], attributes[_XML_BASE])
            self._bases.append((self._depth, base or self._bases[-1][1]))
        if self._depth == 1:
            self.is_feed = key in _ROOTS
        if self._item is None:
            if key in ("item", "entry") and self.is_feed:
                self._item, self._item_depth = Told(self._bases[-1][1]), self._depth
                self._fields, self._links = {}, []
                self._fields["about"] = attributes.get(_ABOUT, "")
            elif key in _OF_FEED and self._depth <= 3:
                self._open(key)
        elif self._depth == self._item_depth + 1 and key:
            self._open(key)
            self._note(key, attributes)
        elif self._field:
            self._characters("\n" if key in ("p", "div", "li", "br") else "")

    def _key(self, name: str) -> str:
        """The name as this module knows it; empty for elements of vocabularies that it does not.

        Whatever vocabulary its root names, a feed's elements are those of a feed.
        """
        space, _, local = name.rpartition(" ")
        prefix = _PREFIXES.get(space, "" if space == self._own else None)
        return "" if prefix is None else prefix + local.lower()

    def _open(self, key: str) -> None:
        self._field, self._field_depth, self._text, self._room = key, self._depth, [], MOST_FIELD

    def _note(self, key: str, attributes: dict[str, str]) -> None:
        """Keep what stands in attributes: Atom's links, and whether an id is an address."""
        if key == "link" and attributes.get("href"):
            relation = attributes.get("rel", "alternate").lower()
            if relation in ("alternate", ""):
                self._links.append(address(self._bases[-1][1], attributes["href"]))
        if key == "guid":
            self._fields["is_link"] = attributes.get("isPermaLink", "true").lower()

    def _characters(self, data: str) -> None:
        if self._field and self._room > 0:
            self._text.append(data[: self._room])
            self._room -= len(data)

    def _reference(self, data: str) -> None:
        """Put HTML's letter for a reference that is left; other entities are left out."""
        if data.startswith("&"):
            self._characters(html5.get(data[1:], ""))

    def _end(self, name: str) -> None:
        if self._field and self._depth == self._field_depth:
            text = "".join(self._text).strip()
            if self._field == "link" and self._item is not None:
                self._links.append(text)
            into = self.about_feed if self._item is None else self._fields
            if text and not into.get(self._field):
                into[self._field] = text
            self._field = ""
        elif self._item is not None and self._depth == self._item_depth:
            self.told.append(_item(self._item, self._fields, self._links))
            self._item = None
        if self._bases[-1][0] == self._depth:
            self._bases.pop()
        self._depth -= 1
        self._is_over = self._depth == 0


def _item(item: Told, fields: dict[str, str], links: list[str]) -> Told:
    item.guid = fields.get("guid") or fields.get("id") or ""
    links.append(fields.get("about", ""))
    if fields.get("is_link", "true") != "false" and re.match(r"https?://", item.guid):
        links.append(item.guid)
    item.links = [link for link in links if link]
    item.title = fields.get("title") or fields.get("dc:title") or ""
    item.dates = [fields[name] for name in _DATES if name in fields]
    item.bodies = [fields[name] for name in _BODIES if name in fields]
    return item


def _mended(text: str) -> str:
    """The text with HTML's entities as characters and lone ampersands as XML wants them."""
    parts: list[str] = []
    at = 0
    while True:
        start = text.find("<![CDATA[", at)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            return "".join([*parts, _REFERENCE.sub(_reference, text[at:])])
        parts += [_REFERENCE.sub(_reference, text[at:start]), text[start : end + 3]]
        at = end + 3


def _reference(found: re.Match[str]) -> str:
    told = found[1]
    if not told:
        return "&amp;"
    if told.startswith("#"):
        letter = _NOT_XML.sub("", unescape(f"&{told}"))
        # U+FFFD is what HTML makes of a reference to nothing.
        return f"&{told}" if letter in ("<", "&") else letter.replace("\ufffd", "")
    if told in _OF_XML:
        return f"&{told}"
    return html5.get(told, f"&amp;{told}")


def _by_feedparser(text: str, url: str) -> list[Told] | None:
    """The items that feedparser finds; None if it finds no feed at all."""
    text = _HUGE_TAG.sub(r"<\1>", text)[:MOST_FOR_FEEDPARSER]
    # It would make an item of one that breaks off, with half of its address.
    last = max(text.rfind(end) + len(end) for end in ("</item>", "</entry>"))
    text = text[:last] if last > len("</entry>") else text
    body = text.encode("utf-8", "replace")
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    # A stream: given bytes or a string, feedparser would take them for the name of a file.
    try:
        parsed = feedparser.parse(
            BytesIO(body),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except MemoryError:
        raise
    except Exception:  # it breaks in many ways, and what was read before it still counts
        return None
    if not parsed.version and not parsed.entries:
        return None
    return [_from_feedparser(entry, url) for entry in parsed.entries]


def _from_feedparser(entry: Any, url: str) -> Told:
    bodies = [str(part.get("value") or "") for part in entry.get("content") or ()]
    return Told(
        base=url,
        links=[str(entry.get("link") or "")],
        guid=str(entry.get("id") or ""),
        title=str(entry.get("title") or ""),
        dates=[str(entry.get(name) or "") for name in ("published", "updated", "created")],
        bodies=[*bodies, str(entry.get("summary") or "")],
    )
