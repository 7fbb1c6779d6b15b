"""Whether an event is only recalled, or asked for: the pluperfect, and words that look back."""

from __future__ import annotations

import re

from news.pipeline.lexicon import Lexicon
from news.pipeline.timing import Timed

# "Said that the two had met": the pluperfect of reported speech is the past.
REPORTED = re.compile(
    r"\b(?:said|says|told|added|announced|confirmed|explained|reported)\b.{0,90}$", re.IGNORECASE
)
_PLUPERFECT = re.compile(r"had [a-z]", re.IGNORECASE)
_COARSE = ("WEEK", "MONTH")

# "만난 바 있다", "会談していた": what is told was so before it.
_RECALLED = {
    "ko": re.compile(r"[^.,]{0,24}[가-힣]\s바\s?있"),
    "ja": re.compile(
        r"(?:[^。、]{0,16}(?:し|え|め|っ|せ|き|り|ん))?(?:て|で)いた(?=。|$)"
        r"|[^。、]{0,8}(?:し|っ|い|け|め|れ|え|み|び)たばかり"
    ),
}


# The last verb says when: "外相と会い、対応を話し合っていた", "会談し、協力で一致したばかりだ".
_RECALLED_ON = re.compile(
    r"(?:(?:では?|でも)[^。]{0,40}(?:し|え|め|っ|せ|き|り|ん)(?:て|で)いた(?=。|$))"
    r"|(?:[^。、]{0,3}(?<=[いきしちりれえ])、|(?<=い、))[^。]{0,60}(?:し|え|め|っ|せ|き|り|ん)(?:て|で)いた(?=。|$)"
    r"|[^。「」]{0,90}(?:合意|一致|確認|会談|協議|再開|署名|約束|発表|訪問)し"
    r"たばかり(?:だ|だった|である|です|でした)?(?=。|$)"
)


# "…会談すると発表していた": what had been announced is still to come.
_ANNOUNCED = re.compile(
    r"(?:る|う|予定だ|こと|方針)[をと](?:[^。とを]{0,6})(?:発表|明らかに|表明|公表)していた(?=。|$)"
)


def is_recalled(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    met: Timed | None,
    words: Lexicon,
) -> bool:
    """Whether the verb behind a trigger says that it was so before.

    `met` is the day of what is told, if that is a meeting.
    """
    if words.lang == "ja" and _is_on_file(text, trigger[1], met):
        return True
    pattern = _RECALLED.get(words.lang)
    if words.lang == "ja" and _ANNOUNCED.search(text, trigger[1]):
        return False
    if words.lang == "ja" and _RECALLED_ON.match(text, trigger[1]):
        return True
    return pattern is not None and bool(pattern.match(text[trigger[1] : clause[1]]))


# "首相は4月26日、代表団と面会している": papers add so what was already known.
_HAS_DONE = re.compile(r"[^。、]{0,8}(?:し|っ|い|わし|れ|え|め|け)て(?:いる|います)(?=。|$)")
_IS_PLANNED = re.compile(r"[^。、]{0,8}(?:予定|調整|検討|準備|計画|模索|見込)")


def _is_on_file(text: str, end: int, timed: Timed | None) -> bool:
    """Whether a Japanese sentence adds of people that they have met in a month that it names.

    What is news now has a bare day.
    """
    if timed is None or timed.phrase.shape not in ("day", "month"):
        return False
    return bool(_HAS_DONE.match(text, end)) and not _IS_PLANNED.match(text, end)


# "Their first talks since 2019" are news.
_FIRST_SINCE = re.compile(r"first .{0,40}\bsince", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|highest|lowest|only|longest|time)\b[^.;]{0,70}"
    r"\bsince (?:[\w'.-]+ ){0,6}$",
    re.IGNORECASE,
)


def is_counted_from(text: str, at: int) -> bool:
    """Whether an English date only says since when nothing like it was: "the first since May"."""
    return bool(_SINCE.search(text[:at])) or bool(_SINCE.search(text[: at - 1] + " "))


_HAD = re.compile(
    r"\b(?:he|she|they|both|two|leaders|ministers|countries|governments|neighbou?rs|sides)\b"
    r" had (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)


def is_pluperfect(
    text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon
) -> bool:
    """Whether an English clause says what had been before what the sentence tells."""
    before = text[clause[0] : trigger[0]]
    return (
        words.lang == "en" and bool(_HAD.search(before)) and not REPORTED.search(text[: clause[0]])
    )


def is_looked_back_on(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    timed: Timed | None,
    words: Lexicon,
) -> bool:
    """Whether words in the clause of a trigger look back: "since", "last year", "then"."""
    is_coarse = timed is not None and timed.days is not None and timed.days.grain in _COARSE
    if timed is not None and not is_coarse:
        return False
    own = " " * (trigger[1] - trigger[0])  # "recalls its ambassador" looks back on nothing
    told = text[clause[0] : trigger[0]] + own + text[trigger[1] : clause[1]]
    m = words.cues["background"].search(told)
    if m is None or (words.lang == "en" and _FIRST_SINCE.fullmatch(m.group())):
        return False
    reported = words.lang == "en" and _PLUPERFECT.match(m.group())
    if is_coarse and not reported:
        return False  # with a week or a month only "earlier this month they had talked" does
    return not (reported and REPORTED.search(text[: clause[0] + m.start()]))


# "The two last met on Oct. 30"; "Their last meeting was on Nov. 1".
_LAST_TIME = re.compile(
    r"(?<!\bat )(?<!\bat long )\b(?:last|most recently|previously)"
    r" (?:(?:met|saw|spoke|talked|sat|came|got|held|hosted|visited|received|gathered|conferred"
    r"|(?:tele)?phoned|called)\b|had (?:an? )?(?:[\w-]+ )?(?:talks|meeting|call|summit))",
    re.IGNORECASE,
)
_NEAR_LAST = 40  # characters
_LAST_ONE = re.compile(r"^\W*(?:The|Their|His|Her) (?:two \w+' )?(?:very )?last (?:[\w-]+ ){0,4}$")
_ONE_BEFORE = re.compile(
    r"\b(?:previous|preceding|most recent) (?!day|morning|afternoon|evening|night|week)"
    r"(?:(?!(?:on|in|at|and|after|before|for|with|to)\b)[\w-]+ ){0,3}(?:of )?$",
    re.IGNORECASE,
)
_OWN_BEFORE = re.compile(
    r"(?:(?:had|held) )?(?:the|their|his|her) (?:previous|preceding) (?!day)", re.I
)
_WAS_HELD = re.compile(
    r"[^.;]{0,60}?\b(?:was|were|took place|came|happened|dates|goes back)\b", re.IGNORECASE
)
# "Repaired in twelve meetings": of none of them in particular.
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|several|many"
    r"|countless|\d+) (?:\w+ )?(?:meetings|summits|encounters|rounds)$",
    re.IGNORECASE,
)


def is_last_time(text: str, trigger: tuple[int, int], timed: Timed | None) -> bool:
    """Whether an English sentence says when those who meet, or will, had met the last time,
    or counts how often they have.

    "The last meeting was on Tuesday" may be the news; by its date it is one looked back on.
    """
    before = text[: trigger[0]]
    last = _LAST_TIME.search(text, max(0, trigger[0] - _NEAR_LAST), trigger[1])
    if last and "," not in text[last.end() : trigger[0]]:
        return True
    if _ONE_BEFORE.search(before) or _OWN_BEFORE.match(text, trigger[0]):
        return True
    if timed is None:
        return bool(_COUNTED.search(text[trigger[0] : trigger[1]]))
    is_last = timed.phrase.shape == "day" and _LAST_ONE.match(before)
    return bool(is_last and _WAS_HELD.match(text, trigger[1]))


# "만나 해결을 촉구했다": what somebody asks for when they meet makes no wish of the meeting.
_THEREUPON = re.compile(
    r"(?:[가-힣]+\s)?(?:만나(?:서)?|앉아(?:서)?|맞대고|(?:회담|면담|접견|예방|통화|회동|협의)(?:[을를]\s)?"
    r"(?:하고|갖고|열고|하며|하면서)|[가-힣]*(?:회의|회담)[이가]\s(?:[^\s,]+\s){0,4}열려)[,\s]"
)
_ASKED = re.compile(
    r"(?:촉구|제안|요청|요구|당부|제의)(?=했|하고|하며|하면서)|(?:희망|기대)(?=[을를]\s[가-힣]+했|한다고)|[가-힣]기로(?=\s했)"
)


def without_requests(text: str, trigger: tuple[int, int]) -> str:
    """A Korean sentence with blanks for what somebody asks for once they have met."""
    if not _THEREUPON.match(text, trigger[0]):
        return text
    return text[: trigger[1]] + _ASKED.sub(lambda m: " " * len(m.group()), text[trigger[1] :])
