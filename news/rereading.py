"""Looking at the pages of articles again, some times in the first days: corrections come early.

Only articles from which something was drafted are worth it. A look that fails is missed, not
repeated: the next one follows.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.core.cache import cache
from django.db.models import F

from news.child import ChildFailed
from news.clock import clock_from
from news.extraction import decode_page, extract
from news.fetching import FetchFailed, FetchRefused, fetch
from news.knowledge import from_record
from news.models import Article, Candidate, HeldHost, Source
from news.parsing import SUMMARY
from news.pipeline import Knowledge
from news.rewording import keep_text
from news.robots import Permission, may_read
from news.schedule import next_look
from news.steps import ACCEPT_PAGE, EXTRACTING, PAGE_LIMITS, Fetch, is_page, time_zone_of

# One after the other and one of a source, so that nobody is pressed; the rest follows with the next
# run.
MOST_LOOKS = 20

log = structlog.get_logger(__name__)


def look_again(*, at: datetime, fetch: Fetch = fetch) -> int:
    """Read the pages whose time has come once more; return how many say something else now."""
    clock, changed = clock_from(at), 0
    due = Article.objects.to_read_again(at).select_related("source")
    first = due.order_by("source_id", "reread_at", "id").distinct("source_id")
    articles = sorted(first, key=lambda article: article.reread_at or at)[:MOST_LOOKS]
    knowledge = from_record([at.date()]) if articles else None
    for article in articles:
        assert knowledge is not None
        assert article.source is not None
        # Under its source's lease, for a host gets one request at a time.
        lease = Source.objects.lease(article.source.pk, at=clock(), token=uuid4())
        if lease is None:
            continue
        try:
            is_free = HeldHost.objects.take_beside(
                lease.source.host, article.url, at=clock(), token=lease.token
            )
            if is_free and _claim(article, at=clock()):
                changed += _look(article, knowledge, at=clock(), fetch=fetch)
        except SoftTimeLimitExceeded:
            raise
        except Exception:  # one page must not keep the others from being looked at
            log.exception("article not read again", article=article.pk)
        finally:
            until = clock() + article.source.pause
            HeldHost.objects.let_go(lease.token, at=clock(), until=until)
            lease.release(at=until)
    return changed


def _claim(article: Article, *, at: datetime) -> bool:
    """Whether this worker is to look; the time of the next look is set, whatever comes of this one.

    There is none once all that the article drafted is rejected, or its source is switched off.
    """
    first = article.fetched_at or article.found_at
    is_on = article.source is not None and article.source.is_enabled
    is_wanted = is_on and article.candidates.exclude(state=Candidate.State.REJECTED).exists()
    following = next_look(first, looks=article.rereads + 1, at=at) if is_wanted else None
    same = Article.objects.filter(pk=article.pk, reread_at=article.reread_at)
    return bool(same.update(reread_at=following, rereads=F("rereads") + 1)) and is_wanted


def _look(article: Article, knowledge: Knowledge, *, at: datetime, fetch: Fetch) -> bool:
    """Fetch a page unless it says that it is as it was; whether its text is another now."""
    try:
        if may_read(article.url, fetch=fetch, cache=cache) is not Permission.YES:
            return False
        answer = fetch(
            article.url,
            accept=ACCEPT_PAGE,
            limits=PAGE_LIMITS,
            etag=article.etag,
            last_modified=article.last_modified,
        )
        if answer.status != HTTPStatus.OK or not is_page(answer):
            return False
        found = extract(
            decode_page(answer.body, answer.content_type),
            url=article.url,
            time_zone=time_zone_of(article),
            at=at,
            limits=EXTRACTING,
        )
    except (FetchRefused, FetchFailed, ChildFailed) as error:
        log.info("article not read again", article=article.pk, reason=str(error))
        return False
    if found is None or found.how == SUMMARY:
        return False
    Article.objects.filter(pk=article.pk).update(
        etag=answer.etag, last_modified=answer.last_modified
    )
    return keep_text(article, found.text, knowledge, at=at) is not None
