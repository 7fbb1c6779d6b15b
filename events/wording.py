"""Dates, lengths, lists and names of languages as the reader's language writes them.

Pure but for the active language. English is written the British way ("9 June 2025"), like the
rest of the site's English.
"""

from collections.abc import Iterable
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    get_month_names,
    get_timezone_name,
)
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models.dates import Precision

_LOCALES = {"en": "en_GB", "ko": "ko", "ja": "ja"}


@cache
def _locale(code: str) -> Locale:
    """The locale with data of its own, loaded when its language is first asked for.

    Babel shares between locales what they inherit, and writes into it what it has looked up for
    one: whichever is asked first then answers for others, and a Korean page says 6月. Loaded while
    no other is there, nothing is shared.
    """
    with localedata._cache_lock:
        others = dict(localedata._cache)
        localedata._cache.clear()
        own = localedata.load(code)
        localedata._cache.clear()
        localedata._cache |= {**others, code: own}
    return Locale.parse(code)


def locale_now() -> Locale:
    """The locale of the active language; English where it is none of the three."""
    return _locale(_LOCALES.get((get_language() or "en")[:2], "en_GB"))


def day_in_words(day: date) -> str:
    """ "9 June 2025"."""
    return format_date(day, "long", locale=locale_now())


def day_with_weekday(day: date) -> str:
    """ "Monday, 9 June 2025", "2025년 6월 9일 (월)", "2025年6月9日(月)"."""
    locale = locale_now()
    if locale.language == "en":
        return format_date(day, "full", locale=locale)
    return format_skeleton("yMMMEd", day, locale=locale)


def short_day(day: date) -> str:
    """ "9 Jun", for where the year is said."""
    return format_skeleton("MMMd", day, locale=locale_now())


def days_in_words(first: date, last: date) -> str:
    """ "15–17 Jun 2025"; one day where both are the same."""
    if first == last:
        return day_in_words(first)
    return format_interval(first, last, "yMMMd", locale=locale_now())


def date_in_words(
    precision: str, starts_on: date, ends_on: date | None = None, *, with_weekday: bool = True
) -> str:
    """A date no more exact than it is known: "June 2025", "2025", "some day in 15–17 Jun 2025".

    A single day reads "Monday, 9 June 2025", or "9 Jun 2025" without its weekday.
    """
    locale = locale_now()
    match precision:
        case Precision.YEAR:
            return format_skeleton("y", starts_on, locale=locale)
        case Precision.MONTH:
            return month_in_words(starts_on)
        case Precision.WINDOW:
            days = days_in_words(starts_on, ends_on or starts_on)
            return _("some day within %(days)s") % {"days": days}
    if ends_on is not None and ends_on != starts_on:
        return days_in_words(starts_on, ends_on)
    if with_weekday:
        return day_with_weekday(starts_on)
    return format_skeleton("yMMMd", starts_on, locale=locale)


def machine_date(precision: str, starts_on: date) -> str:
    """What `<time datetime>` takes: a day, month or year; empty for a window, which it cannot."""
    match precision:
        case Precision.YEAR:
            return f"{starts_on:%Y}"
        case Precision.MONTH:
            return f"{starts_on:%Y-%m}"
        case Precision.WINDOW:
            return ""
    return starts_on.isoformat()


def day_of_the_month(first: date, last: date | None = None) -> str:
    """ "9", "9–11", or "29 June – 2 July" where the days are of two months."""
    locale = locale_now()
    if last is None or last == first:
        return format_skeleton("d", first, locale=locale)
    same_month = (first.year, first.month) == (last.year, last.month)
    return format_interval(first, last, "d" if same_month else "MMMd", locale=locale)


def weekday_short(first: date, last: date | None = None) -> str:
    """ "Mon", or "Mon–Wed"."""
    days = [first] if last is None or last == first else [first, last]
    return "–".join(format_date(day, "EEE", locale=locale_now()) for day in days)


def month_name(number: int) -> str:
    return get_month_names("wide", "stand-alone", locale=locale_now())[number]


def short_month_name(number: int) -> str:
    """ "Jun", "6월", "6月"."""
    return get_month_names("abbreviated", "stand-alone", locale=locale_now())[number]


def month_in_words(day: date) -> str:
    """ "June 2025", "2025년 6월", "2025年6月"."""
    return format_skeleton("yMMMM", day, locale=locale_now())


def year_name(number: int) -> str:
    """ "2025", "2025년", "2025年"."""
    return format_skeleton("y", date(number, 1, 1), locale=locale_now())


def clock_in_words(clock: time, zone: str) -> str:
    """ "12:05 (Korean Time)"; the zone by its id where it has no name."""
    try:
        name = get_timezone_name(ZoneInfo(zone), locale=locale_now())
    except (KeyError, ValueError):
        name = zone
    return f"{clock:%H:%M} ({name})"


def language_name(code: str) -> str:
    """The name of a language in the reader's own; the code itself where it is not known."""
    try:
        return Locale.parse(code, sep="-").get_language_name(locale_now()) or code
    except (UnknownLocaleError, ValueError, TypeError):
        return code


def listed(words: Iterable[str]) -> str:
    """ "Seoul, Tokyo and Jeju"."""
    return format_list([str(word) for word in words], locale=locale_now())


def number_in_words(number: int) -> str:
    """Digits grouped as the language does: "1,234"."""
    return format_decimal(number, locale=locale_now())


def percent_in_words(share: float) -> str:
    """A share from 0 to 1 without decimals: "56%"."""
    return format_percent(share, locale=locale_now())


def anniversary_ordinal(years: int) -> str:
    """ "60th anniversary"; empty for the origin itself, which has no ordinal."""
    if years < 1:
        return ""
    number = _english_ordinal(years) if locale_now().language == "en" else str(years)
    return _("%(ordinal)s anniversary") % {"ordinal": number}


def _english_ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
