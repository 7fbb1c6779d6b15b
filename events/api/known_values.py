"""Which values each parameter of the API knows: the timeline's, and those of other lists."""

from collections.abc import Collection

from django.http import QueryDict

from events.api.problems import bad_values
from events.filters import TimelineFilter
from events.follow_through import Standing
from events.models import Event, Office


def known_values() -> dict[str, list[str]]:
    """By parameter, in their own order; as the query string writes them."""
    timeline = TimelineFilter(QueryDict(), queryset=Event.objects.none())
    known = {name: list(values) for name, values in timeline.known.items()}
    return {
        **known,
        "issuer": known["country"],
        "person": known["leader"],
        "office": sorted(set(Office.objects.values_list("slug", flat=True))),
        "standing": [standing.value for standing in Standing],
    }


def refuse_unknown(**given: Collection[str]) -> None:
    """Raises Refused for values that are not known, each with its parameter."""
    if not any(given.values()):
        return
    known = known_values()
    errors = [
        (name, f"“{value[:40]}” is not known here")
        for name, values in given.items()
        for value in values
        if value not in known[name]
    ]
    if errors:
        raise bad_values(*errors)
