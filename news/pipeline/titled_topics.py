"""What a headline names as a matter of the event that its article tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from news.pipeline.actors import PAIR
from news.pipeline.evidence import make_evidence
from news.pipeline.goes_on import is_of_three
from news.pipeline.left_out import left_out
from news.pipeline.mentions import MEETINGS
from news.pipeline.merge import Group
from news.pipeline.patterns import Pattern
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

# "往来を再開へ" over a story of leaders who will visit each other: nobody else travels.
_TRAVEL, _SHUTTLE = re.compile("往来|行き来"), re.compile("シャトル外交")
# "A and B to meet as the row over islets simmers": two events in one headline.
_MEANWHILE = re.compile(r"\b(?:as|amid|despite|while|after)\b")


def read_headline(
    rows: dict[str, Evidence],
    topics: Iterable[tuple[str, Pattern]],
    telling: Telling,
    rest: Sequence[Spoken],
) -> None:
    """What the headline names is a topic if the story says it as well.

    `rest` are the sentences of other events.
    """
    for slug, pattern in topics:
        if slug not in rows and _is_in_headline(pattern, telling, rest):
            find_anywhere(rows, slug, telling, "headline")


def is_of_headline(group: Group, main: Group, telling: Telling, groups: Sequence[Group]) -> bool:
    """Whether the headline is of an event: of the `main` one, but "日中韓首脳、…" is of the three.

    Talks of two may be told beside those as the main event.
    """
    blocs = telling.title.scene.blocs if telling.title and telling.lang != "en" else ()
    named = [b.countries for b in blocs if b.countries >= PAIR]
    threes = [g for g in groups if g.kind in MEETINGS and is_of_three(g)]
    is_theirs = bool(named) and all(countries > PAIR for countries in named)
    if is_theirs and threes and main.kind in MEETINGS:
        return group is threes[0]
    return group is main


def find_anywhere(rows: dict[str, Evidence], slug: str, telling: Telling, rule: str) -> None:
    """Add a topic with the first words for it in the story, if there are any."""
    pattern = telling.words.topics[slug]
    for spoken in telling.spoken:
        if spoken.sentence.role != "body" or spoken.sentence.segment:
            continue
        m = pattern.search(spoken.sentence.text)
        if m is None or m.end() == m.start():
            continue
        if not any(a <= m.start() < b for a, b in left_out(spoken.sentence.text, telling.lang)):
            rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, rule, 0.5)
            return


# What the two may have settled, and the words for it.
_SETTLED = ("comfort_women", "forced_labor", "territory", "fisheries", "security", "trade")
_ACCORD = re.compile(
    r"\b(?:accord|deal|agreement|settlement|pact|treaty)s?\b|합의|타결|협정|합의문|合意|妥結|協定",
    re.IGNORECASE,
)
_OPENING = 3  # sentences


def read_accord(rows: dict[str, Evidence], telling: Telling) -> None:
    """Add what an accord is on, where only the opening says it: "after they came to an
    agreement on the comfort women"."""
    for spoken in telling.spoken:
        sentence = spoken.sentence
        is_opening = sentence.role == "body" and sentence.rank < _OPENING
        if sentence.segment or not is_opening or not _ACCORD.search(sentence.text):
            continue
        for slug in _SETTLED:
            if m := telling.words.topics[slug].search(sentence.text):
                span = m.span()
                rows[slug] = make_evidence(telling, spoken, span, "topics", slug, "accord", 0.5)
        if rows:
            return


def _is_in_headline(pattern: Pattern, telling: Telling, rest: Sequence[Spoken]) -> bool:
    """Whether the headline names a matter as one of the event; `rest` tells of other events.

    "米韓首脳、関税で合意" is of others.
    """
    title = telling.article.title
    found = pattern.search(title)
    if found is None:
        return False
    if telling.lang == "en":
        is_beside = _MEANWHILE.search(title[: found.start()]) is not None
        return not (is_beside and any(pattern.search(s.sentence.text) for s in rest))
    if telling.lang == "ko":
        return True
    blocs = telling.title.scene.blocs if telling.title else ()
    is_of_others = bool(blocs) and not any(b.countries >= PAIR for b in blocs)
    is_shuttle = _TRAVEL.match(found.group()) and _SHUTTLE.search(telling.working.text)
    return not (is_of_others or is_shuttle)
