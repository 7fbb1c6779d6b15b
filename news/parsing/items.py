"""What a source offers, once its own format is out of the way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from news.hygiene import clean, one_line, plain
from news.parsing.dates import effective

# A feed may be an archive: what it offers is read little by little.
MOST_ITEMS = 20_000
MOST_LETTERS = 10_000  # of an address; an id may have a few more
MOST_GUID = 20_000
MOST_TITLE = 300
MOST_SUMMARY = 5000
# What has no width or changes direction stands at the ends of addresses by accident.
_AROUND = " \t\r\n\x0c\u200b-\u200f\u2060\ufeff\xa0\u3000"
_AT_THE_ENDS = re.compile(f"^[{_AROUND}]+|[{_AROUND}]+$")
# As browsers read addresses: broken over lines they are whole, and blanks within are quoted.
_LINE_ENDS = re.compile("[\t\r\n]+ *")
_TO_QUOTE = re.compile("[\\s\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_CLEAN = re.compile(r"[!\"$-~]+")  # neither a blank nor a fragment
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One news item as its feed tells it; `published_on` is the civil date at the outlet.

    `date_problem` is empty, or one of missing, impossible, future, too_old. `guid` is empty where
    the feed gives none or gives one to several items.
    """

    url: str
    guid: str
    title: str
    published_at: datetime | None
    published_on: date | None
    date_problem: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The items in the feed's order, each address once.

    `ttl_seconds` is how long the feed says that it stays as it is; `left_out` counts the items
    without an address that can be opened. `is_whole` is false for a feed that breaks off.
    """

    items: tuple[FeedItem, ...]
    ttl_seconds: int | None = None
    left_out: int = 0
    is_whole: bool = True

    def to_json(self) -> dict[str, Any]:
        items = []
        for item in self.items:
            told = {name: getattr(item, name) for name in FeedItem.__slots__}
            for name in ("published_at", "published_on"):
                told[name] = told[name].isoformat() if told[name] else None
            items.append(told)
        told = {name: getattr(self, name) for name in Feed.__slots__}
        return {**told, "items": items}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Feed:
        items = []
        for item in told["items"]:
            moment, day = item.pop("published_at"), item.pop("published_on")
            items.append(
                FeedItem(
                    published_at=datetime.fromisoformat(moment) if moment else None,
                    published_on=date.fromisoformat(day) if day else None,
                    **item,
                )
            )
        return cls(**{**told, "items": tuple(items)})


@dataclass(slots=True)
class Told:
    """An item in the words of its source: addresses as written, the likeliest first."""

    base: str
    links: list[str] = field(default_factory=list)
    guid: str = ""
    title: str = ""
    dates: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


def feed_of(
    told: list[Told],
    *,
    time_zone: str,
    fetched_at: datetime,
    ttl_seconds: int | None = None,
    is_whole: bool = True,
) -> Feed:
    """The feed that these items make: at most the MOST_ITEMS newest, or the first without dates."""
    zone = ZoneInfo(time_zone)
    usable = [dated for each in told if (dated := _dated(each, zone, fetched_at))]
    chosen = _newest(list({dated.url: dated for dated in reversed(usable)}.values())[::-1])
    shared = _shared_guids(chosen)
    items = tuple(
        FeedItem(
            url=each.url,
            guid="" if each.told.guid in shared else _guid(each.told.guid),
            title=one_line(plain(each.told.title, MOST_TITLE * 2), MOST_TITLE),
            published_at=each.moment,
            published_on=each.moment.astimezone(zone).date() if each.moment else None,
            date_problem=each.problem,
            summary=_summary(each.told.bodies),
        )
        for each in chosen
    )
    return Feed(items, ttl_seconds, left_out=len(told) - len(usable), is_whole=is_whole)


def address(base: str, told: str) -> str:
    """The absolute http(s) address without fragment and password; empty if it cannot be one."""
    if len(told) > MOST_LETTERS * 2:
        return ""
    if not _CLEAN.fullmatch(told):
        told = _LINE_ENDS.sub("", _AT_THE_ENDS.sub("", told)).partition("#")[0]
        if not told or _NEVER.search(told):
            return ""
        told = _TO_QUOTE.sub(lambda found: quote(found[0]), told)
    try:
        parts = urlsplit(told)
        if not parts.scheme:
            parts = urlsplit(urljoin(base, told))
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    place = parts.netloc.rpartition("@")[2].lower()
    url = clean(urlunsplit(parts._replace(netloc=place)))
    return url if is_web and len(url) <= MOST_LETTERS else ""


@dataclass(frozen=True, slots=True)
class _Dated:
    told: Told
    url: str
    moment: datetime | None
    problem: str


def _dated(told: Told, zone: ZoneInfo, fetched_at: datetime) -> _Dated | None:
    """An item with its address and its moment; None without an address that can be opened."""
    url = next(filter(None, (address(told.base, link) for link in told.links)), "")
    return _Dated(told, url, *effective(told.dates, zone, fetched_at=fetched_at)) if url else None


def _newest(items: list[_Dated]) -> list[_Dated]:
    if len(items) <= MOST_ITEMS:
        return items
    moments = [item.moment for item in items if item.moment]
    if len(moments) < len(items):
        return items[:MOST_ITEMS]
    ranked = sorted(range(len(items)), key=moments.__getitem__, reverse=True)
    return [items[at] for at in sorted(ranked[:MOST_ITEMS])]


def _shared_guids(items: list[_Dated]) -> set[str]:
    """The ids that stand on several addresses: they tell nothing apart."""
    return {guid for guid, count in Counter(item.told.guid for item in items).items() if count > 1}


def _guid(told: str) -> str:
    guid = clean(told).strip()
    return guid if len(guid) <= MOST_GUID else ""


def _summary(bodies: list[str]) -> str:
    return max((plain(body, MOST_SUMMARY) for body in bodies), key=len, default="")
