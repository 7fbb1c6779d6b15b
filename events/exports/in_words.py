"""What a file is of, in the reader's words."""

from typing import Any

from events.exports.wanted import Wanted
from events.filters import TimelineFilter, in_addresses
from events.models import Country, Event, Person, Topic

_ROWS: dict[str, tuple[type[Any], str]] = {
    "country": (Country, "code"),
    "where": (Country, "code"),
    "topic": (Topic, "slug"),
    "leader": (Person, "slug"),
    "with": (Person, "slug"),
}


def in_words(wanted: Wanted) -> str:
    """ "Kind: Summit, Call; Topic: Trade"; empty for all events. A query for each kind of name."""
    values: dict[str, list[str]] = {}
    for key, value in wanted.choices:
        values.setdefault(key, []).append(value)
    filters = TimelineFilter.get_filters()
    return "; ".join(
        f"{filters[key].label}: {', '.join(_named(key, some))}" for key, some in values.items()
    )


def _named(key: str, values: list[str]) -> list[str]:
    if key in _ROWS:
        model, column = _ROWS[key]
        rows = model.objects.filter(**{f"{column}__in": values})
        names = {getattr(row, column): row.name for row in rows}
    else:
        words = {"kind": Event.Kind.choices, "status": Event.Status.choices}.get(key, [])
        names = in_addresses(words)
    return [str(names.get(value, value)) for value in values]
