"""The items of a feed, whatever its format."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from news.parsing import Unreadable
from news.parsing.charsets import decode
from news.parsing.items import feed_of
from news.parsing.json_feeds import read_json
from news.parsing.xml_feeds import read_xml

_IS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*|<!--.{0,5000}?-->\s*)*<(?:!doctype\s+)?html\b|"
    r"\s*<(?:head|body)\b",
    re.I | re.S,
)


def read(
    body: bytes, *, url: str, time_zone: str, content_type: str, fetched_at: str
) -> dict[str, Any]:
    """The items that have an http(s) address, as a Feed. Raises Unreadable."""
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\x00")
    if not text:
        raise Unreadable("empty")
    moment = datetime.fromisoformat(fetched_at)
    if text.startswith("{"):
        told = read_json(text, url)
        if told is None:
            raise Unreadable("no_feed")
        return feed_of(told, time_zone=time_zone, fetched_at=moment).to_json()
    if _IS_HTML.match(text[:20_000]):
        raise Unreadable("html")
    found = read_xml(text, url)
    if found is None:
        raise Unreadable("no_feed")
    if not found.told and not found.is_whole:
        raise Unreadable("breaks_off")
    return feed_of(
        found.told,
        time_zone=time_zone,
        fetched_at=moment,
        ttl_seconds=found.ttl_seconds,
        is_whole=found.is_whole,
    ).to_json()
