"""What a feed offers, as articles: each once, whatever it is called now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from news.arrivals import Arrivals, Stored, sort_out
from news.canonical import address_key, key_of
from news.models import Article, Source
from news.models.articles import GUID_LENGTH
from news.parsing.items import FeedItem
from news.rewording import retitle

# Saying that a key is not empty lets PostgreSQL see that the indexes of the constraints hold it.
# Keys come as one text: each value of a list would cost as much as a small query.
_KNOWN = """
    SELECT id, address_key, CASE source_id WHEN %(source)s THEN guid_key ELSE '' END, title,
           CASE date_problem WHEN '' THEN published_at END, guid_is_shared
    FROM news_article WHERE id IN (
        SELECT id FROM news_article
        WHERE address_key <> '' AND address_key = ANY(string_to_array(%(addresses)s, ' '))
        UNION ALL
        SELECT id FROM news_article
        WHERE guid_key <> '' AND source_id = %(source)s
          AND guid_key = ANY(string_to_array(%(guids)s, ' '))
    )
"""


def store_items(source: Source, items: Sequence[FeedItem], *, at: datetime) -> int:
    """Store the items that are not there yet, whichever worker was first; return how many.

    An article whose title has changed keeps both. To be called in a transaction.
    """
    arrivals = sort_out(items, _stored(source, items)) if items else Arrivals()
    # Left out are articles that another feed has stored in this moment.
    now = at.isoformat()
    number = Article.objects.insert_new([_row(source, item, now) for item in arrivals.new])
    if arrivals.shared:
        Article.objects.filter(pk__in=arrivals.shared).update(guid_is_shared=True)
    retitle(arrivals.titles, at=at)
    return number


def _stored(source: Source, items: Iterable[FeedItem]) -> list[Stored]:
    """The articles that have an address or an id of these items; one query."""
    asked: dict[str, Any] = {
        "source": source.pk,
        "addresses": " ".join({address_key(item.url) for item in items}),
        "guids": " ".join({key_of(item.guid) for item in items if item.guid}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, asked)
        return [Stored(*row) for row in cursor.fetchall()]


def _row(source: Source, item: FeedItem, now: str) -> dict[str, Any]:
    """The columns of an article that is found `now`, a time in ISO format."""
    return {
        "source_id": source.pk,
        "url": item.url,
        "address_key": address_key(item.url),
        "guid": item.guid[:GUID_LENGTH],
        "guid_key": key_of(item.guid),
        "title": item.title,
        "outlet": source.outlet,
        "language": source.language,
        "summary": item.summary,
        "published_at": item.published_at,
        "published_on": item.published_on,
        "date_problem": item.date_problem,
        "found_at": now,
        "next_try_at": now,
    }
