"""Days that no past or future verb places: of plans, of stays, of who is quoted."""

from __future__ import annotations

import re

from news.pipeline.dates import DatePhrase

_QUOTED = re.compile(r"「[^」]*」|\"[^\"]*\"")

# What a weekday's own sentence says in the present is to come: "화요일 이 도시에 들어간다". A
# headline goes on behind it: "금요일 도쿄서 만난다…새 정부 들어 처음".
_PRESENT = {
    "ko": re.compile(
        "["
        + "".join(chr(c) for c in range(0xAC04, 0xD7A4, 28))
        + r"는]다(?:[.\"')]*$|\s?(?:…|\.\.|·{2}))"
    ),
    "ja": re.compile(r"(?<![いれ])[うくすつぬふむるぐぶ]。?[\"」)]*$"),
}


def tense_of_present(phrase: DatePhrase, text: str, lang: str) -> str:
    """ "future" for a weekday whose sentence closes in the present, as plans are told; else ""."""
    if phrase.shape != "weekday" or lang not in _PRESENT:
        return ""
    return "future" if _PRESENT[lang].search(text) else ""


def is_their_day(text: str, phrase: DatePhrase, lang: str) -> bool:
    """Whether "today" is said by somebody quoted: it is no day of the paper."""
    return (
        lang != "en"
        and phrase.shape == "offset"
        and any(m.start() < phrase.start < m.end() for m in _QUOTED.finditer(text))
    )


def without_words_of_others(text: str, at: int, lang: str) -> str:
    """A sentence with quotations blanked, but for the one that an offset stands in.

    「…に資する」と述べた looks ahead, but the talks were held.
    """
    if lang == "en" or ('"' not in text and "「" not in text):
        return text
    return _QUOTED.sub(
        lambda m: m.group() if m.start() < at < m.end() else " " * len(m.group()), text
    )


_STARTING = re.compile(
    r"\b(?:stay|visit|trip|tour|stopover)\b[^,.;]{0,30}?"
    r"\b(?:starting|beginning|that (?:starts|begins)|from)(?: on)? $"
)
_GOES = re.compile(
    r"\b(?:comes|goes|flies|travels|arrives|heads|leaves|sets (?:off|out)|departs|returns|will"
    r"|(?:is|are) (?:to|due|set|coming|going|traveling|travelling|flying|heading|expected))\b"
)
_WENT = re.compile(
    r"\b(?:came|went|flew|travel(?:l)?ed|arrived|headed|left|departed|returned|began|started)\b"
)


def is_start_ahead(before: str, lang: str) -> bool:
    """Whether a day begins a stay that somebody "comes for": "… for a stay starting on Tuesday"."""
    if lang != "en" or not _STARTING.search(before):
        return False
    return bool(_GOES.search(before)) and not _WENT.search(before)


def is_beside(ahead: re.Match[str], past: list[int]) -> bool:
    """Whether "ahead of" only says beside what something was done: "they had met ahead of it"."""
    return ahead.group().lower() == "ahead of" and any(at < ahead.start() for at in past)


_BEFORE_DEED = re.compile(r" (?:the |their |his |her )?(?:[\w'-]+ ){0,4}?[\w'-]+, ")


def opens_ahead(text: str, ahead: re.Match[str], past: list[int]) -> bool:
    """Whether "ahead of the talks, they signed" only says before what something was done."""
    if ahead.group().lower() != "ahead of":
        return False
    named = _BEFORE_DEED.match(text, ahead.end())
    return named is not None and any(at > named.end() for at in past)


def is_set_ahead(clause: str) -> bool:
    """Whether an English clause only says before what: its tense is that of the clause before."""
    return clause.lstrip(" ,").startswith("ahead of ")


# "당국자는 \"양국 장관이 13일 회담을 갖는다\"고 말했다": an office announces, and nobody chats.
_OFFICE = re.compile(
    r"(?:당국자|대변인|외교부|국방부|재경부|산업부|대통령실|청와대|총리실|외무성|방위성|관방장관|홍보수석|안보실장)"
    r"(?:은|는|이|가)\s[^\"]{0,30}$"
)
_PLAN = re.compile(
    r"(?:예정|계획)(?:이다|입니다|이며|이고)?[.]?\"$"
    r"|(?:갖|찾)(?:는다|습니다)[.]?\"$"
    r"|(?:한다|합니다|연다|엽니다|열린다|열립니다|만난다|만납니다|간다|갑니다|온다|옵니다)[.]?\"$"
)


def is_announced(text: str, quote: tuple[int, int], lang: str) -> bool:
    """Whether a Korean office is quoted with what it announces for a day to come."""
    is_office = lang == "ko" and bool(_OFFICE.search(text, 0, quote[0]))
    return is_office and bool(_PLAN.search(text[quote[0] : quote[1]]))
