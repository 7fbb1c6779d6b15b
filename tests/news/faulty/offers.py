"""Feeds as bytes, put together from parts, and what a poll must make of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.news.faulty.scripts import item, rss


@dataclass(frozen=True)
class Bytes:
    """The body of an answer, and what a poll must make of it.

    Of `titles`, `urls`, `guids` and `moments` (in UTC, to the minute) those are compared that are
    given; an address without a host is one of the server's own. `count` is for very many.
    """

    name: str
    body: str | bytes
    titles: list[str] | None = None
    urls: list[str] | None = None
    guids: list[str] | None = None
    moments: list[str | None] | None = None
    count: int | None = None
    outcome: str = "NEW"
    says: str = ""
    kind: str = "application/xml"

    @property
    def sent(self) -> bytes:
        return (
            self.body.encode("utf-8", "surrogatepass") if isinstance(self.body, str) else self.body
        )


def titled(title: str, **told: str) -> str:
    return rss(item("/1", title), **told)


def dated(told: str, name: str = "pubDate") -> str:
    return rss(item("/1", "x", f"<{name}>{told}</{name}>"))


def linked(*links: str) -> str:
    return rss(
        *(f"<item><title>{n}</title><link>{link}</link></item>" for n, link in enumerate(links))
    )


def with_guids(*guids: str) -> str:
    return rss(
        *(
            item(f"/{n}", str(n), f"<guid isPermaLink='false'>{guid}</guid>")
            for n, guid in enumerate(guids)
        )
    )


def atom(inside: str) -> str:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><title>A</title>"
        f"{inside}</entry></feed>"
    )


def json_feed(*items: Any, version: str = "https://jsonfeed.org/version/1.1") -> str:
    return json.dumps({"version": version, "title": "x", "items": items})


def declared(charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>'


def many(count: int, inside: str = "") -> str:
    return rss(*(item(f"/{n}", f"News {n}", f"<guid>g{n}</guid>{inside}") for n in range(count)))


def cut(title: str, rest: str) -> str:
    """A feed with one item that breaks off in the next."""
    return titled(title).partition("</channel>")[0] + rest


no_feed = partial(Bytes, outcome="NOT_A_FEED", says="neither RSS nor Atom")
empty = partial(Bytes, outcome="NOT_A_FEED", says="is empty")
html = partial(Bytes, outcome="NOT_A_FEED", says="HTML", kind="text/html")
nothing = partial(Bytes, outcome="NOTHING_NEW", titles=[])
