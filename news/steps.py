"""The steps of an article: found, fetched, extracted, drafted; each is stored before the next.

An article is claimed, and worked on without a transaction. A step that fails leaves it at its
stage, from which it goes on when its next try is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from news.child import ChildFailed
from news.clock import clock_from
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
# A source that has just been added offers its whole feed; the rest follows a minute later.
MOST_PAGES = 30

_NOT_READ = {
    Permission.NO: lambda: _("The site asks robots not to read this page."),
    Permission.LATER: lambda: _("The site does not tell now what robots may read."),
}

Fetch = Callable[..., Fetched]
log = structlog.get_logger(__name__)


def finish_articles(source: Source, *, at: datetime, fetch: Fetch = fetch) -> int:
    """Take the articles of a source that are due as far as they go; return how many were drafted.

    An article that no step can cope with is left for later with its problem, and logged.
    """
    drafted, clock = 0, clock_from(at)
    due = list(
        source.articles.due(at).select_related("source").order_by("next_try_at", "id")[:MOST_PAGES]
    )
    knowledge = from_record() if due else None
    for article in due:
        assert knowledge is not None
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
            article.stumbled(_NOT_READ[permission](), at=at)
            return False
        answer = fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error), at=at)
        return False
    if not 200 <= answer.status < 300:
        article.stumbled(status_in_words(answer.status), at=at)
        return False
    if not is_page(answer):
        kind = {"kind": kind_of(answer)}
        article.stumbled(_("The address holds %(kind)s, not a page.") % kind, at=at)
        return False
    article.page = decode_page(answer.body, answer.content_type)
    article.etag, article.last_modified = answer.etag, answer.last_modified
    article.fetched_at, article.stage = at, Article.Stage.FETCHED
    article.save(update_fields=["page", "etag", "last_modified", "fetched_at", "stage"])
    return True


def kind_of(answer: Fetched) -> str:
    """The media type of an answer, without its parameters."""
    return answer.content_type.partition(";")[0].strip().lower()


def is_page(answer: Fetched) -> bool:
    """Whether an answer may hold an article; one that does not say what it is may."""
    return kind_of(answer) in PAGE_TYPES


def _extract(article: Article, *, at: datetime) -> bool:
    """Find the text in a fetched page. False if there is none; the article then says so."""
    try:
        found = extract(
            article.page,
            at=article.fetched_at or at,
            url=article.url,
            summary=article.summary,
            time_zone=time_zone_of(article),
        )
    except ChildFailed as error:
        article.stumbled(str(error), at=at)
        return False
    if found is None:
        article.stumbled(_("No article text was found on the page."), at=at)
        return False
    article.keep_text(found.text)
    article.title = article.title or found.title
    article.text_from = found.how
    article.take_day(found.published_on, found.date_problem)
    article.language = find_language(found.text, article.language)
    article.page, article.stage = "", Article.Stage.EXTRACTED
    article.save(
        update_fields=[
            "text",
            "text_sha256",
            "text_from",
            "title",
            "published_on",
            "published_at",
            "date_problem",
            "language",
            "page",
            "stage",
        ]
    )
    return True


def time_zone_of(article: Article) -> str:
    """Where the times of an article's page are from, if they do not say."""
    return article.source.time_zone if article.source else settings.RECORD_TIME_ZONE
