"""English talks that somebody speaks of on a day, and that are to come on no day yet.

"Floated Andong as the venue for his next meeting", "showed interest in having a summit": the day
is that of the words.
"""

from __future__ import annotations

import re

from news.pipeline.timing import Timed

_TALKS = (
    r"(?:summits?|meetings?|talks|visits?|trips?|sessions?|rounds?|encounters?|gatherings?|calls?)"
)
# What talks are called that have not been held.
_TO_COME = re.compile(
    r"\b(?:next|possible|potential|prospective|proposed|future|eventual|hoped-for|would-be"
    r"|follow-up|return|envisioned|envisaged|early) (?:[\w'-]+ ){0,3}?" + _TALKS + r"\b",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"\b(?:obstacles?|hindrances?|hurdles?|barriers?|impediments?|stumbling blocks?|momentum"
    r"|groundwork|conditions?|(?<!under )way|road|path|steps?|mood|atmosphere)[\"”']?"
    r" (?:to|toward|towards|for)"
    r" (?:(?!(?:said|told|met|held|before|after|when|as)\b)[\w'\"-]+ ){0,8}" + _TALKS + r"\b"
    r"|\b(?:venues?|sites?|locations?|places?|spots?|host(?: city| town)?|stage|setting"
    r"|candidates?|accommodations?|lodgings?|preparations?|arrangements?|agenda|dates?"
    r"|schedules?|timing) (?:for|of) (?:[\w'-]+ ){0,5}?" + _TALKS + r"\b",
    re.IGNORECASE,
)
# Verbs with which somebody holds the talks himself: "had their next meeting on Monday".
_HELD = re.compile(
    r"\b(?:held|hold|holds|had|have|sat down|met|opened|began|concluded|wrapped up|attended)"
    r" (?:(?:his|her|their|the|an?) )?$",
    re.IGNORECASE,
)


def is_in_prospect(
    text: str, clause: int, span: tuple[int, int], timed: Timed | None, tense: str
) -> bool:
    """Whether talks at a span, in the clause from an offset, are only to come some time.

    Those that a day behind their name is told for are to come on that day.
    """
    if tense == "future" or (timed is not None and timed.tense == "future"):
        return False
    if timed is not None and timed.phrase.start >= span[1]:
        return False
    return any(
        m.end() > span[0] and m.start() < span[1] and not _HELD.search(text, clause, m.start())
        for pattern in (_TO_COME, _TOWARDS)
        for m in pattern.finditer(text, clause)
    )
