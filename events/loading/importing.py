"""Single event rows from a spreadsheet of an editor's, with the columns of events.csv."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from events.history import recorded
from events.loading import mapping
from events.loading.checks import Known
from events.loading.record import publishers_of, refused_by_database
from events.loading.rows import EventRow
from events.loading.writing import Outcome, write
from events.models import Country, Event, Office, Person, Readout, Topic


def known_in_database() -> Known:
    """What event rows may refer to, as stored; for `parse_event` and `parse_events`."""
    return Known(
        countries=set(Country.objects.values_list("code", flat=True)),
        topics=set(Topic.objects.values_list("slug", flat=True)),
        people=dict(Person.objects.values_list("slug", "country_id")),
        offices=set(Office.objects.values_list("country_id", "slug")),
        readouts=set(Readout.objects.values_list("slug", flat=True)),
    )


def stored_event(event_id: str) -> Event | None:
    """The event that a row's id means: by its address, an old address, or the id it was loaded by.

    None where there is no such event yet.
    """
    found = {
        event.slug == event_id: event
        for event in Event.objects.filter(
            Q(slug=event_id)
            | Q(old_slugs__slug=event_id)
            | Q(public_id=mapping.public_id(event_id))
        )
    }
    return found.get(True) or found.get(False)


@transaction.atomic
def write_event(row: EventRow, *, by: User, at: datetime) -> Outcome:
    """Add the event of a row, published by `by` at `at`, or change the stored one to what it says.

    The editor has seen the row, so it takes the place of earlier edits. An event that has been
    withdrawn or merged is kept as it is, a draft stays a draft, and sources are added, never
    removed. The outcome counts the one row. Raises RecordRefused where it does not go with what
    is stored.
    """
    stored = stored_event(row.id)
    of = mapping.Rows(
        people=dict(Person.objects.filter(slug__in=row.participants).values_list("slug", "pk")),
        topics=dict(Topic.objects.filter(slug__in=row.topics).values_list("slug", "pk")),
    )
    known_as = stored.public_id if stored else mapping.public_id(row.id)
    if stored:
        Event.objects.select_for_update().get(pk=stored.pk)
    with recorded(door="import", reason="CSV import", by=by), refused_by_database("events.csv"):
        of.publishers = publishers_of(row.source_urls)
        wanted = mapping.event(row, of, by=by, at=at, known_as=known_as)
        return write(mapping.EVENTS, [wanted], overwrite=True)
