"""Errors of the API as RFC 9457 has them: `application/problem+json`."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Refused(Exception):
    """The request is answered with a problem; `more` are members beside the standard ones."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def bad_values(*errors: tuple[str, str]) -> Refused:
    """A refusal that names each field and what is wrong with it."""
    told = [{"field": field, "reason": reason} for field, reason in errors]
    return Refused(400, "; ".join(f"{field}: {reason}" for field, reason in errors), errors=told)


def problem(
    status: int, detail: str, *, headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The answer: the status in a phrase, what is the matter here, and more for programs."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def not_allowed(allowed: Sequence[str]) -> HttpResponse:
    """405 with the methods that are."""
    methods = ", ".join(allowed)
    return problem(405, f"Use one of {methods}.", headers={"Allow": methods})
