"""What workers do; the work itself is in news/polling.py and news/steps.py.

All state is in the database: a message only wakes somebody. One that is lost is sent again by beat
within a minute, and one that comes twice finds nothing to do.
"""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from news import rereading
from news.forgetting import forget_polls, forget_texts
from news.models import Article, Source
from news.polling import poll
from news.steps import finish_articles


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
def look_again() -> None:
    """Read pages once more whose time has come, and keep what they say now."""
    rereading.look_again(at=timezone.now())


@shared_task(ignore_result=True)
def forget_old() -> None:
    """Let go of polls and texts that are older than the settings keep them; 0 keeps them all."""
    now = timezone.now()
    if settings.KEEP_POLLS_DAYS:
        forget_polls(at=now, keep=timedelta(days=settings.KEEP_POLLS_DAYS))
    if settings.KEEP_TEXTS_DAYS:
        forget_texts(at=now, keep=timedelta(days=settings.KEEP_TEXTS_DAYS))
