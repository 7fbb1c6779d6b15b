"""What an event's entry in a list prints beside its own columns, in the one query of the list."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from events.in_reader import in_reader, phrase_in_reader
from events.models import EventCountry, EventPlace, EventTopic, Readout
from events.models.events import EventQuerySet


def _of_the_event(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(event=OuterRef("pk"))


# Of an event's own columns, those that a card and its place in a list need.
_COLUMNS = (
    "slug",
    "kind",
    "status",
    "certainty",
    "precision",
    "starts_on",
    "ends_on",
    "coarseness",
    "oldest_first_on",
    "title_en",
    "title_ko",
    "title_ja",
)


def as_card(events: EventQuerySet) -> EventQuerySet:
    """The same `with_card`, and with nothing that a card does not print."""
    return with_card(events).only(*_COLUMNS)


def with_card(events: EventQuerySet) -> EventQuerySet:
    """The same events with what a card prints, in the reader's language; no further query.

    Sets `acting` (countries that acted, in the published order) and `accounts` (those with a
    readout), each with `code` and `name`; `cities` with `en` and `own`; `subjects` with `slug`
    and `name`.
    """
    country = JSONObject(code="country_id", name=in_reader("country__name"))
    issuer = JSONObject(code="issuer_id", name=in_reader("issuer__name"))
    city = JSONObject(en="city", own=phrase_in_reader("city"))
    topic = JSONObject(slug="topic__slug", name=in_reader("topic__name"))
    acted = EventCountry.objects.filter(acted=True).order_by("country__position")
    published = Readout.objects.order_by("issuer__position").distinct("issuer__position")
    named = EventPlace.objects.exclude(city="").order_by("position", "id")
    return events.annotate(
        acting=ArraySubquery(_of_the_event(acted).values(json=country)),
        accounts=ArraySubquery(_of_the_event(published).values(json=issuer)),
        cities=ArraySubquery(_of_the_event(named).values(json=city)),
        subjects=ArraySubquery(
            _of_the_event(EventTopic.objects.order_by("topic_id")).values(json=topic)
        ),
    )
