"""What a feed offers, as articles: each once, whatever it is called now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from news.arrivals import Arrivals, Stored, sort_out
from news.canonical import address_key, key_of
from news.models import Article, Source
from news.models.articles import GUID_LENGTH
from news.parsing.items import FeedItem
from news.rewording import retitle


def store_items(source: Source, items: Sequence[FeedItem], *, at: datetime) -> int:
    """Store the items that are not there yet, whichever worker was first; return how many.

    An article whose title has changed keeps both. To be called in a transaction.
    """
    arrivals = sort_out(items, _stored(source, items)) if items else Arrivals()
    articles = [_article(source, item, at) for item in arrivals.new]
    # Left out are articles that another feed has stored in this moment.
    number = Article.objects.insert_new(articles)
    if arrivals.shared:
        Article.objects.filter(pk__in=arrivals.shared).update(guid_is_shared=True)
    retitle(arrivals.titles, at=at)
    return number


def _stored(source: Source, items: Iterable[FeedItem]) -> list[Stored]:
    """The articles that have an address or an id of these items; two queries."""
    addresses = {address_key(item.url) for item in items}
    guids = {key_of(item.guid) for item in items if item.guid}
    rows = _rows(Article.objects.of_address(*addresses))
    if guids:
        rows += _rows(Article.objects.of_guid(source, *guids))
    return [
        Stored(
            pk=pk,
            address_key=address,
            guid_key=guid if source_id == source.pk else "",
            title=title,
            published_at=None if problem else published_at,
            guid_is_shared=is_shared,
        )
        for pk, address, guid, source_id, title, published_at, problem, is_shared in rows
    ]


def _rows(articles: QuerySet[Article]) -> list[tuple[Any, ...]]:
    columns = ("pk", "address_key", "guid_key", "source_id", "title", "published_at")
    return list(articles.values_list(*columns, "date_problem", "guid_is_shared"))


def _article(source: Source, item: FeedItem, at: datetime) -> Article:
    article = Article(
        source=source,
        url=item.url,
        guid=item.guid[:GUID_LENGTH],
        title=item.title,
        outlet=source.outlet,
        language=source.language,
        summary=item.summary,
        published_at=item.published_at,
        published_on=item.published_on,
        date_problem=item.date_problem,
        found_at=at,
        next_try_at=at,
    )
    article.take_keys(guid=item.guid)
    return article
