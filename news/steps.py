"""The steps of an article: found, fetched, extracted, drafted; each is stored before the next.

The articles of a source are read under its lease, so that a host gets one request at a time; if a
page stands on another host, that one is held too. Each article is claimed, and worked on without a
transaction. A step that fails leaves it at its stage, from
which it goes on when its next try is due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from time import sleep
from urllib.parse import urljoin
from uuid import UUID, uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from news.child import ChildFailed, ChildLimits
from news.clock import Clock, clock_from
from news.extraction import decode_page, extract
from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, NoAnswer, fetch
from news.ingest import read, store_reading
from news.knowledge import from_record
from news.models import Article, HeldHost, Source
from news.pipeline import Knowledge
from news.pipeline.language import find_language
from news.robots import Permission, may_read

ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8"
PAGE_LIMITS = Limits(read_seconds=5, total_seconds=8, most_bytes=5 * 1024 * 1024)
EXTRACTING = ChildLimits(seconds=10, cpu_seconds=8)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
# A source that has just been added offers its whole feed. It is read in turns, so that neither its
# own next poll nor the pages of others wait for all of it.
MOST_PAGES = 30
# No step is begun later in a turn, and none takes longer than ten seconds.
TURN = timedelta(seconds=18)
# Then the worker is free for other tasks; beat sends the next one at once.
RUN = timedelta(seconds=60)
# A host that does not answer, or is busy, is asked for none of its pages meanwhile.
REST = timedelta(minutes=15)
IN_TROUBLE = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)

NOT_READ = {
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

    None if it, or another of its host, is being read. Afterwards its host has a rest for as long
    as the source has between two pages.
    """
    clock = clock_from(at)
    lease = Source.objects.lease(source.pk, at=at, token=uuid4())
    if lease is None:
        return None
    try:
        return finish_articles(source, at=at, fetch=fetch, hold=lambda: lease.renew(at=clock()))
    finally:
        lease.release(at=clock() + source.pause)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the steps of one turn need: the network, the time, and whether there is any left."""

    fetch: Fetch
    clock: Clock
    until: datetime
    hold: Callable[[], bool]
    token: UUID

    def may_go_on(self) -> bool:
        """Whether there is time for another step, and the source is still ours to read."""
        return self.clock() < self.until and self.hold()

    def may_ask(self, article: Article) -> bool:
        """Whether nobody else asks the host of an article's page now; if so, it waits."""
        assert article.source is not None
        own, at = article.source.host, self.clock()
        return HeldHost.objects.take_beside(own, article.url, at=at, token=self.token)


def finish_articles(
    source: Source,
    *,
    at: datetime,
    until: datetime | None = None,
    fetch: Fetch = fetch,
    hold: Callable[[], bool] = lambda: True,
    clock: Clock | None = None,
    wait: Callable[[float], None] = sleep,
) -> int:
    """Take the articles of a source that are due as far as they go; return how many were drafted.

    Between two pages is the source's pause. No step is begun after `until`, nor when `hold` says
    that the source is no longer ours; what is left then is still due. An article that no step can
    cope with is left for later with its problem, and logged. `clock` and `wait` are for tests.
    """
    articles = source.articles.due(at).select_related("source")
    due = list(articles.order_by("next_try_at", "id")[:MOST_PAGES])
    if not due:
        return 0
    turn = _Turn(fetch, clock or clock_from(at), until or at + TURN, hold, uuid4())
    try:
        return _finish_all(due, source.pause, turn, wait)
    finally:
        now = turn.clock()
        HeldHost.objects.let_go(turn.token, at=now, until=now + source.pause)


def _finish_all(
    due: list[Article], pause: timedelta, turn: _Turn, wait: Callable[[float], None]
) -> int:
    """Take these articles as far as this turn goes; return how many were drafted."""
    today = turn.clock().date()
    knowledge = from_record(article.published_on or today for article in due)
    has_asked, drafted = False, 0
    for article in due:
        needs_page = article.stage == Article.Stage.FOUND
        if needs_page and has_asked and pause:
            # Before the article is claimed, or the pause would eat up the time that it is held.
            if turn.clock() + pause >= turn.until:
                break
            wait(pause.total_seconds())
        if not turn.may_go_on():
            break
        if not article.claim(at=turn.clock()):
            continue
        has_asked |= needs_page
        try:
            drafted += _finish(article, knowledge, turn)
        except (SoftTimeLimitExceeded, OperationalError, InterfaceError):
            raise  # not the article's trouble: no time is left, or no database
        except Exception as error:  # one page must not keep the others from being read
            log.exception("article not read", article=article.pk)
            problem = _("Reading failed (%(error)s).") % {"error": type(error).__name__}
            article.stumbled(problem, at=turn.clock())
    return drafted


def _finish(article: Article, knowledge: Knowledge, turn: _Turn) -> bool:
    """Take one article as far as it goes in this turn; whether it was drafted."""
    if article.stage == Article.Stage.FOUND and not (
        turn.may_ask(article)
        and _may_fetch(article, turn)
        and turn.may_go_on()
        and _fetch_page(article, turn)
    ):
        return False
    if article.stage == Article.Stage.FETCHED and not (
        turn.may_go_on() and _extract(article, turn)
    ):
        return False
    if not turn.may_go_on():
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


def _may_fetch(article: Article, turn: _Turn) -> bool:
    """Whether the page of a found article may be asked for; if not, the article says why."""
    try:
        permission = may_read(article.url, fetch=turn.fetch, cache=cache)
    except FetchRefused as error:
        article.stumbled(str(error), at=turn.clock())
        return False
    if permission is not Permission.YES:
        article.stumbled(NOT_READ[permission](), at=turn.clock())
    if permission is Permission.LATER:
        _let_rest(article, turn.clock() + REST)
    return permission is Permission.YES


def _let_rest(article: Article, until: datetime) -> None:
    """Put off all that its source has on the host of an article; it costs the others no try."""
    host = urljoin(article.url, "/")
    assert article.source is not None
    waiting = article.source.articles.unfinished().filter(
        stage=Article.Stage.FOUND, url__startswith=host, next_try_at__lt=until
    )
    waiting.update(next_try_at=until)


def _fetch_page(article: Article, turn: _Turn) -> bool:
    """Bring the page of a found article. False if that failed; the article then says why."""
    try:
        answer = turn.fetch(article.url, accept=ACCEPT_PAGE, limits=PAGE_LIMITS)
    except (FetchRefused, FetchFailed) as error:
        article.stumbled(str(error), at=turn.clock())
        if isinstance(error, NoAnswer):
            _let_rest(article, turn.clock() + REST)
        return False
    at = turn.clock()
    if not 200 <= answer.status < 300:
        article.stumbled(status_in_words(answer.status), at=at)
        if answer.status in IN_TROUBLE:
            _let_rest(article, at + max(REST, timedelta(seconds=answer.retry_after or 0)))
        return False
    if not is_page(answer):
        kind = {"kind": kind_of(answer)}
        article.stumbled(_("The address holds %(kind)s, not a page.") % kind, at=at)
        return False
    article.page = decode_page(answer.body, answer.content_type)
    article.etag, article.last_modified = answer.etag, answer.last_modified
    article.fetched_at, article.stage = at, Article.Stage.FETCHED
    return article.keep("page", "etag", "last_modified", "fetched_at", "stage", at=at)


def kind_of(answer: Fetched) -> str:
    """The media type of an answer, without its parameters."""
    return answer.content_type.partition(";")[0].strip().lower()


def is_page(answer: Fetched) -> bool:
    """Whether an answer may hold an article; one that does not say what it is may."""
    return kind_of(answer) in PAGE_TYPES


def _extract(article: Article, turn: _Turn) -> bool:
    """Find the text in a fetched page. False if there is none; the article then says so."""
    try:
        found = extract(
            article.page,
            at=article.fetched_at or turn.clock(),
            url=article.url,
            summary=article.summary,
            time_zone=time_zone_of(article),
            limits=EXTRACTING,
        )
    except ChildFailed as error:
        article.stumbled(str(error), at=turn.clock())
        return False
    if found is None:
        article.stumbled(_("No article text was found on the page."), at=turn.clock())
        return False
    article.keep_text(found.text)
    article.title = article.title or found.title
    article.text_from = found.how
    article.take_day(found.published_on, found.date_problem)
    article.language = find_language(found.text, article.language)
    article.page, article.stage = "", Article.Stage.EXTRACTED
    return article.keep(
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
        at=turn.clock(),
    )


def time_zone_of(article: Article) -> str:
    """Where the times of an article's page are from, if they do not say."""
    return article.source.time_zone if article.source else settings.RECORD_TIME_ZONE
