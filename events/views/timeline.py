from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from events.cards import with_card
from events.filters import TimelineFilter
from events.models import Country, Event
from events.timeline import BadCursor, Page, read_page
from events.views.fragments import FRAGMENT_HEADERS, wants_fragment


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a reader may choose, with the number of events that it would show."""

    value: str
    label: Any
    count: int
    is_chosen: bool
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One key of the query string as the form shows it."""

    name: str
    label: Any
    options: list[Option]
    errors: list[str]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that stands, and the address of the timeline without it."""

    label: Any
    value: Any
    without: str


@require_safe
@vary_on_headers(*FRAGMENT_HEADERS)
def timeline(request: HttpRequest) -> HttpResponse:
    """The record in order, filtered and page by page; nothing in a query string makes it fail."""
    chosen = TimelineFilter(request.GET, queryset=Event.objects.visible())
    after = request.GET.get("after")
    page, is_stale = _page(chosen, after)
    context: dict[str, Any] = {
        "page": page,
        "is_stale": is_stale,
        "total": chosen.qs.count(),
        "chips": _chips(chosen),
        "order": chosen.reading_order,
        "more": _address(chosen, after=page.next_cursor) if page.next_cursor else "",
        "clear": reverse("events:timeline"),
        "first": _address(chosen),
        "errors": _errors(chosen),
    }
    if not wants_fragment(request):
        context |= _form(chosen)
        return render(request, "events/timeline.html", context)
    if after:
        # The rest of a list whose form stands on the page already.
        return render(request, "events/timeline.html#results", context)
    context |= _form(chosen) | {"is_update": True}
    # The form sends its empty fields too; the address worth keeping has none. What was refused
    # stays in it, so that a reload tells the same.
    address = _address(chosen, choices=[*chosen.choices, *chosen.refused])
    return push_url(render(request, "events/timeline.html#update", context), address)


def _page(chosen: TimelineFilter, after: str | None) -> tuple[Page, bool]:
    """The page asked for, or the first one and True where the cursor does not belong here."""
    events, order, choices = with_card(chosen.qs), chosen.reading_order, chosen.choices
    try:
        return read_page(events, order=order, choices=choices, after=after), False
    except BadCursor:
        return read_page(events, order=order, choices=choices, after=None), True


def _address(
    chosen: TimelineFilter, *, choices: Iterable[tuple[str, str]] | None = None, **more: str | None
) -> str:
    """The timeline's address with these choices, its order, and a cursor where one is given."""
    pairs = list(chosen.choices if choices is None else choices)
    if chosen.reading_order != "newest":
        pairs.append(("order", chosen.reading_order))
    pairs += [(name, value) for name, value in more.items() if value]
    query = urlencode(pairs)
    return reverse("events:timeline") + (f"?{query}" if query else "")


def _label(chosen: TimelineFilter, name: str, value: str) -> Any:
    """How a value reads: the name of a country, topic or person, the words of a kind."""
    if name in ("country", "where"):
        return chosen.countries[value].name
    if name == "topic":
        return chosen.topics[value].name
    if name in ("leader", "with"):
        return chosen.people[value].name
    if name == "kind":
        return Event.Kind(value.upper()).label
    if name == "status":
        return Event.Status(value.upper()).label
    return value


def _chips(chosen: TimelineFilter) -> list[Chip]:
    choices = chosen.choices
    return [
        Chip(
            chosen.filters[name].label,
            _label(chosen, name, value),
            _address(chosen, choices=[pair for pair in choices if pair != (name, value)]),
        )
        for name, value in choices
    ]


def _errors(chosen: TimelineFilter) -> list[tuple[str, Any, str]]:
    """Field, its label and the message, for the summary above the results."""
    return [
        (name, chosen.filters[name].label, str(message))
        for name, messages in chosen.errors.items()
        for message in messages
    ]


def _options(chosen: TimelineFilter, name: str, *, keep_empty: bool) -> list[Option]:
    """The values of one key in their own order; what shows nothing is kept only where told."""
    counts, picked = chosen.counts(name), set(chosen.chosen[name])
    values: Iterable[str]
    if name in ("country", "where"):
        values = chosen.countries
    elif name in ("leader", "with"):
        values = chosen.people
    elif name == "topic":
        values = chosen.topics
    else:
        values = (value for value, _label in chosen.filters[name].extra["choices"])
    return [
        Option(
            value=value,
            label=_label(chosen, name, value),
            count=counts.get(value, 0),
            is_chosen=value in picked,
            country=chosen.countries[value] if name in ("country", "where") else None,
        )
        for value in values
        if keep_empty or value in picked or counts.get(value)
    ]


def _form(chosen: TimelineFilter) -> dict[str, Any]:
    """What the filter form prints; one query for each key that has counts."""

    def facet(name: str, *, is_open: bool, keep_empty: bool) -> Facet:
        return Facet(
            name=name,
            label=chosen.filters[name].label,
            options=_options(chosen, name, keep_empty=keep_empty),
            errors=[str(message) for message in chosen.errors.get(name, [])],
            is_open=is_open or bool(chosen.chosen[name]) or name in chosen.errors,
        )

    return {
        "facets": [
            facet("country", is_open=True, keep_empty=False),
            facet("kind", is_open=True, keep_empty=True),
            facet("topic", is_open=True, keep_empty=True),
            facet("where", is_open=False, keep_empty=False),
            facet("leader", is_open=False, keep_empty=False),
            facet("status", is_open=False, keep_empty=True),
        ],
        "companions": [
            option
            for option in _options(chosen, "with", keep_empty=False)
            if option.value not in chosen.chosen["leader"]
        ],
        "fields": {
            name: {
                "label": chosen.filters[name].label,
                "value": (chosen.data.get(name) or "")[:40],
                "errors": [str(message) for message in chosen.errors.get(name, [])],
            }
            for name in ("from", "to", "with", "order")
        },
        "orders": [
            {"value": value, "label": label, "is_chosen": value == chosen.reading_order}
            for value, label in (("newest", _("Newest first")), ("oldest", _("Oldest first")))
        ],
    }
