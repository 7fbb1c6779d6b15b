"""Events as entries of an iCalendar file. Pure but for the active language."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta

import icalendar
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import wording
from events.citing import LICENCE
from events.models import Event, EventPlace
from events.models.dates import Precision
from events.revisions import Revision
from events.spans import Span, span_of

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def calendar_file(entries: Iterable[icalendar.Event]) -> bytes:
    """A whole file: lines folded and ended as RFC 5545 wants them."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Seoul-Tokyo Record//Events//{(get_language() or 'en').upper()}")
    for entry in entries:
        calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def calendar_entry(
    event: Event,
    *,
    address: str,
    revision: Revision,
    places: Sequence[EventPlace],
    subjects: Sequence[str] = (),
) -> icalendar.Event:
    """The event in the active language, under an id that outlives every change of its address.

    A date known to the month or year covers all of it. No entry makes its reader busy.
    """
    changed_at = revision.at.astimezone(UTC)
    span = span_of(event)
    entry = icalendar.Event()
    language = {"language": get_language() or "en"}
    entry.add("uid", str(event.public_id))
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("sequence", revision.number)
    entry.add("summary", in_a_text(event.title), parameters=language)
    entry.add("description", in_a_text(_description(event, address)), parameters=language)
    _add_time(entry, span)
    if places:
        named = in_a_text("; ".join(_place(place) for place in places))
        entry.add("location", named, parameters=language)
    entry.add("status", _status(event))
    entry.add("transp", "TRANSPARENT")
    categories = [in_a_text(word) for word in (str(event.get_kind_display()), *subjects)]
    entry.add("categories", categories, parameters=language)
    entry.add("url", address)
    return entry


def in_a_text(words: str) -> str:
    """The words without the control characters that no text of a calendar may hold."""
    return _CONTROL.sub("", words)


def _add_time(entry: icalendar.Event, span: Span) -> None:
    """Moments in UTC, so that no reader's own table of time zones is asked; else whole days."""
    if span.starts_at is None:
        entry.add("dtstart", span.first)
        entry.add("dtend", span.last + timedelta(days=1))  # the end is the first day after
        return
    entry.add("dtstart", span.starts_at.astimezone(UTC))
    if span.ends_at is not None:
        entry.add("dtend", span.ends_at.astimezone(UTC))


def _status(event: Event) -> str:
    if event.status == Event.Status.CANCELLED:
        return "CANCELLED"
    unsure = (
        event.status in (Event.Status.SCHEDULED, Event.Status.POSTPONED)
        or event.certainty == Event.Certainty.ADVANCE_NOTICE
        or event.precision == Precision.WINDOW
    )
    return "TENTATIVE" if unsure else "CONFIRMED"


def _description(event: Event, address: str) -> str:
    parts = [_about_the_time(event), event.summary, f"{address} ({LICENCE})"]
    return "\n\n".join(part for part in parts if part)


def _about_the_time(event: Event) -> str:
    """What a calendar cannot show of the date: how much of it is known, and the local clock."""
    match event.precision:
        case Precision.YEAR:
            return _("%(date)s: the month and day are not known.") % {"date": _date(event)}
        case Precision.MONTH:
            return _("%(date)s: the day is not known.") % {"date": _date(event)}
        case Precision.WINDOW:
            return wording.date_in_words(event.precision, event.starts_on, event.ends_on)
    if event.clock_time is None:
        return ""
    clock = wording.clock_in_words(event.clock_time, event.time_zone)
    return f"{_('around')} {clock}" if event.approximate else clock


def _date(event: Event) -> str:
    return wording.date_in_words(event.precision, event.starts_on)


def _place(place: EventPlace) -> str:
    country = place.country.name
    city = getattr(place, "city_own", "") or place.city
    return f"{city}, {country}" if city else country
