"""What a site asks robots to leave alone (RFC 9309). For pages; a feed is published to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import lru_cache
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urljoin

from protego import Protego

from news.addresses import read_target
from news.fetching import PRODUCT, Fetched, FetchFailed, FetchRefused, Limits

DAY = 24 * 60 * 60
# A site that is down is not asked again for each of its articles.
SOON = 10 * 60
LIMITS = Limits(read_seconds=5, total_seconds=8, most_bytes=2 * 1024 * 1024)
# RFC 9309 wants at least 500 KiB to be read; what stands behind may be left out.
MOST_LETTERS = 500 * 1024
_EVERYTHING = ""
_UNREACHABLE = "unreachable"
_AGENT_LINE = re.compile(r"\s*user[\s-]*agent[\s:]+([^#]*)", re.IGNORECASE)

Fetch = Callable[..., Fetched]


class Permission(Enum):
    """Whether a page may be read; LATER while the site does not tell."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Cache(Protocol):
    """The part of Django's cache that is needed here."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str, timeout: int) -> object: ...


def may_read(url: str, *, fetch: Fetch, cache: Cache) -> Permission:
    """Whether the site of a page lets us read it; its rules are kept for a day.

    No rules (4xx) allow everything. While they cannot be had (5xx, 429, no answer) the page waits.
    Raises FetchRefused for what is no web address.
    """
    target = read_target(url)
    place = urljoin(target.url, "/robots.txt")
    told = cache.get(f"robots:{place}")
    if told is None:
        told = _ask(place, fetch)
        cache.set(f"robots:{place}", told, SOON if told == _UNREACHABLE else DAY)
    if told == _UNREACHABLE:
        return Permission.LATER
    return Permission.YES if is_allowed(told, target.url) else Permission.NO


def is_allowed(rules: str, url: str) -> bool:
    """Whether the text of a robots.txt lets us read an address."""
    return bool(_parsed(rules).can_fetch(url, PRODUCT))


@lru_cache(maxsize=32)
def _parsed(rules: str) -> Protego:
    return Protego.parse("\n".join(_with_others_as_one(rules)))


def _with_others_as_one(rules: str) -> Iterator[str]:
    """The lines of a robots.txt, with one name for all the robots that are not us.

    Protego keeps a copy of each rule for each robot that it is for: a file of 27 KB took it 3 s.
    """
    for line in rules[:MOST_LETTERS].splitlines():
        told = _AGENT_LINE.match(line)
        name = told[1].strip().lower().replace("*", "") if told else ""
        yield line if PRODUCT.lower().startswith(name) else "User-agent: another"


def _ask(place: str, fetch: Fetch) -> str:
    """The rules of a site as text."""
    try:
        answer = fetch(place, accept="text/plain", limits=LIMITS)
    except (FetchFailed, FetchRefused):
        return _UNREACHABLE
    if 200 <= answer.status < 300:
        return answer.body.decode("utf-8", "replace")
    is_trouble = answer.status >= 500 or answer.status == HTTPStatus.TOO_MANY_REQUESTS
    return _UNREACHABLE if is_trouble else _EVERYTHING
