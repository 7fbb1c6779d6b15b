"""The events of a file, read in batches from one state of the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject, Lower
from django.utils.translation import override

from events.in_reader import in_reader, phrase_in_reader
from events.models import (
    Citation,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Readout,
)
from events.models.events import EventQuerySet
from events.past import as_of
from events.revisions import Revision, first_revision, revisions_of

# So few that neither their texts nor the answers of the database weigh in memory.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Exported:
    """An event with all that files say of it (see `with_all_that_files_say`)."""

    event: Any
    revision: Revision


@contextmanager
def one_state(language: str, day: date | None) -> Iterator[None]:
    """Everything read inside is of one moment, however long it takes, and in that language."""
    # In a transaction that is under way this cannot be asked for any more, nor is it needed
    # there by anything but tests.
    is_first = not connection.in_atomic_block
    with override(language), transaction.atomic():
        if is_first:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with as_of(day):
            yield


def read(events: EventQuerySet) -> Iterator[Exported]:
    """The events in their order: one query for them, and one more for each few hundred.

    To be used inside `one_state`. Holds no more than a batch at a time.
    """
    rows = with_all_that_files_say(events).iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(rows, _AT_ONCE)):
        revisions = revisions_of([event.pk for event in batch])
        for event in batch:
            yield Exported(event, revisions.get(event.pk) or first_revision(event))


def with_all_that_files_say(events: EventQuerySet) -> EventQuerySet:
    """The same events with what hangs on them, in the reader's language; no further query.

    Sets `involved` (`code`, `name`, `acted`), `located` (`en`, `own`, `country`, `country_name`),
    `subjects` and `participants` (`slug`, `name`), `sources` (`url`, `title`, `language`,
    `published_on`, `publisher`, `class`), `accounts` (codes), and `occasion_own`.
    """
    country = JSONObject(code="country_id", name=in_reader("country__name"), acted="acted")
    place = JSONObject(
        en="city",
        own=phrase_in_reader("city"),
        country="country_id",
        country_name=in_reader("country__name"),
    )
    source = JSONObject(
        url="url",
        title="title",
        language="language",
        published_on=Cast("published_on", CharField()),
        publisher="publisher__name",
        **{"class": Lower("publisher__source_class")},
    )
    accounts = Readout.objects.order_by("issuer__position").distinct("issuer__position")
    return events.annotate(
        involved=_json(EventCountry.objects.order_by("country__position"), country),
        located=_json(EventPlace.objects.order_by("position", "id"), place),
        subjects=_json(EventTopic.objects.order_by("topic_id"), _named("topic")),
        participants=_json(Participation.objects.order_by("id"), _named("person")),
        sources=_json(Citation.objects.order_by("position", "id"), source),
        accounts=ArraySubquery(_of_the_event(accounts).values("issuer_id")),
        occasion_own=phrase_in_reader("occasion"),
    )


def _of_the_event(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(event=OuterRef("pk"))


def _json(rows: QuerySet[Any], columns: JSONObject) -> ArraySubquery:
    return ArraySubquery(_of_the_event(rows).values(json=columns))


def _named(of: str) -> JSONObject:
    return JSONObject(slug=f"{of}__slug", name=in_reader(f"{of}__name"))


def in_order(ids: list[int]) -> Iterator[Exported]:
    """The visible ones of these few events, in that order; two queries."""
    found = {row.event.pk: row for row in read(Event.objects.visible().filter(pk__in=ids))}
    return (found[pk] for pk in ids if pk in found)
