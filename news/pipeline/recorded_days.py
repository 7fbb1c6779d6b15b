"""The days of an event of the record, as far as the words of an article tell them."""

from __future__ import annotations

from news.pipeline.dates import Days
from news.pipeline.retold import Retold, body_of, readings, span_of
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.values import KnownEvent

_STAYS = ("summit", "trilateral_summit", "visit")


def days_told(told: Retold, telling: Telling) -> Days:
    """The days in the words of the text: the last one only where something names it."""
    event, span = told.event, span_of(told.event)
    named = [
        d
        for s in body_of(telling)
        for t in s.dates
        for d in readings(t, telling)
        if d.overlaps(span)
    ]
    if span.first == span.last or not named:
        return Days(span.first, span.first, "DAY")
    is_first = any(d.first <= event.starts_on <= d.last for d in named)
    is_last = any(d.first <= event.ends_on <= d.last for d in named)
    first = event.starts_on if is_first else min(d.first for d in named)
    last = event.ends_on if is_last else first
    return Days(first, last, "RANGE" if last > first else "DAY")


def first_day_told(event: KnownEvent, days: Days, telling: Telling) -> Timed | None:
    """The words for the first day of a stay on record that was dated by a later day of it.

    "He is in Tokyo on the 27th and 28th. On the morning of the 28th he calls on the premier."
    None where it was dated by the first, or where nothing in the article names that.
    """
    if event.kind not in _STAYS or not event.starts_on < days.first <= event.ends_on:
        return None
    return next(
        (
            t
            for s in body_of(telling)
            for t in s.dates
            if t.owner == "event" and any(d.first == event.starts_on for d in readings(t, telling))
        ),
        None,
    )
