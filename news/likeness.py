"""How like an event of the record a drafted one is, and in what they differ.

Pure: both come as `Telling`; nothing is read or written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Newspapers call one meeting by several kinds; the record has chosen one.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"SUMMIT", "VISIT"}),
    frozenset({"SUMMIT", "TRILATERAL_SUMMIT"}),
    frozenset({"MINISTERIAL", "VISIT"}),
    frozenset({"MINISTERIAL", "CALL"}),
    frozenset({"AGREEMENT", "STATEMENT"}),
    frozenset({"DISPUTE", "STATEMENT"}),
    frozenset({"CEREMONY", "STATEMENT"}),
)
# Newspapers date a call by their own day, a reader's Tuesday being the other side's Monday.
SLACK = timedelta(days=1)
# How far a meeting that was only planned may have been moved and still be the one that was planned.
MOVED_BY = timedelta(days=31)
OPEN = ("SCHEDULED", "POSTPONED")
# From this score on the page says "the same", below it only "perhaps".
LIKELY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event as an article or the record tells it; what is not known is empty.

    `people` are slugs of persons, `actors` codes of countries, `ends_on` the last day where there
    is one.
    """

    kind: str
    status: str
    precision: str
    starts_on: date
    ends_on: date | None = None
    people: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    occasion: str = ""
    channel: str = ""
    minutes: int | None = None

    @property
    def last_day(self) -> date:
        """The last day that the date covers."""
        if self.precision == "MONTH":
            return (self.starts_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if self.precision == "YEAR":
            return date(self.starts_on.year, 12, 31)
        return self.ends_on or self.starts_on

    @property
    def days(self) -> tuple[str, date, date]:
        return self.precision, self.starts_on, self.last_day


class Closeness(StrEnum):
    """How two dates lie to each other."""

    SAME_DAY = "same day"
    ON_A_DAY = "on a day of it"
    WITHIN = "within its dates"
    ROUGHLY = "its date is rough, and fits"
    NEXT_DAY = "a day apart"
    MOVED = "days apart, and it was only planned"


_POINTS = {
    Closeness.SAME_DAY: 4,
    Closeness.ON_A_DAY: 3,
    Closeness.WITHIN: 3,
    Closeness.NEXT_DAY: 1,
    Closeness.ROUGHLY: 0,
    Closeness.MOVED: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Why two tellings may be of one event."""

    same_kind: bool
    shared: frozenset[str]
    same_people: bool
    closeness: Closeness
    city: str

    @property
    def score(self) -> int:
        """The higher, the likelier."""
        return (
            2 * self.same_kind
            + min(3 * len(self.shared), 6)
            + self.same_people
            + _POINTS[self.closeness]
            + bool(self.city)
        )


class Standing(StrEnum):
    """What a candidate is to the record."""

    NEW = "new"
    SAME = "same"
    UPDATE = "update"


class Verdict(StrEnum):
    """What a drafted value is to the one on record."""

    AGREES = "agrees"
    FILLS = "fills"
    ADDS = "adds"
    DIFFERS = "differs"


def kindred(one: str, other: str) -> bool:
    """Whether two kinds may be names for one event."""
    return one == other or frozenset({one, other}) in ALIKE


def how_like(told: Telling, known: Telling) -> Likeness | None:
    """How like the event on record the one told is; None if they cannot be the same.

    They can if their kinds are kindred, their dates at most a day apart, and they share a
    participant or, where either names nobody, a country that acted. What was only planned may
    have been moved: then all participants and the kind must be the same.
    """
    shared = told.people & known.people
    is_named = bool(told.people and known.people)
    if not kindred(told.kind, known.kind) or not (
        shared if is_named else told.actors & known.actors
    ):
        return None
    same_people = bool(shared) and told.people == known.people
    closeness = _closeness(told, known)
    if closeness is None:
        may_be_moved = same_people and told.kind == known.kind and known.status in OPEN
        if not may_be_moved or _apart(told, known) > MOVED_BY:
            return None
        closeness = Closeness.MOVED
    return Likeness(
        same_kind=told.kind == known.kind,
        shared=shared,
        same_people=same_people,
        closeness=closeness,
        city=min(told.cities & known.cities, default=""),
    )


def standing(told: Telling, known: Telling, likeness: Likeness) -> Standing:
    """What a candidate is to the event that it is most like.

    An update tells of something planned that it took place, was put off or called off, or is to
    be on another day.
    """
    if likeness.score < LIKELY:
        return Standing.NEW
    is_elsewhen = told.starts_on > known.last_day or told.last_day < known.starts_on
    if known.status in OPEN and (told.status != known.status or is_elsewhen):
        return Standing.UPDATE
    return Standing.SAME


def verdicts(told: Telling, known: Telling) -> dict[str, Verdict]:
    """What each drafted field is to the record; a field that tells nothing is left out."""
    found = {
        "kind": _of_values(told.kind, known.kind),
        "status": _of_values(told.status, known.status),
        "date": _of_days(told, known),
        "people": _of_sets(told.people, known.people),
        "countries": _of_sets(told.actors, known.actors),
        "city": _of_sets(told.cities, known.cities),
        "occasion": _of_values(told.occasion, known.occasion),
        "channel": _of_values(told.channel, known.channel),
        "minutes": _of_values(told.minutes, known.minutes),
        "topics": _of_sets(told.topics, known.topics),
    }
    return {name: verdict for name, verdict in found.items() if verdict is not None}


def corrected(told: Telling, entered: Telling) -> list[str]:
    """The fields that an editor entered otherwise than they were drafted."""
    pairs = {
        "kind": (told.kind, entered.kind),
        "status": (told.status, entered.status),
        "date": (told.days, entered.days),
        "people": (told.people, entered.people),
        "countries": (told.actors, entered.actors),
        "city": (told.cities, entered.cities),
        "topics": (told.topics, entered.topics),
        "occasion": (told.occasion, entered.occasion),
        "minutes": (told.minutes, entered.minutes),
    }
    return [name for name, (one, other) in pairs.items() if one != other]


def _of_values(told: object, known: object) -> Verdict | None:
    if not told:
        return None
    if not known:
        return Verdict.FILLS
    return Verdict.AGREES if told == known else Verdict.DIFFERS


def _of_sets(told: frozenset[str], known: frozenset[str]) -> Verdict | None:
    if not told:
        return None
    if not known:
        return Verdict.FILLS
    return Verdict.AGREES if told <= known else Verdict.ADDS


def _of_days(told: Telling, known: Telling) -> Verdict:
    if told.days == known.days:
        return Verdict.AGREES
    if known.precision != "DAY" and _holds(known, told):
        return Verdict.FILLS
    # Less exact, but no contradiction.
    return Verdict.AGREES if told.precision != "DAY" and _holds(told, known) else Verdict.DIFFERS


def _holds(wide: Telling, narrow: Telling) -> bool:
    return wide.starts_on <= narrow.starts_on and narrow.last_day <= wide.last_day


def _apart(one: Telling, other: Telling) -> timedelta:
    return max(one.starts_on - other.last_day, other.starts_on - one.last_day, timedelta(0))


def _closeness(told: Telling, known: Telling) -> Closeness | None:
    if _apart(told, known) > SLACK:
        return None
    if known.precision in ("MONTH", "YEAR"):
        return Closeness.ROUGHLY
    if told.starts_on == known.starts_on and told.precision == "DAY":
        return Closeness.SAME_DAY
    if _apart(told, known):
        return Closeness.NEXT_DAY
    return Closeness.ON_A_DAY if told.starts_on == told.last_day else Closeness.WITHIN
