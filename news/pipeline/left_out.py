"""What a sentence names only to say that it did not come up."""

from __future__ import annotations

import re

# English says so before what was left out, or behind it as its subject.
_BEFORE = re.compile(
    r"\b(?:(?:did|do|does|would|could) not|didn't|without|avoid\w*|declined to|refrain\w* from"
    r"|fail\w* to|stopp\w+ short of|neither)\b[^.,;]{0,24}?"
    r"\b(?:discuss\w*|mention\w*|rais\w+|br(?:ing|ought)\w* up"
    r"|touch\w*|address\w*|t(?:ak|ook)\w* up|speak\w*|refer\w*|go into)\b"
)
_BEHIND = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|do|does|will|would)(?: not|n't)\b"
    r"(?: be| been)?(?: \w+)?"
    r" (?:discussed|raised|mentioned|taken up|brought up|touched|on the agenda|part of|come up)"
    r"|\bha(?:s|ve|d) no (?:place|part) (?:on|in)\b"
)
_CLAUSES = re.compile(r";|:|, (?:but|while|and|though|although|which)\b|\b(?:but|while) ")
# Korean and Japanese say so at the end of a clause.
_AT_END = {
    "ko": re.compile(
        r"(?:논의|거론|언급|제기|협의|의제|화제|다뤄지|다루|다룰|꺼낼|담기|담지|포함|오르|꺼내|건드리|입에\s올리|오가"
        r"|이야기(?:하|는|가|를\s나누)|얘기(?:하|는|가|를\s나누)|나오지|논하지|들어\s?가지)"
        r"[^.,]{0,12}(?:않|없|못했|아니)"
    ),
    "ja": re.compile(
        r"(?:話題|議題|議論|言及|話し合われ|取り上げ|触れ|提起|盛り込)[^。、]{0,12}"
        r"(?:なかった|ない(?!か)|せず|ず(?=、|に)|避け|見送)"
    ),
}
_CLAUSE_ENDS = {
    "ko": re.compile(r"(?:했으며|했고|지만|으나|면서도|반면|는데)[,\s]|,\s(?=다만|그러나)"),
    "ja": re.compile(r"(?:たが|だが|ものの|一方(?:で)?|[しれせて])、"),
}
# "A row between two allies that face a nuclear North Korea": who they are, not what it is about.
_ALLIES = re.compile(
    r"\b(?:allies|neighbou?rs|partners|democracies|countries|nations)\b[^.;]{0,40}?"
    r"\b(?:that|who|which|whose|both|as they|while they|at a time when)\b[^.;]{0,70}?"
    r"\b(?:wary of|fac(?:e|es|ing)|confront\w*|threatened by|worr\w+ about|deal\w* with|counter\w*"
    r"|contain\w*|contend\w*|cope with|rein\w* in|(?:need|essential|crucial|vital|key)\w*)\b[^.;]*"
)


def told_of_allies(text: str) -> list[tuple[int, int]]:
    """The parts of an English sentence about a quarrel that say what threatens both sides."""
    return [m.span() for m in _ALLIES.finditer(text)]


def left_out(text: str, lang: str) -> list[tuple[int, int]]:
    """The parts of a sentence that say what was not discussed."""
    if lang == "en":
        return _left_out_en(text)
    ends = [m.end() for m in _CLAUSE_ENDS[lang].finditer(text)]
    return [
        (max((end for end in ends if end <= m.start()), default=0), m.end())
        for m in _AT_END[lang].finditer(text)
    ]


def _left_out_en(text: str) -> list[tuple[int, int]]:
    cuts = [m.start() for m in _CLAUSES.finditer(text)]
    spans = [
        (m.start(), min((cut for cut in cuts if cut >= m.end()), default=len(text)))
        for m in _BEFORE.finditer(text)
    ]
    spans += [
        (max((cut for cut in cuts if cut <= m.start()), default=0), m.end())
        for m in _BEHIND.finditer(text)
    ]
    return spans


# A meeting of three that only says when or where the two met.
_HELD_BEFORE = re.compile(
    r"제\s?\d+차\s?$|第\d+回$"
    r"|\b(?:after|before|following|sidelines of|margins of|attend(?:ed|ing)?) (?:a|the|an) $"
)
_HELD = re.compile(
    r"\s?(?:首脳|外相)?(?:会議|会合|サミット|会談)(?:に(?:合わせ|出席|続|先立)|を(?:前に|終え)|が開かれ)"
    r"|\s?(?:외교장관|정상)?\s?(?:회의|회담)(?:가|에|를)\s?[^.]{0,8}(?:열려|열렸|참석|마친|마치고|이어)"
    r"|\s?(?:외교장관|정상)?\s?(?:회의|회담)(?:에서\s[^.,]{0,16})?\s?(?:이후|뒤|때|계기|당시)"
)
_NEAR = 24  # characters


def is_occasion(text: str, start: int, end: int) -> bool:
    """Whether words name a meeting of three that was held, beside or before which the two met."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return bool(_HELD_BEFORE.search(before) or _HELD.match(after))
