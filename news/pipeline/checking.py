"""Keep of a model's answer what the article and the record bear out; drop the rest with a reason.

No word of the answer is kept that was not in the article or on a list of ours. Days are those that
our own grammar reads in the sentence that was quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from news.pipeline.actors import PAIR
from news.pipeline.answers import Claim, Event, read_answer
from news.pipeline.clean import plain
from news.pipeline.cluster import with_keys
from news.pipeline.dates import Days
from news.pipeline.lexicon import places
from news.pipeline.orders import gives_orders
from news.pipeline.people import IndexedKnowledge
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.titles import make_title
from news.pipeline.validate import stands
from news.pipeline.values import CHANNELS, KINDS, STATUSES, Draft, Evidence, Reading

MODEL = "model"  # the rule that evidence of a model names
CONFIDENCE = 0.5
_MOST_PLACES = 50
_LONGEST_MINUTES = 24 * 60
_SLACK = timedelta(days=1)
# Days that belong to something else than what the article reports.
_NOT_ITS_DAY = ("background", "length", "quotation", "aside")
# What words that say a kind by themselves leave possible.
_TALKS = frozenset({"trilateral", "summit", "meeting", "contact", "visit"})
_BORNE_OUT_BY = {
    "call": frozenset({"call", "contact"}),
    "summit": _TALKS,
    "trilateral_summit": _TALKS,
    "visit": _TALKS | {"ministerial", "ceremony"},
    "ministerial": _TALKS | {"ministerial", "call"},
    "agreement": _TALKS | {"call", "ministerial", "agreement", "statement", "saying"},
    "dispute": frozenset({"dispute", "statement", "saying", "ceremony"}),
    "statement": frozenset({"dispute", "statement", "saying", "ceremony", "agreement"}),
    "anniversary": frozenset({"ceremony", "statement", "saying"}),
}
_SURE = 3  # the weight of such words

# Why something was dropped.
NOT_IN_TEXT = "not in the text"
NOT_ITS_TEXT = "not in the article's own sentences"
ORDERS = "in a paragraph that speaks to a program"
UNKNOWN = "not on the list"
CONTRADICTED = "its words say something else"
NO_SUCH_DAY = "does not follow from the words quoted"
NOT_NAMED = "not named in the article"
TENSE = "does not fit its day"
LACKS = "lacks what every draft must have"
ONE_SIDED = "only one side acts"
CANNOT_STAND = "cannot stand"
TWICE = "told twice"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the record that are not in Knowledge: codes of countries, slugs of topics."""

    countries: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the model said that is not kept. `field` is empty for a whole event."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged(Reading):
    """What is left of a model's answer, and what was dropped."""

    dropped: tuple[Dropped, ...] = ()


def judge(answer: str, telling: Telling, index: IndexedKnowledge, vocabulary: Vocabulary) -> Judged:
    """Check an answer about an article. Raises BadAnswer if it is not of the form asked for."""
    check = _Check(telling, index, vocabulary)
    found = [draft for event in read_answer(answer) if (draft := check.draft(event))]
    once: dict[tuple[object, ...], Draft] = {}
    for draft in found:
        key = (draft.kind, draft.starts_on, draft.ends_on, draft.participants, draft.city)
        if key in once:
            check.drop("", draft.kind, TWICE)
        once.setdefault(key, draft)
    drafts = with_keys(once.values())
    return Judged(
        is_relevant=bool(drafts),
        cluster_key=drafts[0].cluster_key if drafts else "",
        drafts=drafts,
        set_aside=(),
        dropped=tuple(check.dropped),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a quote stands in the text as given, and in which sentence."""

    spoken: Spoken
    start: int
    end: int


@dataclass
class _Check:
    telling: Telling
    index: IndexedKnowledge
    vocabulary: Vocabulary
    dropped: list[Dropped] = field(default_factory=list)
    home: Spoken | None = None  # the sentence that tells the kind of the event being checked
    rows: list[Evidence] = field(default_factory=list)

    def __post_init__(self) -> None:
        span = self.telling.working.span
        self.sentences = [
            (span(one.sentence.start, one.sentence.end), one) for one in self.telling.spoken
        ]
        self.ordering = {
            one.sentence.paragraph for one in self.telling.spoken if gives_orders(one.sentence.text)
        }
        self.named = {person.slug for one in self.telling.spoken for person in one.scene.people}

    def drop(self, name: str, value: str, reason: str) -> None:
        self.dropped.append(Dropped(name, value, reason))

    def draft(self, event: Event) -> Draft | None:
        """What is left of one event, or None if that is too little."""
        self.home, self.rows = None, []
        kind = self._kind(event)
        days = self._days(event) if kind else None
        status = self._status(event, days) if days else ""
        if not (kind and days and status):
            self.drop("", kind or _first(event, "kind"), LACKS)
            return None
        countries = tuple(self._several(event, "countries"))
        if not set(countries) >= PAIR:
            self.drop("", kind, ONE_SIDED)
            return None
        participants = tuple(self._several(event, "participants", days))
        city = self._city(event, kind)
        occasion = self._occasion(event)
        draft = Draft(
            kind=kind,
            starts_on=days.first,
            ends_on=days.last,
            precision=days.precision,
            status=status,
            participants=participants,
            countries=countries,
            city=city,
            topics=tuple(self._several(event, "topics")),
            occasion=occasion,
            channel=self._channel(event),
            minutes=self._minutes(event),
            anniversary="",
            title=make_title(kind, participants, countries, city, occasion, self.index),
            evidence=tuple(self.rows),
            cluster_key="",
        )
        if not stands(draft, self.telling.article):
            self.drop("", kind, CANNOT_STAND)
            return None
        return draft

    def _kind(self, event: Event) -> str:
        for claim in event["kind"]:
            if claim.value not in KINDS:
                self.drop("kind", claim.value, UNKNOWN)
            elif (found := self._place("kind", claim)) is not None:
                if self._is_contradicted(claim.value, found.spoken):
                    self.drop("kind", claim.value, CONTRADICTED)
                    continue
                self.home = found.spoken
                self._keep("kind", claim.value, found)
                return claim.value
        return ""

    def _is_contradicted(self, kind: str, spoken: Spoken) -> bool:
        text = spoken.sentence.text
        sure = {
            trigger.kind
            for trigger in self.telling.words.triggers
            if trigger.weight >= _SURE and trigger.pattern.search(text)
        }
        return bool(sure) and not sure & _BORNE_OUT_BY[kind]

    def _days(self, event: Event) -> Days | None:
        """The days of an event, by the words that the model quotes for them."""
        start = self._timed("start", event)
        if start is None:
            return None
        claim, found, days = start
        self._keep("start", claim.value, found)
        end = self._timed("end", event)
        if end is None or (last := date.fromisoformat(end[0].value)) < days.first:
            return days
        self._keep("end", last.isoformat(), end[1])
        return Days(days.first, last, days.grain if last == days.last else "RANGE")

    def _timed(self, name: str, event: Event) -> tuple[Claim, _Found, Days] | None:
        """A claimed day that one of the phrases quoted means."""
        for claim in event[name]:
            if (found := self._place(name, claim)) is None:
                continue
            for timed in self._dates_within(found):
                days = timed.days
                if days is None or timed.owner in _NOT_ITS_DAY or days.grain == "YEAR":
                    continue
                meant = (days.first,) if name == "start" else (days.first, days.last)
                if claim.value in [day.isoformat() for day in meant]:
                    return claim, found, days
            self.drop(name, claim.value, NO_SUCH_DAY)
        return None

    def _dates_within(self, found: _Found) -> Iterator[Timed]:
        offset = found.spoken.sentence.start
        for timed in found.spoken.dates:
            span = (offset + timed.phrase.start, offset + timed.phrase.end)
            start, end = self.telling.working.span(*span)
            if start < found.end and found.start < end:
                yield timed

    def _status(self, event: Event, days: Days) -> str:
        anchor = self.telling.anchor
        for claim in event["status"]:
            if claim.value not in STATUSES:
                self.drop("status", claim.value, UNKNOWN)
            elif (found := self._place("status", claim)) is not None:
                is_ahead = anchor is not None and days.first > anchor + _SLACK
                is_over = anchor is not None and days.last < anchor - _SLACK
                if (is_ahead and claim.value == "happened") or (
                    is_over and claim.value == "scheduled"
                ):
                    self.drop("status", claim.value, TENSE)
                    continue
                self._keep("status", claim.value, found)
                return claim.value
        return ""

    def _several(self, event: Event, name: str, days: Days | None = None) -> list[str]:
        """The values of a field that are on its list, each with the words quoted for it."""
        kept: list[str] = []
        for claim in event[name]:
            if claim.value in kept:
                continue
            if reason := self._why_not(name, claim.value, days):
                self.drop(name, claim.value, reason)
            elif (found := self._place(name, claim)) is not None:
                self._keep(name, claim.value, found)
                kept.append(claim.value)
        return kept

    def _why_not(self, name: str, value: str, days: Days | None) -> str:
        if name == "participants":
            if value not in self.index.countries:
                return UNKNOWN
            leads = value in self.index.leaders_on(days.first if days else None).values()
            return "" if value in self.named or leads else NOT_NAMED
        known = {"countries": self.vocabulary.countries, "topics": self.vocabulary.topics}[name]
        if value not in known:
            return UNKNOWN
        touched = self.telling.spoken[0].article
        is_ours = name == "countries" and value in ("KR", "JP", "US", "CN")
        return NOT_NAMED if is_ours and value not in touched else ""

    def _city(self, event: Event, kind: str) -> str:
        for claim in event["city"]:
            pattern = places().get(claim.value)
            if pattern is None or kind == "call":
                self.drop("city", claim.value, UNKNOWN)
            elif not pattern.search(plain(claim.quote)):
                self.drop("city", claim.value, CONTRADICTED)
            elif (found := self._place("city", claim)) is not None:
                self._keep("city", claim.value, found)
                return claim.value
        return ""

    def _occasion(self, event: Event) -> str:
        for claim in event["occasion"]:
            if (found := self._place("occasion", claim)) is None:
                continue
            if claim.value in [gathering.name for gathering in found.spoken.gatherings]:
                self._keep("occasion", claim.value, found)
                return claim.value
            self.drop("occasion", claim.value, UNKNOWN)
        return ""

    def _channel(self, event: Event) -> str:
        for claim in event["channel"]:
            if claim.value not in CHANNELS:
                self.drop("channel", claim.value, UNKNOWN)
            elif self._place("channel", claim) is not None:
                return claim.value
        return ""

    def _minutes(self, event: Event) -> int | None:
        for claim in event["minutes"]:
            is_number = claim.value.isascii() and claim.value.isdigit()
            if not is_number or not 0 < int(claim.value) <= _LONGEST_MINUTES:
                self.drop("minutes", claim.value, UNKNOWN)
            elif claim.value not in plain(claim.quote):
                self.drop("minutes", claim.value, CONTRADICTED)
            elif self._place("minutes", claim) is not None:
                return int(claim.value)
        return None

    def _place(self, name: str, claim: Claim) -> _Found | None:
        """Where a quote stands: in the sentence of the kind, else where it stands first."""
        places_found = list(self._everywhere(claim.quote))
        if not places_found:
            self.drop(name, claim.value, NOT_IN_TEXT)
            return None
        own = [one for one in places_found if _is_its_own(one.spoken)]
        if not own:
            self.drop(name, claim.value, NOT_ITS_TEXT)
            return None
        heeded = [one for one in own if one.spoken.sentence.paragraph not in self.ordering]
        if not heeded:
            self.drop(name, claim.value, ORDERS)
            return None
        at_home = [one for one in heeded if one.spoken is self.home]
        return (at_home or heeded)[0]

    def _everywhere(self, quote: str) -> Iterator[_Found]:
        """Where words stand within one sentence each."""
        text, at = self.telling.article.text, -1
        for _count in range(_MOST_PLACES):
            at = text.find(quote, at + 1)
            if at < 0:
                return
            end = at + len(quote)
            for (first, last), spoken in self.sentences:
                if first <= at and end <= last:
                    yield _Found(spoken, at, end)

    def _keep(self, name: str, value: str, found: _Found) -> None:
        sentence = found.spoken.sentence
        first, last = self.telling.working.span(sentence.start, sentence.end)
        text = self.telling.article.text
        self.rows.append(
            Evidence(
                field=name,
                value=value,
                quote=text[found.start : found.end],
                start=found.start,
                end=found.end,
                sentence=text[first:last],
                sentence_start=first,
                sentence_end=last,
                rule=MODEL,
                confidence=CONFIDENCE,
            )
        )


def _is_its_own(spoken: Spoken) -> bool:
    """Whether a sentence is of the article itself: no caption, no other article on its page."""
    return spoken.sentence.role == "body" and not spoken.sentence.segment


def _first(event: Event, name: str) -> str:
    return next((claim.value for claim in event[name]), "")
