"""The steps of an article: found, fetched, extracted, drafted; each is stored before the next.

An article is claimed, and worked on without a transaction. A step that fails leaves it at its
stage, from which it goes on when its next try is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urljoin

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.utils.translation import gettext as _

from news.child import ChildFailed, ChildLimits
from news.clock import Clock, clock_from
from news.extraction import decode_page, extract
from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, NoAnswer, fetch
from news.ingest import read, store_reading
from news.knowledge import from_record
from news.models import Article, Source
from news.pipeline import Knowledge
from news.pipeline.language import find_language
from news.robots import Permission, may_read

ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8"
PAGE_LIMITS = Limits(read_seconds=5, total_seconds=8, most_bytes=5 * 1024 * 1024)
EXTRACTING = ChildLimits(seconds=10, cpu_seconds=8)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
# A source that has just been added offers its whole feed; the rest follows a minute later.
MOST_PAGES = 30
# No step is begun later, and none takes longer than ten seconds: who waits is not kept waiting.
PATIENCE = timedelta(seconds=18)
# A host that does not answer, or is busy, is asked for none of its pages meanwhile.
REST = timedelta(minutes=15)
IN_TROUBLE = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)

_NOT_READ = {
    Permission.NO: lambda: _("The site asks robots not to read this page."),
    Permission.LATER: lambda: _("The site does not tell now what robots may read."),
}

Fetch = Callable[..., Fetched]
log = structlog.get_logger(__name__)


def finish_articles(
    source: Source, *, at: datetime, until: datetime | None = None, fetch: Fetch = fetch
) -> int:
    """Take the articles of a source that are due as far as they go; return how many were drafted.

    No step is begun after `until`; what is left then is still due. An article that no step can
    cope with is left for later with its problem, and logged.
    """
    drafted, clock = 0, clock_from(at)
    until = until or at + PATIENCE
    due = list(source.articles.due(at).order_by("next_try_at", "id")[:MOST_PAGES])
    knowledge = from_record() if due else None
    for article in due:
        assert knowledge is not None
        if clock() >= until:
            break
        if not article.claim(at=clock()):
            continue
        try:
            drafted += _finish(article, knowledge, clock=clock, until=until, fetch=fetch)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # one page must not keep the others from being read
            log.exception("article not read", article=article.pk)
            problem = _("Reading failed (%(error)s).") % {"error": type(error).__name__}
            article.stumbled(problem, at=clock())
    return drafted


def _finish(
    article: Article, knowledge: Knowledge, *, clock: Clock, until: datetime, fetch: Fetch
) -> bool:
    """Take one article as far as it goes in time; whether it was drafted."""
    if article.stage == Article.Stage.FOUND and not (
        _may_fetch(article, at=clock(), fetch=fetch)
        and clock() < until
        and _fetch_page(article, at=clock(), fetch=fetch)
    ):
        return False
    if article.stage == Article.Stage.FETCHED and not (
        clock() < until and _extract(article, at=clock())
    ):
        return False
    if clock() >= until:
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


def _may_fetch(article: Article, *, at: datetime, fetch: Fetch) -> bool:
    """Whether the page of a found article may be asked for; if not, the article says why."""
    try:
        permission = may_read(article.url, fetch=fetch, cache=cache)
    except FetchRefused as error:
        article.stumbled(str(error), at=at)
        return False
    if permission is not Permission.YES:
        article.stumbled(_NOT_READ[permission](), at=at)
    if permission is Permission.LATER:
        _let_rest(article, at + REST)
    return permission is Permission.YES


def _let_rest(article: Article, until: datetime) -> None:
    """Put off all that its source has on the host of an article; it costs the others no try."""
    host = urljoin(article.url, "/")
    assert article.source is not None
    waiting = article.source.articles.unfinished().filter(
        stage=Article.Stage.FOUND, url__startswith=host, next_try_at__lt=until
    )
    waiting.update(next_try_at=until)


def _fetch_page(article: Article, *, at: datetime, fetch: Fetch) -> bool:
    """Bring the page of a found article. False if that failed; the article then says why."""
    try:
        answer = fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error), at=at)
        if isinstance(error, NoAnswer):
            _let_rest(article, at + REST)
        return False
    if not 200 <= answer.status < 300:
        article.stumbled(status_in_words(answer.status), at=at)
        if answer.status in IN_TROUBLE:
            _let_rest(article, at + max(REST, timedelta(seconds=answer.retry_after or 0)))
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
        found = extract(article.page, url=article.url, limits=EXTRACTING)
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
