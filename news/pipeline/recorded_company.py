"""Those of an event of the record, named together on its day: that tells it, whatever the verb."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon
from news.pipeline.spoken import Spoken
from news.pipeline.values import KnownEvent

# What is told of those who are named, but takes the day from them.
_OPEN = ("denied", "cancelled", "postponed", "undecided", "candidate")
_LEADS = ("summit", "trilateral_summit", "call")
# A letter or a speech needs nobody else in the room; nor does what each does by himself.
_APART = {
    "en": re.compile(
        r"\b(?:letters?|telegrams?|cables?|congratulat\w+|condolences?|posted|tweet\w*|interview"
        r"|poll|survey|approval|parliament|lawmakers|sworn|resign\w*|criticiz\w+|accus\w+|blam\w+"
        r"|separately|respectively|each (?:from|in|at) (?:his|her|their)|invit(?:ed|ation)"
        r"|photo|anniversary|Yasukuni|(?:kilomet(?:er|re)s|miles|cities) apart|from afar)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"서한|축전|조전|인터뷰|여론조사|지지율|국회|의원|취임|사퇴|각각|초청장|주년|야스쿠니"
    ),
    "ja": re.compile(
        r"書簡|祝電|弔電|インタビュー|世論調査|支持率|国会|議員|就任|辞任|それぞれ|招待状|周年|靖国"
    ),
}


def together_at(event: KnownEvent, spoken: Spoken, words: Lexicon) -> tuple[int, int] | None:
    """Where the last one is named of the leaders who met, if a sentence names one of each side.

    The caller has seen that the sentence names the day as well.
    """
    if event.kind not in _LEADS:
        return None
    named = [p for p in spoken.scene.people if p.slug in event.people and not p.is_former]
    text = spoken.sentence.text
    if not {p.country for p in named} >= frozenset(event.countries) & _SIDES | PAIR:
        return None
    if _APART[words.lang].search(text) or any(words.cues[key].search(text) for key in _OPEN):
        return None
    return named[-1].start, named[-1].end


_SIDES = PAIR | {"US", "CN"}


def is_table_of_three(text: str, words: Lexicon) -> bool:
    """Whether a sentence has a table of three, and none of two beside it."""
    return bool(words.accounts["three"].search(text)) and not words.accounts["two"].search(text)
