"""How much a change of a text matters: boilerplate, wording or substance.

*Substance* is a change of what the record would take from the text: a number or date, the name of a
person or place that the record knows, a country, a negation, whether a thing is to come, in doubt
or called off, or the kinds of event that are told. *Boilerplate* is what says nothing: layout,
punctuation, credits, the page talking about itself. All the rest is *wording*.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from news.pipeline.changes import changed_lines, letters
from news.pipeline.lexicon import lexicon, places
from news.pipeline.page import is_furniture
from news.pipeline.values import Knowledge

BOILERPLATE, WORDING, SUBSTANCE = "BOILERPLATE", "WORDING", "SUBSTANCE"
GRADES = (BOILERPLATE, WORDING, SUBSTANCE)

# As much as the pipeline reads of an article.
_MOST_READ = 120_000
_SHORT_LINE = 160
_ABOUT_ITSELF = re.compile(
    r"^\W*(?:updated?|published|posted|last (?:modified|updated)|input|입력|수정|등록|송고|기사입력"
    r"|최종\s?수정|更新|公開|配信|掲載|入力|最終更新).{0,20}(?:\d{4}\s?[-./년年]|\d{1,2}:\d\d)"
    r"|^\W*(?:끝|end|ends|了|photo|사진|写真)\W*$"
    r"|©|무단\s?전재|無断転載|저작권자|rights reserved|\w@\w",
    re.I,
)
_SENTENCE = re.compile(r"[.!?。！？][\"'”’」』)]*$")
_NUMBER = re.compile(
    r"(\d+(?:[.,:]\d+)*)\s?(%|퍼센트|パーセント|percent|hundred|thousand|million|billion|trillion"
    r"|[만억조천백万億兆千])?",
    re.I,
)
_NUMBER_WORDS = {
    "en": re.compile(
        r"\b(?:(two|second)|(three|third)|(four|fourth)|(five|fifth)|(six|sixth)|(seven|seventh)"
        r"|(eight|eighth)|(nine|ninth)|(ten|tenth)|(dozens?|hundreds?|thousands?|millions?|half))\b",
        re.I,
    ),
    "ko": re.compile(
        r"(?<![가-힣])(?:(두|둘째)|(세|셋째)|(네|넷째)|(다섯)|(여섯)|(일곱)|(여덟)|(아홉)|(열)|(첫))"
        r"(?=\s?(?:번|차례|명|사람|나라|국|정상|시간|달|해|가지|개|곳|째))"
    ),
    "ja": re.compile(
        r"(?:(二)|(三)|(四)|(五)|(六)|(七)|(八)|(九)|(十)|(一))(?=\s?(?:回|人|か国|カ国|国|者|日|月|時|件|度|年))"
    ),
}
_DAYS = {
    "en": re.compile(
        r"(?-i:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6})?\b)"
        r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tomorrow|tonight)\b",
        re.I,
    ),
    "ko": re.compile(
        r"[월화수목금토일]요일|오늘|어제|내일|전날|다음\s?날|지난달|다음\s?달|내년|작년"
    ),
    "ja": re.compile(
        r"[月火水木金土日]曜|今日|きょう|昨日|きのう|明日|あす|翌日|前日|来月|先月|来年|昨年"
    ),
}
_NOT = {
    "en": re.compile(
        r"\b(?:not|no|never|none|neither|nor|without|cannot|fail(?:s|ed)? to|refus\w+|reject\w*"
        r"|den(?:y|ies|ied))\b|n['’]t\b",
        re.I,
    ),
    "ko": re.compile(
        r"않|못\s?[하했한할]|못[하했한할]|없[다었는을이]|아니[다라며었]|(?<![가-힣])안\s|거부|부인"
    ),
    "ja": re.compile(r"ない(?!し)|なかった|なく|ません|せず|ずに|否定|拒否|拒んだ"),
}
_CUES = ("future", "hypothetical", "denied")
_LEAST_WEIGHT = 2  # triggers below it hardly say a kind by themselves


@dataclass(frozen=True)
class Names:
    """Every form of every name that the record knows, and whose it is."""

    pattern: re.Pattern[str] | None = None
    whose: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def names_of(knowledge: Knowledge) -> Names:
    """The names of people; one sign alone is none. Kept for equal values."""
    whose = {
        _spelled(form): person.slug
        for person in knowledge.people
        for _language, form in person.names
        if len(form) > 1
    }
    if not whose:
        return Names()
    longest_first = sorted(whose, key=lambda form: (-len(form), form))
    return Names(re.compile("|".join(map(_whole_word, longest_first))), whose)


def grade(before: str, after: str, *, language: str, names: Names) -> str:
    """BOILERPLATE, WORDING or SUBSTANCE: what the way from one text to the other amounts to."""
    old_lines, new_lines = changed_lines(before, after)
    lost = "\n".join(line for line in old_lines if not _says_nothing(line))[:_MOST_READ]
    added = "\n".join(line for line in new_lines if not _says_nothing(line))[:_MOST_READ]
    if letters(lost) == letters(added) and _numbers(lost, language) == _numbers(added, language):
        return BOILERPLATE
    if _told(lost, language, names) != _told(added, language, names):
        return SUBSTANCE
    # From 3 to 5 is not from 5 to 3.
    is_in_order = _numbers(lost, language) == _numbers(added, language)
    return WORDING if is_in_order else SUBSTANCE


def _says_nothing(line: str) -> bool:
    if len(line) > _SHORT_LINE:
        return False
    # What else marks a menu or a credit stands in honest sentences too.
    return bool(_ABOUT_ITSELF.search(line)) or not _SENTENCE.search(line) and is_furniture(line)


def _told(text: str, language: str, names: Names) -> Counter[tuple[str, str]]:
    """What the record would take from a text; kinds and cues once, all else as often as told."""
    text, words = _spelled(text), lexicon(language)
    told = Counter(_numbers(text, language))
    told.update(("not", "") for _found in _NOT[language].finditer(text))
    for cue in _CUES:
        if words.cues[cue].search(text):
            told["cue", cue] = 1
    for trigger in words.triggers:
        if trigger.weight >= _LEAST_WEIGHT and trigger.pattern.search(text):
            told["kind", trigger.kind] = 1
    for country in ("KR", "JP", "US", "CN"):
        if words.countries[country].search(text):
            told["country", country] = 1
    for place, pattern in places().items():
        told["place", place] += sum(1 for _found in pattern.finditer(text))
    if names.pattern:
        told.update(("person", names.whose[found[0]]) for found in names.pattern.finditer(text))
    return +told


def _numbers(text: str, language: str) -> list[tuple[str, str]]:
    """The numbers and days of a text, in figures or words, in their order."""
    text = _spelled(text)
    told = [
        (found.start(), "number", found[1].replace(",", "").rstrip(".") + (found[2] or "").lower())
        for found in _NUMBER.finditer(text)
    ]
    for found in _NUMBER_WORDS[language].finditer(text):
        place = next(at for at, each in enumerate(found.groups()) if each)
        told.append((found.start(), "number", str(place + 2) if place < 9 else found[0].lower()))
    told += [
        (found.start(), "day", found[0].lower()[:3]) for found in _DAYS[language].finditer(text)
    ]
    return [(sort, value) for _at, sort, value in sorted(told)]


def _spelled(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def _whole_word(form: str) -> str:
    """A name in letters that have capitals ends where its letters end."""
    word = re.escape(form)
    start = r"\b" if form[0].isascii() else ""
    return start + word + (r"\b" if form[-1].isascii() else "")
