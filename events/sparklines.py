"""How many events there were in each year, as small bars. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Heights are in steps of the fullest year, which has all of them.
STEPS = 20
# A bar of two units and a gap of one.
_PACE = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its number of events, and the height of its bar in steps."""

    year: int
    count: int
    height: int
    is_selective: bool
    """Whether the year lies before the record's coverage, so that few say little."""

    @property
    def is_labelled(self) -> bool:
        return self.year % 5 == 0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The years that have events as bars two units wide, and the size of the whole.

    All bars are two SVG paths, not an element each: a page has many sparklines.
    """

    width: int
    height: int
    covered: str
    selective: str
    """Those of the years before the record's coverage."""


def bars_by_year(counts: Mapping[int, int], years: range, *, covered_from: int) -> list[Bar]:
    """A bar for each of the years, those without events too."""
    fullest = max((counts.get(year, 0) for year in years), default=0)
    bars = []
    for year in years:
        number = counts.get(year, 0)
        # A year with anything at all has a bar that can be seen.
        height = max(1, round(STEPS * number / fullest)) if number else 0
        bars.append(Bar(year, number, height, year < covered_from))
    return bars


def sparkline(bars: Iterable[Bar]) -> Sparkline:
    placed = list(enumerate(bars))
    covered, selective = (
        "".join(
            f"M{position * _PACE} {STEPS}v-{bar.height}h2v{bar.height}z"
            for position, bar in placed
            if bar.count and bar.is_selective == is_selective
        )
        for is_selective in (False, True)
    )
    return Sparkline(len(placed) * _PACE, STEPS, covered, selective)


def fullest_years(counts: Mapping[int, int]) -> tuple[list[int], int]:
    """The years with the most events, and how many that is."""
    most = max(counts.values(), default=0)
    return sorted(year for year, number in counts.items() if number == most), most
