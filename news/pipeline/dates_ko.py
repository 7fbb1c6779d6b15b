"""The grammar of dates in Korean news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.pipeline.dates import DatePhrase

_WEEKDAYS = "월화수목금토일"
_COUNTS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "한": 1,
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "열흘": 10,
    "보름": 15,
}
# "3일간", "67일 만에": lengths, not days of a month; "26일 차례로" and "26일 여수에서" are days.
_NOT_A_DAY = (
    r"(?!\s?(?:만(?:[에의인]|이(?:다|며|고|었다)?|입니다)?(?![가-힣])|간(?!담|\s?나오토|\s총리)"
    r"|째|연속|동안|이상(?![가-힣])|정도|여(?![가-힣])|치(?![가-힣]|\s\d)|전투|차(?:[가인]|에는?)?(?![가-힣])))"
)
_NEXT_MONTH = r"다음\s?달|내달|새달"
_THIS_MONTH = r"(?<![가-힣])이\s?달(?!라|랐|리|렸|려|성|아|콤|구)|이번\s?달|금월"
_LAST_MONTH = r"지난\s?달|전달(?=에|의|\s?\d)|저번\s?달"
_TO = r"\s?(?:~|-|—|에서|부터)\s?"

# '98년 10월: two digits are a year only before a month.
_Y = r"(?:19|20)\d\d|\d\d(?=년\s?\d{1,2}월)"

_YMD = re.compile(
    rf"(?<!\d)(?:({_Y})년\s?|(지난해|작년|올해|금년|내년|이듬해|같은\s?해|그해|지난|오는)"
    r"(?:(?<=[해년])(?:에는|에도|에|의))?\s?)?"
    r"(\d{1,2})월\s?(\d{1,2})일?"
    rf"(?:{_TO}(?:(\d{{1,2}})월\s?)?(\d{{1,2}}))?(?<=\d)일" + _NOT_A_DAY
)
_ISO = re.compile(r"(?<!\d)(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})(?!\d)")
# Ministries write 3.22.(토) and '25.3.21.(금)-22.(토).
_DOTTED = re.compile(
    r"(?<![\d.])(?:'?((?:20)?\d\d)\.\s?)?(\d{1,2})\.\s?(\d{1,2})\.?\s?\([월화수목금토일]\)"
    r"(?:\s?[~-]\s?(?:(\d{1,2})\.\s?)?(\d{1,2})\.?\s?\([월화수목금토일]\))?"
)
_DAY = re.compile(
    rf"(?<![\d.,월])(?<!월\s)(?:({_NEXT_MONTH}|{_THIS_MONTH}|{_LAST_MONTH}|지난|오는)\s?)?"
    rf"(\d{{1,2}})(?:(?:일?{_TO}|·|,\s?)(?:(\d{{1,2}})월\s?)?(\d{{1,2}}))?일" + _NOT_A_DAY
)
_MONTH = re.compile(
    rf"(?<!\d)(?:({_Y})년\s?|(지난해|작년|올해|금년|내년|같은\s?해|그해|지난|오는)"
    r"(?:(?<=[해년])(?:에는|에도|에|의))?\s?)?"
    r"(\d{1,2})월(?!\s?\d{1,2}일|\s?\d{1,2}\s?[~-])"
)
_MONTH_WORD = re.compile(rf"({_NEXT_MONTH})|({_THIS_MONTH})|({_LAST_MONTH})")
_WEEKDAY = re.compile(
    r"(?<!매주\s)(?<!매주)(?<!격주\s)(?:(지난|오는|이번|다음)\s?(주\s?)?)?([월화수목금토일])요일"
)
# "내일(29일)부터 31일까지": the day of the month says again which day is meant.
_NEAR = re.compile(
    r"(?<![가-힣])(그저께|그제|어제|오늘|내일|모레|글피)(?!날)(?:\s?\((?:\d{1,2}월\s?)?\d{1,2}일\))?"
    r"(?:\s?(?:부터|~|-)\s?(?:(\d{1,2})월\s?)?(\d{1,2})일(?=\s?까지))?"
)
_NEAR_SHIFT = {"그저께": -2, "그제": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2, "글피": 3}
_EVE = re.compile(r"(?<![가-힣])(전날|전일|하루\s전|하루\s앞선)(?!인?\s?\d{1,2}일)")
# "잠시 뒤 3국 회의에도 참석한다": on the day told of.
_SAME = re.compile(
    r"(?<![가-힣])(?:이날|당일|같은\s?날|(?:잠시|조금)\s?(?:뒤|후)(?=에[는도]?\s|[,\s]))"
)
_FOLLOWING = re.compile(r"(?<![가-힣])(?:이튿날|다음\s?날)")
_WEEK = re.compile(
    r"(?<![가-힣])(지난\s?주|이번\s?주|금주|다음\s?주|내주(?![고었지는며면기려셨어라]))(?:말|\s?초|\s?중)?(?!\s?[월화수목금토일]요일)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)년(?!\s?\d{1,2}월|\s?만)")
_YEAR_WORD = re.compile(
    r"(?<![가-힣])(지난해|작년|올해|금년|내년|재작년)(?!(?:에는|에도|에|의)?\s?\d{1,2}월)"
)
_YEAR_SHIFT = {"지난해": -1, "작년": -1, "올해": 0, "금년": 0, "내년": 1, "재작년": -2, "이듬해": 1}
_AGO = re.compile(
    r"(?:(\d{1,3})(년|개월|주|일)|(?<![가-힣])(이틀|사흘|나흘|닷새|엿새|열흘|보름)|(?<![가-힣])(한|두|석|넉)\s달)\s?전(?=$|[^가-힣]|[에의인만과쯤]|까지|부터|보다|이[다었])"
)
# "within only five days": how long, not which.
_HOW_LONG = re.compile(r"(?:불과|단|약|총|꼬박|무려|겨우)\s?$")
_STAY = re.compile(
    r"^부터\s?(?:\d박\s?)?(?:(\d{1,2})일|(이틀|사흘|나흘|닷새|엿새))\s?(?:간|동안|일정)?(?!까지|[~-])"
)
_SEASON = re.compile(
    r"(?<![가-힣])(지난|작년|지난해|올|올해|내년)\s?(?:봄|여름|가을|겨울)(?![가-힣]*방학)"
)
_LATER = re.compile(
    r"(일(?=주일)|\d{1,2}|한|두|세|석|네|넉|다섯|여섯|하루|이틀|사흘|나흘|닷새)\s?(개월|달|주일?|일)?\s?(?:뒤|후(?!쿠|지|나|보|임|원|반|속|계))(?:인|에|의)?"
)
_LENGTH = re.compile(
    r"(\d)박\s?(\d{1,2})일|(이틀|사흘|나흘|닷새|엿새)간?(?:의|\s?일정)|(\d{1,2})일간"
)
_FEAST = re.compile(r"크리스마스\s?이브|성탄절\s?전야|성탄절|크리스마스")


def find(text: str) -> Iterator[DatePhrase]:
    """Every date phrase of a Korean text; overlapping ones included."""
    yield from _calendar(text)
    yield from _dotted(text)
    yield from _relative(text)
    yield from _coarse(text)


def _direction(word: str | None) -> str:
    return {"지난": "past", "오는": "future"}.get(word or "", "")


def _month_shift(word: str | None) -> int | None:
    if not word:
        return None
    for pattern, shift in ((_NEXT_MONTH, 1), (_THIS_MONTH, 0), (_LAST_MONTH, -1)):
        if re.fullmatch(pattern, word):
            return shift
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.get(word, 1)


def _year(word: str | None) -> int | None:
    if not word:
        return None
    year = int(word)
    return year if year > 99 else year + (1900 if year > 40 else 2000)


def _stay(after: str) -> int:
    """The days of a stay that starts on a day: "21일부터 이틀간"."""
    m = _STAY.match(after)
    return _count(m.group(1) or m.group(2)) if m else 0


def _calendar(text: str) -> Iterator[DatePhrase]:
    for m in _ISO.finditer(text):
        year, month, day = (int(g) for g in m.groups())
        yield DatePhrase(m.start(), m.end(), "day", year=year, month=month, day=day)
    for m in _YMD.finditer(text):
        year_word, lead, month_word, day_word, end_month, end_day = m.groups()
        yield DatePhrase(
            m.start(),
            m.end(),
            "day",
            year=_year(year_word),
            month=int(month_word),
            day=int(day_word),
            end_month=int(end_month) if end_month else None,
            end_day=int(end_day) if end_day else None,
            shift=_stay(text[m.end() :]),
            year_shift=_YEAR_SHIFT.get(lead or ""),
            direction=_direction(lead),
            is_same_year=bool(lead and lead.endswith("해") and lead[0] in "같그"),
        )
    for m in _DAY.finditer(text):
        lead, day_word, end_month, end_day = m.groups()
        if not lead and _HOW_LONG.search(text[max(0, m.start() - 4) : m.start()]):
            continue
        yield DatePhrase(
            m.start(),
            m.end(),
            "dayonly",
            day=int(day_word),
            end_month=int(end_month) if end_month else None,
            end_day=int(end_day) if end_day else None,
            shift=_stay(text[m.end() :]),
            month_shift=_month_shift(lead),
            direction=_direction(lead),
        )
    for m in _FEAST.finditer(text):
        day = 24 if "이브" in m.group() or "전야" in m.group() else 25
        yield DatePhrase(m.start(), m.end(), "day", month=12, day=day)


def _dotted(text: str) -> Iterator[DatePhrase]:
    for m in _DOTTED.finditer(text):
        year_word, *numbers = m.groups()
        month, day, end_month, end_day = (int(n) if n else None for n in numbers)
        yield DatePhrase(
            m.start(),
            m.end(),
            "day",
            year=_year(year_word),
            month=month,
            day=day,
            end_month=end_month,
            end_day=end_day,
        )


def _relative(text: str) -> Iterator[DatePhrase]:
    for m in _WEEKDAY.finditer(text):
        lead, week, word = m.groups()
        shift = (
            {"지난": -1, "이번": 0, "다음": 1}.get(lead or "") if week or lead == "다음" else None
        )
        yield DatePhrase(
            m.start(),
            m.end(),
            "weekday",
            weekday=_WEEKDAYS.index(word),
            week_shift=shift,
            direction=_direction(lead),
        )
    for m in _NEAR.finditer(text):
        word, end_month, end_day = m.groups()
        yield DatePhrase(
            m.start(),
            m.end(),
            "offset",
            shift=_NEAR_SHIFT[word],
            end_month=int(end_month) if end_month else None,
            end_day=int(end_day) if end_day else None,
        )
    for m in _EVE.finditer(text):
        yield DatePhrase(m.start(), m.end(), "eve", shift=-1)
    for m in _SAME.finditer(text):
        yield DatePhrase(m.start(), m.end(), "same")
    for m in _FOLLOWING.finditer(text):
        yield DatePhrase(m.start(), m.end(), "later", shift=1)
    for m in _LATER.finditer(text):
        count, unit = _count(m.group(1)), m.group(2) or ""
        if unit in ("개월", "달"):
            yield DatePhrase(m.start(), m.end(), "later", month_shift=count)
        elif unit.startswith("주"):
            yield DatePhrase(m.start(), m.end(), "later", shift=7 * count)
        elif unit == "일" or m.group(1) in ("하루", "이틀", "사흘", "나흘", "닷새"):
            yield DatePhrase(m.start(), m.end(), "later", shift=count)
    for m in _LENGTH.finditer(text):
        word = m.group(2) or m.group(3) or m.group(4)
        yield DatePhrase(m.start(), m.end(), "length", shift=_count(word))


def _coarse(text: str) -> Iterator[DatePhrase]:
    for m in _WEEK.finditer(text):
        word = m.group(1)[0]
        shift = {"지": -1, "이": 0, "금": 0}.get(word, 1)
        yield DatePhrase(m.start(), m.end(), "week", week_shift=shift)
    for m in _MONTH.finditer(text):
        year_word, lead, month_word = m.groups()
        yield DatePhrase(
            m.start(),
            m.end(),
            "month",
            year=_year(year_word),
            month=int(month_word),
            year_shift=_YEAR_SHIFT.get(lead or ""),
            direction=_direction(lead),
            is_same_year=bool(lead and lead.endswith("해") and lead[0] in "같그"),
        )
    for m in _MONTH_WORD.finditer(text):
        shift = 1 if m.group(1) else 0 if m.group(2) else -1
        yield DatePhrase(m.start(), m.end(), "month", month_shift=shift)
    for m in _YEAR.finditer(text):
        yield DatePhrase(m.start(), m.end(), "year", year=int(m.group(1)))
    for m in _YEAR_WORD.finditer(text):
        yield DatePhrase(m.start(), m.end(), "year", year_shift=_YEAR_SHIFT[m.group(1)])
    for m in _SEASON.finditer(text):
        shift = {"지난": -1, "작년": -1, "지난해": -1, "내년": 1}.get(m.group(1), 0)
        yield DatePhrase(m.start(), m.end(), "year", year_shift=shift)
    for m in _AGO.finditer(text):
        number, unit, days, months = m.groups()
        count = int(number) if number else _COUNTS[days or months]
        if unit is None:
            unit = "일" if days else "개월"
        if unit == "년":
            yield DatePhrase(m.start(), m.end(), "year", year_shift=-count, direction="past")
        elif unit == "개월":
            yield DatePhrase(m.start(), m.end(), "month", month_shift=-count, direction="past")
        elif unit == "주":
            yield DatePhrase(m.start(), m.end(), "week", week_shift=-count, direction="past")
        else:
            yield DatePhrase(m.start(), m.end(), "offset", shift=-count, direction="past")
