"""How many events each choice of the timeline would show: everything counted from bitmaps."""

from dataclasses import dataclass

from events.filters import TimelineFilter

# The largest number of filters for which it is worked out what their removal would show.
_MOST_REMOVALS = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of events beside the other filters: by key and value, by year, and in all."""

    by_value: dict[str, dict[str, int]]
    by_year: dict[int, int]
    total: int
    first_year: int | None
    """The first and the last year of the whole record; None for an empty one."""
    last_year: int | None


def count_everything(chosen: TimelineFilter) -> Counts:
    """The numbers of every facet, each with its own choices left out."""
    selection = chosen.selection
    bitmaps = selection.bitmaps

    def numbers(facet: str, *left_out: str) -> dict[str | int, int]:
        return bitmaps.counted(facet, selection.but(*left_out))

    topics = {topic.pk: slug for slug, topic in chosen.topics.items()}
    people = {person.pk: slug for slug, person in chosen.people.items()}
    by_value = {
        "country": _by(numbers("country", "country")),
        "where": _by(numbers("where", "where")),
        "topic": _by(numbers("topic", "topic"), topics),
        "leader": _by(numbers("leader", "leader"), people),
        "kind": {value.lower(): n for value, n in _by(numbers("kind", "kind")).items()},
        "status": {value.lower(): n for value, n in _by(numbers("status", "status")).items()},
    }
    if chosen.chosen["leader"] or chosen.chosen["with"]:
        by_value["with"] = _by(numbers("leader", "with"), people)
    # A window that reaches into the next year stands under the year in which it begins.
    by_year = {int(year): number for year, number in numbers("begins", "from", "to").items()}
    years = bitmaps.years()
    return Counts(
        by_value,
        by_year,
        selection.but().bit_count(),
        years[0] if years else None,
        years[-1] if years else None,
    )


def count_removals(chosen: TimelineFilter) -> dict[tuple[str, str], int]:
    """How many events there would be without each of the choices."""
    choices = chosen.choices[:_MOST_REMOVALS]
    return {(name, value): chosen.without(name, value).bit_count() for name, value in choices}


def _by(numbers: dict[str | int, int], names: dict[int, str] | None = None) -> dict[str, int]:
    """The same numbers by the values of the query string; a value of no name is left out."""
    if names is None:
        return {str(value): number for value, number in numbers.items()}
    return {names[pk]: number for pk, number in numbers.items() if pk in names}
