"""Addresses below the root of the API; whatever is no address there is told so as a problem."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path

from events.api.answering import answered
from events.api.routes import api

app_name = "api"


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


def _through_the_door(patterns: list[Any]) -> list[URLPattern]:
    for pattern in patterns:
        pattern.callback = answered(pattern.callback)
    return patterns


urlpatterns = [
    *_through_the_door(api.urls[0]),
    re_path("", answered(nothing_here)),
]
