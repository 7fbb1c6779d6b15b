"""The timeline's numbers for the API: how many events each choice would show."""

from typing import Any

from events.api.texts import text_of
from events.api.written import Written
from events.facets import count_everything
from events.filters import TimelineFilter
from events.past import day_in_force

_FACETS = ("country", "where", "topic", "leader", "kind", "status")


def read_facets(chosen: TimelineFilter | None) -> Written:
    """Counted from the standing record, no query of its own but a search's.

    None stands for a span that has no event.
    """
    if chosen is None:
        empty: dict[str, Any] = {name: [] for name in _FACETS}
        return {"as_of": day_in_force(), "total": 0, **empty, "years": []}
    counts = count_everything(chosen)
    facets = {
        name: [
            {"value": value, "name": text_of(row) if hasattr(row, "name_en") else None, "events": n}
            for value, row in chosen.known[name].items()
            if (n := counts.by_value[name].get(value, 0))
        ]
        for name in _FACETS
    }
    years = [{"year": year, "events": n} for year, n in sorted(counts.by_year.items()) if n]
    return {"as_of": day_in_force(), "total": counts.total, **facets, "years": years}
