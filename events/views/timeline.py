from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from events.entries import cards_of
from events.facets import Counts, count_everything, count_removals
from events.filters import TimelineFilter
from events.incumbents import bands, heads_in
from events.links_of_a_day import address_on_day
from events.models import Event, Term
from events.past import day_in_force
from events.timeline import BadCursor, Page, page_of
from events.views.fragments import FRAGMENT_HEADERS, wants_fragment
from events.views.kept import Moment, kept_while_nothing_changes
from events.views.past import Past, as_it_stood, takes_as_of
from events.views.timeline_form import form_of, label_of, strip_of

# Units of the strip that a year is wide, in which its bands are drawn.
_YEAR_WIDTH = 24

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that stands, how it joins the one before, and the address without it."""

    label: Any
    value: Any
    joined_by: str
    without: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A filter to drop where nothing matches, and how many events there would be."""

    chip: Chip
    count: int


@require_safe
@vary_on_headers(*FRAGMENT_HEADERS)
@as_it_stood
@kept_while_nothing_changes
def timeline(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The record in order, filtered and page by page; nothing in a query string makes it fail."""
    today, standing = moment.today, moment.standing
    chosen = TimelineFilter(request.GET, queryset=Event.objects.visible(), standing=standing)
    after = request.GET.get("after")
    page, is_stale = _page(chosen, after, today)
    terms = standing.names.terms
    first = _address(chosen)
    context: dict[str, Any] = {
        "page": page,
        "cards": cards_of(standing, page.ids),
        "years": [(year, heads_in(year.number, terms)) for year in page.years],
        "is_stale": is_stale,
        "chips": _chips(chosen),
        "order": chosen.reading_order,
        "more": _address(chosen, after=page.next_cursor) if page.next_cursor else "",
        "clear": reverse("events:timeline"),
        "first": first,
        "errors": _errors(chosen) + _error_of_the_day(request),
        "kept": _pairs(chosen),
        "total": None,
        "today": today,
        # An event's page leads on within these filters.
        "within": urlencode(_pairs(chosen)),
    }
    if wants_fragment(request) and after:
        # The rest of a list whose form stands on the page already.
        return render(request, "events/timeline.html#results", context)
    counts = count_everything(chosen)
    context |= form_of(chosen, counts) | _strip(chosen, counts, terms, today)
    context |= {
        "total": counts.total,
        "removals": _removals(chosen, context["chips"]) if not counts.total else [],
        "notices": moment.notices,
        "printed_address": request.build_absolute_uri(_of_the_day(first)),
    }
    if not wants_fragment(request):
        return render(request, "events/timeline.html", context)
    # The form sends its empty fields too; the address worth keeping has none. What was refused
    # stays in it, so that a reload tells the same.
    address = _address(chosen, choices=[*chosen.choices, *chosen.refused])
    return push_url(render(request, "events/timeline.html#update", context), address)


def _page(chosen: TimelineFilter, after: str | None, today: date) -> tuple[Page, bool]:
    """The page asked for, or the first one and True where the cursor does not belong here."""
    read = partial(
        page_of, chosen.pick, order=chosen.reading_order, choices=chosen.choices, today=today
    )
    try:
        return read(after=after), False
    except BadCursor:
        return read(after=None), True


def _pairs(chosen: TimelineFilter, choices: Pairs | None = None) -> list[tuple[str, str]]:
    pairs = list(chosen.choices if choices is None else choices)
    if chosen.reading_order != "newest":
        pairs.append(("order", chosen.reading_order))
    return pairs


def _address(chosen: TimelineFilter, *, choices: Pairs | None = None, **more: str | None) -> str:
    """The timeline's address with these choices, its order, and a cursor where one is given."""
    pairs = _pairs(chosen, choices)
    pairs += [(name, value) for name, value in more.items() if value]
    query = urlencode(pairs)
    return _list_in(get_language()) + (f"?{query}" if query else "")


def _of_the_day(address: str) -> str:
    """An address that is no link, with the day whose record it shows."""
    day = day_in_force()
    return address_on_day(address, day, takes_as_of) if day else address


@lru_cache
def _list_in(language: str | None) -> str:
    """The address of the whole timeline, which a page prints in a hundred links."""
    return reverse("events:timeline")


def _chips(chosen: TimelineFilter) -> list[Chip]:
    choices = chosen.choices
    chips = []
    key = None
    for name, value in choices:
        # Within one filter any of the values will do; between filters all must hold.
        joined_by = "" if key is None else _("or") if key == name else _("and")
        key = name
        left = [pair for pair in choices if pair != (name, value)]
        if name == "leader" and not any(other == "leader" for other, _value in left):
            left = [pair for pair in left if pair[0] != "with"]
        chips.append(
            Chip(
                label=chosen.filters[name].label,
                value=label_of(chosen, name, value),
                joined_by=joined_by,
                without=_address(chosen, choices=left),
            )
        )
    return chips


def _removals(chosen: TimelineFilter, chips: Sequence[Chip]) -> list[Removal]:
    """The single filters whose removal shows anything, the one that shows most first."""
    counts = count_removals(chosen)
    removals = [
        Removal(chip, counts.get(choice, 0))
        for choice, chip in zip(chosen.choices, chips, strict=True)
    ]
    helpful = [removal for removal in removals if removal.count]
    return sorted(helpful, key=lambda removal: -removal.count)


def _errors(chosen: TimelineFilter) -> list[tuple[str, Any, str]]:
    """Field, its label and the message, for the summary above the results."""
    return [
        (name, chosen.filters[name].label, str(message))
        for name, messages in chosen.errors.items()
        for message in messages
    ]


def _error_of_the_day(request: HttpRequest) -> list[tuple[str, Any, str]]:
    past: Past | None = getattr(request, "past", None)
    return [("as_of", _("As it stood on"), past.problem)] if past and past.problem else []


def _strip(
    chosen: TimelineFilter, counts: Counts, terms: Sequence[Term], today: date
) -> dict[str, Any]:
    """The strip of years: each bar with its address, and the terms of office below."""
    bars = strip_of(chosen, counts, today=today)
    if not bars:
        return {}
    kept = _address(chosen, choices=[p for p in chosen.choices if p[0] not in ("from", "to")])
    also = f"{kept}{'&' if '?' in kept else '?'}"
    return {
        "strip": [(bar, f"{also}from={bar.year}&to={bar.year}") for bar in bars],
        "strip_width": _YEAR_WIDTH * len(bars),
        "bands": bands(
            terms,
            first_year=bars[0].year,
            last_year=bars[-1].year,
            today=today,
            width=_YEAR_WIDTH,
        ),
    }
