"""The word lists, read once: patterns per language, gatherings, places, days.

They are data so that a native speaker can mend one without reading code; a
test checks their schema and that every pattern compiles.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from news.pipeline.patterns import Pattern

TRIGGER_KINDS = (
    "call",
    "trilateral",
    "summit",
    "meeting",
    "contact",
    "ministerial",
    "visit",
    "agreement",
    "dispute",
    "statement",
    "saying",
    "ceremony",
)
CUES = (
    "future",
    "past",
    "hypothetical",
    "hypothetical_after",
    "denied",
    "cancelled",
    "postponed",
    "background",
    "each",
    "alone",
    "delegation",
    "instrument",
    "jubilee",
    "signed",
    "habit",
    "undecided",
    "absent",
    "issue",
    "promised",
    "others",
    "both",
    "counterpart_KR",
    "counterpart_JP",
    "counterpart",
    "leaders",
    "ministers",
)
# Cues that only some languages need words for.
MORE_CUES = (
    "candidate",
    "cause",
    "demanded_after",
    "disowned_after",
    "leader_said",
    "long_since",
    "other_noun",
    "others_act",
    "together",
    "company",
    "crowd",
    "disowned",
    "envoys",
    "prospect",
    "setting",
    "retold",
    "shunned",
    "survey",
    "three_of_them",
    "uncertain",
)
REPORTING = (
    "before",
    "after",
    "media",
    "past_anchor_before",
    "past_anchor_after",
    "aside_before",
    "aside_after",
    "deadline_before",
    "deadline_after",
)
ACCOUNTS = ("content", "others", "unsaid", "purpose", "two", "three")
COUNTRY_KEYS = ("KR", "JP", "US", "CN", "other", "place_before")
BLOCS = ("KR-JP", "KR-JP-US", "KR-JP-CN", "other", "three")

NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event. `weight` 3 says the kind by itself, 1 hardly."""

    kind: str
    pattern: Pattern
    weight: int
    level: str
    channel: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    lang: str
    clause_split: Pattern
    cues: dict[str, Pattern]
    reporting: dict[str, Pattern]
    countries: dict[str, Pattern]
    blocs: dict[str, Pattern]
    third_names: Pattern
    triggers: tuple[Trigger, ...]
    accounts: dict[str, Pattern]
    topics: dict[str, Pattern]


@dataclass(frozen=True, slots=True)
class Edition:
    """The days of one gathering, by an event of the record that took place there or by a page."""

    first: date
    last: date
    city: str = ""
    event: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A multilateral gathering."""

    name: str
    pattern: Pattern
    editions: tuple[Edition, ...]


def read_list(name: str) -> dict[str, Any]:
    """A word list as it is written."""
    source = files("news.pipeline") / "lexicons" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


_compile = Pattern


@cache
def lexicon(lang: str) -> Lexicon:
    """The words of a language."""
    raw = read_list(lang)
    return Lexicon(
        lang=lang,
        clause_split=_compile(raw["clauses"]["split"]),
        cues={key: _compile(raw["cues"][key]) for key in CUES}
        | {key: _compile(raw["cues"].get(key, NEVER)) for key in MORE_CUES},
        reporting={key: _compile(raw["reporting"][key]) for key in REPORTING},
        countries={key: _compile(raw["countries"][key]) for key in COUNTRY_KEYS},
        blocs={key: _compile(raw["blocs"][key]) for key in BLOCS},
        third_names=_compile(raw["third"]["names"]),
        triggers=tuple(
            Trigger(
                kind=row["kind"],
                pattern=_compile(row["pattern"]),
                weight=row["weight"],
                level=row.get("level", ""),
                channel=row.get("channel", ""),
            )
            for row in raw["trigger"]
        ),
        accounts={key: _compile(raw["accounts"][key]) for key in ACCOUNTS},
        topics={slug: _compile(pattern) for slug, pattern in raw["topics"].items()},
    )


@cache
def occasions() -> tuple[Occasion, ...]:
    """The gatherings, in the order they are tried."""
    return tuple(
        Occasion(
            name=row["name"],
            pattern=_compile(row["pattern"]),
            editions=tuple(Edition(**edition) for edition in row.get("editions", ())),
        )
        for row in read_list("occasions")["occasion"]
    )


@cache
def places() -> dict[str, Pattern]:
    """City of the record → the ways to write it."""
    return {name: _compile(pattern) for name, pattern in read_list("places").items()}


@cache
def anniversary_words() -> dict[str, Pattern]:
    """Slug of a known anniversary → words that name it."""
    return {
        slug: _compile(pattern) for slug, pattern in read_list("anniversaries")["words"].items()
    }


@cache
def known_words(lang: str) -> dict[str, Pattern]:
    """Kind → words that may tell of an event of it, where the record holds one."""
    return {kind: _compile(pattern) for kind, pattern in read_list("known")[lang].items()}


@cache
def page_words() -> dict[str, Pattern]:
    """Words that pages say about themselves, by what they mark."""
    return {name: _compile(text.replace("\n", "")) for name, text in read_list("page").items()}
