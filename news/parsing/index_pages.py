"""A web page that lists news, read as a feed: ministries publish press releases without one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from news.parsing import Unreadable
from news.parsing.charsets import decode
from news.parsing.dates import read_moment
from news.parsing.html_pages import parsed
from news.parsing.items import Told, address, feed_of

_MOST_LINKS = 500
_MOST_AROUND = 600  # letters of a row of the list
_MOST_SAME = 4  # links to one address that are looked at
_HIGHEST = 5  # elements above a link that may still be its row


def read(
    body: bytes, *, url: str, pattern: str, time_zone: str, content_type: str, fetched_at: str
) -> dict[str, Any]:
    """The links whose absolute address the pattern fits, in order, each once, as a Feed.

    A title is the link's text, a date what stands beside it in the same row. Raises Unreadable.
    """
    try:
        fits = re.compile(pattern).search
    except (re.error, OverflowError, RecursionError) as error:
        raise Unreadable("bad_pattern") from error
    page = parsed(decode(body, content_type))
    if page is None:
        raise Unreadable("empty")
    base = address(url, page.xpath("string(//base/@href)")) or url
    links: dict[str, list[Any]] = {}
    for link in page.iter("a"):
        where = address(base, link.get("href") or "")
        if not where or not fits(where):
            continue
        if where in links or len(links) < _MOST_LINKS:
            same = links.setdefault(where, [])
            same.extend([link] if len(same) < _MOST_SAME else [])
    if not links:
        raise Unreadable("no_links")
    mine = {link: where for where, same in links.items() for link in same}
    told = [_told(where, same, mine, ZoneInfo(time_zone)) for where, same in links.items()]
    moment = datetime.fromisoformat(fetched_at)
    return feed_of(told, time_zone=time_zone, fetched_at=moment).to_json()


def _told(where: str, links: list[Any], mine: dict[Any, str], zone: ZoneInfo) -> Told:
    """An item from all the links to one address: often a picture's and a headline's."""
    title = next(filter(None, [*map(_words, links), *map(_label, links)]), "")
    dates = [date for link in links if (date := _date_beside(link, where, mine, zone))]
    # The title is text already; angle brackets in it are its own.
    return Told(base=where, links=[where], title=_escaped(title), dates=dates[:1])


def _words(link: Any) -> str:
    return " ".join(" ".join(link.itertext()).split())


def _label(link: Any) -> str:
    """What a link without words says of itself."""
    told = [link.get("title"), link.get("aria-label"), *(i.get("alt") for i in link.iter("img"))]
    return next((text for each in told if (text := " ".join((each or "").split()))), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _date_beside(link: Any, where: str, mine: dict[Any, str], zone: ZoneInfo) -> str:
    """The date in the smallest part of the page that has the link and none of the other items."""
    own = " ".join(link.itertext())
    for row in list(link.iterancestors())[:_HIGHEST]:
        if any(mine.get(other, where) != where for other in row.iter("a")):
            return ""
        around = " ".join(row.itertext())
        if len(around) > _MOST_AROUND:
            return ""
        # The headline itself may name another day.
        beside = " ".join(around.replace(own, " ", 1).split())
        if _names_a_day(beside, zone):
            return beside
    return ""


def _names_a_day(text: str, zone: ZoneInfo) -> bool:
    try:
        return bool(re.search(r"\d", text)) and read_moment(text, zone) is not None
    except (ValueError, OverflowError):
        return False
