"""Errors of the API as RFC 9457 has them: `application/problem+json`."""

import json
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja.errors import ValidationError
from pydantic import BaseModel

from events.api.places import ROOT

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    field: str
    reason: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


class BadRequest(Problem):
    errors: list[FieldProblem]


class Gone(Problem):
    id: UUID | None
    slug: str
    withdrawn_at: datetime
    reason: str | None


class Refused(Exception):
    """The request is answered with a problem; `more` are members beside the standard ones."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


class Moved(Exception):
    """What was asked for is at another path below the root of the API, for good."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


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


def answer_to(request: HttpRequest, error: Any) -> HttpResponse:
    """What a refusal, a move, a parameter of no sense or something missing is answered with."""
    match error:
        case Refused():
            return problem(error.status, error.detail, **error.more)
        case Moved():
            query = request.META.get("QUERY_STRING", "")
            address = ROOT + error.path + (f"?{query}" if query else "")
            return HttpResponsePermanentRedirect(address)
        case ValidationError():
            return answer_to(request, bad_values(*map(_reason, error.errors)))
        case Http404():
            return problem(404, "Nothing is here.")
    raise error


def _reason(told: dict[str, Any]) -> tuple[str, str]:
    """Field and reason of what pydantic tells; a place in a list of values is not told."""
    field = next((str(part) for part in reversed(told["loc"]) if isinstance(part, str)), "")
    return field, str(told["msg"]).removeprefix("Value error, ")
