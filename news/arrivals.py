"""Which items of a feed are new, which are known under another title or address. Pure.

The address decides. An id decides where it can: feeds give one id to many articles, or another
id to the same article at every poll.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from news.canonical import address_key, key_of
from news.parsing.items import FeedItem

# An article that moves keeps its title and date, give or take a correction. What is stored as new
# by mistake is known by its text later; what is not stored is lost.
_ONE_ARTICLE = timedelta(hours=6)
_ALIKE = 0.9
_LETTERS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of an article. `guid_key` is empty for an article of another source."""

    pk: int
    address_key: str
    guid_key: str
    title: str
    published_at: datetime | None
    guid_is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What to write: articles to add, new titles of stored ones, and ids that are not theirs alone.

    An item to add has no `guid` where that is another article's.
    """

    new: list[FeedItem] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)


def sort_out(items: Iterable[FeedItem], stored: Iterable[Stored]) -> Arrivals:
    """Compare what a feed offers with what is stored; an item offered twice is added once."""
    arrivals = Arrivals()
    by_address = {row.address_key: row for row in stored if row.address_key}
    by_guid = {row.guid_key: row for row in stored if row.guid_key}
    seen: set[str] = set()
    taken: set[str] = set()
    for item in items:
        address, guid = address_key(item.url), key_of(item.guid)
        if address in seen:
            continue
        seen.add(address)
        known = by_address.get(address) or _known_by_id(by_guid.get(guid), item, arrivals)
        if known is not None:
            if is_retitled(known.title, item.title):
                arrivals.titles[known.pk] = item.title
        elif guid in by_guid or guid in taken:
            arrivals.new.append(replace(item, guid=""))
        else:
            taken.add(guid)
            arrivals.new.append(item)
    return arrivals


def is_retitled(before: str, after: str) -> bool:
    """Whether a title says something else: more than case, spaces and punctuation differ."""
    return bool(after) and _letters(before) != _letters(after)


def _known_by_id(row: Stored | None, item: FeedItem, arrivals: Arrivals) -> Stored | None:
    """The stored article that this item is, at another address; None if only its id is the same."""
    if row is None or row.guid_is_shared or row.pk in arrivals.shared:
        return None
    if _is_one_article(row, item):
        return row
    arrivals.shared.add(row.pk)
    return None


def _is_one_article(row: Stored, item: FeedItem) -> bool:
    at = None if item.date_problem else item.published_at
    if row.published_at and at and abs(row.published_at - at) > _ONE_ARTICLE:
        return False
    before, after = _letters(row.title), _letters(item.title)
    # Two days of one briefing differ in a number.
    if not before or not after or _NUMBERS.findall(before) != _NUMBERS.findall(after):
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= _ALIKE


def _letters(title: str) -> str:
    return _LETTERS.sub("", unicodedata.normalize("NFKC", title).casefold())
