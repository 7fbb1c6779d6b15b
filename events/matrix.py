"""Who mentioned what: the points of all accounts by topic and government. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from events.models import Country, Point, Silence, Topic


class State(StrEnum):
    """What one government's accounts have on a topic."""

    SAID = "said"
    SILENT = "silent"
    """A source tells that the account leaves it out."""
    NOTHING = "nothing"
    """No point is recorded, which says nothing about the account."""
    NO_READOUT = "no_readout"


@dataclass(frozen=True, slots=True)
class Cell:
    """One government's accounts on one topic."""

    country: Country
    state: State
    points: tuple[Point, ...] = ()
    silence: Silence | None = None

    @property
    def stances(self) -> list[str]:
        """How it was said, each way once, in the order of the accounts."""
        return list(dict.fromkeys(str(point.get_stance_display()) for point in self.points))


@dataclass(frozen=True, slots=True)
class Row:
    """One topic across the governments; None gathers the points that have no topic."""

    topic: Topic | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one government published: its points and silences; whether anything is recorded."""

    country: Country
    points: Sequence[Point]
    silences: Sequence[Silence]
    has_readout: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by governments, and in which accounts each topic is recorded."""

    countries: tuple[Country, ...]
    rows: tuple[Row, ...]

    @property
    def in_all(self) -> list[Topic]:
        """Topics on which every government's accounts have a point."""
        return [
            row.topic
            for row in self.rows
            if row.topic and all(cell.state == State.SAID for cell in row.cells)
        ]

    @property
    def in_one(self) -> list[tuple[Country, list[Topic]]]:
        """By government: topics on which its accounts alone have a point."""
        found: dict[str, tuple[Country, list[Topic]]] = {}
        for row in self.rows:
            said = [cell for cell in row.cells if cell.state == State.SAID]
            if row.topic and len(said) == 1:
                country = said[0].country
                found.setdefault(country.code, (country, []))[1].append(row.topic)
        return [found[country.code] for country in self.countries if country.code in found]


def matrix_of(accounts: Iterable[Account]) -> Matrix | None:
    """The topics of the accounts in their published order, those without one last.

    None where nothing is recorded of any account.
    """
    sides = list(accounts)
    topics: dict[int, Topic] = {}
    loose = False
    for side in sides:
        for point in side.points:
            if point.topic is None:
                loose = True
            else:
                topics[point.topic.pk] = point.topic
        topics.update((silence.topic.pk, silence.topic) for silence in side.silences)
    if not (topics or loose):
        return None
    listed: list[Topic | None] = [topics[key] for key in sorted(topics)]
    rows = [
        Row(topic, tuple(_cell(side, topic) for side in sides))
        for topic in [*listed, *([None] if loose else [])]
    ]
    return Matrix(tuple(side.country for side in sides), tuple(rows))


def _cell(side: Account, topic: Topic | None) -> Cell:
    key = topic.pk if topic else None
    points = tuple(p for p in side.points if (p.topic.pk if p.topic else None) == key)
    silence = next((s for s in side.silences if s.topic.pk == key), None)
    if points:
        return Cell(side.country, State.SAID, points, silence)
    if silence:
        return Cell(side.country, State.SILENT, silence=silence)
    return Cell(side.country, State.NOTHING if side.has_readout else State.NO_READOUT)
