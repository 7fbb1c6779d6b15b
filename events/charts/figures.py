"""Leaders' contacts by year and kind, and what can be said of them. Values in, values out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.ordinals import COVERAGE_BEGINS
from events.wording import day_in_words, listed, number_in_words, year_name

FIRST_YEAR = 1965
"""Of the treaty from which the record begins."""

KINDS = ("SUMMIT", "VISIT", "TRILATERAL_SUMMIT", "CALL")
"""As they stand on one another, from the bottom."""

_MOST_YEARS_NAMED = 4


@dataclass(frozen=True, slots=True)
class Year:
    """The contacts of one year by kind."""

    number: int
    counts: tuple[int, ...]
    """In the order of KINDS."""
    is_whole: bool
    """Whether the record covers it from its first day to its last."""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def known(self) -> list[int | None]:
        """The counts; None for a kind of which there is none, but may have been some."""
        return [number if number or self.is_whole else None for number in self.counts]


@dataclass(frozen=True, slots=True)
class Figures:
    """Every year since the first, those without contacts too, and how far the record reaches."""

    years: tuple[Year, ...]
    covered_from: date
    reaches: date
    """The last day up to which a missing contact says anything."""

    @property
    def whole_years(self) -> list[Year]:
        return [year for year in self.years if year.is_whole]


def count_by_year(
    held: Iterable[tuple[str, date]],
    *,
    first: int,
    last: int,
    reaches: date,
    covered_from: date = COVERAGE_BEGINS,
) -> Figures:
    """Count what was held, given by kind and first day, from the year `first` to `last`.

    What lies after `reaches` does not count; earlier years are added where something lies there.
    """
    counts = Counter((day.year, kind) for kind, day in held if day <= reaches)
    first = min([first, *(year for year, _kind in counts)])
    years = (
        Year(
            number,
            tuple(counts[number, kind] for kind in KINDS),
            is_whole=covered_from <= date(number, 1, 1) and date(number, 12, 31) <= reaches,
        )
        for number in range(first, max(first, last) + 1)
    )
    return Figures(tuple(years), covered_from, reaches)


def finding(figures: Figures) -> str:
    """What the chart shows in a sentence: the fullest and the emptiest of the whole years."""
    years = figures.whole_years
    totals = {year.total for year in years}
    if not any(totals):
        return _("The record holds no contact of the two leaders in a year that it covers whole")
    if len(totals) == 1:
        number = totals.pop()
        return ngettext(
            "The record holds %(shown)s contact of the two leaders in each year from %(first)s to "
            "%(last)s",
            "The record holds %(shown)s contacts of the two leaders in each year from %(first)s "
            "to %(last)s",
            number,
        ) % {
            "shown": number_in_words(number),
            "first": year_name(years[0].number),
            "last": year_name(years[-1].number),
        }
    return _(
        "The record holds the most contacts of the two leaders for %(fullest)s, the fewest for "
        "%(emptiest)s"
    ) % {
        "fullest": _with_number(years, max(totals)),
        "emptiest": _with_number(years, min(totals)),
    }


def finding_of_one(name: str, figures: Figures) -> str:
    """What the chart of one person shows: the fullest years, covered whole or not."""
    most = max(year.total for year in figures.years)
    return _("The record holds the most contacts of %(name)s for %(fullest)s") % {
        "name": name,
        "fullest": _with_number(figures.years, most),
    }


def _with_number(years: Sequence[Year], total: int) -> str:
    """The years with that many contacts, and how many; "3 of 28 years" where none is named."""
    found = [year.number for year in years if year.total == total]
    if len(found) <= _MOST_YEARS_NAMED:
        named = listed(year_name(number) for number in found)
    else:
        named = _("%(number)s of %(all)s years") % {
            "number": number_in_words(len(found)),
            "all": number_in_words(len(years)),
        }
    told = _("%(years)s (%(number)s)") if len(found) == 1 else _("%(years)s (%(number)s each)")
    return told % {"years": named, "number": number_in_words(total)}


def coverage_of(figures: Figures, year: Year) -> str:
    """How far a year is covered, in words; empty for a whole one."""
    if year.is_whole:
        return ""
    if date(year.number, 1, 1) < figures.covered_from:
        return _("selective")
    if figures.reaches < date(year.number, 1, 1):
        return _("not covered yet")
    return _("to %(day)s") % {"day": day_in_words(figures.reaches)}
