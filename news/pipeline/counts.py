"""Numbers that an article tells of a meeting: how long it took, and the how-manieth it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from news.pipeline.evidence import make_evidence
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

KINDS = ("call", "summit", "trilateral_summit", "ministerial")

_MINUTES = {
    "en": re.compile(
        r"\b(?:(?P<hours>\d|an|one|two|three)(?:[- ]hours?(?: and|,)?) )?"
        r"(?P<minutes>\d{1,3})[- ]minutes?\b"
        r"|\b(?:for|lasted|took|ran) (?:about |around |nearly |roughly |over |more than )?"
        r"(?P<only>\d|an|one|two|three) hours?(?! and \d)(?P<half> and a half)?\b",
        re.I,
    ),
    "ko": re.compile(
        r"(?:(?P<hours>\d{1,2})시간\s?)?(?P<minutes>\d{1,3})분\s?(?:간|동안|가량|정도|여)"
        r"|약\s?(?:(?P<hours2>\d{1,2})시간\s?)?(?P<minutes2>\d{1,3})분"
        r"|(?P<only>\d{1,2})시간\s?(?P<half>반\s?)?(?:동안|가량|정도|여)"
    ),
    "ja": re.compile(
        r"(?:(?P<hours>\d{1,2})時間)?(?P<minutes>\d{1,3})分(?:間|ほど|余り|あまり|程度|にわた)"
        r"|約(?:(?P<hours2>\d{1,2})時間)?(?P<minutes2>\d{1,3})分"
        r"|(?P<only>\d{1,2})時間(?P<half>半)?(?:ほど|余り|あまり|程度|にわた)"
    ),
}
_HOURS = {"an": 1, "one": 1, "two": 2, "three": 3}
# A meeting of leaders lasts no longer; what is longer is a journey, or an hour of the day misread.
_LONGEST = 6 * 60

_TELEPHONE = {
    "en": r"(?:phone |telephone )?(?:calls?|talks|conversations?)",
    "ko": r"(?:전화\s?통화|통화|전화\s?회담)",
    "ja": r"(?:電話会談|電話協議|電話)",
}
_MEETING = {
    "en": r"(?:summits?|meetings?|talks|encounters?)",
    "ko": r"(?:정상회담|정상회의|회담|회동|만남)",
    "ja": r"(?:首脳会談|首脳会議|会談|会合|顔合わせ)",
}
# From the second on: what is called a first is so in some respect, "at a hot spring".
_NUMBER = {
    "en": r"(?P<n>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|\d{1,2}(?:st|nd|rd|th))",
    "ko": r"(?P<n>두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d{1,2})\s?(?:번째|차례째|회째|째)",
    "ja": r"(?P<n>\d{1,2}|[二三四五六七八九十])(?:回目|度目)",
}
# What is said of talks of two tells nothing of those of three, which such articles tell of too.
_OF_TWO = re.compile(r"\bbilateral\b|\btwo-way\b|한일|한·일|양자|양국|日韓|二国間|2国間", re.I)
# Counted otherwise: within a year, or since some other day.
_OTHER_COUNT = {
    "en": re.compile(
        r"this (?:year|month|week)|of the year|in (?:\w+[ -]){1,3}(?:days|weeks|months|years)"
        r"|\bsince\b|in a (?:week|month|year|decade)",
        re.I,
    ),
    "ko": re.compile(r"올해|금년|이달|이번\s?달|\d+년\s?만|만에"),
    "ja": re.compile(r"今年|年内|今月|ぶり|以来"),
}
_IN_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
    "一 二 三 四 五 六 七 八 九 十",
)
_NUMBERS = {word: n for words in _IN_WORDS for n, word in enumerate(words.split(), start=1)}


@dataclass(frozen=True, slots=True)
class Counts:
    """What is told of a meeting in numbers, and the words that tell it; None is not told."""

    minutes: int | None = None
    ordinal: int | None = None
    rows: tuple[Evidence, ...] = ()


def find_counts(own: Sequence[Spoken], telling: Telling, kind: str, *, is_held: bool) -> Counts:
    """The numbers that the sentences of an event tell; none for kinds that are no meeting.

    One that is still to come has no length: what is told nearby is another's.
    """
    if kind not in KINDS:
        return Counts()
    minutes = _find_minutes(own, telling, kind) if is_held else None
    ordinal = _find_ordinal(own, telling, kind)
    rows = tuple(row for row in (minutes, ordinal) if row is not None)
    return Counts(
        minutes=int(minutes.value) if minutes else None,
        ordinal=int(ordinal.value) if ordinal else None,
        rows=rows,
    )


def _find_minutes(own: Sequence[Spoken], telling: Telling, kind: str) -> Evidence | None:
    """How long the talks took that these sentences tell of."""
    pattern = _MINUTES[telling.lang]
    for spoken in _near(own, telling, kind):
        for found in pattern.finditer(spoken.sentence.text):
            minutes = _minutes(found)
            if 0 < minutes <= _LONGEST:
                return _row(telling, spoken, found, "minutes", minutes)
    return None


def _find_ordinal(own: Sequence[Spoken], telling: Telling, kind: str) -> Evidence | None:
    """The how-manieth meeting, or call, of the same two it is called.

    What is counted within a year only, or since some other time, is another number.
    """
    language = telling.lang
    pattern = _ordinals(language, kind == "call")
    for spoken in _near(own, telling, kind):
        for found in pattern.finditer(spoken.sentence.text):
            around = spoken.sentence.text[max(0, found.start() - 12) : found.end() + 25]
            if not _OTHER_COUNT[language].search(around):
                return _row(telling, spoken, found, "ordinal", _number(found))
    return None


def _near(own: Sequence[Spoken], telling: Telling, kind: str) -> Iterator[Spoken]:
    """The sentences of an event, and two after each: "It lasted ten minutes" names no call."""
    told = {spoken.sentence.index for spoken in own}
    for spoken in telling.spoken:
        at = spoken.sentence.index
        if spoken.sentence.role != "body" or not told & {at, at - 1, at - 2}:
            continue
        if kind != "trilateral_summit" or not _OF_TWO.search(spoken.sentence.text):
            yield spoken


def _minutes(found: re.Match[str]) -> int:
    named = {name: value for name, value in found.groupdict().items() if value}
    hours = named.get("hours") or named.get("hours2") or named.get("only") or "0"
    minutes = int(named.get("minutes") or named.get("minutes2") or 0)
    whole = _HOURS[hours.lower()] if hours.lower() in _HOURS else int(hours)
    return 60 * whole + minutes + (30 if "half" in named else 0)


def _ordinals(language: str, is_call: bool) -> re.Pattern[str]:
    number = _NUMBER[language]
    noun = (_TELEPHONE if is_call else _MEETING)[language]
    if language == "en":
        met = r"(?:spoke|spoken|talked)" if is_call else r"(?:met|meet|held talks|sat down)"
        return re.compile(
            rf"\b(?:their|the (?:two )?(?:leaders|ministers)['’]|the pair['’]s) {number} "
            rf"(?:[\w-]+ ){{0,2}}?{noun}\b"
            rf"|\b{_again(number)} time (?:that )?(?:the )?(?:they|two|pair|leaders|two leaders)"
            rf" (?:have |had )?{met}\b",
            re.I,
        )
    if language == "ko":
        return re.compile(
            rf"{number}\s?(?:(?:한일|한·일|양국|양자|대면|공식)\s?)*{noun}"
            rf"|(?:{noun}|만난\s?것|만나는\s?것|대면)[은는이가]?\s?(?:이번이\s?){_again(number)}"
        )
    return re.compile(
        rf"{number}(?:の(?:対面|日韓|正式な|対面での|対面による)*){noun}"
        rf"|{noun}(?:を?(?:する|行う|開く))?(?:の)?は(?:これで|今回で|今回が|、)*{_again(number)}"
    )


def _again(number: str) -> str:
    """The same number under another name: a pattern may name a group only once."""
    return number.replace("?P<n>", "?P<m>")


def _number(found: re.Match[str]) -> int:
    told = (found["n"] or found["m"]).lower()
    return _NUMBERS[told] if told in _NUMBERS else int(re.sub(r"\D", "", told))


def _row(
    telling: Telling, spoken: Spoken, found: re.Match[str], field: str, value: int
) -> Evidence:
    return make_evidence(telling, spoken, found.span(), field, str(value), f"count:{field}", 0.8)
