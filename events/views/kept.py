"""Whole pages, kept in a process for as long as nothing that they show has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from events.notices import notices
from events.past import day_in_force
from events.standing import Standing, current
from events.theme import chosen_theme
from events.views.fragments import FRAGMENT_HEADERS
from events.views.today import today_of_the_record

# About 80 kB each.
_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """What a kept page may show besides its address and its reader's theme."""

    standing: Standing
    today: date
    """In Seoul and Tokyo."""
    notices: list[str]


View = Callable[[HttpRequest, Moment], HttpResponse]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What an answer is made of, to be made again for whoever asks next."""

    content: bytes
    headers: dict[str, str]


def _notices() -> list[str]:
    """None on a past day: they tell how current the record is now."""
    return [] if day_in_force() else notices(timezone.now())


def kept_while_nothing_changes(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Decorator: a page that shows nothing but its moment is made once, for each theme.

    Asking for the moment, two small queries, is all that a kept page costs. On a past day nothing
    is kept, for its standing is nobody else's.
    """

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        moment = Moment(current(), today_of_the_record(), _notices())
        pages = moment.standing.pages
        key = (
            request.build_absolute_uri(),
            chosen_theme(request),
            *(request.headers.get(name) for name in FRAGMENT_HEADERS),
            moment.today,
            *moment.notices,
        )
        kept = pages.get(key)
        if kept is not None:
            return HttpResponse(kept.content, headers=kept.headers)
        response = view(request, moment)
        if response.status_code == 200:
            if len(pages) >= _MOST_PAGES:
                pages.clear()
            pages[key] = KeptPage(response.content, dict(response.headers))
        return response

    return answered
