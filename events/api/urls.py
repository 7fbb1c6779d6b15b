"""Addresses below the root of the API; whatever is no address there is told so as a problem."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from events.api.answering import answered
from events.api.openapi import described
from events.api.places import site_of
from events.api.reference import docs
from events.api.routes import api

app_name = "api"


def openapi(request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI, with the values that parameters take now."""
    content = json.dumps(described(site_of(request)), ensure_ascii=False)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


def _through_the_door(patterns: list[Any]) -> list[URLPattern]:
    for pattern in patterns:
        pattern.callback = answered(pattern.callback)
    return patterns


urlpatterns = [
    *_through_the_door(api.urls[0]),
    path("openapi.json", answered(openapi), name="openapi"),
    path("docs", docs, name="docs"),
    re_path("", answered(nothing_here)),
]
