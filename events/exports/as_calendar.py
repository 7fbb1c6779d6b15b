"""Events and anniversaries as an iCalendar file (RFC 5545). Pure but for the active language."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from typing import Any

import icalendar
from django.utils.translation import gettext as _

from events.calendar_entries import calendar_entry
from events.citing import LICENCE, LICENCE_ADDRESS
from events.exports.about import About, Seal
from events.exports.reading import Exported
from events.exports.recurring import Recurring, recurring_entries
from events.models import Country, EventPlace
from events.models.dates import Precision

_REFRESHED_EVERY = timedelta(hours=12)
_END = b"END:VCALENDAR\r\n"


class Entries:
    """The entries of a calendar, which counts the events that no calendar can show.

    A date known only to the month or the year is none of its days, so it has no entry.
    """

    def __init__(self) -> None:
        self.left_out = 0

    def of_events(self, rows: Iterable[Exported], base: str) -> Iterator[icalendar.Event]:
        """`base` is the start of the address of an event's page, up to its slug."""
        for row in rows:
            if row.event.precision in (Precision.MONTH, Precision.YEAR):
                self.left_out += 1
                continue
            yield calendar_entry(
                row.event,
                address=f"{base}{row.event.slug}/",
                revision=row.revision,
                places=[_place(one) for one in row.event.located],
                subjects=[one["name"] for one in row.event.subjects],
            )

    def of_anniversaries(
        self, rows: Iterable[Recurring], base: str, today: date
    ) -> Iterator[icalendar.Event]:
        """`base` is the start of the address of an anniversary's page, up to its slug."""
        for row in rows:
            yield from recurring_entries(row, address=f"{base}{row.anniversary.slug}/", today=today)


def _place(one: dict[str, Any]) -> EventPlace:
    country = Country(code=one["country"], name_en=one["country_name"])
    return EventPlace(city=one["own"] or one["en"], country=country)


def calendar_pieces(
    entries: Iterable[icalendar.Event], kinds: Entries, about: About, *, name: str
) -> Iterator[bytes]:
    """The whole file. Its last component has the SHA-256 of all bytes before that component."""
    seal = Seal()
    yield from seal.through([_head(about, name)])
    yield from seal.through(entry.to_ical() for entry in entries)
    yield _last(kinds.left_out, seal.sha256)
    yield _END


def _head(about: About, name: str) -> bytes:
    language = {"language": about.language}
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Seoul-Tokyo Record//Events//{about.language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name, parameters=language)
    calendar.add("x-wr-calname", name)
    said = _("Licence: %(licence)s.") % {"licence": f"{LICENCE}, {LICENCE_ADDRESS}"}
    calendar.add("description", said, parameters=language)
    calendar.add("url", about.page)
    calendar.add("source", about.address, parameters={"value": "URI"})
    calendar.add("refresh-interval", _REFRESHED_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    if about.changed_at is not None:
        calendar.add("last-modified", about.changed_at.astimezone(UTC))
    calendar.add("x-record-licence", LICENCE_ADDRESS)
    if about.as_of:
        calendar.add("x-record-as-of", about.as_of)
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END)


def _last(left_out: int, digest: str) -> bytes:
    """What is known at the end only, on a zone.

    A calendar has no place for it behind its components, and must have one component, also when
    nothing was found.
    """
    zone = icalendar.Timezone()
    zone.add("tzid", "Asia/Seoul")
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", icalendar.vDDDTypes.from_ical("19881009T000000"))
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    zone.add_component(standard)
    zone.add("x-record-left-out", str(left_out))
    zone.add("x-record-sha256", digest)
    written: bytes = zone.to_ical()
    return written
