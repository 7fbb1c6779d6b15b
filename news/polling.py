"""Reading sources: each attempt is told in one Poll row.

A source is leased, asked without a transaction, and what it said is stored in one, together with
when to ask next: if the lease was lost meanwhile, not at all. Many are asked at once, in threads
that know nothing of the database, so that those which do not answer hold up nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from random import random
from uuid import uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from news.child import ChildFailed
from news.clock import clock_from
from news.feeds import Feed, FeedItem, NotAFeed, read_feed
from news.fetching import Fetched, FetchFailed, FetchRefused, fetch
from news.models import Article, Poll, Source
from news.models.sources import LEASE, Lease
from news.schedule import is_read_in_full
from news.steps import Fetch, read_articles, status_in_words

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "*/*;q=0.5"
)

# Sources that one process asks at once: most of a poll is waiting. They are parsed one by one.
AT_ONCE = 8
RENEWAL = LEASE / 3
# For so long a round takes up sources; those which it has asked by then may be slow on top of it.
ROUND = timedelta(seconds=30)

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
    """Read a source now, and articles of it; None if another worker is reading it or its host.

    Safe to run again. `at` is when the poll starts. `spread` parts the next tries of sources that
    failed together.
    """
    clock = clock_from(at)
    lease = Source.objects.lease(source.pk, at=at, token=uuid4())
    if lease is None:
        return None
    in_full = _is_read_in_full(lease.source, at)
    found = _answer(lease.source, at=at, in_full=in_full, fetch=fetch)
    row = _tell(lease, found, _Attempt(at, clock(), in_full, spread()))
    if row is not None:
        read_articles(source, at=clock(), fetch=fetch)
    return row


def poll_due(
    *,
    at: datetime,
    fetch: Fetch = fetch,
    spread: Callable[[], float] = random,
    at_once: int = AT_ONCE,
) -> Iterator[Poll]:
    """Read sources until none is due or the round is over; yields each attempt when it is stored.

    Who has waited the longest is first; `at_once` are asked together. Their articles are found, not
    read. Safe to run again, and beside others.
    """
    clock, ends, renewed_at = clock_from(at), at + ROUND, at
    asked: dict[Future[_Found], tuple[Lease, datetime, bool]] = {}
    with ThreadPoolExecutor(at_once, "poll") as threads:
        while True:
            room, now = at_once - len(asked), clock()
            leases = Source.objects.lease_due(room, at=now, token=uuid4()) if now < ends else []
            for lease in leases:
                in_full = _is_read_in_full(lease.source, now)
                future = threads.submit(_answer, lease.source, at=now, in_full=in_full, fetch=fetch)
                asked[future] = (lease, now, in_full)
            if not asked:
                return
            patience = RENEWAL.total_seconds()
            done = wait(asked, timeout=patience, return_when=FIRST_COMPLETED).done
            if (now := clock()) - renewed_at >= RENEWAL:
                Source.objects.renew([lease for lease, *_ in asked.values()], at=now)
                renewed_at = now
            for future in done:
                lease, began, in_full = asked.pop(future)
                row = _tell(lease, future.result(), _Attempt(began, clock(), in_full, spread()))
                if row is not None:
                    yield row


def _tell(lease: Lease, found: _Found, attempt: _Attempt) -> Poll | None:
    """Store what an attempt has found, or that it cannot be stored; None if the lease is lost."""
    source = lease.source
    try:
        row = _store(lease, found, attempt)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the source's
    except (DatabaseError, ValueError) as error:
        log.exception("poll not stored", source=source.name)
        row = _store(lease, _Found(Poll.Outcome.NOT_A_FEED, reason=_broken(error)), attempt)
    if row is None:
        log.warning("lease lost", source=source.name)
    else:
        log.info("polled", source=source.name, outcome=row.outcome, new_articles=row.new_articles)
    return row


def _answer(source: Source, *, at: datetime, in_full: bool, fetch: Fetch) -> _Found:
    """As `_ask`, but whatever goes wrong is an outcome: it must not end the round of others."""
    try:
        return _ask(source, at=at, in_full=in_full, fetch=fetch)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        log.exception("source not read", source=source.name)
        return _Found(Poll.Outcome.NOT_A_FEED, reason=_broken(error))


def _broken(error: Exception) -> str:
    return _("Reading failed (%(error)s).") % {"error": type(error).__name__}


def _is_read_in_full(source: Source, at: datetime) -> bool:
    last = source.read_in_full_at
    return is_read_in_full(None if last is None else at - last)


def _ask(source: Source, *, at: datetime, in_full: bool, fetch: Fetch) -> _Found:
    """What the source offers; no transaction is open and nothing is written."""
    known = {} if in_full else {"etag": source.etag, "last_modified": source.last_modified}
    try:
        answer = fetch(source.url, accept=ACCEPT_FEED, **known)
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
        feed = read_feed(
            answer.body,
            url=answer.url,
            time_zone=source.time_zone,
            at=at,
            content_type=answer.content_type,
        )
    except (NotAFeed, ChildFailed) as error:
        return _Found(Poll.Outcome.NOT_A_FEED, answer, reason=str(error))
    return _Found(Poll.Outcome.NOTHING_NEW, answer, feed)


@transaction.atomic
def _store(lease: Lease, found: _Found, attempt: _Attempt) -> Poll | None:
    """Write all that a poll has found, and when the next one is; None if the lease is lost."""
    source = (
        Source.objects.select_for_update(of=("self",))
        .filter(pk=lease.source.pk, lease_token=lease.token)
        .first()
    )
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
    if not items:
        return 0
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
    # Conflicts are articles that moved, by their id in the feed, or that another feed just had.
    return Article.objects.insert_new(list(new.values()))
