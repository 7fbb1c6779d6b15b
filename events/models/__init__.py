"""The record's nouns, one file each."""

from events.models.anniversaries import Anniversary, AnniversaryCountry
from events.models.changes import EventChange
from events.models.citations import Citation, Evidence, Publisher
from events.models.commitments import Commitment
from events.models.countries import Country
from events.models.drawings import Drawing
from events.models.events import Event
from events.models.kinds import (
    Agreement,
    Call,
    Ceremony,
    Dispute,
    MinisterialTalks,
    OtherEvent,
    Statement,
    Summit,
    TrilateralSummit,
    Visit,
)
from events.models.links import (
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Participation,
)
from events.models.people import Alias, Office, Person, Term
from events.models.phrases import Phrase
from events.models.readouts import Point, Readout, Silence
from events.models.reports import ErrorReport
from events.models.search import SearchDocument, SearchStale
from events.models.topics import Topic

__all__ = [
    "Agreement",
    "Alias",
    "Anniversary",
    "AnniversaryCountry",
    "Call",
    "Ceremony",
    "Citation",
    "Commitment",
    "Country",
    "Dispute",
    "Drawing",
    "ErrorReport",
    "Event",
    "EventChange",
    "EventCountry",
    "EventPlace",
    "EventSlug",
    "EventTopic",
    "Evidence",
    "MinisterialTalks",
    "Office",
    "OtherEvent",
    "Participation",
    "Person",
    "Phrase",
    "Point",
    "Publisher",
    "Readout",
    "SearchDocument",
    "SearchStale",
    "Silence",
    "Statement",
    "Summit",
    "Term",
    "Topic",
    "TrilateralSummit",
    "Visit",
]
