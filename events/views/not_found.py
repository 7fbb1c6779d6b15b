"""The page for an address that leads nowhere: what is near, and a search."""

import re
from datetime import date
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.models import Event
from events.nearest import nearest_events

_SHOWN = 5
_LONGEST_SEARCH = 80
# The address of an event, with the date that it begins with.
_EVENT = re.compile(
    r"/(?:en|ko|ja)/events/(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?"
    r"(?P<words>[-\w]*)",
    re.ASCII,
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Offer the events nearest to the date in an event's address, and its words to search for.

    Two short queries, for such an address only; without a database the page stands without them.
    """
    return render(request, "404.html", _offers(request.path), status=404)


def _offers(path: str) -> dict[str, Any]:
    asked = _EVENT.match(path)
    if asked is None:
        return {}
    words = asked["words"].replace("-", " ").strip()[:_LONGEST_SEARCH]
    day = _day(asked)
    return {"words": words, "nearest": _nearest(day) if day else []}


def _day(asked: re.Match[str]) -> date | None:
    """The date of an address, as exact as a calendar has it."""
    year, month, day = (int(part) if part else 1 for part in asked.group("year", "month", "day"))
    for tried in ((year, month, day), (year, month, 1), (year, 1, 1)):
        try:
            return date(*tried)
        except ValueError:
            continue
    return None


def _nearest(day: date) -> list[Event]:
    try:
        return nearest_events(day, _SHOWN)
    except DatabaseError:
        return []
