"""The grammar of dates in Japanese news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.pipeline.dates import DatePhrase

_WEEKDAYS = "月火水木金土日"
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NOT_A_DAY = (
    r"(?!間|ぶり|での|連続|目|本|韓|中(?!に|の|、)|米|前|後|以上|あまり|ほど|程度|付(?!で)|余り"
    r"|足らず|という)"
)
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_TO = r"\s?(?:~|-|—|から)\s?"
# Papers of the last century write 八日, 二十五日, 一九九八年.
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = (
    r"(?:(?:19|20)\d\d|[一二][〇九][〇一二三四五六七八九]{2}"
    r"|(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)|\d\d(?=年\d{1,2}月))"
)

_YMD = re.compile(
    rf"(?<![\d一二三四五六七八九十])(?:({_Y})年(?:の)?"
    r"|(昨年|去年|今年|本年|来年|翌年|同年|同じ年)(?:の|[はもに]?、?))?"
    rf"({_N})月({_N})日?"
    rf"(?:(?:{_TO}|、|·)(?:({_N})月)?({_N})(?:の?両)?)?(?<=[\d一二三四五六七八九十両])日"
    + _NOT_A_DAY
)
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_DAY = re.compile(
    rf"(?<![\d.,月一二三四五六七八九十第])(?:(今月|来月|先月|翌月)の?)?({_N})"
    rf"(?:(?:日?{_TO}|[、·]|(?P<apart>日[、·]))(?:({_N})月)?({_N})(?P<both>日?の?両)?)?日"
    + _NOT_A_DAY
)
# "five days from taking office", "in only three days": how long, not which.
_HOW_LONG = re.compile(
    r"(?:(?<![日月年分時])から|就任|発足|当選|わずか|たった|あと|残り|計|約|延べ|丸|ほぼ)$"
)
# "30日にも訪れる方向だ": as early as that day, which is still to come.
_AS_SOON_AS = re.compile(r"にも[^。」]{0,40}(?:方向|方針|予定|見通し|見込み|公算|調整)")
_STAY = re.compile(r"^から(?:\d泊)?(\d{1,2}|[二三四五])日(?:間|の(?:日程|予定))")
# 上旬, 月末: the days of a month that are meant.
_PART = r"(?:の?(上旬|初旬|初め|初頭|前半|中旬|半ば|中ごろ|下旬|後半|末(?!日)))?"
_PARTS = {
    "上旬": (1, 10),
    "初旬": (1, 10),
    "初め": (1, 10),
    "初頭": (1, 10),
    "前半": (1, 15),
    "中旬": (11, 20),
    "半ば": (11, 20),
    "中ごろ": (11, 20),
    "下旬": (21, 31),
    "後半": (16, 31),
    "末": (21, 31),
}
_MONTH = re.compile(
    rf"(?<![\d一二三四五六七八九十])(?:({_Y})年(?:の)?|(昨年|去年|今年|本年|来年|同年|同じ年)(?:の|[はもに]?、?))?"
    rf"({_N})月(?!{_N}日|\d{{1,2}}[~、·-])" + _PART
)
_MONTH_WORD = re.compile(r"(?:(来月|翌月)|(今月|当月)|(先月|前月))" + _PART)
_WEEKDAY = re.compile(
    r"(?<!毎週)(?<!毎週の)(?<!隔週)(?:(先週|今週|来週)の?)?([月火水木金土日])曜日?"
)
_NEAR = re.compile(
    r"(一昨日|おととい|昨日|きのう|昨夜|昨晩|今日|きょう(?![)）])|本日|今夜|今朝|けさ|明日|あす|明後日|あさって)"
)
_NEAR_SHIFT = {
    "一昨日": -2,
    "おととい": -2,
    "昨日": -1,
    "きのう": -1,
    "昨夜": -1,
    "昨晩": -1,
    "明日": 1,
    "あす": 1,
    "明後日": 2,
    "あさって": 2,
}
_EVE = re.compile(r"前(?:の)?(?:日|夜|夕|晩)(?!の\d)")
_EVE_BEFORE = re.compile(r"前々日")
_SAME = re.compile(r"(?:この日|同(?:じ)?日(?!付)|当日)")
_FOLLOWING = re.compile(r"翌日")
_WEEK = re.compile(r"(先週|今週|来週|翌週)(?:末|中|半ば|初め)?(?!の?[月火水木金土日]曜)")
_YEAR = re.compile(rf"(?<![\d〇一二三四五六七八九])({_Y})年(?!の?{_N}月|ぶり|度|代)")
_YEAR_WORD = re.compile(
    r"(一昨年|おととし|昨年|去年|今年|ことし|本年|来年|昨(?=[春夏秋冬])|今(?=[春夏秋冬])|来(?=[春夏]))"
    r"(?!(?:の|[はもに]?、?)\d{1,2}月)[春夏秋冬]?"
)
_YEAR_SHIFT = {
    "一昨年": -2,
    "おととし": -2,
    "昨年": -1,
    "去年": -1,
    "今年": 0,
    "ことし": 0,
    "本年": 0,
    "来年": 1,
    "翌年": 1,
    "昨": -1,
    "今": 0,
    "来": 1,
}
_AGO = re.compile(r"(\d{1,3})(年|か月|カ月|ヶ月|週間|日)(?:ほど)?前")
# "Only nine days after taking office": not nine days after the day told of before.
_COUNTED_FROM = re.compile(r"(?:から(?:わずか|約|ほぼ|ほんの)?|わずか|たった|ほんの)$")
_LATER = re.compile(r"(\d{1,2}|[一二三四五六七八九十])(か月|カ月|ヶ月|週間|日)後")
_LENGTH = re.compile(r"(\d)泊(\d{1,2})日|(\d{1,2})日間|([二三四五])日間")
_FEAST = re.compile(r"クリスマスイブ|クリスマス·イブ|クリスマス")


def find(text: str) -> Iterator[DatePhrase]:
    """Every date phrase of a Japanese text; overlapping ones included."""
    yield from _calendar(text)
    yield from _relative(text)
    yield from _coarse(text)


def _year(word: str | None) -> int | None:
    if not word:
        return None
    if word.isdigit():
        year = int(word)
        return year if year > 99 else year + (1900 if year > 40 else 2000)
    if word[:2] not in _ERAS:
        return int("".join(str("〇一二三四五六七八九".index(char)) for char in word))
    number = word[2:]
    return _ERAS[word[:2]] + (1 if number == "元" else int(number))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _KANJI[word[0]] if len(word) == 1 else 99
    return _KANJI.get(tens, 1) * 10 + _KANJI.get(ones, 0)


def _stay(after: str) -> int:
    """The days of a stay that starts on a day: "7日から2日間", "7日から1泊2日の日程"."""
    m = _STAY.match(after)
    return _number(m.group(1)) if m else 0


def _bare_days(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Bare days or ranges of a text, each with where it ends.

    "首相は19日、23日に来日する…と協議した": the first is the day of what is told, and no range.
    """
    at = 0
    while m := _DAY.search(text, at):
        is_two = m["apart"] and not m["both"] and text[: m.start()].endswith(("は", "が", "も"))
        end = m.start("apart") + 1 if is_two else m.end()
        yield m, end
        at = end


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
            month=_number(month_word),
            day=_number(day_word),
            end_month=_number(end_month) if end_month else None,
            end_day=_number(end_day) if end_day else None,
            shift=_stay(text[m.end() :]),
            year_shift=_YEAR_SHIFT.get(lead or ""),
            is_same_year=bool(lead and lead.startswith("同")),
        )
    for m, end in _bare_days(text):
        lead, day_word, _apart, end_month, end_day, _both = m.groups()
        if not lead and _HOW_LONG.search(text[max(0, m.start() - 4) : m.start()]):
            continue
        is_range = end == m.end()
        shift = {"今月": 0, "来月": 1, "翌月": 1, "先月": -1}.get(lead or "")
        yield DatePhrase(
            m.start(),
            end,
            "dayonly",
            day=_number(day_word),
            end_month=_number(end_month) if end_month and is_range else None,
            end_day=_number(end_day) if end_day and is_range else None,
            shift=_stay(text[end:]),
            month_shift=shift,
            direction="future" if _AS_SOON_AS.match(text, end) else "",
        )
    for m in _FEAST.finditer(text):
        day = 24 if "イブ" in m.group() else 25
        yield DatePhrase(m.start(), m.end(), "day", month=12, day=day)


def _relative(text: str) -> Iterator[DatePhrase]:
    for m in _WEEKDAY.finditer(text):
        shift = {"先週": -1, "今週": 0, "来週": 1}.get(m.group(1) or "")
        weekday = _WEEKDAYS.index(m.group(2))
        yield DatePhrase(m.start(), m.end(), "weekday", weekday=weekday, week_shift=shift)
    for m in _NEAR.finditer(text):
        yield DatePhrase(m.start(), m.end(), "offset", shift=_NEAR_SHIFT.get(m.group(1), 0))
    for m in _EVE.finditer(text):
        yield DatePhrase(m.start(), m.end(), "eve", shift=-1)
    for m in _EVE_BEFORE.finditer(text):
        yield DatePhrase(m.start(), m.end(), "eve", shift=-2)
    for m in _SAME.finditer(text):
        yield DatePhrase(m.start(), m.end(), "same")
    for m in _FOLLOWING.finditer(text):
        yield DatePhrase(m.start(), m.end(), "later", shift=1)
    for m in _LATER.finditer(text):
        if _COUNTED_FROM.search(text[max(0, m.start() - 6) : m.start()]):
            continue
        count, unit = _number(m.group(1)), m.group(2)
        if "月" in unit:
            yield DatePhrase(m.start(), m.end(), "later", month_shift=count)
        else:
            days = 7 * count if "週" in unit else count
            yield DatePhrase(m.start(), m.end(), "later", shift=days)
    for m in _LENGTH.finditer(text):
        word = m.group(2) or m.group(3) or m.group(4)
        yield DatePhrase(m.start(), m.end(), "length", shift=_number(word))


def _coarse(text: str) -> Iterator[DatePhrase]:
    for m in _WEEK.finditer(text):
        shift = {"先週": -1, "今週": 0}.get(m.group(1), 1)
        yield DatePhrase(m.start(), m.end(), "week", week_shift=shift)
    for m in _MONTH.finditer(text):
        year_word, lead, month_word, part = m.groups()
        first, last = _PARTS.get(part, (None, None))
        yield DatePhrase(
            m.start(),
            m.end(),
            "month",
            year=_year(year_word) if year_word else None,
            month=_number(month_word),
            day=first,
            end_day=last,
            year_shift=_YEAR_SHIFT.get(lead or ""),
            is_same_year=bool(lead and lead.startswith("同")),
        )
    for m in _MONTH_WORD.finditer(text):
        shift = 1 if m.group(1) else 0 if m.group(2) else -1
        first, last = _PARTS.get(m.group(4), (None, None))
        yield DatePhrase(m.start(), m.end(), "month", month_shift=shift, day=first, end_day=last)
    for m in _YEAR.finditer(text):
        yield DatePhrase(m.start(), m.end(), "year", year=_year(m.group(1)))
    for m in _YEAR_WORD.finditer(text):
        yield DatePhrase(m.start(), m.end(), "year", year_shift=_YEAR_SHIFT[m.group(1)])
    for m in _AGO.finditer(text):
        count, unit = int(m.group(1)), m.group(2)
        if unit == "年":
            yield DatePhrase(m.start(), m.end(), "year", year_shift=-count, direction="past")
        elif "月" in unit:
            yield DatePhrase(m.start(), m.end(), "month", month_shift=-count, direction="past")
        elif "週" in unit:
            yield DatePhrase(m.start(), m.end(), "week", week_shift=-count, direction="past")
        else:
            yield DatePhrase(m.start(), m.end(), "offset", shift=-count, direction="past")
