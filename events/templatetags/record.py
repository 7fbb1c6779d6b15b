"""How templates write the record's values; the words are in events/wording.py."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from events import wording
from events.models import Country, Event, Term
from events.models.dates import Precision
from events.month import Month
from events.past import day_in_force
from events.periods import civil_day
from events.reportable import name_of, page_address, report_address, sort_of
from events.shown import told_about

register = template.Library()

# What the pipeline calls the fields that it fills.
_EVIDENCE_FIELDS = {
    "kind": _lazy("Kind"),
    "start": _lazy("Start"),
    "end": _lazy("End"),
    "status": _lazy("Status"),
    "participants": _lazy("Who took part"),
    "countries": _lazy("Countries"),
    "city": _lazy("City"),
    "topics": _lazy("Topic"),
    "occasion": _lazy("Occasion"),
    "point": _lazy("Point of an account"),
    "commitment": _lazy("Commitment"),
}

# Colour and shape, drawn by the style sheet, say which country; the name says it in words.
_MARKED = ("KR", "JP", "US", "CN")

register.filter("told_about", told_about)
register.filter("sort_of", sort_of)
register.filter("name_of", name_of)
register.filter("page_address", page_address)
register.filter("report_address", report_address)
register.filter("day_in_words", wording.day_in_words)
register.filter("day_with_weekday", wording.day_with_weekday)
register.filter("short_day", wording.short_day)
register.filter("month_name", wording.month_name)
register.filter("short_month_name", wording.short_month_name)
register.filter("month_in_words", wording.month_in_words)
register.filter("year_name", wording.year_name)
register.filter("day_number", wording.day_of_the_month)
register.filter("weekday", wording.weekday_short)
register.filter("language_name", wording.language_name)
register.filter("number", wording.number_in_words)
register.filter("percent", wording.percent_in_words)
register.filter("anniversary_ordinal", wording.anniversary_ordinal)


@register.filter
def mark(country: Country | Mapping[str, str]) -> SafeString:
    """The country's name in its colour, behind its shape; also of a card's `code` and `name`."""
    code, name = (
        (country.code, country.name)
        if isinstance(country, Country)
        else (country["code"], country["name"])
    )
    return format_html('<span class="mark {}">{}</span>', _mark_class(code), name)


def _mark_class(code: str) -> str:
    return f"mark-{code.lower()}" if code in _MARKED else "mark-other"


@register.filter
def country_class(country: Country) -> str:
    """The class that gives an element the country's colour."""
    return _mark_class(country.code)


@register.filter
def city_names(cities: Sequence[Mapping[str, str]]) -> SafeString:
    """A card's cities; one without a name in the reader's language is marked as English."""
    named = [
        conditional_escape(city["own"]) if city["own"] else english(city["en"]) for city in cities
    ]
    return format_html_join(", ", "{}", ((name,) for name in named))


@register.filter
def accounts_in_words(event: Event) -> str:
    """Whose accounts of a card's event the record has: "Both governments’ accounts"."""
    issuers = event.accounts  # type: ignore[attr-defined]  # set by with_card
    if {"KR", "JP"} <= {issuer["code"] for issuer in issuers}:
        return _("Both governments’ accounts")
    names = wording.listed(issuer["name"] for issuer in issuers)
    return _("Account by %(countries)s only") % {"countries": names}


@register.simple_tag
def text(row: Any, name: str) -> SafeString:
    """A text of three languages in the reader's; marked as English where only that is written."""
    own = getattr(row, f"{name}_{get_language() or 'en'}", "")
    return conditional_escape(own) if own else english(getattr(row, f"{name}_en"))


@register.filter
def english(words: str) -> SafeString:
    """Text that the record has in English only, with its language where the page has another."""
    if not words or get_language() == "en":
        return conditional_escape(words)
    return format_html('<span lang="en">{}</span>', words)


@register.simple_tag
def text_plain(row: Any, name: str) -> str:
    """The same where no markup can stand, such as a page's title."""
    words: str = getattr(row, name)
    return words


@register.filter
def names_listed(rows: Sequence[Any]) -> str:
    """The names of rows in a sentence: "Trade, Finance and Protocol"."""
    return wording.listed(row.name for row in rows)


@register.simple_tag
def phrase(row: Any, name: str) -> SafeString:
    """A short English wording in the reader's words, where the row was loaded with them."""
    own = getattr(row, f"{name}_own", "")
    return conditional_escape(own) if own else english(getattr(row, name))


@register.filter
def is_translated(row: Any, name: str) -> bool:
    """Whether the reader sees the project's translation of an English text."""
    language = get_language() or "en"
    return language != "en" and bool(getattr(row, f"{name}_{language}", ""))


@register.filter
def original(row: Any, name: str) -> str:
    """The English text that a translation was made from."""
    text_in_english: str = getattr(row, f"{name}_en")
    return text_in_english


@register.filter
def in_other_languages(row: Any, name: str) -> list[tuple[str, str]]:
    """Pairs of language and text for the languages that the page is not in."""
    return [
        (code, written)
        for code, _name in settings.LANGUAGES
        if code != get_language() and (written := getattr(row, f"{name}_{code}"))
    ]


@register.filter
def date_in_words(event: Event) -> SafeString:
    """The event's date in a `<time>`, no more exact than it is known."""
    return _dated(event, wording.date_in_words(event.precision, event.starts_on, event.ends_on))


@register.filter
def short_date(event: Event) -> SafeString:
    """The same without a weekday."""
    words = wording.date_in_words(
        event.precision, event.starts_on, event.ends_on, with_weekday=False
    )
    return _dated(event, words)


@register.filter
def days_of_the_month(event: Event) -> str:
    return wording.day_of_the_month(event.starts_on, event.ends_on)


@register.filter
def weekdays(event: Event) -> str:
    return wording.weekday_short(event.starts_on, event.ends_on)


def _dated(event: Event, words: str) -> SafeString:
    machine = wording.machine_date(event.precision, event.starts_on)
    if not machine:
        return conditional_escape(words)
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def month_of(day: date) -> Month:
    """The month of the day, as an address takes it."""
    return Month.of(day)


@register.filter
def is_day(event: Event) -> bool:
    return event.precision == Precision.DAY


@register.filter
def as_time(day: date) -> SafeString:
    """A civil day in words in a `<time>`."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), wording.day_in_words(day))


@register.filter
def years_of_term(term: Term) -> str:
    """ "2022–2025", "2025" within one year, "2025–" without an end."""
    if term.ends_on is None:
        return f"{term.starts_on.year}–"
    years = dict.fromkeys([term.starts_on.year, term.ends_on.year])
    return "–".join(str(year) for year in years)


@register.filter
def civil_date(moment: datetime) -> date:
    """The date in Seoul and Tokyo at a moment."""
    return civil_day(moment, settings.RECORD_TIME_ZONE)


@register.simple_tag
def today() -> date:
    return day_in_force() or civil_day(timezone.now(), settings.RECORD_TIME_ZONE)


@register.simple_tag
def past_day() -> date | None:
    """The past day whose record the page shows; None on a page of now."""
    return day_in_force()


@register.filter
def clock(event: Event) -> str:
    """The event's clock time with its zone's name; empty without one."""
    return wording.clock_in_words(event.clock_time, event.time_zone) if event.clock_time else ""


@register.filter
def is_web_address(address: str) -> bool:
    """Whether a link may lead there: nothing but http and https."""
    return bool(re.match(r"https?://", address or ""))


@register.filter
def short_address(address: str) -> str:
    """Host and path as people read them, cut to one line."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return Truncator(address).chars(64)
    return Truncator(host + unquote(parts.path).rstrip("/")).chars(64)


@register.filter
def evidence_field(name: str) -> Any:
    """The name of a field in the reader's words; an unknown one as it is written."""
    return _EVIDENCE_FIELDS.get(name, name.replace("_", " ").capitalize())


@register.filter
def with_quote_marked(sentence: str, quote: str) -> SafeString:
    """The sentence with the quoted words in `<mark>`; unchanged where they are not in it."""
    before, found, after = sentence.partition(quote) if quote else (sentence, "", "")
    if not found:
        return conditional_escape(sentence)
    return format_html("{}<mark>{}</mark>{}", before, found, after)


@register.simple_tag(takes_context=True)
def page_in_languages(context: template.Context, here: str = "") -> list[dict[str, Any]]:
    """This page, with its query, in each language; the overview where it has no such address.

    `here` is another address to use, where the request's own is not the one that stays.
    """
    request: HttpRequest | None = context.get("request")
    here = here or (request.get_full_path() if request else "/")
    current = get_language()
    pages = []
    for code, name in settings.LANGUAGES:
        address = here if code == current else translate_url(here, code)
        found = code == current or address != here
        pages.append(
            {
                "code": code,
                "name": name,
                "address": address if found else f"/{code}/",
                "is_current": code == current,
            }
        )
    return pages


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(address)
