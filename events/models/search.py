"""What the search looks through: one document for each event, and which of them are out of date.

Neither is part of the record: both are made from it (events/search.py), so neither has a history.
Nor does either hold on to its event: an editor who deletes a draft must not wait for an indexing
that is at work on it, nor be refused because of what that has just written. What is left is cleared
by the next indexing, for a deletion is a change as well.
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from events.models.changes import ITS_EVENT_CHANGES
from events.models.events import Event


@pgtrigger.register(ITS_EVENT_CHANGES)
class SearchDocument(models.Model):
    """The words of an event in all three languages, cut as `events.search` cuts a query."""

    event = models.OneToOneField(
        Event,
        models.DO_NOTHING,
        primary_key=True,
        related_name="search_document",
        db_constraint=False,
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex("words", name="search_document_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.event_id)


class SearchStale(models.Model):
    """An event whose words have changed since its document was made; may be listed twice.

    Triggers write here, so that no door to the record can be forgotten. There is no unique
    constraint: it would make editors of one event wait for each other.
    """

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        return str(self.event_id)
