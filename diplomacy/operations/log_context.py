"""How an answer leads to its line in the log."""

from typing import Any

import structlog
from django.dispatch import receiver
from django.http import HttpResponse
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
