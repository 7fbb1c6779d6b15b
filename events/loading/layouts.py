"""The columns of each file and what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from events.loading.cells import (
    Address,
    Choice,
    Day,
    DayOrMoment,
    Listed,
    Number,
    Reader,
    Slug,
    Text,
    YesNo,
)
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

LANGUAGES = ("en", "ko", "ja")
PRECISIONS = ("day", "window", "month", "year")
# A one-off ceremony is `anniversary` in the files; recurring days have a file of their own.
KINDS = (
    "call",
    "summit",
    "trilateral_summit",
    "visit",
    "ministerial",
    "agreement",
    "statement",
    "dispute",
    "ceremony",
    "anniversary",
    "other",
)
SETTINGS = ("bilateral", "trilateral", "margins", "unilateral", "multilateral")
CHANNELS = ("in_person", "phone", "video", "letter")
VISIT_TYPES = ("state", "official", "working", "transit")
STATUSES = ("scheduled", "held", "postponed", "cancelled")
CERTAINTIES = ("confirmed", "advance_notice", "weak_sources")
STANCES = ("mentioned", "agreed", "raised")
COMMITMENT_STATUSES = ("open", "fulfilled", "lapsed")
CALENDARS = ("solar", "lunar")
CLASSES = (
    "official",
    "wire",
    "press",
    "broadcaster",
    "reference",
    "archive",
    "aggregator",
    "blog",
    "unknown",
)

COUNTRY = Slug(2)
TOPIC = Slug(40)
PERSON = Slug(60)
EVENT = Slug(80)
READOUT = Slug(90)
OFFICE = Slug(40)
SOURCES = Listed(Address())


@dataclass(frozen=True, slots=True)
class Layout:
    """A file: its name, its columns, the type of its rows, and the columns that tell rows apart.

    `optional` columns may be missing; what is stored under them then stays.
    """

    file: str
    row: type
    columns: Mapping[str, Reader]
    key: tuple[str, ...]
    optional: Mapping[str, Reader] = field(default_factory=dict)


def _in_three_languages(name: str, limit: int) -> dict[str, Reader]:
    return {f"{name}_{language}": Text(limit, required=True) for language in LANGUAGES}


def _translations(name: str, limit: int) -> dict[str, Reader]:
    """The columns of the project's own Korean and Japanese translation of an English text."""
    return {f"{name}_{language}": Text(limit) for language in ("ko", "ja")}


# In the order in which they are loaded: a file names only rows of those before it.
LAYOUTS = (
    Layout(
        "countries.csv", CountryRow, {"code": COUNTRY, **_in_three_languages("name", 80)}, ("code",)
    ),
    Layout(
        "topics.csv",
        TopicRow,
        {"slug": TOPIC, **_in_three_languages("name", 80), "description_en": Text(300)},
        ("slug",),
        _translations("description", 300),
    ),
    Layout(
        "publishers.csv",
        PublisherRow,
        {
            "host": Text(120, required=True),
            "publisher": Text(120, required=True),
            "class": Choice(CLASSES, required=False),
            "country": Slug(2, required=False),
            "language": Listed(Slug(8)),
        },
        ("host",),
    ),
    Layout(
        "people.csv",
        PersonRow,
        {
            "slug": PERSON,
            "country": COUNTRY,
            **_in_three_languages("name", 80),
            "family_name_en": Text(40),
            "given_name_en": Text(40),
        },
        ("slug",),
    ),
    Layout(
        "aliases.csv",
        AliasRow,
        {"slug": PERSON, "lang": Choice(LANGUAGES), "alias": Text(80, required=True)},
        ("slug", "lang", "alias"),
    ),
    Layout(
        "offices.csv",
        OfficeRow,
        {"country": COUNTRY, "office": OFFICE, **_in_three_languages("name", 80)},
        ("country", "office"),
    ),
    Layout(
        "terms.csv",
        TermRow,
        {
            "slug": PERSON,
            "country": COUNTRY,
            "office": OFFICE,
            "party_en": Text(120),
            "term_start": Day(),
            "term_end": Day(required=False),
            "source_urls": SOURCES,
        },
        ("slug", "country", "office", "term_start"),
    ),
    Layout(
        "anniversaries.csv",
        AnniversaryRow,
        {
            "slug": Slug(80),
            **_in_three_languages("title", 160),
            "origin_date": Day(),
            "calendar": Choice(CALENDARS),
            "countries": Listed(COUNTRY, required=True),
            "observed_by": Text(160),
            "description_en": Text(500),
            "source_urls": Listed(Address(), required=True),
        },
        ("slug",),
        _translations("description", 500),
    ),
    Layout(
        "events.csv",
        EventRow,
        {
            "id": EVENT,
            "start_date": Day(),
            "end_date": Day(required=False),
            "date_precision": Choice(PRECISIONS),
            "kind": Choice(KINDS),
            "actors": Listed(COUNTRY, required=True),
            "setting": Choice(SETTINGS, required=False),
            "channel": Choice(CHANNELS, required=False),
            "visit_type": Choice(VISIT_TYPES, required=False),
            "host": Slug(2, required=False),
            "status": Choice(STATUSES),
            "certainty": Choice(CERTAINTIES),
            **_in_three_languages("title", 160),
            "summary_en": Text(2000),
            "countries": Listed(COUNTRY, required=True),
            "participants": Listed(PERSON),
            "city": Listed(Text(60), repeats=True, blanks=True),
            "place_country": Listed(COUNTRY, repeats=True),
            "occasion": Text(160),
            "topics": Listed(TOPIC),
            "source_urls": Listed(Address(), required=True),
            "verified_by": Number(),
        },
        ("id",),
        _translations("summary", 2000),
    ),
    Layout(
        "readouts.csv",
        ReadoutRow,
        {
            "id": READOUT,
            "event_id": EVENT,
            "issuer": COUNTRY,
            "issuing_body": Text(120),
            "source_language": Slug(8, required=False),
            "as_reported_by": Text(120),
            "source_url": Address(),
            "published_on": DayOrMoment(),
            "whole_text": YesNo(required=False),
        },
        ("id",),
    ),
    Layout(
        "points.csv",
        PointRow,
        {
            "readout_id": READOUT,
            "n": Number(least=1, required=True),
            "topic": Slug(40, required=False),
            "stance": Choice(STANCES),
            "text_en": Text(300, required=True),
        },
        ("readout_id", "n"),
        _translations("text", 300),
    ),
    Layout(
        "silences.csv",
        SilenceRow,
        {
            "event_id": EVENT,
            "issuer": COUNTRY,
            "topic": TOPIC,
            "basis": Text(200, required=True),
            "firm": YesNo(),
        },
        ("event_id", "issuer", "topic"),
    ),
    Layout(
        "commitments.csv",
        CommitmentRow,
        {
            "id": READOUT,
            "event_id": EVENT,
            "commitment_en": Text(300, required=True),
            "due_text": Text(80),
            "due_on": Day(required=False),
            "due_precision": Choice(("day", "month", "year"), required=False),
            "fulfilled_by_event_id": Slug(80, required=False),
            "status": Choice(COMMITMENT_STATUSES),
            "source_url": Address(),
        },
        ("id",),
        _translations("commitment", 300),
    ),
    Layout("phrases.csv", PhraseRow, _in_three_languages("text", 200), ("text_en",)),
)
LAYOUT = {layout.file: layout for layout in LAYOUTS}
FILES = tuple(LAYOUT)
