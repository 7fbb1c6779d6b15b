"""The record's nouns, one file each."""

from events.models.anniversaries import Anniversary, AnniversaryCountry
from events.models.citations import Citation, Evidence, Publisher
from events.models.commitments import Commitment
from events.models.countries import Country
from events.models.events import (
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Participation,
)
from events.models.people import Alias, Office, Person, Term
from events.models.readouts import Point, Readout, Silence
from events.models.topics import Topic

__all__ = [
    "Alias",
    "Anniversary",
    "AnniversaryCountry",
    "Citation",
    "Commitment",
    "Country",
    "Event",
    "EventCountry",
    "EventPlace",
    "EventSlug",
    "EventTopic",
    "Evidence",
    "Office",
    "Participation",
    "Person",
    "Point",
    "Publisher",
    "Readout",
    "Silence",
    "Term",
    "Topic",
]
