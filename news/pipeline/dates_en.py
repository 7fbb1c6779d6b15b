"""The grammar of dates in English news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.pipeline.dates import DatePhrase

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_UNIT_DAYS = {"day": 1, "week": 7}

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = (
    r"(?:Mon(?:day|\.)|Tues?(?:day|\.)|Wed(?:nesday|\.)|Thu(?:rs?)?(?:day|\.)|Fri(?:day|\.)"
    r"|Sat(?:urday|\.)|Sun(?:day|\.))"
)
_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_TO = r"\s?(?:-|—|~|to|through|until|till|and)\s?"
_ORD = r"(?:st|nd|rd|th)?"

_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\s(\d{{1,2}}){_ORD}(?![\d:%])"
    rf"(?:{_TO}(?:({_MONTH})\s)?(\d{{1,2}}){_ORD}(?![\d:%]|,\d))?"
    r"(?:,?\s(?:of\s)?((?:19|20)\d\d)\b|,?\s(?:of\s)?(last|this|next|the same|that)\syear\b)?"
)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}}){_ORD}(?:{_TO}(\d{{1,2}}){_ORD})?\s(?:of\s)?({_MONTH})\b"
    r"(?:,?\s((?:19|20)\d\d)\b|,?\s(last|this|next)\syear\b)?"
)
_MONTH_ONLY = re.compile(
    rf"\b(?:((?i:last|this|next|in|since|until|by|early|late|mid-?|of|from|before|after))\s?)?"
    # The "Mar" of "Maryland" is no month.
    rf"\b({_MONTH})(?![a-z]|\.?\s\d{{1,2}}\b(?!\d))"
    r"(?:,?\s(?:of\s)?((?:19|20)\d\d)\b|,?\s(last|this|next)\syear\b)?"
)
_WEEKDAY_PHRASE = re.compile(
    rf"(?<!every )(?<!each )\b(?:(next|last|this|coming|past)\s)?({_WEEKDAY})"
    r"(?:\s(?:morning|afternoon|evening|night))?(?:\s(?:of\s)?(next|last|this)\sweek\b)?"
    rf"(?:{_TO}({_WEEKDAY}))?"
    # "Sunday, Sept. 22": the date says it.
    rf"(?!,?\s(?:\(|the\s)?(?:{_MONTH}\s\d|\d{{1,2}}{_ORD}\s(?:of\s)?{_MONTH}\b))"
)
_NEAR_DAY = re.compile(
    r"\b(today(?!'s (?!talks|meeting|summit|call|visit|session|reception|ceremony|celebration"
    r"|event))|tonight|this (?:morning|afternoon|evening)"
    # Who "stays overnight" is there for the night to come.
    r"|yesterday|tomorrow|last night|(?<!stay )(?<!stays )(?<!stayed )(?<!staying )overnight"
    r"(?! (?:stay|trip|visit|stop|flight))"
    r"|(?:the )?day after tomorrow|(?:the )?day before yesterday)\b",
    re.IGNORECASE,
)
_NEAR_SHIFT = {"yesterday": -1, "last night": -1, "overnight": -1, "tomorrow": 1}
_SAME = re.compile(
    r"\b(?:earlier|later) (?:in|on) (?:the|that|the same) day\b"
    r"|\b(?:the|that) same (?:day|morning|afternoon|evening|night)\b"
    r"|\bthat (?:day|evening)\b|\bthe day of (?:his|her|their) arrival\b"
    r"|\bbefore the (?:day|night|evening) was out\b|\b[Ww]ithin the hour\b",
    re.IGNORECASE,
)
# "That night" leans on a day of its own sentence only.
_THAT_HOUR = re.compile(r"\bthat (?:morning|afternoon|night)\b")
# "The day before Lee's visit" hangs on the visit, not on the day told of before.
_EVE = re.compile(
    r"\b(?:the (?:day|afternoon|evening|night) before"
    r"(?! (?!the summit\b|(?:for|in|at|on|with|over|and|to|when)\b)[\w'])"
    r"|the previous (?:day|afternoon|evening|night)"
    r"|a day (?:earlier|before(?! (?:an?|the|his|her|their|three-way|trilateral|(?-i:[A-Z])))))\b",
    re.IGNORECASE,
)
# "On Monday, a day after he met Lee": the date belongs to the clause that "after" opens.
_AFTER = re.compile(
    r"\b(a|one|two|three) days? (after)\s(?=(?:he|she|they|the two|the leaders"
    r"|(?:his|her|their|the) (?:\w+ )?(?:summit|talks|meeting|call)|meeting|holding|talks)\b)",
    re.IGNORECASE,
)
# "Met on Tuesday, a day after Seoul said …": that was on Monday.
_AFTER_DEED = re.compile(r"\b([Aa]|one|two|three) days? (after)\s(?=(?:the )?[A-Z][a-z])")
# "On Sunday, a day ahead of a trilateral summit": that is on Monday.
_AHEAD = re.compile(
    r"\b(?:(a|one|two|three) days? (ahead of|before)|on (the eve) of)\s"
    r"(?=(?:(?:an?|the|his|her|their|(?-i:[A-Z][\w-]+(?: [A-Z][\w-]+)*)(?:'s)?) )?"
    r"(?:[\w'-]+ ){0,3}?"
    r"(?:trilateral|summit|talks|meeting|three-way|session|gathering|sit-down|conference)\b)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:the (?:following|next) (?:day|morning|afternoon|evening|night)"
    r"|the (?:day|morning|afternoon|evening|night) after(?! \w)|a day later)\b",
    re.IGNORECASE,
)
# "On the 13th" is a day; "for the 13th time" and "the 10th straight year" are not.
_ORDINAL = re.compile(
    r"\b(?:on|from|for|(?:morning|afternoon|evening|night) of)\sthe\s(\d{1,2})(?:st|nd|rd|th)"
    r"(?:\s?(?:and|to|through|until|-)\s(?:the\s)?(\d{1,2})(?:st|nd|rd|th))?"
    r"(?=[,.;:)]|\s*$|\s(?:and|at|in|that|when|as|after|before|by|with|local|he|she|they|it|both"
    r"|the|over|to|for|will|was|were|is|are)\b|\s(?:President|Prime|Foreign)\b)"
)
# "The 8th of this month".
_OF_MONTH = re.compile(
    r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th) of (this|last|next) month\b", re.IGNORECASE
)
_MONTHS_ON = {"this": 0, "last": -1, "next": 1}
_PERIOD = re.compile(
    r"\b(?:(later|earlier|early|late)\s)?(last|this|next|the coming|the past)\s"
    r"(week(?:end)?|month|year|summer|autumn|fall|spring|winter)\b",
    re.IGNORECASE,
)
_AGO = re.compile(rf"\b({_NUMBER})\s(day|week|month|year)s?\s(ago|earlier|before)\b", re.I)
_LATER = re.compile(
    rf"\b({_NUMBER})\s(day|week|month|year)s?\s(?:later\b|afterwards?\b|after(?=[.,;]))", re.I
)
_HENCE = re.compile(r"\bin\s(\d{1,3}|two|three|four|five|six)\s(day|week)s?\b(?!\sof)", re.I)
_LENGTH = re.compile(rf"\b({_NUMBER})-(?:day|night)\b", re.I)
_FEAST = re.compile(r"\b(Christmas Eve|Christmas Day|New Year's (?:Day|Eve))\b", re.I)
_FEAST_DAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
}
# "1910-45" is an era, not the year of anything told.
_YEAR = re.compile(
    r"(?<![\d,.$-])((?:19|20)\d\d)(?!\d|,\d|%|\s?(?:million|won|yen)|-(?:19|20)?\d\d\b)"
)
_YEAR_SHIFT = {"last": -1, "this": 0, "next": 1}


# Most sentences tell no day, and looking for each way of telling one costs more than these.
_DIGIT = re.compile(r"\d")
_PART_OF_TIME = re.compile(
    r"day|night|tomorrow|morning|afternoon|evening|hour|week|month|year", re.I
)
_SEASON_OR_MONTH = re.compile(rf"summer|autumn|fall|spring|winter|(?-i:{_MONTH})", re.I)


def find(text: str) -> Iterator[DatePhrase]:
    """Every date phrase of an English text; overlapping ones included, longest first."""
    has_digit = _DIGIT.search(text) is not None
    has_part = _PART_OF_TIME.search(text) is not None
    if has_digit:
        yield from _calendar(text)
    yield from _feasts(text)
    yield from _weekdays(text)
    if has_part:
        yield from _relative(text)
    if has_digit or has_part or _SEASON_OR_MONTH.search(text):
        yield from _coarse(text)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _calendar(text: str) -> Iterator[DatePhrase]:
    for m in _ISO.finditer(text):
        year, month, day = (int(g) for g in m.groups())
        yield DatePhrase(m.start(), m.end(), "day", year=year, month=month, day=day)
    for m in _MONTH_DAY.finditer(text):
        month_word, day_word, end_month, end_day, year_word, year_shift = m.groups()
        yield DatePhrase(
            m.start(),
            m.end(),
            "day",
            year=int(year_word) if year_word else None,
            month=_month(month_word),
            day=int(day_word),
            end_month=_month(end_month) if end_month else None,
            end_day=int(end_day) if end_day else None,
            year_shift=_YEAR_SHIFT.get(year_shift or ""),
            is_same_year=year_shift in ("the same", "that"),
        )
    for m in _DAY_MONTH.finditer(text):
        day_word, end_day, month_word, year_word, year_shift = m.groups()
        yield DatePhrase(
            m.start(),
            m.end(),
            "day",
            year=int(year_word) if year_word else None,
            month=_month(month_word),
            day=int(day_word),
            end_day=int(end_day) if end_day else None,
            year_shift=_YEAR_SHIFT.get(year_shift or ""),
            is_same_year=year_shift in ("the same", "that"),
        )
    for m in _ORDINAL.finditer(text):
        day_word, end_day = m.groups()
        yield DatePhrase(
            m.start(1) - 4,
            m.end(),
            "dayonly",
            day=int(day_word),
            end_day=int(end_day) if end_day else None,
        )
    for m in _OF_MONTH.finditer(text):
        months = _MONTHS_ON[m.group(2).lower()]
        yield DatePhrase(m.start(), m.end(), "dayonly", day=int(m.group(1)), month_shift=months)


def _feasts(text: str) -> Iterator[DatePhrase]:
    for m in _FEAST.finditer(text):
        month, day = _FEAST_DAYS[m.group(1).lower()]
        yield DatePhrase(m.start(), m.end(), "day", month=month, day=day)


def _weekdays(text: str) -> Iterator[DatePhrase]:
    for m in _WEEKDAY_PHRASE.finditer(text):
        before, word, after, until = m.groups()
        weekday = _WEEKDAYS.index(word[:3].lower())
        last = _WEEKDAYS.index(until[:3].lower()) if until else weekday
        week = {"next": 1, "last": -1, "this": 0}.get(after or "")
        direction = {"last": "past", "past": "past", "next": "future", "coming": "future"}
        yield DatePhrase(
            m.start(),
            m.end(),
            "weekday",
            weekday=weekday,
            shift=(last - weekday) % 7 + 1,
            week_shift=week,
            direction=direction.get(before or "", ""),
        )


def _relative(text: str) -> Iterator[DatePhrase]:
    for m in _NEAR_DAY.finditer(text):
        word = m.group(1).lower()
        shift = _NEAR_SHIFT.get(word, 0)
        if "after tomorrow" in word:
            shift = 2
        elif "before yesterday" in word:
            shift = -2
        yield DatePhrase(m.start(), m.end(), "offset", shift=shift)
    for m in _SAME.finditer(text):
        yield DatePhrase(m.start(), m.end(), "same")
    for m in _THAT_HOUR.finditer(text):
        if _WEEKDAY_PHRASE.search(text, 0, m.start()) or _MONTH_DAY.search(text, 0, m.start()):
            yield DatePhrase(m.start(), m.end(), "same")
    for m in _FOLLOWING.finditer(text):
        yield DatePhrase(m.start(), m.end(), "later", shift=1)
    for m in _EVE.finditer(text):
        yield DatePhrase(m.start(), m.end(), "eve", shift=-1)
    for m in _AFTER.finditer(text):
        yield DatePhrase(m.start(2), m.end(2), "eve", shift=-_number(m.group(1)))
    for m in _AFTER_DEED.finditer(text):
        if _WEEKDAY_PHRASE.search(text, 0, m.start()) or _MONTH_DAY.search(text, 0, m.start()):
            yield DatePhrase(m.start(2), m.end(2), "eve", shift=-_number(m.group(1)))
    for m in _AHEAD.finditer(text):
        at = 2 if m.group(2) else 3
        yield DatePhrase(m.start(at), m.end(at), "later", shift=_number(m.group(1) or "a"))
    for m in _LATER.finditer(text):
        count, unit = _number(m.group(1)), m.group(2).lower()
        if unit in _UNIT_DAYS:
            yield DatePhrase(m.start(), m.end(), "later", shift=count * _UNIT_DAYS[unit])
        else:
            months = count * (12 if unit == "year" else 1)
            yield DatePhrase(m.start(), m.end(), "later", month_shift=months)
    for m in _HENCE.finditer(text):
        count, unit = _number(m.group(1)), m.group(2).lower()
        if unit == "week":
            yield DatePhrase(m.start(), m.end(), "week", week_shift=count, direction="future")
        else:
            yield DatePhrase(m.start(), m.end(), "offset", shift=count, direction="future")
    for m in _LENGTH.finditer(text):
        yield DatePhrase(m.start(), m.end(), "length", shift=_number(m.group(1)))


def _coarse(text: str) -> Iterator[DatePhrase]:
    for m in _PERIOD.finditer(text):
        shift = {"last": -1, "the past": -1, "this": 0}.get(m.group(2).lower(), 1)
        unit = m.group(3).lower()
        if unit == "weekend":
            saturday = _WEEKDAYS.index("sat")
            yield DatePhrase(
                m.start(), m.end(), "weekday", weekday=saturday, shift=2, week_shift=shift
            )
        elif unit == "week":
            yield DatePhrase(m.start(), m.end(), "week", week_shift=shift)
        elif unit == "month":
            yield DatePhrase(m.start(), m.end(), "month", month_shift=shift)
        else:
            yield DatePhrase(m.start(), m.end(), "year", year_shift=shift)
    for m in _AGO.finditer(text):
        count, unit = _number(m.group(1)), m.group(2).lower()
        if unit == "day" and m.group(3).lower() == "ago":
            yield DatePhrase(m.start(), m.end(), "offset", shift=-count, direction="past")
        elif unit == "week":
            yield DatePhrase(m.start(), m.end(), "week", week_shift=-count, direction="past")
        elif unit == "month":
            yield DatePhrase(m.start(), m.end(), "month", month_shift=-count, direction="past")
        elif unit == "year":
            yield DatePhrase(m.start(), m.end(), "year", year_shift=-count, direction="past")
    for m in _MONTH_ONLY.finditer(text):
        lead, word, year_word, year_shift = m.groups()
        lead = (lead or "").lower()
        # "may" at the head of a sentence and "March" of a march are words too.
        if word in ("May", "Mar", "March", "Dec", "Jan", "Jun", "Jul", "Sep", "Oct", "Nov") and (
            not lead and not year_word and not year_shift
        ):
            continue
        direction = {"last": "past", "since": "past", "next": "future"}.get(lead, "")
        yield DatePhrase(
            m.start(2) if lead not in ("last", "this", "next") else m.start(),
            m.end(),
            "month",
            month=_month(word),
            year=int(year_word) if year_word else None,
            year_shift=_YEAR_SHIFT.get(year_shift or ""),
            is_same_year=year_shift in ("the same", "that"),
            direction=direction,
        )
    for m in _YEAR.finditer(text):
        yield DatePhrase(m.start(), m.end(), "year", year=int(m.group(1)))
