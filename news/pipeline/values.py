"""What goes into the pipeline and what comes out of it: plain frozen values.

Offsets count code points of `ArticleText.text` as it was given, so that
`article.text[e.start : e.end] == e.quote` holds for every piece of evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as plain text. An empty `lang` means: find out.

    `issuer` is the country whose government published it; empty for everybody else's pages.
    """

    id: str
    url: str
    outlet: str
    lang: str
    published: date | None
    title: str
    text: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the record, with every (language, form) newspapers use."""

    slug: str
    country: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """One stretch in a leader's office; an open end means still in office."""

    slug: str
    country: str
    office: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class KnownAnniversary:
    """A day that recurs, with what each language calls it."""

    slug: str
    origin_on: date
    calendar: str
    countries: tuple[str, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """A published event of the record. What is not known is empty.

    `kind` is one of KINDS, or "other"; `setting`, `channel`, `status` and `precision` are the
    record's own words in small letters. `ends_on` is the last day, `starts_on` where there is but
    one. `acting` are the countries that acted, `people` slugs of who took part, `titles` what each
    language calls it.
    """

    slug: str
    kind: str
    setting: str
    channel: str
    status: str
    starts_on: date
    ends_on: date
    precision: str
    acting: tuple[str, ...]
    countries: tuple[str, ...]
    people: tuple[str, ...]
    cities: tuple[str, ...]
    topics: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the record knows that helps to read an article. It may be empty.

    `official_hosts` are hosts of governments' own sites, each with its country. `events` are
    those about the days on which the articles were published, at least; all is well with more.
    """

    people: tuple[KnownPerson, ...]
    terms: tuple[KnownTerm, ...]
    anniversaries: tuple[KnownAnniversary, ...]
    official_hosts: tuple[tuple[str, str], ...] = ()
    # A reading looks its knowledge up by hash, and there are many of these.
    events: tuple[KnownEvent, ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words behind one field of a draft, and the sentence they stand in.

    `field` is one of `EVIDENCE_FIELDS`; `value` is what the words were read
    as, so a field with several values (participants) has several rows.
    """

    field: str
    value: str
    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the article as it was given, and the sentence they stand in."""

    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """One thing that a government's account says. `topic` may be empty; `stance` is of STANCES.

    `rule` and `confidence` are of how it was read.
    """

    topic: str
    stance: str
    passage: Passage
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DraftCommitment:
    """Something to be done, and the countries that undertake it.

    `due_text` is the deadline in the words of the page. `due_on` is only there where they state a
    date; with the precision MONTH or YEAR it is the first day of that period.
    """

    passage: Passage
    by: tuple[str, ...]
    due_text: str = ""
    due_on: date | None = None
    due_precision: str = ""


@dataclass(frozen=True, slots=True)
class DraftReadout:
    """One government's own account of an event: what it says, in its order."""

    issuer: str
    points: tuple[DraftPoint, ...]
    commitments: tuple[DraftCommitment, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as the article tells it, waiting for an editor.

    `readout` is there where the article is a government's own account of it. `known_as` is the
    slug of the event of the record that it retells, or empty.
    """

    kind: str
    starts_on: date
    ends_on: date
    precision: str
    status: str
    participants: tuple[str, ...]
    countries: tuple[str, ...]
    city: str
    topics: tuple[str, ...]
    occasion: str
    channel: str
    minutes: int | None
    anniversary: str
    title: str
    evidence: tuple[Evidence, ...]
    cluster_key: str
    ordinal: int | None = None
    readout: DraftReadout | None = None
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sentence that spoke of an event but made none, and why."""

    sentence: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the pipeline makes of one article."""

    is_relevant: bool
    cluster_key: str
    drafts: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...]


KINDS = (
    "call",
    "summit",
    "trilateral_summit",
    "visit",
    "ministerial",
    "agreement",
    "dispute",
    "statement",
    "anniversary",
)
EVIDENCE_FIELDS = (
    "kind",
    "start",
    "end",
    "status",
    "participants",
    "countries",
    "city",
    "topics",
    "occasion",
    "minutes",
    "ordinal",
)
# Of an event; and of a plan that is told to be off, which makes no article relevant.
STATUSES = ("happened", "scheduled")
CALLED_OFF = ("postponed", "cancelled")
PRECISIONS = ("DAY", "WINDOW", "MONTH")
STANCES = ("MENTIONED", "AGREED", "RAISED")
CHANNELS = ("PHONE", "VIDEO", "IN_PERSON", "LETTER", "")
REASONS = (
    "background",
    "hypothetical",
    "denied",
    "third_country",
    "caption",
    "reporting",
    "quotation",
    "other_article",
    "undated",
    "one_sided",
)
