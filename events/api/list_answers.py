"""What the API's other lists answer with: people, terms, topics, days that recur, numbers."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from events import models as record
from events.api.answers import (
    Address,
    Commitment,
    CountryCode,
    Named,
    Office,
    Page,
    Pages,
    PersonReference,
    Readout,
    Slug,
    Text,
    one_of,
)


class Alias(BaseModel):
    language: str
    form: str


class Term(BaseModel):
    """Who held an office from when until when."""

    person: PersonReference
    office: Office
    party: Text | None
    starts_on: date
    ends_on: date | None = Field(description="Null while still in office.")


class Person(PersonReference):
    """Somebody who took part in an event or held an office."""

    url: Address = Field(description="The person in this API.")
    pages: Pages
    family_name: str | None = Field(description="In English.")
    given_name: str | None
    aliases: list[Alias] = Field(description="Forms of the name that newspapers use.")
    terms: list[Term]
    events: int = Field(description="How many events the record has with this person.")


class Topic(Named):
    url: Address = Field(description="The topic in this API.")
    pages: Pages
    description: Text | None
    events: int = Field(description="How many events the record has on it.")


class Occurrence(BaseModel):
    falls_on: date
    years: int = Field(description="Years elapsed since the origin: the ordinal.")
    days: int = Field(description="Days from the day asked about to this one.")


class Anniversary(BaseModel):
    """A day that recurs."""

    slug: Slug
    url: Address = Field(description="The anniversary in this API.")
    pages: Pages
    title: Text
    description: Text | None
    origin_on: date = Field(description="The solar date, for either calendar.")
    calendar: Annotated[str, one_of(record.Anniversary.Calendar)]
    observed_by: Text | None
    countries: list[CountryCode]
    occurrence: Occurrence | None = Field(
        description="The return asked for, else the next one; null after the end of the lunar "
        "tables (2050)."
    )


class Facet(BaseModel):
    value: str = Field(description="As the parameter takes it.")
    name: Text | None = Field(description="Null for words that are no names, such as kinds.")
    events: int


class OfYear(BaseModel):
    year: int
    events: int


class Facets(BaseModel):
    """How many events there would be with each value beside the other filters."""

    as_of: date | None
    total: int
    country: list[Facet]
    where: list[Facet]
    topic: list[Facet]
    leader: list[Facet]
    kind: list[Facet]
    status: list[Facet]
    years: list[OfYear]


class PersonPage(Page):
    results: list[Person]


class TermPage(Page):
    results: list[Term]


class TopicPage(Page):
    results: list[Topic]


class AnniversaryList(Page):
    results: list[Anniversary]


class ReadoutPage(Page):
    results: list[Readout]


class CommitmentPage(Page):
    results: list[Commitment]


class Root(BaseModel):
    """Where everything is."""

    name: str
    licence: Address
    docs: Address
    openapi: Address
    events: Address
    people: Address
    terms: Address
    topics: Address
    anniversaries: Address
    readouts: Address
    commitments: Address
    facets: Address
