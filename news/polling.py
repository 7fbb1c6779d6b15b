"""Reading a source: one attempt, told in one Poll row.

No transaction is open while the network is waited for. A step that fails leaves the article at its
stage, and the next poll of the source goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.extraction import decode_page, extract
from news.feeds import FeedItem, NotAFeed, read_feed
from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, fetch
from news.ingest import read, store_reading
from news.knowledge import from_record
from news.models import Article, Poll, Source
from news.pipeline import Knowledge
from news.pipeline.language import find_language

ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8"
PAGE_LIMITS = Limits(most_bytes=5 * 1024 * 1024)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
# A source that has just been added offers its whole feed; the rest follows at the next poll.
MOST_PAGES = 30

Fetch = Callable[..., Fetched]
log = structlog.get_logger(__name__)


def poll(
    source: Source,
    *,
    at: datetime,
    fetch: Fetch = fetch,
    now: Callable[[], datetime] = timezone.now,
) -> Poll | None:
    """Read a source now; None if another worker is reading it. Safe to run again.

    `at` is when the poll starts; `now` is asked only for when it finishes.
    """
    if not source.claim(at=at):
        return None
    row = _attempt(source, at=at, fetch=fetch)
    row.finished_at = max(now(), at)
    row.save()
    finish_articles(source, at=at, fetch=fetch)
    log.info("polled", source=source.name, outcome=row.outcome, new_articles=row.new_articles)
    return row


def finish_articles(source: Source, *, at: datetime, fetch: Fetch = fetch) -> int:
    """Take the unfinished articles of a source as far as they go; return how many were drafted.

    An article that no step can cope with is left for later with its problem, and logged.
    """
    drafted = 0
    knowledge = from_record() if source.articles.unfinished().exists() else None
    for article in list(source.articles.unfinished().order_by("id")[:MOST_PAGES]):
        assert knowledge is not None
        try:
            drafted += _finish(article, knowledge, at=at, fetch=fetch)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # one page must not keep the others from being read
            log.exception("article not read", article=article.pk)
            article.stumbled(_("Reading failed (%(error)s).") % {"error": type(error).__name__})
    return drafted


def _finish(article: Article, knowledge: Knowledge, *, at: datetime, fetch: Fetch) -> bool:
    """Take one article as far as it goes; whether it was drafted."""
    if article.stage == Article.Stage.FOUND and not _fetch_page(article, at=at, fetch=fetch):
        return False
    if article.stage == Article.Stage.FETCHED and not _extract(article):
        return False
    store_reading(article, read(article, knowledge))
    return True


def _attempt(source: Source, *, at: datetime, fetch: Fetch) -> Poll:
    """Fetch and store what a feed offers; an unsaved row tells how it went."""
    row = Poll(source=source, started_at=at, finished_at=at)
    try:
        answer = fetch(
            source.url, etag=source.etag, last_modified=source.last_modified, accept=ACCEPT_FEED
        )
        row.http_status = answer.status
        items = _items(source, answer)
    except FetchRefused as error:
        return _failed(source, row, Poll.Outcome.REFUSED, str(error))
    except FetchFailed as error:
        return _failed(source, row, Poll.Outcome.UNREACHABLE, str(error))
    except NotAFeed as error:
        return _failed(source, row, Poll.Outcome.NOT_A_FEED, str(error))
    if items is None:
        return _failed(source, row, Poll.Outcome.ERROR_STATUS, _status_in_words(answer.status))
    with transaction.atomic():
        row.items = len(items)
        row.new_articles = store_items(source, items, at=at)
        row.outcome = Poll.Outcome.NEW if row.new_articles else Poll.Outcome.NOTHING_NEW
        is_same = answer.status == HTTPStatus.NOT_MODIFIED
        source.answered(
            at=at,
            etag=source.etag if is_same else answer.etag,
            last_modified=source.last_modified if is_same else answer.last_modified,
        )
    return row


def _items(source: Source, answer: Fetched) -> list[FeedItem] | None:
    """The items of an answer; none if nothing has changed; None for an error status."""
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return []
    if not 200 <= answer.status < 300:
        return None
    return read_feed(
        answer.body,
        url=answer.url,
        time_zone=source.time_zone,
        content_type=answer.content_type,
    )


def store_items(source: Source, items: list[FeedItem], *, at: datetime) -> int:
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
            ),
        )
    before = source.articles.count()
    # Conflicts are articles that moved, by their id in the feed, or that another feed just had.
    Article.objects.bulk_create(new.values(), ignore_conflicts=True)
    return source.articles.count() - before


def _failed(source: Source, row: Poll, outcome: Poll.Outcome, reason: str) -> Poll:
    row.outcome, row.reason = outcome, reason[:300]
    source.failed(at=row.started_at)
    return row


def _status_in_words(status: int) -> str:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = _("unknown status")
    return _("The server answered %(status)d (%(phrase)s).") % {"status": status, "phrase": phrase}


def _fetch_page(article: Article, *, at: datetime, fetch: Fetch) -> bool:
    """Bring the page of a found article. False if that failed; the article then says why."""
    try:
        answer = fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error))
        return False
    if not 200 <= answer.status < 300:
        article.stumbled(_status_in_words(answer.status))
        return False
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind not in PAGE_TYPES:
        article.stumbled(_("The address holds %(kind)s, not a page.") % {"kind": kind})
        return False
    article.page = decode_page(answer.body, answer.content_type)
    article.fetched_at, article.stage = at, Article.Stage.FETCHED
    article.save(update_fields=["page", "fetched_at", "stage"])
    return True


def _extract(article: Article) -> bool:
    """Find the text in a fetched page. False if there is none; the article then says so."""
    found = extract(article.page, url=article.url)
    if found is None:
        article.stumbled(_("No article text was found on the page."))
        return False
    article.keep_text(found.text)
    article.title = article.title or found.title
    article.published_on = article.published_on or found.published_on
    article.language = find_language(found.text, article.language)
    article.page, article.stage = "", Article.Stage.EXTRACTED
    article.save(
        update_fields=[
            "text",
            "text_sha256",
            "title",
            "published_on",
            "language",
            "page",
            "stage",
        ]
    )
    return True
