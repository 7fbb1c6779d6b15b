"""Who has met whom: presidents beside prime ministers. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from events.models import Term


@dataclass(frozen=True, slots=True)
class Head:
    """A president or prime minister with the days in office; an open term has no end."""

    slug: str
    name: str
    terms: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many events of the record two leaders took part in, and whether both ever held office
    at one time."""

    president: Head
    minister: Head
    number: int
    overlapped: bool

    @property
    def amount(self) -> int:
        """From 0 to 4, for its shade: none, 1–2, 3–5, 6–9, 10 or more."""
        return sum(self.number >= least for least in (1, 3, 6, 10))


def meetings_matrix(
    presidents: Sequence[Head], ministers: Sequence[Head], numbers: Mapping[tuple[str, str], int]
) -> list[tuple[Head, list[Cell]]]:
    """A row for each prime minister, a cell for each president; `numbers` by their slugs."""
    return [
        (
            minister,
            [
                Cell(
                    president=president,
                    minister=minister,
                    number=numbers.get((president.slug, minister.slug), 0),
                    overlapped=_overlap(president, minister),
                )
                for president in presidents
            ],
        )
        for minister in ministers
    ]


def _overlap(one: Head, other: Head) -> bool:
    return any(
        (ends is None or begins_too < ends) and (ends_too is None or begins < ends_too)
        for begins, ends in one.terms
        for begins_too, ends_too in other.terms
    )


def heads(terms: Iterable[Term], *, country: str, since: date) -> list[Head]:
    """Those of one country who held the office on `since` or later, in the order of their first
    such term; all their terms are kept."""
    of_each: dict[str, list[Term]] = {}
    for term in terms:
        if term.office.country_id == country:
            of_each.setdefault(term.person.slug, []).append(term)
    return [
        Head(slug, own[0].person.name, tuple((term.starts_on, term.ends_on) for term in own))
        for slug, own in of_each.items()
        if any(term.ends_on is None or term.ends_on > since for term in own)
    ]
