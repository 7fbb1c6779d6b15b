"""What the drill's feeds offer: known entries, each for a while only. Pure.

The texts are those of the curated record, in its three languages; only the feeds are made up.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime
from html import escape
from pathlib import Path

FEEDS = 20
PER_FEED = 50
SHOWN = 20
LANGUAGES = ("en", "ko", "ja")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, and the page it leads to."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with all that it will ever offer, the oldest first."""

    path: str
    language: str
    entries: tuple[Entry, ...]


def read_feeds(record: Path) -> list[Feed]:
    """The feeds of the drill from the record's events.csv, one language each; no text comes twice.

    Raises ValueError when the record has too few events.
    """
    with record.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["date_precision"] == "day"]
    feeds = []
    for number in range(FEEDS):
        language = LANGUAGES[number % len(LANGUAGES)]
        first = number // len(LANGUAGES) * PER_FEED
        told = rows[first : first + PER_FEED]
        if len(told) < PER_FEED:
            raise ValueError(f"{record} has too few events for {FEEDS} feeds of {PER_FEED}.")
        path = f"/feed/{number}"
        entries = tuple(
            _entry(f"{path}/{index}", language, told[index - 1], row)
            for index, row in enumerate(told)
        )
        feeds.append(Feed(path, language, entries))
    return feeds


def window(feed: Feed, progress: float) -> Sequence[Entry]:
    """What the feed shows when that share of the rotation has passed, the newest first."""
    first = round(min(max(progress, 0), 1) * (len(feed.entries) - SHOWN))
    return feed.entries[first : first + SHOWN][::-1]


def as_rss(feed: Feed, shown: Sequence[Entry], site: str) -> bytes:
    """The feed as a server at `site` sends it."""
    items = "".join(
        f"<item><link>{site}{entry.path}</link><guid>{site}{entry.path}</guid>"
        f"<title>{escape(entry.title)}</title>"
        f"<pubDate>{format_datetime(entry.published_at)}</pubDate></item>"
        for entry in shown
    )
    channel = f"<channel><title>{feed.path}</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'.encode()


def as_page(entry: Entry, language: str) -> bytes:
    """The page of an entry."""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in entry.paragraphs)
    title = escape(entry.title)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def _entry(path: str, language: str, before: dict[str, str], row: dict[str, str]) -> Entry:
    day = datetime.fromisoformat(row["start_date"]).date()
    texts = [
        f"{told[f'title_{language}']}. {told[f'summary_{language}']}" for told in (row, before)
    ]
    return Entry(path, row[f"title_{language}"], tuple(texts), datetime.combine(day, time(9), UTC))
