"""The steps of an article: found, fetched, extracted, drafted; each is stored before the next.

An article is claimed, and worked on without a transaction. A step that fails leaves it at its
stage, from which it goes on when its next try is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from time import sleep

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.utils.translation import gettext as _

from news.child import ChildFailed
from news.clock import Clock, clock_from
from news.extraction import decode_page, extract
from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, fetch
from news.ingest import read, store_reading
from news.knowledge import from_record
from news.models import Article, Source
from news.pacing import Pace
from news.pipeline import Knowledge
from news.pipeline.language import find_language
from news.robots import Permission, may_read

ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8"
PAGE_LIMITS = Limits(most_bytes=5 * 1024 * 1024)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
# A source that has just been added offers its whole feed; the rest follows a minute later.
MOST_PAGES = 30
# With a poll before it and a slow page at its end, one run still stays within a task's time.
MOST_TIME = timedelta(seconds=120)

NOT_READ = {
    Permission.NO: lambda: _("The site asks robots not to read this page."),
    Permission.LATER: lambda: _("The site does not tell now what robots may read."),
}

Fetch = Callable[..., Fetched]
log = structlog.get_logger(__name__)


def finish_articles(
    source: Source,
    *,
    at: datetime,
    fetch: Fetch = fetch,
    clock: Clock | None = None,
    wait: Callable[[float], None] = sleep,
) -> int:
    """Take the articles of a source that are due as far as they go; return how many were drafted.

    One worker at a time asks for a source's pages, with its pause between them. What there is no
    time for stays due. An article that no step can cope with is left for later with its problem,
    and logged. `clock` and `wait` are for tests.
    """
    clock = clock or clock_from(at)
    due = list(source.articles.due(at).order_by("next_try_at", "id")[:MOST_PAGES])
    pause = timedelta(seconds=source.pause_seconds)
    pace = Pace(f"pages:{source.pk}", pause, at + MOST_TIME, clock, wait, cache)
    if not due or not pace.is_our_turn():
        return 0
    drafted, knowledge = 0, from_record()
    for article in due:
        needs_page = article.stage == Article.Stage.FOUND
        # Before the article is claimed, or the pause would eat up the time that it is held.
        if clock() >= at + MOST_TIME or needs_page and not pace.await_page():
            break
        if not article.claim(at=clock()):
            continue
        try:
            drafted += _finish(article, knowledge, at=clock(), fetch=fetch)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # one page must not keep the others from being read
            log.exception("article not read", article=article.pk)
            problem = _("Reading failed (%(error)s).") % {"error": type(error).__name__}
            article.stumbled(problem, at=clock())
        if needs_page:
            pace.was_asked()
    pace.leave()
    return drafted


def _finish(article: Article, knowledge: Knowledge, *, at: datetime, fetch: Fetch) -> bool:
    """Take one article as far as it goes; whether it was drafted."""
    if article.stage == Article.Stage.FOUND and not _fetch_page(article, at=at, fetch=fetch):
        return False
    if article.stage == Article.Stage.FETCHED and not _extract(article, at=at):
        return False
    store_reading(article, read(article, knowledge))
    return True


def status_in_words(status: int) -> str:
    """What a server answered, for operators."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = _("unknown status")
    return _("The server answered %(status)d (%(phrase)s).") % {"status": status, "phrase": phrase}


def _fetch_page(article: Article, *, at: datetime, fetch: Fetch) -> bool:
    """Bring the page of a found article. False if that failed; the article then says why."""
    try:
        permission = may_read(article.url, fetch=fetch, cache=cache)
        if permission is not Permission.YES:
            article.stumbled(NOT_READ[permission](), at=at)
            return False
        answer = fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error), at=at)
        return False
    if not 200 <= answer.status < 300:
        article.stumbled(status_in_words(answer.status), at=at)
        return False
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind not in PAGE_TYPES:
        article.stumbled(_("The address holds %(kind)s, not a page.") % {"kind": kind}, at=at)
        return False
    article.page = decode_page(answer.body, answer.content_type)
    article.fetched_at, article.stage = at, Article.Stage.FETCHED
    article.save(update_fields=["page", "fetched_at", "stage"])
    return True


def _extract(article: Article, *, at: datetime) -> bool:
    """Find the text in a fetched page. False if there is none; the article then says so."""
    try:
        found = extract(article.page, url=article.url)
    except ChildFailed as error:
        article.stumbled(str(error), at=at)
        return False
    if found is None:
        article.stumbled(_("No article text was found on the page."), at=at)
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
