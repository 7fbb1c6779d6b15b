"""Reading sources: each attempt is told in one Poll row.

A source is leased, asked without a transaction, and what it said is stored in one, together with
when to ask next: if the lease was lost meanwhile, not at all. Many are asked at once, in threads
that know nothing of the database, so that those which do not answer hold up nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from random import random
from uuid import uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from psycopg.errors import DeadlockDetected

from news.child import ChildFailed, ChildLimits
from news.clock import clock_from
from news.feeds import Feed, FeedItem, NotAFeed, read_feed, read_index
from news.fetching import Fetched, FetchFailed, FetchRefused, fetch
from news.hygiene import one_line
from news.models import Poll, Source
from news.models.hosts import LEASE
from news.models.sources import Lease
from news.robots import Permission, may_read
from news.schedule import is_read_in_full
from news.steps import NOT_READ, Fetch, read_articles, status_in_words
from news.storing import store_items

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "*/*;q=0.5"
)

ACCEPT_INDEX = "text/html, application/xhtml+xml, */*;q=0.5"

# With the time that a fetch may take, less than a lease.
READING = ChildLimits(seconds=10, cpu_seconds=8)
# The second is the first by way of a proxy that has changed something.
_WHOLE = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)
# Sources that one process asks at once: most of a poll is waiting. They are parsed one by one.
AT_ONCE = 8
RENEWAL = LEASE / 3
# For so long at most, sources that are due wait for others to be taken up together with them.
A_MOMENT = timedelta(milliseconds=100)
# For so long a round takes up sources; those which it has asked by then may be slow on top of it.
ROUND = timedelta(seconds=30)
# The database's trouble, not that of what was to be stored.
_OF_THE_DATABASE = (OperationalError, InterfaceError)

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


@dataclass(frozen=True, slots=True)
class _Finished:
    """An attempt that is over and not told yet."""

    lease: Lease
    found: _Found
    attempt: _Attempt


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
    finished = _Finished(lease, found, _Attempt(at, clock(), in_full, spread()))
    for row in _tell([finished]):
        read_articles(source, at=clock(), fetch=fetch)
        return row
    return None


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
    done: set[Future[_Found]] = set()
    with ThreadPoolExecutor(at_once, "poll") as threads:
        while True:
            room, now = at_once - len(asked), clock()
            # Several at a time: to take them up one by one costs as much as to read them.
            takes_up = now < ends and (room > at_once // 2 or not done)
            leases = Source.objects.lease_due(room, at=now, token=uuid4()) if takes_up else []
            for lease in leases:
                in_full = _is_read_in_full(lease.source, now)
                future = threads.submit(_answer, lease.source, at=now, in_full=in_full, fetch=fetch)
                asked[future] = (lease, now, in_full)
            if not asked:
                return
            patience = RENEWAL if takes_up or now >= ends else A_MOMENT
            seconds = patience.total_seconds()
            done = wait(asked, timeout=seconds, return_when=FIRST_COMPLETED).done
            # Also while others answer: one that takes its time must not lose its lease to that.
            if clock() - renewed_at >= RENEWAL:
                renewed_at = clock()
                Source.objects.renew([lease for lease, *_ in asked.values()], at=renewed_at)
            finished = []
            for future in done:
                lease, began, in_full = asked.pop(future)
                attempt = _Attempt(began, clock(), in_full, spread())
                finished.append(_Finished(lease, future.result(), attempt))
            if finished:
                yield from _tell(finished)


def _tell(finished: Sequence[_Finished]) -> list[Poll]:
    """Store what attempts have found, or that it cannot be stored; left out are lost leases.

    All in one transaction, since to wait for the disk takes longer than the rest; if one of them
    cannot be stored, each has its own.
    """
    try:
        with transaction.atomic():
            rows = [_store(one) for one in finished]
    except (DatabaseError, ValueError) as error:
        # Of two workers that wait for each other one is refused, and may have it after the other.
        is_deadlock = isinstance(error.__cause__, DeadlockDetected)
        if is_deadlock or (len(finished) > 1 and not isinstance(error, _OF_THE_DATABASE)):
            return [row for one in finished for row in _tell([one])]
        rows = [_store_broken(finished[0], error)]
    for one, row in zip(finished, rows, strict=True):
        name = one.lease.source.name
        if row is None:
            log.warning("lease lost", source=name)
        else:
            log.info("polled", source=name, outcome=row.outcome, new_articles=row.new_articles)
    return [row for row in rows if row is not None]


@transaction.atomic
def _store_broken(one: _Finished, error: Exception) -> Poll | None:
    if isinstance(error, _OF_THE_DATABASE):
        raise error
    log.error("poll not stored", source=one.lease.source.name, exc_info=error)
    found = _Found(Poll.Outcome.NOT_A_FEED, reason=_broken(error))
    return _store(replace(one, found=found))


def _answer(source: Source, *, at: datetime, in_full: bool, fetch: Fetch) -> _Found:
    """As `_ask`, but whatever goes wrong is an outcome: it must not end the round of others."""
    try:
        return _ask(source, at=at, in_full=in_full, fetch=fetch)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        log.exception("source not read", source=source.name)
        return _Found(Poll.Outcome.UNREACHABLE, reason=_broken(error))


def _broken(error: Exception) -> str:
    return _("Reading failed (%(error)s).") % {"error": type(error).__name__}


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
    return _said(source, answer, at=at, is_conditional=any(known.values()))


def _said(source: Source, answer: Fetched, *, at: datetime, is_conditional: bool) -> _Found:
    """What an answer says: a feed, nothing new, or what is wrong with it."""
    if answer.status == HTTPStatus.NOT_MODIFIED and is_conditional:
        return _Found(Poll.Outcome.NOTHING_NEW, answer)
    if answer.status == HTTPStatus.GONE:
        return _Found(Poll.Outcome.GONE, answer, reason=status_in_words(answer.status))
    if answer.status not in _WHOLE:
        # Of the other successes none is a whole feed; and nobody asked for a 304.
        return _Found(Poll.Outcome.ERROR_STATUS, answer, reason=status_in_words(answer.status))
    try:
        feed = _read(source, answer, at=at)
    except (NotAFeed, ChildFailed) as error:
        return _Found(Poll.Outcome.NOT_A_FEED, answer, reason=str(error))
    return _Found(Poll.Outcome.NOTHING_NEW, answer, feed, _missing(feed))


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
        limits=READING,
    )


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


def _store(one: _Finished) -> Poll | None:
    """Write all that a poll has found, and when the next one is; None if the lease is lost.

    To be called in a transaction.
    """
    found, attempt = one.found, one.attempt
    source = one.lease.locked()
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
