"""Public holidays of Korea and Japan, moved and substitute ones included. Pure.

They are those that the library `holidays` knows: days that a government declares at short notice
may be missing, and a year ahead is what the law says today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

COUNTRIES = ("KR", "JP")
_OWN_LANGUAGE = {"KR": "ko", "JP": "ja"}

# The names of days that return, for readers of the other country's language. A day that came once
# keeps its own name.
_KOREAN_IN_JAPANESE = {
    "신정연휴": "新正連休",
    "설날": "ソルラル（旧正月）",
    "민속의 날": "民俗の日（旧正月）",
    "삼일절": "三一節",
    "식목일": "植木日",
    "노동절": "労働節",
    "어린이날": "オリニナル（こどもの日）",
    "석가탄신일": "釈迦誕生日",
    "부처님오신날": "釈迦誕生日",
    "현충일": "顕忠日",
    "제헌절": "制憲節",
    "광복절": "光復節",
    "추석": "秋夕（チュソク）",
    "국군의 날": "国軍の日",
    "개천절": "開天節",
    "한글날": "ハングルの日",
    "국제연합일": "国連の日",
    "기독탄신일": "キリスト誕生日（クリスマス）",
    "임시공휴일": "臨時公休日",
    "대통령 선거일": "大統領選挙日",
    "대통령 취임식": "大統領就任式",
    "국회의원 선거일": "国会議員選挙日",
    "지방선거일": "地方選挙日",
}
_JAPANESE_IN_KOREAN = {
    "元日": "설날(양력 1월 1일)",
    "成人の日": "성인의 날",
    "建国記念の日": "건국기념일",
    "天皇誕生日": "천황탄생일",
    "春分の日": "춘분",
    "昭和の日": "쇼와의 날",
    "憲法記念日": "헌법기념일",
    "みどりの日": "녹색의 날",
    "こどもの日": "어린이날",
    "海の日": "바다의 날",
    "山の日": "산의 날",
    "敬老の日": "경로의 날",
    "秋分の日": "추분",
    "体育の日": "체육의 날",
    "スポーツの日": "스포츠의 날",
    "文化の日": "문화의 날",
    "勤労感謝の日": "근로감사의 날",
    "振替休日": "대체 휴일",
    "国民の休日": "국민의 휴일",
}
# Days that hang on another, by the end of their name.
_AROUND = {" 전날": "の前日", " 다음날": "の翌日", " 대체 휴일": "の代替休日"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of one country; `language` is that of its name."""

    on: date
    country: str
    name: str
    language: str


def holidays_between(first: date, last: date, *, language: str) -> Iterator[Holiday]:
    """Holidays by day, Korea's before Japan's.

    The library names them in English and in the country's own language, and the tables above in
    the other's; what they lack keeps its own name.
    """
    found = [
        Holiday(on, country, *_named(name, country, language))
        for country in COUNTRIES
        for year in range(first.year, last.year + 1)
        for on, name in _of_the_year(country, year, "en_US" if language == "en" else "")
        if first <= on <= last
    ]
    yield from sorted(found, key=lambda holiday: holiday.on)


def _named(name: str, country: str, language: str) -> tuple[str, str]:
    """The name in `language` where that is known, and the language that it is in."""
    own = _OWN_LANGUAGE[country]
    if language in ("en", own):
        return name, language
    translated = _in_japanese(name) if own == "ko" else _JAPANESE_IN_KOREAN.get(name)
    return (translated, language) if translated else (name, own)


def _in_japanese(name: str) -> str | None:
    for end, translated in _AROUND.items():
        if name.endswith(end):
            day = _KOREAN_IN_JAPANESE.get(name.removesuffix(end))
            return day and day + translated
    return _KOREAN_IN_JAPANESE.get(name)


@lru_cache(maxsize=512)
def _of_the_year(country: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    """Days and names, in the country's own language unless told otherwise."""
    # The library's calendars are loaded by the first page of a month, not by every process.
    from holidays import country_holidays

    spoken = language or _OWN_LANGUAGE[country]
    names = country_holidays(country, years=year, language=spoken, expand=False)
    # Where two fall on one day, the library writes them in one name.
    return tuple((on, name) for on in sorted(names) for name in names.get_list(on))
