"""Sets of events as whole numbers, a bit for each event: counted and joined in microseconds. Pure.

Python's integers are the bitmaps: a hundred thousand events are 12.5 kB for each value of each
facet. Values in, values out: where the rows come from is told in `events.standing`.
"""

from array import array
from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

Value = str | int

_ONE = ord("1")
_NO_NUMBER = -1
# More than any id of this record will ever have, with a sign.
_BITS_OF_AN_ID = 48
_BITS_OF_COARSENESS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one event; days are ordinals of the calendar.

    `values` are pairs of facet and value, such as ("country", "KR").
    """

    id: int
    starts_on: int
    last_possible_on: int
    oldest_first_on: int
    coarseness: int
    values: tuple[tuple[str, Value], ...]


def mask_of(numbers: Iterable[int], size: int) -> int:
    """The bitmap with those bits set; `size` is more than each of them."""
    written = bytearray(b"0") * (size + 1)
    for number in numbers:
        written[number] = _ONE
    written.reverse()
    return int(written, 2)


def numbers_of(mask: int) -> Iterator[int]:
    """The bits that are set, the lowest first."""
    written = f"{mask:b}"[::-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)


def _key_of(day: int, coarseness: int, pk: int) -> int:
    """The three as one number in the same order: a sixth of the memory of a tuple.

    A coarseness is one of a few, and an id may be negative too.
    """
    return ((day << _BITS_OF_COARSENESS) + coarseness << _BITS_OF_AN_ID) + pk


class Bitmaps:
    """All events of a record by facet, year and order. Changes make a new one."""

    def __init__(self) -> None:
        self.everything = 0
        # Each event has a number, its bit; one that is free is given again. Listed by id: ids come
        # from a sequence, and thousands are looked up in a list several times as fast as in a dict.
        self._numbers = array("i")
        self._ids = array("q")
        self._starts = array("i")
        self._ends = array("i")
        self._oldest_first = array("i")
        self._coarseness = array("b")
        self._masks: dict[str, dict[Value, int]] = {}
        self._orders = {"newest": array("i"), "oldest": array("i")}

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Bitmaps":
        """The bitmaps of a record, from all its rows."""
        made = cls()
        # In arrays: what is needed only while the bitmaps are made is never given back.
        found: dict[str, dict[Value, array[int]]] = {}
        for number, row in enumerate(rows):
            made._put(number, row)
            for facet, value in row.values:
                numbers = found.setdefault(facet, {}).get(value)
                if numbers is None:
                    numbers = found[facet][value] = array("i")
                numbers.append(number)
        size = len(made._ids)
        made.everything = (1 << size) - 1
        for facet, values in found.items():
            masks = made._masks.setdefault(facet, {})
            while values:
                value, numbers = values.popitem()
                masks[value] = mask_of(numbers, size)
        for order in made._orders:
            made._orders[order] = array("i", sorted(range(size), key=made._key(order)))
        return made

    def with_changes(self, changed: Collection[int], rows: Iterable[Row]) -> "Bitmaps":
        """The record after events of the ids `changed` became `rows`; one without a row is gone."""
        made = self._copy()
        left = [number for pk in changed if (number := made._take_out(pk)) != _NO_NUMBER]
        for number in left:
            for walk in made._orders.values():
                del walk[walk.index(number)]
        kept = made.everything ^ mask_of(left, len(made._ids))
        made.everything = kept
        made._masks = {
            facet: {value: mask & kept for value, mask in values.items()}
            for facet, values in made._masks.items()
        }
        for row in rows:
            free = (~made.everything & (made.everything + 1)).bit_length() - 1
            made._put(free, row)
            bit = 1 << free
            made.everything |= bit
            for facet, value in row.values:
                masks = made._masks.setdefault(facet, {})
                masks[value] = masks.get(value, 0) | bit
            for order, walk in made._orders.items():
                insort(walk, free, key=made._key(order))
        return made

    def _copy(self) -> "Bitmaps":
        made = Bitmaps()
        made.everything = self.everything
        made._masks = self._masks
        made._orders = {order: walk[:] for order, walk in self._orders.items()}
        for name in ("_numbers", "_ids", "_starts", "_ends", "_oldest_first", "_coarseness"):
            setattr(made, name, getattr(self, name)[:])
        return made

    def _take_out(self, pk: int) -> int:
        """Forget the event's number and return it."""
        if pk >= len(self._numbers):
            return _NO_NUMBER
        number, self._numbers[pk] = self._numbers[pk], _NO_NUMBER
        return number

    def _put(self, number: int, row: Row) -> None:
        missing = row.id + 1 - len(self._numbers)
        self._numbers.extend([_NO_NUMBER] * missing)
        self._numbers[row.id] = number
        for column, value in (
            (self._ids, row.id),
            (self._starts, row.starts_on),
            (self._ends, row.last_possible_on),
            (self._oldest_first, row.oldest_first_on),
            (self._coarseness, row.coarseness),
        ):
            if number == len(column):
                column.append(value)
            else:
                column[number] = value

    def _key(self, order: str) -> Callable[[int], int]:
        """The order of `EventQuerySet.newest_first` or `oldest_first`."""
        coarseness, ids = self._coarseness, self._ids
        if order == "newest":
            starts = self._starts
            return lambda number: _key_of(-starts[number], coarseness[number], -ids[number])
        days = self._oldest_first
        return lambda number: _key_of(days[number], coarseness[number], ids[number])

    def having(self, facet: str, values: Iterable[Value]) -> int:
        """The events with any of the values."""
        masks = self._masks.get(facet, {})
        found = 0
        for value in values:
            found |= masks.get(value, 0)
        return found

    def among(self, ids: Iterable[int]) -> int:
        """The events of these ids; an id of none is left out."""
        numbers, end = self._numbers, len(self._numbers)
        found = (numbers[pk] for pk in ids if pk < end)
        return mask_of((number for number in found if number != _NO_NUMBER), len(self._ids))

    def begun_by(self, day: int, year: int) -> int:
        """The events that start on the `day` of that `year` or before."""
        return self._by_day(
            "begins", year, lambda other: other < year, self._starts, lambda d: d <= day
        )

    def not_over_before(self, day: int, year: int) -> int:
        """The events that may have gone on, or come, on the `day` of that `year` or after."""
        return self._by_day(
            "ends", year, lambda other: other > year, self._ends, lambda d: d >= day
        )

    def _by_day(
        self,
        facet: str,
        year: int,
        is_whole: Callable[[Any], bool],
        days: Mapping[int, int] | Any,
        fits: Callable[[int], bool],
    ) -> int:
        masks = self._masks.get(facet, {})
        found = self.having(facet, [other for other in masks if is_whole(other)])
        of_year = (number for number in numbers_of(masks.get(year, 0)) if fits(days[number]))
        return found | mask_of(of_year, len(self._ids))

    def counted(self, facet: str, beside: int) -> dict[Value, int]:
        """How many of the events of `beside` have each value; no entry for none."""
        masks = self._masks.get(facet, {})
        numbers = ((value, (mask & beside).bit_count()) for value, mask in masks.items())
        return {value: number for value, number in numbers if number}

    def number_of_both(self, facet: str, value: Value, other: Value) -> int:
        """How many events have both values of a facet."""
        masks = self._masks.get(facet, {})
        return (masks.get(value, 0) & masks.get(other, 0)).bit_count()

    def years(self) -> list[int]:
        """The years in which an event begins, in their order."""
        return sorted(int(year) for year, mask in self._masks.get("begins", {}).items() if mask)

    def page(
        self, mask: int, order: str, after: tuple[int, int, int] | None, size: int
    ) -> list[tuple[int, int, int]]:
        """The first `size` events of `mask` in this order, each by its day, coarseness and id.

        They follow `after`, which is given by the same three.
        """
        walk = self._orders[order]
        start = 0
        if after is not None:
            day, coarseness, pk = after
            if order == "newest":
                start = bisect_right(walk, _key_of(-day, coarseness, -pk), key=self._key(order))
            else:
                start = bisect_right(walk, _key_of(day, coarseness, pk), key=self._key(order))
        bits = f"{mask:0{len(self._ids)}b}".encode()[::-1]
        found = (number for number in walk[start:] if bits[number] == _ONE)
        days = self._starts if order == "newest" else self._oldest_first
        return [
            (days[number], self._coarseness[number], self._ids[number])
            for number in islice(found, size)
        ]
