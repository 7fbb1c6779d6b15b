"""What the API answers with: every field, its type and what it means.

Plain pydantic models: ninja's own resolve each attribute in Python, which costs ten times as much.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import models
from pydantic import BaseModel, Field

from events import models as record
from events.follow_through import Standing
from events.models.dates import Precision


def one_of(choices: type[models.TextChoices]) -> Any:
    """A field that holds one of the choices, as addresses write them: in lower case."""
    return Field(json_schema_extra={"enum": [value.lower() for value in choices.values]})


Kind = Annotated[str, one_of(record.Event.Kind)]
Status = Annotated[str, one_of(record.Event.Status)]
Address = Annotated[str, Field(examples=["https://example.org/page"])]
CountryCode = Annotated[str, Field(description="ISO 3166-1, two letters.", examples=["KR"])]
# JSON Schema's own "time" demands an offset, which a clock on a wall does not have.
ClockTime = Annotated[
    str, Field(title="clock time", pattern="^[0-9]{2}:[0-9]{2}$", examples=["09:30"])
]
Slug = Annotated[str, Field(description="The name in addresses.")]


class Text(BaseModel):
    """A text in each language; null where it is not written yet."""

    en: str | None
    ko: str | None
    ja: str | None


class Pages(BaseModel):
    """The address of a page in each language."""

    en: Address
    ko: Address
    ja: Address


class Named(BaseModel):
    """Something by its slug, with its name."""

    slug: Slug
    name: Text


class Country(BaseModel):
    code: CountryCode
    name: Text


class ConcernedCountry(Country):
    acted: bool = Field(description="Whether it acted, or is only concerned.")


class When(BaseModel):
    """The civil date at the place, as exactly as it is known."""

    precision: Annotated[str, one_of(Precision)] = Field(
        description="day; window: some day between the two; month or year: `starts_on` is its "
        "first day, a placeholder."
    )
    starts_on: date
    ends_on: date | None = Field(description="The last day, where there are several.")
    last_possible_on: date = Field(description="The last day that the date covers.")


class Clock(When):
    clock_time: ClockTime | None = Field(description="Local time, where a source tells it.")
    time_zone: str | None = Field(description="The zone of that clock.", examples=["Asia/Seoul"])
    minutes: int | None = Field(description="How long it lasted.")
    approximate: bool = Field(description="The time or the length is “around”.")


class EventReference(BaseModel):
    """An event as far as it takes to name it."""

    id: UUID
    slug: Slug
    title: Text
    date: When
    url: Address = Field(description="The event in this API.")


class Place(BaseModel):
    city: Text | None
    country: CountryCode = Field(description="Who administers the place: not a legal view.")


class PersonReference(Named):
    country: CountryCode


class Office(Named):
    country: CountryCode


class Participant(BaseModel):
    person: PersonReference
    office: Office | None = Field(description="The office held on the date of the event.")
    capacity: str | None = Field(description="Where a source gives one and no office says it.")


class Event(BaseModel):
    """One thing that the governments did on a known date."""

    state: Literal["published"]
    id: UUID = Field(description="Never changes.")
    slug: Slug = Field(description="May change: the old one then answers with a redirect.")
    url: Address = Field(description="The event in this API, with everything on it.")
    pages: Pages
    version: int = Field(description="Rises with each save of the event or what hangs on it.")
    published_at: datetime
    updated_at: datetime = Field(
        description="The last change of the event or what hangs on it, names of people, topics and "
        "publishers apart."
    )
    kind: Kind
    setting: Annotated[str, one_of(record.Event.Setting)] | None
    channel: Annotated[str, one_of(record.Event.Channel)] | None
    visit_type: Annotated[str, one_of(record.Event.VisitType)] | None
    status: Status
    certainty: Annotated[str, one_of(record.Event.Certainty)]
    date: Clock
    title: Text
    summary: Text | None
    host: CountryCode | None = Field(description="On whose territory.")
    occasion: Text | None = Field(description="The larger gathering that it took place at.")
    countries: list[ConcernedCountry] = Field(description="In the published order.")
    places: list[Place]
    topics: list[Named]
    participants: list[Participant]
    independent_publishers: int | None = Field(
        description="Distinct publishers seen: an upper bound of independence."
    )


class Withdrawn(BaseModel):
    """What is left of an event that has been taken off the record."""

    state: Literal["withdrawn"]
    id: UUID
    slug: Slug
    version: int
    updated_at: datetime
    withdrawn_at: datetime
    reason: str


class Merged(BaseModel):
    """An event that another one now stands for."""

    state: Literal["merged"]
    id: UUID
    slug: Slug
    version: int
    updated_at: datetime
    survivor: EventReference


class Publisher(BaseModel):
    host: str
    name: str | None = Field(description="Null where the publisher is not identified.")
    source_class: Annotated[str, one_of(record.Publisher.Class)]


class Evidence(BaseModel):
    """The sentence of a source that supports one value of one field."""

    field: str
    value: str | None
    sentence: str
    quote: str
    starts_at: int = Field(description="Where the quote starts in the text read, in code points.")
    ends_at: int
    text_sha256: str = Field(description="SHA-256 of the text read.")
    language: str | None


class Citation(BaseModel):
    """A source. What is not known of it is null."""

    url: Address
    publisher: Publisher
    title: str | None
    language: str | None
    published_on: date | None
    archived_url: Address | None
    evidence: list[Evidence]


class Point(BaseModel):
    """One thing that a readout says."""

    position: int
    topic: Named | None
    stance: Annotated[str, one_of(record.Point.Stance)]
    text: Text


class Readout(BaseModel):
    """One government's published account of an event."""

    id: Slug
    url: Address = Field(description="The readout in this API.")
    event: EventReference
    issuer: Country
    issuing_body: Text | None
    source_url: Address
    publisher: Publisher
    as_reported_by: str | None = Field(
        description="The publisher, where the page is not the government's own."
    )
    language: str | None = Field(description="Of the page.")
    published_on: date | None
    published_time: ClockTime | None
    time_zone: str | None
    is_whole: bool | None = Field(
        description="Whether the whole text was seen. If not, what its points lack means nothing."
    )
    points: list[Point]


class Silence(BaseModel):
    """A topic that one government's account leaves out; never a claim about the talk itself."""

    issuer: CountryCode
    topic: Named
    basis: Text
    is_firm: bool


class Due(BaseModel):
    text: Text | None = Field(description="The deadline as recorded.")
    precision: Annotated[str, one_of(Precision)] | None
    last_day: date | None = Field(description="The last day of the deadline.")


class Commitment(BaseModel):
    """Something agreed to be done, and the event that did it."""

    id: Slug
    url: Address = Field(description="The commitment in this API.")
    event: EventReference = Field(description="Where it was agreed.")
    text: Text
    due: Due
    status: Annotated[str, one_of(record.Commitment.Status)] = Field(
        description="open: no fulfilment was found, which is not “broken”."
    )
    standing: Annotated[str, Field(json_schema_extra={"enum": [one.value for one in Standing]})] = (
        Field(description="The status, or overdue: open after the last day of the deadline.")
    )
    fulfilled_by: EventReference | None
    source_url: Address
    publisher: Publisher


class Rule(BaseModel):
    """How something was counted."""

    population: Text
    filter: Text
    window: Text
    ties: Text
    coverage: Text


class Ordinal(BaseModel):
    """A first or a count, with the rule by which it was counted."""

    headline: Text
    number: int | None = Field(description="Their n-th; null for a “first since”.")
    since: EventReference | None = Field(description="The one before, for a “first since”.")
    months: int = Field(description="Full months since then; 0 for a number.")
    rule: Rule
    counted: list[EventReference] = Field(description="Oldest first; the event itself is the last.")


class Relations(BaseModel):
    """Other events and days that this one has to do with."""

    merged: list[UUID] = Field(description="Events that this one now stands for.")
    previous: EventReference | None = Field(
        description="The event before between the same two leaders."
    )
    next: EventReference | None
    anniversaries: list[Named] = Field(description="Days that recur since this day.")


class WholeEvent(Event):
    """One event with everything that the record has on it."""

    citations: list[Citation]
    readouts: list[Readout]
    silences: list[Silence]
    commitments: list[Commitment] = Field(description="What was agreed here.")
    fulfils: list[Commitment] = Field(description="What was done here.")
    relations: Relations
    ordinals: list[Ordinal]


class Page(BaseModel):
    """A part of a list."""

    as_of: date | None = Field(description="The day whose record this is; null for today's.")
    next: Address | None = Field(description="What follows; null at the end. Also a Link header.")


class EventPage(Page):
    results: list[Event | Withdrawn | Merged] = Field(
        description="Without `updated_since` only published ones."
    )
    updated_until: datetime | None = Field(
        description="With `updated_since`: what to give as that the next time, once the last page "
        "has been read. Some minutes back, so that nothing is missed; what comes twice has the "
        "same `version`."
    )


class OrdinalList(Page):
    results: list[Ordinal]
