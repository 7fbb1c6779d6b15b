"""The values of the rows of each file, named as the columns are.

A column that a file may leave out is None where it is not there, and then says nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CountryRow:
    line: int
    code: str
    name_en: str
    name_ko: str
    name_ja: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    line: int
    slug: str
    name_en: str
    name_ko: str
    name_ja: str
    description_en: str
    description_ko: str | None
    description_ja: str | None


@dataclass(frozen=True, slots=True)
class PublisherRow:
    line: int
    host: str
    publisher: str
    source_class: str
    country: str
    language: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    line: int
    slug: str
    country: str
    name_en: str
    name_ko: str
    name_ja: str
    family_name_en: str
    given_name_en: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    line: int
    slug: str
    lang: str
    alias: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    line: int
    country: str
    office: str
    name_en: str
    name_ko: str
    name_ja: str


@dataclass(frozen=True, slots=True)
class TermRow:
    line: int
    slug: str
    country: str
    office: str
    party_en: str
    term_start: date
    term_end: date | None
    source_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnniversaryRow:
    line: int
    slug: str
    title_en: str
    title_ko: str
    title_ja: str
    origin_date: date
    calendar: str
    countries: tuple[str, ...]
    observed_by: str
    description_en: str
    source_urls: tuple[str, ...]
    description_ko: str | None
    description_ja: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    line: int
    id: str
    start_date: date
    end_date: date | None
    date_precision: str
    kind: str
    actors: tuple[str, ...]
    setting: str
    channel: str
    visit_type: str
    host: str
    status: str
    certainty: str
    title_en: str
    title_ko: str
    title_ja: str
    summary_en: str
    countries: tuple[str, ...]
    participants: tuple[str, ...]
    city: tuple[str, ...]
    place_country: tuple[str, ...]
    occasion: str
    topics: tuple[str, ...]
    source_urls: tuple[str, ...]
    verified_by: int | None
    summary_ko: str | None
    summary_ja: str | None

    def places(self) -> list[tuple[str, str]]:
        """City (may be empty) and country code of each place, in their order."""
        cities = self.city or ("",) * len(self.place_country)
        return list(zip(cities, self.place_country, strict=True))


@dataclass(frozen=True, slots=True)
class ReadoutRow:
    line: int
    id: str
    event_id: str
    issuer: str
    issuing_body: str
    source_language: str
    as_reported_by: str
    source_url: str
    published_on: date | datetime | None
    whole_text: bool | None


@dataclass(frozen=True, slots=True)
class PointRow:
    line: int
    readout_id: str
    n: int
    topic: str
    stance: str
    text_en: str
    text_ko: str | None
    text_ja: str | None


@dataclass(frozen=True, slots=True)
class SilenceRow:
    line: int
    event_id: str
    issuer: str
    topic: str
    basis: str
    firm: bool


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    line: int
    id: str
    event_id: str
    commitment_en: str
    due_text: str
    due_on: date | None
    due_precision: str
    fulfilled_by_event_id: str
    status: str
    source_url: str
    commitment_ko: str | None
    commitment_ja: str | None


@dataclass(frozen=True, slots=True)
class PhraseRow:
    line: int
    text_en: str
    text_ko: str
    text_ja: str
