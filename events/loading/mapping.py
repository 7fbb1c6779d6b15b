"""What the rows of the files are in the tables of the record."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from events.addresses import host_of
from events.loading.checks import ZONES, clock_of
from events.loading.rows import (
    AliasRow,
    AnniversaryRow,
    CommitmentRow,
    CountryRow,
    EventRow,
    OfficeRow,
    PersonRow,
    PhraseRow,
    PointRow,
    PublisherRow,
    ReadoutRow,
    SilenceRow,
    TermRow,
    TopicRow,
)
from events.loading.writing import Part, Sheet, Values, Wanted
from events.models import (
    Alias,
    Anniversary,
    AnniversaryCountry,
    Citation,
    Commitment,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Office,
    Participation,
    Person,
    Phrase,
    Point,
    Publisher,
    Readout,
    Silence,
    Term,
    Topic,
)

# Public ids of loaded events follow from the ids of their rows, so that an event is found again
# under whatever address it has by then. This namespace never changes.
EVENT_IDS = uuid.UUID("9219f6cb-4701-4d1d-886c-cade3096c93c")


def public_id(event_id: str) -> uuid.UUID:
    """The public id of the event that events.csv calls `event_id`."""
    return uuid.uuid5(EVENT_IDS, event_id)


def _citations(owner: str) -> Part:
    return Part(Citation, owner, key=("url",), compared=("position",), is_exact=False)


COUNTRIES = Sheet("countries.csv", Country, ("code",))
TOPICS = Sheet("topics.csv", Topic, ("slug",))
PUBLISHERS = Sheet("publishers.csv", Publisher, ("host",))
PEOPLE = Sheet("people.csv", Person, ("slug",))
ALIASES = Sheet("aliases.csv", Alias, ("person_id", "language", "form"))
OFFICES = Sheet("offices.csv", Office, ("country_id", "slug"))
TERMS = Sheet(
    "terms.csv", Term, ("person_id", "office_id", "starts_on"), parts=(_citations("term_id"),)
)
ANNIVERSARIES = Sheet(
    "anniversaries.csv",
    Anniversary,
    ("slug",),
    parts=(
        Part(AnniversaryCountry, "anniversary_id", key=("country_id",)),
        _citations("anniversary_id"),
    ),
)
EVENTS = Sheet(
    "events.csv",
    Event,
    ("public_id",),
    parts=(
        Part(EventCountry, "event_id", key=("country_id",), compared=("acted",)),
        Part(EventPlace, "event_id", key=("city", "country_id"), compared=("position",)),
        Part(EventTopic, "event_id", key=("topic_id",)),
        Part(Participation, "event_id", key=("person_id",)),
        _citations("event_id"),
    ),
    is_closed=lambda event: event.withdrawn_at is not None or event.merged_into_id is not None,
    version="version",
)
READOUTS = Sheet("readouts.csv", Readout, ("slug",))
POINTS = Sheet("points.csv", Point, ("readout_id", "position"))
SILENCES = Sheet("silences.csv", Silence, ("event_id", "issuer_id", "topic_id"))
COMMITMENTS = Sheet("commitments.csv", Commitment, ("slug",))
PHRASES = Sheet("phrases.csv", Phrase, ("text_en",))


@dataclass(slots=True)
class Rows:
    """Primary keys of stored rows by what the files call them."""

    people: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    offices: dict[tuple[str, str], int] = field(default_factory=dict)
    readouts: dict[str, int] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    events: dict[uuid.UUID, int] = field(default_factory=dict)

    def event(self, event_id: str) -> int:
        return self.events[public_id(event_id)]

    def publisher(self, url: str) -> Publisher:
        """The publisher of an address: by host and port, else by host."""
        host = host_of(url)
        return self.publishers.get(host) or self.publishers[host.partition(":")[0]]

    def citations(self, urls: Iterable[str]) -> list[Values]:
        """Citations of those addresses; in the publisher's language where it has but one."""
        values: list[Values] = []
        for position, url in enumerate(urls):
            publisher = self.publisher(url)
            language = "" if ";" in publisher.languages else publisher.languages
            values.append(
                {
                    "url": url,
                    "publisher_id": publisher.pk,
                    "language": language,
                    "position": position,
                }
            )
        return values


def _same(row: Any, *columns: str) -> Values:
    """The columns that are called the same in the file."""
    return {column: getattr(row, column) for column in columns}


def _translated(row: Any, name: str, stored: str = "") -> Values:
    """The translations of a text, where the file has them; `stored` is the text's column."""
    given = {code: getattr(row, f"{name}_{code}") for code in ("ko", "ja")}
    return {f"{stored or name}_{code}": text for code, text in given.items() if text is not None}


NAMES = ("name_en", "name_ko", "name_ja")
TITLES = ("title_en", "title_ko", "title_ja")


def country(row: CountryRow, position: int) -> Wanted:
    values = {**_same(row, "code", *NAMES), "position": position}
    return Wanted(row.line, (row.code,), values)


def topic(row: TopicRow) -> Wanted:
    values = _same(row, "slug", *NAMES, "description_en")
    return Wanted(row.line, (row.slug,), {**values, **_translated(row, "description")})


def publisher(row: PublisherRow) -> Wanted:
    values = {
        "host": row.host,
        "name": row.publisher,
        "source_class": row.source_class.upper() or Publisher.Class.UNKNOWN,
        "country_code": row.country,
        "languages": ";".join(row.language),
    }
    return Wanted(row.line, (row.host,), values)


def person(row: PersonRow) -> Wanted:
    values = _same(row, "slug", *NAMES, "family_name_en", "given_name_en")
    return Wanted(row.line, (row.slug,), {**values, "country_id": row.country})


def alias(row: AliasRow, of: Rows) -> Wanted:
    key = (of.people[row.slug], row.lang, row.alias)
    return Wanted(row.line, key, dict(zip(ALIASES.key, key, strict=True)))


def office(row: OfficeRow) -> Wanted:
    key = (row.country, row.office)
    values = {**_same(row, *NAMES), "country_id": row.country, "slug": row.office}
    return Wanted(row.line, key, values)


def terms(rows: Sequence[TermRow], of: Rows, stored: Sequence[Term]) -> list[Wanted]:
    """Terms under the keys of the stored rows that they are.

    A term has no id, so one whose first day was corrected in the file is known by the person and
    office: what is left over on both sides is matched in the order of time.
    """
    placed = {(t.person_id, t.office_id, t.starts_on) for t in stored}
    holders = [(of.people[row.slug], of.offices[row.country, row.office]) for row in rows]
    named_so = {
        (*holder, row.term_start) for holder, row in zip(holders, rows, strict=True)
    } & placed
    free: dict[tuple[int, int], list[Any]] = {}
    for key in sorted(placed - named_so):
        free.setdefault((key[0], key[1]), []).append(key[2])
    found = []
    for holder, row in sorted(zip(holders, rows, strict=True), key=lambda pair: pair[1].term_start):
        start = row.term_start
        if (*holder, start) not in placed and free.get(holder):
            start = free[holder].pop(0)
        values = {
            "person_id": holder[0],
            "office_id": holder[1],
            "party_en": row.party_en,
            "starts_on": row.term_start,
            "ends_on": row.term_end,
        }
        parts = (of.citations(row.source_urls),)
        found.append(Wanted(row.line, (*holder, start), values, parts=parts))
    return found


def anniversary(row: AnniversaryRow, of: Rows) -> Wanted:
    values = {
        **_same(row, "slug", *TITLES, "description_en", "observed_by"),
        **_translated(row, "description"),
        "origin_on": row.origin_date,
        "calendar": row.calendar.upper(),
    }
    countries = [{"country_id": code} for code in row.countries]
    return Wanted(row.line, (row.slug,), values, parts=(countries, of.citations(row.source_urls)))


def event(row: EventRow, of: Rows, *, by: User, at: datetime, known_as: uuid.UUID) -> Wanted:
    """An event, published by `by` at `at` if it is new; `known_as` is its public id."""
    kind = "ceremony" if row.kind == "anniversary" else row.kind
    values = {
        "kind": kind.upper(),
        "setting": row.setting.upper(),
        "channel": row.channel.upper(),
        "visit_type": row.visit_type.upper(),
        "status": row.status.upper(),
        "certainty": row.certainty.upper(),
        "precision": row.date_precision.upper(),
        "starts_on": row.start_date,
        "ends_on": row.end_date,
        **_same(row, *TITLES, "summary_en", "occasion"),
        **_translated(row, "summary"),
        "host_id": row.host or None,
        "independent_publishers": row.verified_by,
    }
    new = {"slug": row.id, "public_id": known_as, "published_at": at, "published_by": by}
    parts = (
        [{"country_id": code, "acted": code in row.actors} for code in row.countries],
        [
            {"city": city, "country_id": code, "position": position}
            for position, (city, code) in enumerate(row.places())
        ],
        [{"topic_id": of.topics[slug]} for slug in row.topics if slug in of.topics],
        [{"person_id": of.people[slug]} for slug in row.participants if slug in of.people],
        of.citations(row.source_urls),
    )
    return Wanted(row.line, (known_as,), values, new, parts)


def readout(row: ReadoutRow, of: Rows) -> Wanted:
    stamp = clock_of(row) if isinstance(row.published_on, datetime) else None
    values = {
        **_same(row, "issuing_body", "as_reported_by"),
        "slug": row.id,
        "event_id": of.event(row.event_id),
        "issuer_id": row.issuer,
        "url": row.source_url,
        "publisher_id": of.publisher(row.source_url).pk,
        "language": row.source_language,
        "published_on": stamp.date() if stamp else row.published_on,
        "published_time": stamp.time() if stamp else None,
        "time_zone": ZONES[row.issuer] if stamp else "",
        "is_whole": row.whole_text,
    }
    return Wanted(row.line, (row.id,), values)


def point(row: PointRow, of: Rows) -> Wanted:
    values = {
        "readout_id": of.readouts[row.readout_id],
        "position": row.n,
        "topic_id": of.topics.get(row.topic),
        "stance": row.stance.upper(),
        "text_en": row.text_en,
        **_translated(row, "text"),
    }
    return Wanted(row.line, (values["readout_id"], row.n), values)


def silence(row: SilenceRow, of: Rows) -> Wanted:
    key = (of.event(row.event_id), row.issuer, of.topics[row.topic])
    values = dict(zip(SILENCES.key, key, strict=True))
    return Wanted(row.line, key, {**values, "basis": row.basis, "is_firm": row.firm})


def commitment(row: CommitmentRow, of: Rows) -> Wanted:
    fulfilling = row.fulfilled_by_event_id
    values = {
        "slug": row.id,
        "event_id": of.event(row.event_id),
        "text_en": row.commitment_en,
        **_translated(row, "commitment", stored="text"),
        "due_text": row.due_text,
        "due_on": row.due_on,
        "due_precision": row.due_precision.upper(),
        "status": row.status.upper(),
        "fulfilled_by_id": of.event(fulfilling) if fulfilling else None,
        "url": row.source_url,
        "publisher_id": of.publisher(row.source_url).pk,
    }
    return Wanted(row.line, (row.id,), values)


def phrase(row: PhraseRow) -> Wanted:
    return Wanted(row.line, (row.text_en,), _same(row, "text_en", "text_ko", "text_ja"))
