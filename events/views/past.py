"""Pages of the record as it stood on a past day: `?as_of=` of any page that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language

from events.links_of_a_day import address_on_day, page_of_day
from events.past import PARAMETER, NotADay, as_of, asked_day

View = Callable[..., HttpResponse]

_ADDRESSES_IN_HEADERS = ("Location", "HX-Push-Url")


@dataclass(frozen=True, slots=True)
class Past:
    """What a page tells of the day that was asked for: that day, or why it is none."""

    day: date | None
    problem: str
    written: str
    """As the reader gave it."""
    now: str
    """The address of the same page as it is today."""


def as_it_stood(view: View) -> View:
    """Decorator: with `as_of` the view shows that day's record, and its links stay within it.

    A day that is none is told on the page, which then shows the record as it is. What was not yet
    there on that day, but is today, answers 404 with a link to it. Costs nothing without `as_of`.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not request.GET.get(PARAMETER):
            return view(request, *args, **named)
        try:
            day, problem = asked_day(request.GET, at=timezone.now()), ""
        except NotADay as refusal:
            day, problem = None, str(refusal)
        past = Past(day, problem, request.GET[PARAMETER].replace("\0", "")[:40], _now(request))
        request.past = past  # type: ignore[attr-defined]
        if day is None:
            return view(request, *args, **named)
        try:
            with as_of(day):
                response = view(request, *args, **named)
        except Http404:
            # Also what never was: then the look at today raises in its turn.
            view(request, *args, **named)
            response = render(request, "events/not_yet.html", status=404)
        return _within(response, day)

    answered.takes_as_of = True  # type: ignore[attr-defined]
    return answered


def file_as_it_stood(view: View) -> View:
    """Decorator for files: with `as_of` the view answers from that day's record.

    A day that is none is refused with 400 and the reason. The whole answer is made inside: a
    view that streams must enter `events.past.as_of` itself.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            day = asked_day(request.GET, at=timezone.now())
        except NotADay as refusal:
            words = f"{PARAMETER}: {refusal}\n"
            return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
        with as_of(day):
            return view(request, *args, **named)

    answered.takes_as_of = True  # type: ignore[attr-defined]
    return answered


def _now(request: HttpRequest) -> str:
    query = request.GET.copy()
    del query[PARAMETER]
    return request.path + (f"?{query.urlencode()}" if query else "")


def _within(response: HttpResponse, day: date) -> HttpResponse:
    """The answer with every address in it kept within the day."""
    for name in _ADDRESSES_IN_HEADERS:
        if name in response.headers:
            response[name] = address_on_day(response[name], day, takes_as_of)
    if response.get("Content-Type", "").startswith("text/html"):
        markup = response.content.decode(response.charset)
        response.content = page_of_day(markup, day, takes_as_of)
    return response


def takes_as_of(path: str) -> bool:
    """Whether a past day can be asked of that path of this site."""
    return _takes_as_of(path, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=4096)
def _takes_as_of(path: str, language: str) -> bool:
    # Paths of other languages are not known while this one is active.
    start, _slash, rest = path.removeprefix("/").partition("/")
    if start in dict(settings.LANGUAGES):
        path = f"/{language}/{rest}"
    try:
        return getattr(resolve(path).func, "takes_as_of", False)
    except Resolver404:
        return False
