"""Reading a source: one attempt, told in one Poll row.

A source is leased, asked without a transaction, and what it said is stored in one, together with
when to ask next: if the lease was lost meanwhile, not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from random import random
from uuid import uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.child import ChildFailed, ChildLimits
from news.clock import clock_from
from news.feeds import Feed, FeedItem, NotAFeed, read_feed
from news.fetching import Fetched, FetchFailed, FetchRefused, fetch
from news.hygiene import one_line
from news.models import Article, Poll, Source
from news.models.sources import Lease
from news.schedule import is_read_in_full
from news.steps import PATIENCE, Fetch, finish_articles, status_in_words

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "*/*;q=0.5"
)

# With the time that a fetch may take, half a minute at most.
READING = ChildLimits(seconds=10, cpu_seconds=8)
# The second is the first by way of a proxy that has changed something.
_WHOLE = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)

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
    """What one attempt brought from the network: a feed, or why there is none.

    `reason` may also say what a feed lacks.
    """

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
    finish_articles(source, at=clock(), until=at + PATIENCE, fetch=fetch)
    log.info("polled", source=source.name, outcome=row.outcome, new_articles=row.new_articles)
    return row


def _is_read_in_full(source: Source, at: datetime) -> bool:
    last = source.read_in_full_at
    return is_read_in_full(None if last is None else at - last)


def _ask(source: Source, *, at: datetime, in_full: bool, fetch: Fetch) -> _Found:
    """What the source offers; no transaction is open and nothing is written."""
    known = {} if in_full else {"etag": source.etag, "last_modified": source.last_modified}
    try:
        answer = fetch(source.url, accept=ACCEPT_FEED, **known)
        return _read(source, answer, at=at, is_conditional=any(known.values()))
    except FetchRefused as error:
        return _Found(Poll.Outcome.REFUSED, reason=str(error))
    except FetchFailed as error:
        return _Found(Poll.Outcome.UNREACHABLE, reason=str(error))
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:  # what no one foresaw is told too, and the source is tried again
        log.exception("source not read", source=source.name)
        reason = _("Reading failed (%(error)s).") % {"error": type(error).__name__}
        return _Found(Poll.Outcome.UNREACHABLE, reason=reason)


def _read(source: Source, answer: Fetched, *, at: datetime, is_conditional: bool) -> _Found:
    """What an answer says: a feed, nothing new, or what is wrong with it."""
    if answer.status == HTTPStatus.NOT_MODIFIED and is_conditional:
        return _Found(Poll.Outcome.NOTHING_NEW, answer)
    if answer.status == HTTPStatus.GONE:
        return _Found(Poll.Outcome.GONE, answer, reason=status_in_words(answer.status))
    if answer.status not in _WHOLE:
        # Of the other successes none is a whole feed; and nobody asked for a 304.
        return _Found(Poll.Outcome.ERROR_STATUS, answer, reason=status_in_words(answer.status))
    try:
        feed = read_feed(
            answer.body,
            url=answer.url,
            time_zone=source.time_zone,
            at=at,
            content_type=answer.content_type,
            limits=READING,
        )
    except (NotAFeed, ChildFailed) as error:
        return _Found(Poll.Outcome.NOT_A_FEED, answer, reason=str(error))
    return _Found(Poll.Outcome.NOTHING_NEW, answer, feed, _missing(feed))


def _missing(feed: Feed) -> str:
    """What a feed offers and we cannot read, in words; empty if there is nothing."""
    told = [] if feed.is_whole else [_("Not all of the feed could be read.")]
    if feed.left_out:
        told.append(
            ngettext(
                "%(count)d item without an address that can be opened was left out.",
                "%(count)d items without an address that can be opened were left out.",
                feed.left_out,
            )
            % {"count": feed.left_out}
        )
    return " ".join(told)


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
        reason=one_line(found.reason, 300),
    )
    if not row.has_answered:
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
    etag, last_modified = _validators(source, found, has_new=has_new)
    source.answered(
        at=attempt.at,
        etag=etag,
        last_modified=last_modified,
        has_new=has_new,
        in_full=attempt.in_full,
        fresh_for=max(told, default=None),
    )


def _validators(source: Source, found: _Found, *, has_new: bool) -> tuple[str, str]:
    """The ETag and Last-Modified to ask with next time; empty where they would hide news.

    They would if not all of the feed was read, and if they stayed as they were while items came.
    """
    answer, feed = found.answer, found.feed
    known = (source.etag, source.last_modified)
    if answer is None or feed is None:
        return known
    told = (answer.etag, answer.last_modified)
    return ("", "") if not feed.is_whole or (has_new and told == known) else told


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
