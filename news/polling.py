"""Reading a source: one attempt, told in one Poll row.

A source is leased, asked without a transaction, and what it said is stored in one, together with
when to ask next: if the lease was lost meanwhile, not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from random import random
from uuid import uuid4

import structlog
from django.core.cache import cache
from django.db import transaction

from news.child import ChildFailed
from news.clock import clock_from
from news.feeds import Feed, FeedItem, NotAFeed, read_feed, read_index
from news.fetching import Fetched, FetchFailed, FetchRefused, fetch
from news.models import Article, Poll, Source
from news.models.sources import Lease
from news.robots import Permission, may_read
from news.schedule import is_read_in_full
from news.steps import NOT_READ, Fetch, finish_articles, status_in_words

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "*/*;q=0.5"
)
ACCEPT_INDEX = "text/html, application/xhtml+xml, */*;q=0.5"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """When a poll was made, whether it asked for the whole feed, and its share of chance."""

    at: datetime
    finished_at: datetime
    in_full: bool
    spread: float


@dataclass(frozen=True, slots=True)
class _Found:
    """What one attempt brought from the network: a feed, or why there is none."""

    outcome: Poll.Outcome
    answer: Fetched | None = None
    feed: Feed | None = None
    reason: str = ""

    @property
    def items(self) -> Sequence[FeedItem]:
        return self.feed.items if self.feed else ()


def poll(
    source: Source,
    *,
    at: datetime,
    fetch: Fetch = fetch,
    spread: Callable[[], float] = random,
) -> Poll | None:
    """Read a source now; None if another worker is reading it or its host. Safe to run again.

    `at` is when the poll starts. `spread` parts the next tries of sources that failed together.
    """
    clock = clock_from(at)
    lease = Source.objects.lease(source.pk, at=at, token=uuid4())
    if lease is None:
        return None
    in_full = _is_read_in_full(lease.source, at)
    found = _ask(lease.source, at=at, in_full=in_full, fetch=fetch)
    row = _store(lease, found, _Attempt(at, clock(), in_full, spread()))
    if row is None:
        log.warning("lease lost", source=source.name)
        return None
    finish_articles(source, at=clock(), fetch=fetch)
    log.info("polled", source=source.name, outcome=row.outcome, new_articles=row.new_articles)
    return row


def _is_read_in_full(source: Source, at: datetime) -> bool:
    last = source.read_in_full_at
    return is_read_in_full(None if last is None else at - last)


def _ask(source: Source, *, at: datetime, in_full: bool, fetch: Fetch) -> _Found:
    """What the source offers; no transaction is open and nothing is written."""
    known = {} if in_full else {"etag": source.etag, "last_modified": source.last_modified}
    is_page = source.kind == Source.Kind.PAGE
    try:
        # A feed is published for robots; a page is theirs only if the site does not mind.
        if is_page:
            permission = may_read(source.url, fetch=fetch, cache=cache)
            if permission is not Permission.YES:
                return _Found(Poll.Outcome.REFUSED, reason=NOT_READ[permission]())
        answer = fetch(source.url, accept=ACCEPT_INDEX if is_page else ACCEPT_FEED, **known)
    except FetchRefused as error:
        return _Found(Poll.Outcome.REFUSED, reason=str(error))
    except FetchFailed as error:
        return _Found(Poll.Outcome.UNREACHABLE, reason=str(error))
    if answer.status == HTTPStatus.NOT_MODIFIED and any(known.values()):
        return _Found(Poll.Outcome.NOTHING_NEW, answer)
    if answer.status == HTTPStatus.GONE:
        return _Found(Poll.Outcome.GONE, answer, reason=status_in_words(answer.status))
    if answer.status != HTTPStatus.OK:
        # Of the other successes none is a whole feed; and nobody asked for a 304.
        return _Found(Poll.Outcome.ERROR_STATUS, answer, reason=status_in_words(answer.status))
    try:
        feed = _read(source, answer, at=at)
    except (NotAFeed, ChildFailed) as error:
        return _Found(Poll.Outcome.NOT_A_FEED, answer, reason=str(error))
    return _Found(Poll.Outcome.NOTHING_NEW, answer, feed)


def _read(source: Source, answer: Fetched, *, at: datetime) -> Feed:
    """The items of an answer, as the source's kind has them. Raises NotAFeed and ChildFailed."""
    is_page = source.kind == Source.Kind.PAGE
    read = partial(read_index, pattern=source.link_pattern) if is_page else read_feed
    return read(
        answer.body,
        url=answer.url,
        time_zone=source.time_zone,
        at=at,
        content_type=answer.content_type,
    )


@transaction.atomic
def _store(lease: Lease, found: _Found, attempt: _Attempt) -> Poll | None:
    """Write all that a poll has found, and when the next one is; None if the lease is lost."""
    source = Source.objects.select_for_update(of=("self",)).filter(lease_token=lease.token).first()
    if source is None:
        return None
    row = Poll(
        source=source,
        started_at=attempt.at,
        finished_at=attempt.finished_at,
        outcome=found.outcome,
        http_status=found.answer.status if found.answer else None,
        items=len(found.items),
        reason=found.reason[:300],
    )
    if found.reason:
        _store_failure(source, found, attempt)
    else:
        row.new_articles = store_items(source, found.items, at=attempt.at)
        if row.new_articles:
            row.outcome = Poll.Outcome.NEW
        _store_success(source, found, attempt, has_new=bool(row.new_articles))
    row.save()
    return row


def _store_failure(source: Source, found: _Found, attempt: _Attempt) -> None:
    if found.outcome == Poll.Outcome.GONE:
        source.is_gone(at=attempt.at, reason=found.reason)
        log.error("source gone", source=source.name, reason=found.reason)
        return
    retry_after = found.answer.retry_after if found.answer else None
    source.failed(at=attempt.at, spread=attempt.spread, retry_after=retry_after)


def _store_success(source: Source, found: _Found, attempt: _Attempt, *, has_new: bool) -> None:
    answer, feed = found.answer, found.feed
    assert answer is not None
    if source.answered_from(answer.moved_to):
        log.warning("source moved", source=source.name, url=source.url)
    told = [seconds for seconds in (answer.fresh_for, feed and feed.ttl_seconds) if seconds]
    source.answered(
        at=attempt.at,
        etag=answer.etag if feed else source.etag,
        last_modified=answer.last_modified if feed else source.last_modified,
        has_new=has_new,
        in_full=attempt.in_full,
        fresh_for=max(told, default=None),
    )


def store_items(source: Source, items: Sequence[FeedItem], *, at: datetime) -> int:
    """Store the items that are not there yet, whichever worker was first; return how many."""
    known_urls = set(
        Article.objects.filter(url__in=[item.url for item in items]).values_list("url", flat=True)
    )
    new: dict[str, Article] = {}
    for item in items:
        if item.url in known_urls:
            continue
        new.setdefault(
            item.guid or item.url,
            Article(
                source=source,
                url=item.url,
                guid=item.guid,
                title=item.title,
                outlet=source.outlet,
                language=source.language,
                published_at=item.published_at,
                published_on=item.published_on,
                found_at=at,
                next_try_at=at,
            ),
        )
    before = source.articles.count()
    # Conflicts are articles that moved, by their id in the feed, or that another feed just had.
    Article.objects.bulk_create(new.values(), ignore_conflicts=True)
    return source.articles.count() - before
