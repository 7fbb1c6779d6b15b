"""The door of the API: what holds for every request and every answer, whatever it is about.

Methods, limits, the past day, repeated or empty parameters; the headers for caches, for programs in
other sites' pages, and for whoever paces its requests.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from events.api import limits
from events.api.problems import Refused, answer_to, bad_values, not_allowed, problem
from events.api.questions import ONE_VALUE, SEVERAL_VALUES
from events.citing import LICENCE_ADDRESS
from events.past import PARAMETER, NotADay, as_of, asked_day, day_in_force
from events.views.today import day_of_reading

METHODS = ("GET", "HEAD", "OPTIONS")
EXPOSED = ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After")

_A_MINUTE = 60
_A_DAY = 86_400

View = Callable[..., HttpResponseBase]


def answered(view: View) -> View:
    """Decorator of every view below the root of the API."""

    # Nobody is signed in here, and nothing can be changed.
    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        now = timezone.now()
        if request.method == "OPTIONS":
            response: Any = HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
        elif request.method not in METHODS:
            response = not_allowed(METHODS)
        else:
            quota = settings.API_REQUESTS_PER_MINUTE
            allowance = limits.count(limits.sender_of(request), quota=quota, at=now)
            if allowance and allowance.is_exceeded:
                response = _too_many(allowance)
            else:
                response = _conditional(request, _read(request, view, args, named))
            for name, value in (allowance.headers if allowance else {}).items():
                response[name] = value
        return _open_to_all(response)

    return door


def _read(request: HttpRequest, view: View, args: Any, named: Any) -> HttpResponse:
    """What the view answers on the day asked for, in words of no reader's language."""
    # The view knows GET alone; a server leaves the body of an answer to HEAD away by itself.
    method, request.method = request.method, "GET"
    try:
        with override("en"):
            _refuse_what_is_unclear(request)
            try:
                day = asked_day(request.GET, at=timezone.now())
            except NotADay as refusal:
                raise bad_values((PARAMETER, str(refusal))) from refusal
            with as_of(day):
                response: Any = view(request, *args, **named)
                if response.status_code == 200:
                    _say_how_long_it_is_good(response)
                return response
    except (Refused, Http404) as error:
        return answer_to(request, error)
    finally:
        request.method = method


def _refuse_what_is_unclear(request: HttpRequest) -> None:
    """Values that are empty or padded, and several where one is asked for.

    What a form on a page forgives has one spelling here. Unknown names are ignored.
    """
    errors = []
    for name, values in request.GET.lists():
        if name in ONE_VALUE and len(values) > 1:
            errors.append((name, "give one value"))
        elif name == "q" or name not in ONE_VALUE | SEVERAL_VALUES:
            continue
        elif not all(values):
            errors.append((name, "is empty; give a value or leave it out"))
        elif any(value != value.strip() or "\0" in value for value in values):
            errors.append((name, "has something around the value"))
    if errors:
        raise bad_values(*errors)


def _say_how_long_it_is_good(response: HttpResponse) -> None:
    day = day_in_force()
    is_over = day is not None and day < day_of_reading()
    patch_cache_control(response, public=True, max_age=_A_DAY if is_over else _A_MINUTE)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its tag, or 304 for whoever has just that already."""
    if response.status_code != 200:
        return response
    # Weak: the same answer may be compressed on its way.
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" not in held and tag.removeprefix("W/") not in [one.removeprefix("W/") for one in held]:
        return response
    kept = {
        name: value
        for name, value in response.headers.items()
        if name in ("Cache-Control", "ETag", "Link", "Vary")
    }
    return HttpResponse(status=304, headers=kept)


def _too_many(allowance: limits.Allowance) -> HttpResponse:
    return problem(
        429,
        f"More than {allowance.quota} requests came from this address within a minute. Try again "
        f"in {allowance.resets_in} seconds.",
        headers={"Retry-After": str(allowance.resets_in)},
    )


def _open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    """Pages of any site may read it; nothing here depends on who reads."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 204:
        response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = str(_A_DAY)
    else:
        response["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
        links = [response["Link"]] if "Link" in response else []
        response["Link"] = ", ".join([*links, f'<{LICENCE_ADDRESS}>; rel="license"'])
    return response
