"""An event as schema.org describes one, for machines that read the page. Pure but for the
active language.

Only what the record holds is said. Neither that an event is free to attend nor in which language
it was held is known; both are said of the page.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.citing import LICENCE_ADDRESS
from events.models import Country, Event, EventPlace, Person
from events.models.dates import Precision
from events.spans import span_of

# What was held is the default of schema.org.
_STATUS: dict[str, str] = {
    Event.Status.SCHEDULED: "EventScheduled",
    Event.Status.POSTPONED: "EventPostponed",
    Event.Status.CANCELLED: "EventCancelled",
}
_ATTENDANCE: dict[str, str] = {
    Event.Channel.IN_PERSON: "OfflineEventAttendanceMode",
    Event.Channel.PHONE: "OnlineEventAttendanceMode",
    Event.Channel.VIDEO: "OnlineEventAttendanceMode",
}

# No character may end the script or begin a comment in it; U+2028 and U+2029 end a line in it.
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def linked_event(
    event: Event,
    *,
    address: str,
    image: str,
    acting: Sequence[Country],
    places: Sequence[EventPlace],
    people: Sequence[Person],
) -> dict[str, Any]:
    """The event as JSON-LD; `address` is that of the page in the active language."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"urn:uuid:{event.public_id}",
        "name": event.title,
        "alternateName": _other_titles(event),
        "description": event.summary,
        **_dates(event),
        "eventStatus": _schema(_STATUS.get(event.status)),
        "eventAttendanceMode": _schema(_ATTENDANCE.get(event.channel)),
        "location": _one_or_list([_place(place) for place in _met_at(event, places)]),
        "about": [_country(country) for country in acting],
        "attendee": [_person(person) for person in people],
        "image": image,
        "url": address,
        "mainEntityOfPage": _page(address),
    }
    return {key: value for key, value in said.items() if value}


def as_script(data: dict[str, Any]) -> SafeString:
    """The data block that browsers never run, so that a policy without inline scripts admits it.

    Whatever the texts hold, nothing of them can end the block.
    """
    written = json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(written),  # escaped above
    )


def _schema(name: str | None) -> str | None:
    return f"https://schema.org/{name}" if name else None


def _other_titles(event: Event) -> list[str]:
    titles = dict.fromkeys(getattr(event, f"title_{code}") for code in ("en", "ko", "ja"))
    return [title for title in titles if title and title != event.title]


def _dates(event: Event) -> dict[str, str]:
    """A moment only where the record tells the clock, and not merely "around"."""
    span = span_of(event)
    match event.precision:
        case Precision.YEAR:
            return {"startDate": f"{span.first:%Y}"}
        case Precision.MONTH:
            return {"startDate": f"{span.first:%Y-%m}"}
    if span.starts_at is None or event.approximate:
        return {"startDate": span.first.isoformat(), "endDate": span.last.isoformat()}
    moments = {"startDate": span.starts_at.isoformat()}
    if span.ends_at is not None:
        moments["endDate"] = span.ends_at.isoformat()
    return moments


def _met_at(event: Event, places: Sequence[EventPlace]) -> Sequence[EventPlace]:
    """Where people met; a call has no such place, and its address is not public."""
    remote = event.channel in (Event.Channel.PHONE, Event.Channel.VIDEO, Event.Channel.LETTER)
    return () if remote else places


def _place(place: EventPlace) -> dict[str, Any]:
    country = place.country.name
    if not place.city:
        return {"@type": "Place", "name": country, "address": _address(place)}
    city = getattr(place, "city_own", "") or place.city
    return {
        "@type": "Place",
        "name": city,
        "address": {**_address(place), "addressLocality": city},
    }


def _address(place: EventPlace) -> dict[str, Any]:
    return {"@type": "PostalAddress", "addressCountry": place.country_id}


def _country(country: Country) -> dict[str, str]:
    return {"@type": "Country", "name": country.name, "identifier": country.code}


def _person(person: Person) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": person.name,
        "nationality": {"@type": "Country", "name": person.country.name},
    }


def _page(address: str) -> dict[str, Any]:
    return {
        "@type": "WebPage",
        "@id": address,
        "inLanguage": get_language() or "en",
        "isAccessibleForFree": True,
        "license": LICENCE_ADDRESS,
        "isPartOf": {"@type": "WebSite", "name": _("Seoul–Tokyo Record")},
    }


def _one_or_list(rows: list[dict[str, Any]]) -> Any:
    return rows[0] if len(rows) == 1 else rows
