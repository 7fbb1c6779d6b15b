"""Anniversaries as entries of an iCalendar file, with the ordinals of the years at hand.

A solar day returns by a rule for ever; each return of the years at hand also has an entry of its
own beside the rule, which says its ordinal. A day that no rule can say (by the lunar calendar, or
29 February, which the record keeps on the 28th in common years) has only those entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any, cast
from uuid import UUID, uuid5

import icalendar
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import wording
from events.anniversaries import Calendar, Occurrence, occurrences
from events.calendar_entries import in_a_text
from events.citing import LICENCE
from events.in_reader import phrase_in_reader
from events.models import Anniversary, AnniversaryCountry, Citation
from events.revisions import UNTIL, Revision, history_of

# Names what anniversaries are told apart by: any number, the same for ever.
_ANNIVERSARIES = UUID("5f3f7b1c-1f0a-4d6c-8a57-9a4c0d7e2b11")
# The years at hand: from the one before this on.
YEARS_BEFORE, YEARS_AHEAD = 1, 10


@dataclass(frozen=True, slots=True)
class Recurring:
    """A recurring day under an id that never changes, with its latest revision."""

    anniversary: Any
    uid: UUID
    revision: Revision


def read_recurring() -> list[Recurring]:
    """Every anniversary with what an entry says, in the reader's language; two queries."""
    known = _revisions()
    rows = Anniversary.objects.annotate(observed_by_own=phrase_in_reader("observed_by"))
    return [Recurring(row, *known[row.pk]) for row in rows.order_by("slug") if row.pk in known]


def _revisions() -> dict[int, tuple[UUID, Revision]]:
    """The id and the latest revision of each; the id is made from its first address."""
    own = history_of(Anniversary)
    hanging = " UNION ALL ".join(
        f"SELECT anniversary_id, pgh_created_at FROM {history_of(model)}"
        " WHERE anniversary_id IS NOT NULL"
        for model in (AnniversaryCountry, Citation)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT change.of,
                   (SELECT slug FROM {own} WHERE pgh_obj_id = change.of ORDER BY pgh_id LIMIT 1),
                   max(change.at), count(DISTINCT change.at) - 1
            FROM (SELECT pgh_obj_id, pgh_created_at FROM {own} UNION ALL {hanging}) change (of, at)
            WHERE change.at < {UNTIL}
            GROUP BY change.of
            """
        )
        return {
            pk: (uuid5(_ANNIVERSARIES, slug), Revision(at, number))
            for pk, slug, at, number in cursor.fetchall()
            if slug is not None
        }


def years_at_hand(today: date) -> tuple[int, int]:
    return today.year - YEARS_BEFORE, today.year + YEARS_AHEAD


def recurring_entries(
    recurring: Recurring, *, address: str, today: date
) -> Iterator[icalendar.Event]:
    """Its entries; with a rule, that one first."""
    row = recurring.anniversary
    first, last = years_at_hand(today)
    by_rule = row.calendar == Anniversary.Calendar.SOLAR and (
        (row.origin_on.month, row.origin_on.day) != (2, 29)
    )
    if by_rule:
        whole = _entry(recurring, row.origin_on, row.title, address)
        whole.add("rrule", {"freq": "YEARLY"})
        yield whole
    kind = cast(Calendar, row.calendar)
    for one in occurrences(row.origin_on, kind, first=date(first, 1, 1)):
        if one.falls_on.year > last:
            return
        if one.years:
            yield _occurrence(recurring, one, address, by_rule=by_rule)


def _occurrence(
    recurring: Recurring, one: Occurrence, address: str, *, by_rule: bool
) -> icalendar.Event:
    title = f"{recurring.anniversary.title} ({wording.anniversary_ordinal(one.years)})"
    entry = _entry(recurring, one.falls_on, title, address)
    if by_rule:
        entry.add("recurrence-id", one.falls_on)
    else:
        entry["UID"] = icalendar.vText(str(uuid5(recurring.uid, str(one.years))))
    return entry


def _entry(recurring: Recurring, day: date, title: str, address: str) -> icalendar.Event:
    language = {"language": get_language() or "en"}
    changed_at = recurring.revision.at.astimezone(UTC)
    entry = icalendar.Event()
    entry.add("uid", str(recurring.uid))
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("sequence", recurring.revision.number)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))  # the end is the first day after
    entry.add("summary", in_a_text(title), parameters=language)
    said = in_a_text(_description(recurring.anniversary, address))
    entry.add("description", said, parameters=language)
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_("Anniversary")], parameters=language)
    entry.add("url", address)
    return entry


def _description(row: Any, address: str) -> str:
    origin = _("Origin: %(day)s.") % {"day": wording.day_in_words(row.origin_on)}
    observed = row.observed_by_own or row.observed_by
    parts = [row.description, origin, observed, f"{address} ({LICENCE})"]
    return "\n\n".join(part for part in parts if part)
