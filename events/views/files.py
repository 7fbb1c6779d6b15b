"""Files of figures: in the language that the query asks for, as CSV."""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.in_reader import reader_language
from events.views.past import file_as_it_stood

_AN_HOUR = 3_600


def asked_language() -> str:
    """The query string that asks for a file in the language of the page."""
    language = reader_language()
    return "" if language == "en" else f"?lang={language}"


def in_the_language_asked(answer: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: the view answers in the language of `?lang=`, English without one."""

    @require_safe
    @cache_control(public=True, max_age=_AN_HOUR)
    @file_as_it_stood
    @wraps(answer)
    def view(request: HttpRequest, **named: str) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        language = request.GET.get("lang", "en")
        if language not in known:
            reason = f"lang: give one of {', '.join(known)}.\n"
            return HttpResponseBadRequest(reason, content_type="text/plain; charset=utf-8")
        with override(language):
            return answer(request, **named)

    return view


def file_of(content: str, name: str, content_type: str) -> HttpResponse:
    """An answer that a browser saves under that name."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def csv_of(rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """Those rows as a file, the names of the columns first."""
    written = StringIO()
    csv.writer(written).writerows(rows)
    return file_of(written.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")
