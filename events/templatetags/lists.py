"""What a timeline prints hundreds of times, written by hand: a template costs ten times as much."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from events import wording
from events.entries import WITHIN
from events.templatetags.record import country_class

register = template.Library()


@register.simple_tag
def card(cards: Mapping[int, str], pk: int, within: str) -> SafeString:
    """The entry of an event (events/entries.py), whose link leads on within the list's query."""
    query = f"?{escape(within)}" if within else ""
    return mark_safe(cards.get(pk, "").replace(f"?{WITHIN}", query))  # noqa: S308


@register.simple_tag
def boxes(name: str, options: Sequence[Any]) -> SafeString:
    """A box to tick for each option of a filter, with its count; one that finds nothing is off."""
    found, language = [], get_language()
    for option in options:
        of_country = f" mark {country_class(option.country)}" if option.country else ""
        state = " checked" if option.is_chosen else "" if option.count else " disabled"
        value = escape(option.value)
        found.append(
            f'<label class="choice{of_country}"><input type="checkbox" id="{name}-{value}"'
            f' name="{name}" value="{value}"{state}> {conditional_escape(option.label)}'
            f' <span class="count">{_number(option.count, language)}</span></label>'
        )
    return mark_safe("".join(found))  # noqa: S308


@register.simple_tag
def list_options(options: Sequence[Any]) -> SafeString:
    """The options of a list to add from, with their counts."""
    language = get_language()
    return mark_safe(  # noqa: S308
        "".join(
            f'<option value="{escape(option.value)}"{"" if option.count else " disabled"}>'
            f"{conditional_escape(option.label)}"
            f" ({_number(option.count, language)})</option>"
            for option in options
        )
    )


@register.simple_tag
def bars(strip: Sequence[tuple[Any, str]]) -> SafeString:
    """The bars of the years, each a link."""
    found, language = [], get_language()
    for bar, address in strip:
        told = _year_told(bar.year, bar.count, language)
        labelled = f' data-year="{bar.year}"' if bar.is_labelled else ""
        found.append(
            f'<a class="bar bar-{bar.height}{" is-on" if bar.is_on else ""}"'
            f'{labelled} href="{escape(address)}" title="{told}" aria-label="{told}"></a>'
        )
    return mark_safe("".join(found))  # noqa: S308


@lru_cache(maxsize=4096)
def _number(number: int, language: str | None) -> str:
    return escape(wording.number_in_words(number))


@lru_cache(maxsize=4096)
def _year_told(year: int, number: int, language: str | None) -> str:
    words = ngettext("%(year)s: %(shown)s event", "%(year)s: %(shown)s events", number)
    return escape(
        words % {"year": wording.year_name(year), "shown": wording.number_in_words(number)}
    )
