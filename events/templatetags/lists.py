"""What a list prints hundreds of times: cards kept once rendered, and rows written by hand.

A template costs ten times what these cost, and the timeline is mostly made of them. A card is kept
by all that is loaded of its event, so that it changes with its content, whoever changes that.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from events import wording
from events.models import Event
from events.templatetags.record import country_class

register = template.Library()

# About 2 kB each.
_MOST_CARDS = 4096
_cards: dict[tuple[str | None, str, str], str] = {}
# Stands in a kept card for the query of its list, and is in no address.
_WITHIN = "within-this-list"


@register.simple_tag(takes_context=True)
def card(context: template.Context, event: Event, heading: str, within: str) -> SafeString:
    """events/_card.html of an event loaded `as_card` (see events/cards.py)."""
    loaded = [value for name, value in vars(event).items() if name != "_state"]
    key = (get_language(), heading, repr(loaded))
    kept = _cards.get(key)
    if kept is None:
        assert context.template is not None
        page = context.template.engine.get_template("events/_card.html")
        own = context.new({"event": event, "heading": heading, "within": _WITHIN})
        kept = page.render(own)
        if len(_cards) >= _MOST_CARDS:
            _cards.clear()
        _cards[key] = kept
    return mark_safe(kept.replace(f"?{_WITHIN}", f"?{escape(within)}" if within else ""))  # noqa: S308


@register.simple_tag
def boxes(name: str, options: Sequence[Any]) -> SafeString:
    """A box to tick for each option of a filter, with its count; one that finds nothing is off."""
    found = []
    for option in options:
        of_country = f" mark {country_class(option.country)}" if option.country else ""
        state = " checked" if option.is_chosen else "" if option.count else " disabled"
        value = escape(option.value)
        found.append(
            f'<label class="choice{of_country}"><input type="checkbox" id="{name}-{value}"'
            f' name="{name}" value="{value}"{state}> {conditional_escape(option.label)}'
            f' <span class="count">{_number(option.count, get_language())}</span></label>'
        )
    return mark_safe("".join(found))  # noqa: S308


@register.simple_tag
def list_options(options: Sequence[Any]) -> SafeString:
    """The options of a list to add from, with their counts."""
    return mark_safe(  # noqa: S308
        "".join(
            f'<option value="{escape(option.value)}"{"" if option.count else " disabled"}>'
            f"{conditional_escape(option.label)}"
            f" ({_number(option.count, get_language())})</option>"
            for option in options
        )
    )


@register.simple_tag
def bars(strip: Sequence[tuple[Any, str]]) -> SafeString:
    """The bars of the years, each a link."""
    found = []
    for bar, address in strip:
        told = _year_told(bar.year, bar.count, get_language())
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
