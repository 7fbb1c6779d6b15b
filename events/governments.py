"""What can be compared: two leaders in office at one time, or one with every counterpart.

Values in, values out; messages are in the reader's language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from events.charts.figures import FIRST_YEAR
from events.filters import unknown_values
from events.models import Term
from events.pairs import Head, heads
from events.wording import year_name

JOINT = "~"
"""Between the two leaders of a pair in addresses; no slug has it."""

RECORD_BEGINS = date(FIRST_YEAR, 1, 1)

Span = tuple[date, date | None]
"""A first day, and the day on which the next may begin; None without an end."""


class NotASideError(ValueError):
    """The value names nothing that can be compared; the message says why, for the reader."""


@dataclass(frozen=True, slots=True)
class Side:
    """A president and a prime minister while both were in office, or one of them alone."""

    president: Head | None
    minister: Head | None
    spans: tuple[Span, ...]
    """When in office, or in office together; oldest first."""
    counterparts: tuple[str, ...] = ()
    """Of one alone: those who held the other office at the same time."""

    @property
    def leaders(self) -> list[Head]:
        return [leader for leader in (self.president, self.minister) if leader]

    @property
    def is_pair(self) -> bool:
        return len(self.leaders) == 2

    @property
    def key(self) -> str:
        """As addresses write it."""
        return JOINT.join(leader.slug for leader in self.leaders)

    @property
    def name(self) -> str:
        if self.president and self.minister:
            return _("%(president)s – %(minister)s") % {
                "president": self.president.name,
                "minister": self.minister.name,
            }
        return self.leaders[0].name

    @property
    def people(self) -> dict[str, str]:
        """Who must have held the office of a country, by its code."""
        by_country = {"KR": self.president, "JP": self.minister}
        return {country: leader.slug for country, leader in by_country.items() if leader}

    @property
    def begins(self) -> date:
        return self.spans[0][0]

    @property
    def years(self) -> str:
        """ "2006–2007, 2012–2020"; "2025–" without an end."""
        return ", ".join(_years(*span) for span in self.spans)

    @property
    def is_of_the_record(self) -> bool:
        return any(ends is None or ends > RECORD_BEGINS for _begins, ends in self.spans)


def _years(begins: date, ends: date | None) -> str:
    if ends is None:
        return f"{begins.year}–"
    return "–".join(str(year) for year in dict.fromkeys([begins.year, ends.year]))


def together(one: Head, other: Head) -> tuple[Span, ...]:
    """When both held their offices; a day on which one follows the other is not shared."""
    return tuple(_common(one, other))


def _common(one: Head, other: Head) -> Iterator[Span]:
    for begins, ends in one.terms:
        for begins_too, ends_too in other.terms:
            known = [end for end in (ends, ends_too) if end is not None]
            first, end = max(begins, begins_too), min(known, default=None)
            if end is None or first < end:
                yield first, end


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody who may be compared, by slug and in the order of their terms."""

    presidents: Mapping[str, Head]
    ministers: Mapping[str, Head]
    others: Mapping[str, str] = field(default_factory=dict)
    """Names of people who never held either office, as far as a message needs them."""

    @property
    def slugs(self) -> set[str]:
        return {*self.presidents, *self.ministers}

    def alone(self, slug: str) -> Side:
        """One leader with every counterpart."""
        president, minister = self.presidents.get(slug), self.ministers.get(slug)
        # In the published order of countries, should anyone ever have held both offices.
        leader = president or minister
        assert leader is not None
        across = self.ministers if president else self.presidents
        counterparts = tuple(other for other in across if together(leader, across[other]))
        if president:
            return Side(president, None, president.terms, counterparts)
        return Side(None, minister, leader.terms, counterparts)

    def pairs(self) -> list[Side]:
        """Two who were in office at one time since the record begins, the latest first."""
        found = [
            Side(president, minister, spans)
            for president in self.presidents.values()
            for minister in self.ministers.values()
            if (spans := together(president, minister))
        ]
        of_the_record = [pair for pair in found if pair.is_of_the_record]
        return sorted(of_the_record, key=lambda pair: (pair.begins, pair.key), reverse=True)

    def alone_since_the_record_begins(self, leaders: Iterable[str]) -> list[Side]:
        """Each of these leaders alone, the latest first."""
        sides = [side for side in map(self.alone, leaders) if side.is_of_the_record]
        return sorted(sides, key=lambda side: (side.begins, side.key), reverse=True)

    def read(self, value: str) -> Side:
        """The side that an address names, its two leaders in either order.

        Raises NotASideError.
        """
        parts = value.split(JOINT)
        for part in parts:
            if part in self.others:
                message = _(
                    "%(name)s was never president of Korea or prime minister of Japan, and was "
                    "left out."
                )
                raise NotASideError(message % {"name": self.others[part]})
        if len(parts) > 2 or not self.slugs.issuperset(parts):
            raise NotASideError(unknown_values([value]).messages[0])
        side = self.alone(parts[0]) if len(parts) == 1 else self._pair(*parts)
        if not side.is_of_the_record:
            message = _("%(name)s: this was before %(year)s, where the record begins.")
            raise NotASideError(message % {"name": side.name, "year": year_name(FIRST_YEAR)})
        return side

    def _pair(self, one: str, other: str) -> Side:
        president = self.presidents.get(one) or self.presidents.get(other)
        minister = self.ministers.get(one) or self.ministers.get(other)
        if president is None or minister is None:
            raise NotASideError(
                _(
                    "A pair is one president of Korea and one prime minister of Japan. This was "
                    "left out."
                )
            )
        spans = together(president, minister)
        if not spans:
            message = _(
                "%(president)s and %(minister)s never held office at one time, and were left out."
            )
            names = {"president": president.name, "minister": minister.name}
            raise NotASideError(message % names)
        return Side(president, minister, spans)


def choices_of(terms: Sequence[Term], others: Mapping[str, str] | None = None) -> Choices:
    """Names are in the reader's language."""
    presidents, ministers = (
        {head.slug: head for head in heads(terms, country=country, since=date.min)}
        for country in ("KR", "JP")
    )
    return Choices(presidents, ministers, others or {})
