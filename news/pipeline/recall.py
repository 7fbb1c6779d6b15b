"""Whether an event is only recalled: the pluperfect, and words that look back."""

from __future__ import annotations

import re

from news.pipeline.lexicon import Lexicon

# "Said that the two had met": the pluperfect of reported speech is the past.
REPORTED = re.compile(
    r"\b(?:said|says|told|added|announced|confirmed|explained|reported)\b.{0,90}$", re.IGNORECASE
)
_PLUPERFECT = re.compile(r"had (?:met|held|agreed|visited|said|signed)", re.IGNORECASE)

# "만난 바 있다", "会談していた": what is told was so before it.
_RECALLED = {
    "ko": re.compile(r"[^.,]{0,24}[가-힣]\s바\s?있"),
    "ja": re.compile(
        r"[^。、]{0,16}(?:し|え|め|っ|せ|き|り|ん)(?:て|で)いた(?=。|$)"
        r"|[^。、]{0,8}(?:し|っ|い|け|め)たばかり"
    ),
}


# The last verb says when: "外相と会い、対応を話し合っていた".
_RECALLED_ON = re.compile(
    r"(?:(?:では?|でも)[^。]{0,40}(?:し|え|め|っ|せ|き|り|ん)(?:て|で)いた(?=。|$))|(?:[^。、]{0,3}(?<=[いきしちりれえ])、|(?<=い、))[^。]{0,60}(?:し|え|め|っ|せ|き|り|ん)(?:て|で)いた(?=。|$)"
)


# "…会談すると発表していた": what had been announced is still to come.
_ANNOUNCED = re.compile(
    r"(?:る|う|予定だ|こと|方針)[をと](?:[^。とを]{0,6})(?:発表|明らかに|表明|公表)していた(?=。|$)"
)


def is_recalled(
    text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon
) -> bool:
    """Whether the verb behind a trigger says that it was so before."""
    pattern = _RECALLED.get(words.lang)
    if words.lang == "ja" and _ANNOUNCED.search(text, trigger[1]):
        return False
    if words.lang == "ja" and _RECALLED_ON.match(text, trigger[1]):
        return True
    return pattern is not None and bool(pattern.match(text[trigger[1] : clause[1]]))


def is_looked_back_on(
    text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon
) -> bool:
    """Whether words in the clause of a trigger look back: "since", "last year", "then"."""
    own = " " * (trigger[1] - trigger[0])  # "recalls its ambassador" looks back on nothing
    told = text[clause[0] : trigger[0]] + own + text[trigger[1] : clause[1]]
    m = words.cues["background"].search(told)
    if m is None:
        return False
    reported = words.lang == "en" and _PLUPERFECT.match(m.group())
    return not (reported and REPORTED.search(text[: clause[0] + m.start()]))
