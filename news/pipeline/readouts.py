"""A government's own account of an event: its points by topic and stance, and what it promises.

Only what the page says becomes a point. A topic that it does not name makes none, and a sentence
that says what was not talked about makes none either.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from news.pipeline.clean import Working, normalise
from news.pipeline.language import find_language
from news.pipeline.passages import Part, find_parts
from news.pipeline.people import IndexedKnowledge, NameMention, Resolver
from news.pipeline.promises import find_deadline, is_promise
from news.pipeline.readout_words import ReadoutWords, readout_words
from news.pipeline.sentences import Sentence, split_sentences
from news.pipeline.values import (
    ArticleText,
    DraftCommitment,
    DraftPoint,
    DraftReadout,
    Passage,
)

MOST_POINTS = 40
_ENDS = (".", "。", "다", "!")
# What the same words name as well, where they name something more exact.
_NARROWER = {"export_controls": "trade"}
_HEADING = 40  # characters of a line that may name the topic of what follows


def read_readout(
    article: ArticleText, index: IndexedKnowledge, countries: tuple[str, ...]
) -> DraftReadout | None:
    """What the page of a government says of its event; None where nothing is found, or the page
    is nobody's account (it has no issuer).

    `countries` are those at the table: what all of them agree is undertaken by all.
    """
    if not article.issuer:
        return None
    reader = _Reader.of(article, index, countries)
    for sentence in split_sentences(reader.working.text, reader.words.lang):
        reader.read(sentence)
    if not (reader.points or reader.commitments):
        return None
    points = tuple(reader.points[:MOST_POINTS])
    return DraftReadout(article.issuer, points, tuple(reader.commitments[:MOST_POINTS]))


@dataclass
class _Reader:
    """Carries who spoke last, and under which heading."""

    article: ArticleText
    working: Working
    words: ReadoutWords
    resolver: Resolver
    countries: tuple[str, ...]
    heading: str = ""
    voice: str = ""
    speaker: str = ""
    points: list[DraftPoint] = field(default_factory=list)
    commitments: list[DraftCommitment] = field(default_factory=list)

    @classmethod
    def of(
        cls, article: ArticleText, index: IndexedKnowledge, countries: tuple[str, ...]
    ) -> _Reader:
        working = normalise(article.text)
        lang = find_language(working.text, article.lang)
        resolver = Resolver.for_article(index, lang, article.published, article.title, working.text)
        return cls(article, working, readout_words(lang), resolver, countries)

    def read(self, sentence: Sentence) -> None:
        """Add what one sentence says."""
        text = sentence.text
        if sentence.segment or sentence.role in ("caption", "clutter"):
            return
        if not text.rstrip(" )」』\"'").endswith(_ENDS):
            if sentence.role != "body" and len(text) <= _HEADING:
                self._take_heading(text)
            return
        people = self.resolver.mentions(text)
        parts = find_parts(text, self.words, self.voice)
        for part in parts:
            self._hear(part, people)
            if is_promise(text, part, self.words):
                self._promise(sentence, part)
        for said in self._joined(text, parts):
            self._add(sentence, said)

    def _take_heading(self, text: str) -> None:
        """A heading that names one topic gives it to what has none of its own below it."""
        topics = self._topics(text)
        self.heading = topics[0] if len(topics) == 1 else ""

    def _topics(self, said: str) -> tuple[str, ...]:
        found = {slug: m.start() for slug, p in self.words.topics.items() if (m := p.search(said))}
        for narrow, wide in _NARROWER.items():
            if narrow in found and found.get(wide) == found[narrow]:
                del found[wide]
        return tuple(sorted(found, key=lambda slug: (found[slug], slug)))

    def _joined(self, text: str, parts: list[Part]) -> list[_Said]:
        """The statements with their topics; one that only goes on about the last is part of it."""
        told: list[_Said] = []
        for part in parts:
            said = _Said(part, self._topics(text[part.start : part.end]))
            if told and told[-1].goes_on_in(said):
                told[-1] = told[-1].with_(said)
            else:
                told.append(said)
        return told

    def _add(self, sentence: Sentence, said: _Said) -> None:
        passage = self._passage(sentence, said.part)
        rule, confidence = _rule(said.part)
        topics = said.topics
        if not topics and self.heading:
            topics, rule, confidence = (self.heading,), f"{rule}, heading", confidence - 0.1
        for topic in topics or ("",):
            weight = confidence if topic else confidence - 0.2
            point = DraftPoint(topic, said.part.stance, passage, rule, round(weight, 2))
            self.points.append(point)

    def _promise(self, sentence: Sentence, part: Part) -> None:
        words = sentence.text[part.start : part.end]
        due = find_deadline(words, self.words, self.article.published)
        passage = self._passage(sentence, part)
        self.commitments.append(DraftCommitment(passage, self._undertaken_by(part), *due))

    def _hear(self, part: Part, people: list[NameMention]) -> None:
        """Remember who speaks."""
        self.voice = part.voice or self.voice
        if part.voice == "single" and part.is_own:
            named = [p for p in people if part.start <= p.start < part.end]
            if named:
                self.speaker = named[0].country

    def _undertaken_by(self, part: Part) -> tuple[str, ...]:
        if part.stance == "AGREED":
            return self.countries
        return (self.speaker or self.article.issuer,)

    def _passage(self, sentence: Sentence, part: Part) -> Passage:
        lead = self.words["lead"].match(sentence.text[part.start : part.end])
        first = part.start + (lead.end() if lead else 0)
        text = self.article.text
        start, end = self.working.span(sentence.start + first, sentence.start + part.end)
        begins, ends = self.working.span(sentence.start, sentence.end)
        start, end = _trimmed(text, start, end)
        return Passage(text[start:end], start, end, text[begins:ends], begins)


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement and its topics, in the order they are named."""

    part: Part
    topics: tuple[str, ...]

    def goes_on_in(self, other: _Said) -> bool:
        """Whether another says the same way of nothing else."""
        same = (self.part.stance, self.part.voice) == (other.part.stance, other.part.voice)
        return (
            same
            and not other.part.is_own
            and (not self.topics or set(other.topics) <= set(self.topics))
        )

    def with_(self, other: _Said) -> _Said:
        return _Said(replace(self.part, end=other.part.end), self.topics or other.topics)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",、"):
        end -= 1
    return start, end


def _rule(part: Part) -> tuple[str, float]:
    """How a statement was read, and how sure that is."""
    if part.verb == "discussed":
        return "talked about", 0.7
    if not part.is_own:
        return "goes on", 0.6
    return ("both", 0.9) if part.voice == "joint" else ("one side", 0.85)
