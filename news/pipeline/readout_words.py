"""How governments word their accounts: the word list, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from news.pipeline.lexicon import lexicon, read_list

Pattern = re.Pattern[str]

VERBS = ("agreed", "raised", "discussed")
WORDS = (
    "joint",
    "single",
    *VERBS,
    "answered",
    "further",
    "denied",
    "opening",
    "deed",
    "vague",
    "promise",
    "own_promise",
    "wish",
    "soon",
    "this_year",
    "lead",
)
# Korean and Japanese verbs end a clause; English ones begin it, after their subject.
VERB_LAST = ("ko", "ja")


@dataclass(frozen=True, slots=True)
class ReadoutWords:
    """The words of one language; `head` finds a subject and its verb where verbs come first."""

    lang: str
    words: dict[str, Pattern]
    topics: dict[str, Pattern]
    subject: Pattern
    verb: Pattern
    head: Pattern

    def __getitem__(self, name: str) -> Pattern:
        return self.words[name]


@cache
def readout_words(lang: str) -> ReadoutWords:
    """The words of a language. Topics are those of its lexicon and what accounts add or change."""
    raw = read_list("readouts")[lang]
    topics = {slug: pattern.pattern for slug, pattern in lexicon(lang).topics.items()}
    for slug, more in raw["topics"].items():
        topics[slug] = f"{topics[slug]}|{more}"
    topics |= raw["instead"]
    subject = f"(?P<joint>{raw['joint']})|(?P<single>{raw['single']})"
    verb = "|".join(f"(?P<{name}>{raw[name]})" for name in VERBS)
    between = raw.get("between", "")
    return ReadoutWords(
        lang=lang,
        words={name: _compile(raw[name]) for name in WORDS},
        topics={slug: _compile(pattern) for slug, pattern in topics.items()},
        subject=_compile(subject),
        verb=_compile(verb),
        head=_compile(f"(?:{subject}){between}(?={'|'.join(raw[name] for name in VERBS)})"),
    )


def _compile(pattern: str) -> Pattern:
    return re.compile(pattern, re.IGNORECASE)
