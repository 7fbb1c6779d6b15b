"""The steps of an article: found, fetched, extracted, drafted; each is stored before the next.

The articles of a source are read under its lease, so that a host gets one request at a time. Each
is claimed, and worked on without a transaction. A step that fails leaves it at its stage, from
which it goes on when its next try is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from news.child import ChildFailed
from news.clock import Clock, clock_from
from news.extraction import decode_page, extract
from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, fetch
from news.ingest import read, store_reading
from news.knowledge import from_record
from news.models import Article, Source
from news.pipeline import Knowledge
from news.pipeline.language import find_language
from news.robots import Permission, may_read

ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8"
PAGE_LIMITS = Limits(most_bytes=5 * 1024 * 1024)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
# A source that has just been added offers its whole feed. It is read in turns, so that neither its
# own next poll nor the pages of others wait for all of it.
MOST_PAGES = 30
TURN = timedelta(seconds=20)
# Then the worker is free for other tasks; beat sends the next one at once.
RUN = timedelta(seconds=60)

_NOT_READ = {
    Permission.NO: lambda: _("The site asks robots not to read this page."),
    Permission.LATER: lambda: _("The site does not tell now what robots may read."),
}

Fetch = Callable[..., Fetched]
log = structlog.get_logger(__name__)


def read_due(*, at: datetime, fetch: Fetch = fetch) -> int:
    """Read articles that are due, source by source in turns, until none can be read or time is up.

    Returns how many were drafted. Safe to run again, and beside others.
    """
    drafted, clock, ends = 0, clock_from(at), at + RUN
    while True:
        turns = 0
        for source in Article.objects.sources_due(clock()):
            if clock() >= ends:
                return drafted
            count = read_articles(source, at=clock(), fetch=fetch)
            turns += count is not None
            drafted += count or 0
        if not turns:
            return drafted


def read_articles(source: Source, *, at: datetime, fetch: Fetch = fetch) -> int | None:
    """Take one turn at the articles of a source; return how many were drafted.

    None if it, or another of its host, is being read.
    """
    clock, ends = clock_from(at), at + TURN
    lease = Source.objects.lease(source.pk, at=at, token=uuid4())
    if lease is None:
        return None

    try:
        return finish_articles(
            source,
            at=at,
            fetch=fetch,
            may_go_on=lambda: clock() < ends,
            hold=lambda: lease.renew(at=clock()),
        )
    finally:
        lease.release(at=clock())


def finish_articles(
    source: Source,
    *,
    at: datetime,
    fetch: Fetch = fetch,
    may_go_on: Callable[[], bool] = lambda: True,
    hold: Callable[[], bool] = lambda: True,
) -> int:
    """Take the articles of a source that are due as far as they go; return how many were drafted.

    `may_go_on` is asked before each article, `hold` before each step: whether the source is still
    ours to read. An article that no step can cope with is left for later with its problem, and
    logged.
    """
    drafted, clock = 0, clock_from(at)
    due = list(source.articles.due(at).order_by("next_try_at", "id")[:MOST_PAGES])
    knowledge = from_record() if due else None
    for article in due:
        assert knowledge is not None
        if not (may_go_on() and hold()):
            break
        if not article.claim(at=clock()):
            continue
        try:
            drafted += _finish(article, knowledge, clock=clock, fetch=fetch, hold=hold)
        except (SoftTimeLimitExceeded, OperationalError, InterfaceError):
            raise  # not the article's trouble: no time is left, or no database
        except Exception as error:  # one page must not keep the others from being read
            log.exception("article not read", article=article.pk)
            problem = _("Reading failed (%(error)s).") % {"error": type(error).__name__}
            article.stumbled(problem, at=clock())
    return drafted


def _finish(
    article: Article,
    knowledge: Knowledge,
    *,
    clock: Clock,
    fetch: Fetch,
    hold: Callable[[], bool],
) -> bool:
    """Take one article as far as it goes; whether it was drafted."""
    if article.stage == Article.Stage.FOUND:
        if not _fetch_page(article, clock=clock, fetch=fetch, hold=hold):
            return False
        hold()
    if article.stage == Article.Stage.FETCHED and not _extract(article, clock=clock):
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


def _fetch_page(article: Article, *, clock: Clock, fetch: Fetch, hold: Callable[[], bool]) -> bool:
    """Bring the page of a found article. False if that failed; the article then says why."""
    try:
        permission = may_read(article.url, fetch=fetch, cache=cache)
        if permission is not Permission.YES:
            article.stumbled(_NOT_READ[permission](), at=clock())
            return False
        if not hold():
            return False
        answer = fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error), at=clock())
        return False
    if not 200 <= answer.status < 300:
        article.stumbled(status_in_words(answer.status), at=clock())
        return False
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind not in PAGE_TYPES:
        article.stumbled(_("The address holds %(kind)s, not a page.") % {"kind": kind}, at=clock())
        return False
    article.page = decode_page(answer.body, answer.content_type)
    article.fetched_at, article.stage = clock(), Article.Stage.FETCHED
    return article.keep("page", "fetched_at", "stage", at=clock())


def _extract(article: Article, *, clock: Clock) -> bool:
    """Find the text in a fetched page. False if there is none; the article then says so."""
    try:
        found = extract(article.page, url=article.url)
    except ChildFailed as error:
        article.stumbled(str(error), at=clock())
        return False
    if found is None:
        article.stumbled(_("No article text was found on the page."), at=clock())
        return False
    article.keep_text(found.text)
    article.title = article.title or found.title
    article.published_on = article.published_on or found.published_on
    article.language = find_language(found.text, article.language)
    article.page, article.stage = "", Article.Stage.EXTRACTED
    return article.keep(
        "text",
        "text_sha256",
        "title",
        "published_on",
        "language",
        "page",
        "stage",
        at=clock(),
    )
