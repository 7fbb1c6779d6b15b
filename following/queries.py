"""The filter of a subscription: its one spelling, and what it says in words."""

from itertools import groupby
from urllib.parse import urlencode

from babel.lists import format_list
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.filters import TimelineFilter
from events.models import Event
from events.standing import Standing, current
from events.wording import locale_now
from following.models.subscribers import QUERY_LENGTH

# Their values say by themselves what they are; those of the others stand behind their label.
_SPEAK_FOR_THEMSELVES = ("kind", "topic")


class TooLong(ValueError):
    """The filter has more values than a subscription can keep."""


def chosen_in(query: str | QueryDict, *, standing: Standing | None = None) -> TimelineFilter:
    """The timeline's filter for a query string; reads the names of the record once for all."""
    given = QueryDict(query) if isinstance(query, str) else query
    return TimelineFilter(given, queryset=Event.objects.visible(), standing=standing or current())


def spelt(chosen: TimelineFilter) -> str:
    """The one spelling of a filter's valid choices, whatever their order and whatever else was
    given beside them; empty for the whole record. Raises TooLong."""
    rank = {name: place for place, (name, _values) in enumerate(chosen.chosen.items())}
    pairs = sorted(chosen.choices, key=lambda pair: (rank[pair[0]], pair[1]))
    query = urlencode(pairs)
    if len(query) > QUERY_LENGTH:
        raise TooLong(query)
    return query


def canonical(query: str | QueryDict, *, standing: Standing | None = None) -> str:
    """The one spelling of a query string's valid choices: two that pick the same are equal.

    Order, cursor and day of the record are left out, and so is what the timeline refuses. Raises
    TooLong, a ValueError, where a subscription cannot keep it.
    """
    return spelt(chosen_in(query, standing=standing))


def in_words(query: str, *, standing: Standing | None = None) -> str:
    """What a filter picks, in the active language: "Call or Summit · North Korea".

    Kept with the standing of the record: many subscriptions have the same.
    """
    held = standing or current()
    key = ("a filter in words", get_language(), query)
    return held.remember(key, lambda: words_of(chosen_in(query, standing=held)))


def words_of(chosen: TimelineFilter) -> str:
    """The same of a filter that has been read."""
    said = []
    for name, pairs in groupby(chosen.choices, key=lambda pair: pair[0]):
        labels = chosen.labels(name) if name in chosen.known else {}
        values = [labels.get(value, value) for _name, value in pairs]
        if name == "q":
            values = [_("“%(words)s”") % {"words": value} for value in values]
        words = format_list(values, style="or", locale=locale_now())
        if name not in _SPEAK_FOR_THEMSELVES:
            words = _("%(label)s: %(values)s") % {
                "label": chosen.filters[name].label,
                "values": words,
            }
        said.append(words)
    return " · ".join(said) or _("The whole record")
