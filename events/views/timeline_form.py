"""The timeline's filter form: its facets with their counts, and the strip of years."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from events.facets import Counts
from events.filters import ORDERS, TimelineFilter
from events.models import Country

# Of the countries that may have acted, these are always offered; others where they did.
_ALWAYS_OFFERED = 4
_STEPS = 20


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
    """One key of the query string as the form shows it: boxes to tick, and a list to add from."""

    name: str
    label: Any
    options: list[Option]
    errors: list[str]
    is_open: bool
    more: list[Option] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the strip; `height` is in steps of a twentieth of the fullest year."""

    year: int
    count: int
    height: int
    is_on: bool
    is_labelled: bool


def label_of(chosen: TimelineFilter, name: str, value: str) -> str:
    """How a value reads: the name of a country, topic or person, the words of a kind."""
    return chosen.labels(name)[value] if name in chosen.known else value


def _options(chosen: TimelineFilter, name: str, counts: Counts) -> list[Option]:
    """The values of one key in their own order."""
    picked = set(chosen.chosen[name])
    numbers, labels = counts.by_value.get(name, {}), chosen.labels(name)
    return [
        Option(
            value=value,
            label=labels[value],
            count=numbers.get(value, 0),
            is_chosen=value in picked,
            country=chosen.countries[value] if name in ("country", "where") else None,
        )
        for value in chosen.known[name]
    ]


def _errors(chosen: TimelineFilter, name: str) -> list[str]:
    return [str(message) for message in chosen.errors.get(name, [])]


def _boxes(chosen: TimelineFilter, name: str, counts: Counts, *, is_open: bool) -> Facet:
    options = _options(chosen, name, counts)
    if name == "country":
        options = [
            option
            for position, option in enumerate(options)
            if position < _ALWAYS_OFFERED or option.count or option.is_chosen
        ]
    return Facet(
        name=name,
        label=chosen.filters[name].label,
        options=options,
        errors=_errors(chosen, name),
        is_open=is_open or bool(chosen.chosen[name]) or name in chosen.errors,
    )


def _long_list(chosen: TimelineFilter, name: str, counts: Counts) -> Facet:
    """A key of many values: those chosen as boxes, the rest to add from a list."""
    options = _options(chosen, name, counts)
    return Facet(
        name=name,
        label=chosen.filters[name].label,
        options=[option for option in options if option.is_chosen],
        errors=_errors(chosen, name),
        is_open=bool(chosen.chosen[name]) or name in chosen.errors,
        more=[option for option in options if not option.is_chosen],
    )


def form_of(chosen: TimelineFilter, counts: Counts) -> dict[str, Any]:
    """What the filter form prints."""
    asks = chosen.chosen["leader"] or chosen.chosen["with"]
    companions = _options(chosen, "with", counts) if asks else []
    return {
        "facets": [
            _boxes(chosen, "country", counts, is_open=True),
            _boxes(chosen, "kind", counts, is_open=True),
            _boxes(chosen, "topic", counts, is_open=True),
            _long_list(chosen, "where", counts),
            _long_list(chosen, "leader", counts),
            _boxes(chosen, "status", counts, is_open=False),
        ],
        "companions": [
            option
            for option in companions
            if option.value not in chosen.chosen["leader"] and (option.count or option.is_chosen)
        ],
        "fields": {
            name: {
                "label": chosen.filters[name].label,
                "value": (chosen.data.get(name) or "")[:200].replace("\0", ""),
                "errors": _errors(chosen, name),
            }
            for name in ("q", "from", "to", "with", "order")
        },
        "orders": [
            {"value": value, "label": label, "is_chosen": value == chosen.reading_order}
            for value, label in ORDERS.items()
        ],
    }


def strip_of(chosen: TimelineFilter, counts: Counts, *, today: date) -> list[Bar]:
    """A bar for each year from the record's first to its last, or this one."""
    if counts.first_year is None:
        return []
    cleaned = chosen.form.cleaned_data
    begins, ends = cleaned.get("from"), cleaned.get("to")
    first = begins.first.year if begins else counts.first_year
    last = ends.last.year if ends else max(counts.last_year or 0, today.year)
    years = range(counts.first_year, max(counts.last_year or 0, today.year) + 1)
    fullest = max([counts.by_year.get(year, 0) for year in years] + [1])
    bars = []
    for year in years:
        number = counts.by_year.get(year, 0)
        # A year with anything at all has a bar that can be seen.
        height = max(1, round(_STEPS * number / fullest)) if number else 0
        is_labelled = year % 5 == 0
        bars.append(Bar(year, number, height, first <= year <= last, is_labelled))
    return bars
