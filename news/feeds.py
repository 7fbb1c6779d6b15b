"""What the bytes of a feed offer: RSS, Atom and RDF, however broken. No network, no database."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

import feedparser
from django.utils.translation import gettext as _

MOST_ITEMS = 500
MOST_LETTERS = 1000
# 2025-06-10T09:00:00Z · +09:00 · +0900 · GMT · KST, but not the hyphens of a date.
_HAS_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|[Zz]|\b[A-Z]{2,5})\s*$")
_IS_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(r"<[^>]*>")


class NotAFeed(Exception):
    """The bytes are no feed; the message says what they look like."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One news item as its feed tells it; `published_on` is the civil date at the outlet."""

    url: str
    guid: str
    title: str
    published_at: datetime | None
    published_on: date | None


def read_feed(body: bytes, *, url: str, time_zone: str, content_type: str = "") -> list[FeedItem]:
    """The items of a feed that have an http(s) address, in its order, each address once.

    `url` is where the feed came from, for relative addresses; `time_zone` is for times that name
    none. Raises NotAFeed.
    """
    if not body.strip():
        raise NotAFeed(_("The answer is empty."))
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    # A stream: given bytes or a string, feedparser would take them for the name of a file.
    parsed = feedparser.parse(BytesIO(body), response_headers=headers)
    if not parsed.version and not parsed.entries:
        if _IS_HTML.match(body[:4096]):
            raise NotAFeed(_("The address answers with a web page (HTML), not with a feed."))
        raise NotAFeed(_("The answer is neither RSS nor Atom."))
    return list(_items(parsed.entries[:MOST_ITEMS], ZoneInfo(time_zone)))


def _items(entries: list[Any], zone: ZoneInfo) -> Iterator[FeedItem]:
    seen: set[str] = set()
    for entry in entries:
        url = _address(entry)
        if not url or url in seen:
            continue
        seen.add(url)
        published_at = _moment(entry, zone)
        guid = str(entry.get("id") or "").replace("\x00", "")
        yield FeedItem(
            url=url,
            guid=guid if len(guid) <= MOST_LETTERS else "",
            title=_plain(str(entry.get("title") or ""))[:300],
            published_at=published_at,
            published_on=published_at.astimezone(zone).date() if published_at else None,
        )


def _address(entry: Any) -> str:
    url = urldefrag(str(entry.get("link") or "").strip()).url
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    is_clean = len(url) <= MOST_LETTERS and not re.search(r"[\s\x00-\x1f]", url)
    return url if is_web and is_clean else ""


def _moment(entry: Any, zone: ZoneInfo) -> datetime | None:
    """When the item was published; a time without a zone is the outlet's own."""
    for name in ("published", "updated"):
        told, parsed = entry.get(name), entry.get(f"{name}_parsed")
        if not told or not parsed:
            continue
        try:
            if _HAS_ZONE.search(str(told)):
                return datetime.fromtimestamp(timegm(parsed), UTC)
            return datetime.fromtimestamp(timegm(parsed), UTC).replace(tzinfo=zone)
        except (ValueError, OverflowError):
            continue
    return None


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", text)).replace("\x00", "").split())
