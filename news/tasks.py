"""What workers do; the work itself is in news/polling.py and news/steps.py.

All state is in the database: a message only wakes somebody. One that is lost is sent again by beat
within a minute, and one that comes twice finds nothing to do.
"""

from celery import shared_task
from django.utils import timezone

from news.knowledge import from_record
from news.models import Article, Source
from news.polling import poll
from news.redrafting import redraft_all, to_redraft
from news.steps import finish_articles

_REDRAFTED_AT_ONCE = 200


@shared_task(ignore_result=True)
def poll_due() -> None:
    """Hand over every source whose time has come, and those that left articles unfinished."""
    now = timezone.now()
    due = list(Source.objects.due(now).values_list("pk", flat=True))
    for source_id in due:
        poll_source.delay(source_id=source_id)
    waiting = Article.objects.due(now).exclude(source=None).exclude(source__in=due)
    for source_id in waiting.order_by().values_list("source", flat=True).distinct():
        read_articles.delay(source_id=source_id)


@shared_task(ignore_result=True)
def poll_source(*, source_id: int) -> None:
    """Read one source, if it is still due: the message may have come twice, or late."""
    source = Source.objects.due(timezone.now()).filter(pk=source_id).first()
    if source is not None:
        poll(source, at=timezone.now())


@shared_task(ignore_result=True)
def read_articles(*, source_id: int) -> None:
    """Go on with the articles of a source that an earlier try has left unfinished."""
    source = Source.objects.filter(pk=source_id).first()
    if source is not None:
        finish_articles(source, at=timezone.now())


@shared_task(ignore_result=True)
def redraft_waiting() -> None:
    """Draft anew what waits and an older pipeline has drafted; a part of it at a time."""
    articles = to_redraft()
    if articles.exists():
        redraft_all(articles, from_record(), at_most=_REDRAFTED_AT_ONCE)
