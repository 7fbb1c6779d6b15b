"""A sentence with everything read in it once, and what the sentences before were about."""

from __future__ import annotations

from dataclasses import dataclass

from news.pipeline.actors import Scene
from news.pipeline.lexicon import occasions
from news.pipeline.patterns import candidates
from news.pipeline.people import NameMention
from news.pipeline.sentences import Sentence
from news.pipeline.timing import Timed


@dataclass(frozen=True, slots=True)
class OccasionMention:
    """A multilateral gathering named in a sentence."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence with everything read in it once; offsets into its text."""

    sentence: Sentence
    clauses: tuple[tuple[int, int], ...]
    scene: Scene
    dates: tuple[Timed, ...]
    gatherings: tuple[OccasionMention, ...]
    context: frozenset[str]  # countries the sentences before were about
    subject: NameMention | None  # whom the sentence before was about
    pair: tuple[NameMention, ...]  # who of both sides was named together last
    company: frozenset[str]  # countries of those told of last as meeting: two, or three
    article: frozenset[str]  # countries the whole article touches
    has_issue: bool  # the article opens with a matter that lies between the two
    is_bygone: bool  # told of leaders who were out of office by publication


def find_gatherings(text: str) -> tuple[OccasionMention, ...]:
    """The multilateral gatherings a sentence names."""
    found: list[OccasionMention] = []
    for occasion in candidates(occasions(), text):
        found.extend(
            OccasionMention(m.start(), m.end(), occasion.name)
            for m in occasion.pattern.finditer(text)
            if m.end() > m.start()
        )
    return tuple(sorted(found, key=lambda o: o.start))


def acting_at(spoken: Spoken, at: int | None) -> set[str]:
    """The countries that act in the clause around a place, or in the whole sentence for None."""
    clause = next((c for c in spoken.clauses if at is not None and c[0] <= at < c[1]), None)
    return set((spoken.scene.within(*clause) if clause else spoken.scene).acting())
