"""What a log line says besides its event, and how an answer leads to its line."""

from typing import Any

import structlog
from celery import Task
from django.dispatch import receiver
from django.http import HttpResponse
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.signals import (
    bind_extra_request_finished_metadata,
    update_failure_response,
)


@receiver([bind_extra_request_finished_metadata, update_failure_response])
def name_request(response: HttpResponse, **_: Any) -> None:
    """An editor who meets an error can tell the operator which."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id:
        response["X-Request-ID"] = request_id


@receiver(bind_extra_task_metadata)
def name_task(task: Task[Any, Any], **_: Any) -> None:
    structlog.contextvars.bind_contextvars(task=task.name)
