"""How firsts and counts, and the rules behind them, are said in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.wording import date_in_words, locale_now, year_name


@dataclass(frozen=True, slots=True)
class Rule:
    """How something was counted, in sentences of the reader's language."""

    population: str
    filter: str
    window: str
    ties: str
    coverage: str

    def __str__(self) -> str:
        # Japanese sets no space between sentences.
        space = "" if (get_language() or "en")[:2] == "ja" else " "
        return space.join((self.population, self.filter, self.window, self.ties, self.coverage))


def ordinal(number: int) -> str:
    """ "12th"; the bare number in languages whose texts put the counter behind it."""
    if locale_now().language != "en":
        return str(number)
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def nth_meeting(number: int) -> str:
    if number == 1:
        return _("Their first meeting in person")
    return _("Their %(ordinal)s meeting in person") % {"ordinal": ordinal(number)}


def nth_call(number: int) -> str:
    if number == 1:
        return _("Their first call")
    return _("Their %(ordinal)s call") % {"ordinal": ordinal(number)}


def rule_of_meetings(president: str, minister: str, begins: date) -> Rule:
    return Rule(
        _("Meetings in person of President %(president)s and Prime Minister %(minister)s.")
        % {"president": president, "minister": minister},
        _(
            "Summits and visits in which both took part count, bilateral or on the margins of"
            " another occasion; trilateral and multilateral meetings, summits by video and short"
            " encounters do not. A visit and the talks during it count once."
        ),
        _in_office(),
        _(
            "Clock times decide within one day; there is no number where the order of two"
            " meetings is not known."
        ),
        _coverage_of_pairs(begins),
    )


def rule_of_calls(president: str, minister: str, begins: date) -> Rule:
    return Rule(
        _("Calls between President %(president)s and Prime Minister %(minister)s.")
        % {"president": president, "minister": minister},
        _(
            "Calls of the two by phone or video count; a summit by video, or a call with the"
            " leader of a third country, does not."
        ),
        _in_office(),
        _(
            "Clock times decide within one day; there is no number where the order of two calls"
            " is not known."
        ),
        _coverage_of_pairs(begins),
    )


def _in_office() -> str:
    return _(
        "The count runs up to this event and covers the days on which both were in office;"
        " a president-elect or acting president is not counted."
    )


def _coverage_of_pairs(begins: date) -> str:
    return _(
        "Only leaders who first shared office in %(year)s or later are counted: before that the"
        " record is selective. Numbers are of what the record holds."
    ) % {"year": year_name(begins.year)}


@dataclass(frozen=True, slots=True)
class WordsOfVisits:
    """How one kind of visit is spoken of; the texts are translated when they are asked for."""

    first_since: Callable[[], str]
    population: Callable[[], str]
    filter: Callable[[], str]
    coverage: Callable[[], str]

    def headline(self, host: str, *, since: date, precision: str, months: int) -> str:
        month = date_in_words("YEAR" if precision == "YEAR" else "MONTH", since)
        length = length_in_words(months)
        return self.first_since() % {**_who_and_where(host), "month": month, "length": length}

    def rule(self, host: str, begins: date) -> Rule:
        return Rule(
            self.population() % _who_and_where(host),
            self.filter(),
            _(
                "The time without one is counted in full months, from the last day of the visit"
                " before to the first day of this one."
            ),
            _("Nothing is claimed where another visit may have come in between."),
            self.coverage() % {"year": year_name(begins.year)},
        )


def _since_the_record_is_dense() -> str:
    return _("Visits count from %(year)s on: before that the record is selective.")


def _bilateral_only() -> str:
    return _(
        "A stay counts if the record has bilateral talks or a bilateral visit in it; one for a"
        " ceremony, games, a trilateral summit or a multilateral meeting does not. All entries"
        " about one stay count once."
    )


VISITS_OF_ANY_PURPOSE = WordsOfVisits(
    lambda: _(
        "First visit of any purpose by %(visitor)s to %(country)s since %(month)s, after %(length)s"
    ),
    lambda: _("Visits of any purpose by %(visitor)s to %(country)s."),
    lambda: _(
        "Every stay counts in which the record has the visitor take part in something in person,"
        " ceremonies, games, trilateral summits and multilateral meetings included. All entries"
        " about one stay count once."
    ),
    lambda: _(
        "Visits count from %(year)s on: before that the record lacks trips to multilateral"
        " meetings without talks of the two leaders."
    ),
)

BILATERAL_VISITS = WordsOfVisits(
    lambda: _(
        "First bilateral visit by %(visitor)s to %(country)s since %(month)s, after %(length)s"
    ),
    lambda: _("Bilateral visits by %(visitor)s to %(country)s."),
    _bilateral_only,
    _since_the_record_is_dense,
)

BILATERAL_VISITS_OUTSIDE_THE_CAPITAL = WordsOfVisits(
    lambda: _(
        "Among bilateral visits, the first by %(visitor)s to %(country)s outside %(capital)s"
        " since %(month)s, after %(length)s"
    ),
    lambda: _("Bilateral visits by %(visitor)s to %(country)s with a place outside %(capital)s."),
    _bilateral_only,
    _since_the_record_is_dense,
)


def _who_and_where(host: str) -> dict[str, str]:
    if host == "KR":
        visitor, country, capital = _("a Japanese prime minister"), _("Korea"), _("Seoul")
    else:
        visitor, country, capital = _("a Korean president"), _("Japan"), _("Tokyo")
    return {"visitor": visitor, "country": country, "capital": capital}


def length_in_words(months: int) -> str:
    """ "11 years and 6 months", "2 years", "5 months"."""
    years, rest = divmod(months, 12)
    of_years = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    of_months = ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest}
    if not rest:
        return of_years
    if not years:
        return of_months
    return _("%(years)s and %(months)s") % {"years": of_years, "months": of_months}
