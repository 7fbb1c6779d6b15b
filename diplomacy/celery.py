"""The Celery application: `celery -A diplomacy worker` and `celery -A diplomacy beat`.

A web process loads it when it first has something to ask of a worker (`events.waking`): settings
and pages name nothing of Celery, which takes as much memory as all pages of readers.
"""

import os
from typing import Any

import structlog
from celery import Celery, Task
from celery.signals import setup_logging
from django.dispatch import receiver
from django_structlog.celery.receivers import CeleryReceiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu import Queue

from diplomacy.beat import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")

app = Celery("diplomacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
# A message only says that there may be work, and beat says so again: none is acknowledged or put
# back. A worker that tried either after its connection had been lost would end.
app.conf.task_queues = [Queue("celery", no_ack=True)]
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()

# A message carries the id of the request that sent it. (Signals hold no receiver by themselves.)
_sent = CeleryReceiver()
_sent.connect_signals()


@setup_logging.connect
def leave_logging_to_django(**_: Any) -> None:
    """A receiver keeps Celery from replacing the handlers and levels of the settings."""


@receiver(bind_extra_task_metadata)
def name_task(task: Task[Any, Any], **_: Any) -> None:
    """What a log line of a task says besides its event."""
    structlog.contextvars.bind_contextvars(task=task.name)
