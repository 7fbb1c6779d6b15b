"""Older days in a sentence that belong to something else than what a trigger tells of."""

from __future__ import annotations

import re

from news.pipeline.grounds import is_ground
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

_BEFORE_NOUN = re.compile(r"(?:'s)?,?\s(?:[\w-]+\s){0,2}")


_YEARS_AFTER = re.compile(
    r"\b(?:years?|decades?|century|centuries|months) (?:after|since|on from)"
    r" (?:(?:the|an?|its|their|his|her|such|that|this|first|having|formally|both|they|it) ){0,3}$",
    re.IGNORECASE,
)
_IN_AFTER = re.compile(r"\W*(?:after|since|following|because)\b", re.IGNORECASE)


def is_years_before(spoken: Spoken, clause: tuple[int, int], at: int) -> bool:
    """Whether English counts from an act, or gives it as the reason for what was long ago.

    "Fifty years after signing the treaty"; "three months earlier he had read it out, after Japan
    struck Korea from the list".
    """
    text = spoken.sentence.text
    if _YEARS_AFTER.search(text, 0, at):
        return True
    told = [t for t in spoken.dates if t.days is not None]
    is_old = bool(told) and all(
        t.owner == "background" and t.phrase.start < clause[0] for t in told
    )
    return is_old and bool(_IN_AFTER.match(text, clause[0], clause[1]))


def is_named_by_day(spoken: Spoken, trigger: tuple[int, int]) -> bool:
    """Whether an older day stands right before a noun: "a poll on the March 16 summit"."""
    text = spoken.sentence.text
    return any(
        t.owner == "background"
        and t.phrase.end <= trigger[0]
        and (
            (t.phrase.shape == "day" and _BEFORE_NOUN.fullmatch(text[t.phrase.end : trigger[0]]))
            or is_ground(text, t.phrase.end, at=trigger[0])
        )
        for t in spoken.dates
    )


_WHEN = re.compile(r"^,?\s?(?:when|where|at which)\b", re.IGNORECASE)


_GOES_ON = re.compile(r"[しいきりみびて]、$")
_OWN_SUBJECT = re.compile(r"[^、。「」]{0,20}?(?:は|が)")


def _is_carried_on(spoken: Spoken, clause: tuple[int, int]) -> bool:
    """Whether a Japanese clause goes on with what one of an older day tells: "2015年12月28日に
    会談し、最終的な解決を確認した"."""
    text = spoken.sentence.text
    before = next((c for c in spoken.clauses if c[1] == clause[0]), None)
    days = [t for t in spoken.dates if t.days is not None]
    if before is None or not days or not _GOES_ON.search(text[before[0] : before[1]]):
        return False
    return not _OWN_SUBJECT.match(text, clause[0]) and all(
        t.owner == "background"
        and t.days is not None
        and t.days.grain in ("DAY", "RANGE")
        and t.phrase.end <= clause[0]
        for t in days
    )


def is_at_that_time(spoken: Spoken, clause: tuple[int, int]) -> bool:
    """Whether a clause hangs on an older day, or goes on with it: "… on March 16, when their
    leaders met"."""
    if _is_carried_on(spoken, clause):
        return True
    if not _WHEN.match(spoken.sentence.text[clause[0] : clause[1]]):
        return False
    before = [t for t in spoken.dates if t.phrase.start < clause[0]]
    return bool(before) and before[-1].owner != "event"


def is_when_then(spoken: Spoken, clause: tuple[int, int]) -> bool:
    """Whether the next clause says when, and that is an older day: "stayed away when … in May"."""
    after = [(a, b) for a, b in spoken.clauses if a == clause[1]]
    if not after or not _WHEN.match(spoken.sentence.text[after[0][0] : after[0][1]]):
        return False
    inside = [t for t in spoken.dates if after[0][0] <= t.phrase.start < after[0][1]]
    return bool(inside) and all(t.owner == "background" for t in inside)


_DATING = re.compile(r"\b(?:in|since|during|from|of|until|by|early|late)\s$", re.IGNORECASE)


def is_attribute_year(text: str, trigger: tuple[int, int], timed: Timed) -> bool:
    """Whether a year behind an English trigger only names a thing: "a 2015 agreement"."""
    is_year = timed.phrase.shape == "year" and timed.phrase.year is not None
    if not is_year or timed.phrase.start < trigger[1] or not text[timed.phrase.start :].isascii():
        return False
    return not _DATING.search(text[: timed.phrase.start])


# "A ceremony that marks Korea's liberation from colonial rule in 1945".
_REMEMBERED = re.compile(
    r"\b(?:liberat\w+|freed|independence|surrender\w*|war|colonial|annex\w+|occupation|uprising"
    r"|movement|normali[sz]\w+)\b[^.;]{0,50}?\b(?:in|of|on) $",
    re.IGNORECASE,
)


def is_content(text: str, trigger: tuple[int, int], timed: Timed) -> bool:
    """Whether a year belongs to what a ruling, a statement or a ceremony is about."""
    start = timed.phrase.start
    is_year = timed.days is not None and timed.days.grain == "YEAR"
    is_far = start > trigger[1] + 40
    return is_year and (is_far or bool(_REMEMBERED.search(text, trigger[0], start)))


_OTHER_NOUN = re.compile(
    r"[^.;]* (?:[\w'-]+ ){2,}(?<!end )(?<!part )(?<!half )(?<!start )(?<!middle )(?<!beginning )"
    r"(?:of|from) (?:the )?$"
)


# "His August pilgrimage", "the summits that lapsed in 2005".
_NOUN_OF_THEN = re.compile(r"(?:\b(?:his|her|their|its|the|an?)|'s) $", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|which|who|whose)\b")


def is_of_another_noun(text: str, trigger: tuple[int, int], timed: Timed) -> bool:
    """Whether an older day only says which: "talked about the court ruling of last week"."""
    start, end = timed.phrase.start, timed.phrase.end
    if start <= trigger[1] or not text[start:end].isascii():
        return False
    between = text[trigger[1] : start]
    is_adjective = _NOUN_OF_THEN.search(between) and re.match(r" [a-z]+", text[end:])
    is_deep = is_adjective or _THAT.search(between) or _OTHER_NOUN.match(between)
    return bool(is_deep) and not text[end:].startswith(" of ")


# "2015년 2월 끊겼던 통화스와프가 되살아났다", "15年に途絶えた対話が再開した": when it broke off.
_BREAK = re.compile(
    r"(?:에|부터|을\s끝으로|을\s마지막으로)?\s(?:[가-힣]+\s){0,2}?"
    r"(?:끊|멈|중단|종료|만료|닫|막|사라|폐지)[가-힣]{0,3}[던긴춘된난한힌진]\s"
    r"|(?:に|から|を最後に|以来|で)?、?[^。、]{0,6}"
    r"(?:途絶え|途切れ|中断|終了|失効|止ま|停止|打ち切|閉じ)[^。、]{0,6}(?:た|ていた)(?=[一-龥ァ-ヶA-Z])"
)


def is_of_the_break(text: str, end: int) -> bool:
    """Whether a day that ends at a place is that on which what is now resumed broke off."""
    return bool(_BREAK.match(text, end))


_PAPER = re.compile(
    r"[-·\s]{0,2}(?:[가-힣]{2,4}\s?)?(?:21세기\s)?(?:[가-힣]{2,6}\s)?(?:공동)?선언"
    r"|[-·=]?(?:[一-龥]{2,4})?(?:の)?(?:日韓)?(?:共同|パートナーシップ)宣言|談話|담화"
)


def names_a_paper(text: str, end: int) -> bool:
    """Whether a name that ends at a place is part of what a declaration is called by."""
    return bool(_PAPER.match(text, end))


_OF_THE_DAY = re.compile(
    r"(?:\s[가-힣]{1,8}에서\s(?:열린|가진)|に[^。、]{0,8}で(?:開かれた|行われた))?"
    r"(?:の|\s)?(?:日韓|韓日|한일|한·일)?(?:の|\s)?"
)


def is_of_the_day(text: str, day_end: int, start: int) -> bool:
    """Whether talks are only named by the day before them: "3月16日の日韓首脳会談"."""
    return bool(_OF_THE_DAY.fullmatch(text, day_end, start))
