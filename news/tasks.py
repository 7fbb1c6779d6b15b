"""What workers do; the work itself is in news/polling.py, news/steps.py and news/watching.py.

All state is in the database: a message only says that there may be work. One that is lost is sent
again by beat within seconds, and one that comes twice finds nothing to do.
"""

from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from news import polling, rereading, steps
from news.alert_mail import tell
from news.asking import ask_due
from news.forgetting import forget_answers, forget_polls, forget_texts
from news.knowledge import from_record
from news.redrafting import redraft_all, to_redraft
from news.watching import watch

_REDRAFTED_AT_ONCE = 200


@shared_task(ignore_result=True)
def poll_due() -> None:
    """Poll the sources whose time has come; have their new articles read."""
    rows = list(polling.poll_due(at=timezone.now()))
    if any(row.new_articles for row in rows):
        with suppress(OperationalError):  # the broker is away; beat asks for it anyway
            read_due.delay()


@shared_task(ignore_result=True)
def read_due() -> None:
    """Go on with articles that wait for their next step."""
    steps.read_due(at=timezone.now())


@shared_task(ignore_result=True)
def ask_model() -> None:
    """Have the language model read along, if one is configured; nothing else waits for it."""
    ask_due(at=timezone.now())


@shared_task(ignore_result=True)
def look_again() -> None:
    """Read pages once more whose time has come, and keep what they say now."""
    rereading.look_again(at=timezone.now())


@shared_task(ignore_result=True)
def forget_old() -> None:
    """Let go of polls, texts and a model's answers older than the settings keep; 0 keeps all."""
    now = timezone.now()
    if settings.KEEP_POLLS_DAYS:
        forget_polls(at=now, keep=timedelta(days=settings.KEEP_POLLS_DAYS))
        forget_answers(at=now, keep=timedelta(days=settings.KEEP_POLLS_DAYS))
    if settings.KEEP_TEXTS_DAYS:
        forget_texts(at=now, keep=timedelta(days=settings.KEEP_TEXTS_DAYS))


@shared_task(ignore_result=True)
def watch_sources() -> None:
    """Raise and end the alerts of sources, and tell operators what they have not been told."""
    watch(at=timezone.now())
    tell(at=timezone.now())


@shared_task(ignore_result=True)
def redraft_waiting() -> None:
    """Draft anew what waits and an older pipeline has drafted; a part of it at a time."""
    articles = to_redraft()
    if articles.exists():
        days = articles.values_list("published_on", flat=True)
        redraft_all(articles, from_record(days), at_most=_REDRAFTED_AT_ONCE)
