"""The charts of the record by name, each with what a page, a file or a worker needs of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.charts import engine
from events.charts.comparison import comparison_named
from events.charts.drawings import Drawable, Sheet
from events.charts.figures import (
    FIRST_YEAR,
    KINDS,
    Figures,
    count_by_year,
    coverage_of,
    finding,
    finding_of_one,
)
from events.charts.names import COMPARE
from events.charts.spec import (
    ALONE,
    ON_A_PAGE,
    SIZES,
    WIDE,
    Spec,
    Texts,
    Timeline,
    spec_of_contacts,
)
from events.contacts import Contact, contacts_of_leaders
from events.glance import reach
from events.incumbents import terms_of_heads
from events.models import Country, Event, Person, Term
from events.wording import day_in_words, year_name

CONTACTS = "contacts"
OF_ONE = "contacts-of-"
STANDING = (CONTACTS,)
"""Those that are drawn before anybody asks."""

_FEWEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One year of the table; `coverage` is empty where it is covered whole."""

    year: str
    counts: list[int | None]
    total: int
    coverage: str
    address: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language; its drawings are found apart (events/charts/drawings.py).

    Of all leaders, or of one `person`. Its texts are read in the active language, which must be
    its own.
    """

    name: str
    language: str
    figures: Figures
    terms: Sequence[Term]
    person: Person | None = None

    @property
    def headline(self) -> str:
        if self.person is not None:
            return finding_of_one(self.person.name, self.figures)
        return finding(self.figures)

    @property
    def description(self) -> str:
        """What is counted, from when and how far."""
        facts = {
            "year": self.figures.covered_from.year,
            "day": day_in_words(self.figures.reaches),
        }
        if self.person is not None:
            words = _(
                "Summits, visits, trilateral summits and calls in which %(name)s took part, by "
                "year. The record is selective before %(year)s and reaches to %(day)s: what is "
                "hatched may lack contacts. Below the bars, the terms of office."
            )
            return words % {**facts, "name": self.person.name}
        words = _(
            "Summits, visits, trilateral summits and calls in which the president of Korea and "
            "the prime minister of Japan of the day both took part, by year. The record is "
            "selective before %(year)s and reaches to %(day)s: what is hatched may lack contacts. "
            "Only the whole years between are compared. Below the bars, the terms of office."
        )
        return words % facts

    @property
    def kinds(self) -> list[str]:
        """In the order of the counts in a row."""
        return [str(Event.Kind(kind).label) for kind in KINDS]

    @property
    def governments(self) -> list[Country]:
        """Those whose terms are the bands, from above."""
        by_code = {term.office.country_id: term.office.country for term in self.terms}
        return [by_code[code] for code in ON_A_PAGE.governments if code in by_code]

    @property
    def rows(self) -> list[Row]:
        """The years that have contacts or are known to have none, newest first."""
        timeline = self._timeline()
        return [
            Row(
                year=year_name(year.number),
                counts=year.known,
                total=year.total,
                coverage=coverage_of(self.figures, year),
                address=timeline.of(year.number),
            )
            for year in reversed(self.figures.years)
            if year.total or year.is_whole
        ]

    @property
    def sheets(self) -> list[Sheet]:
        """What is drawn of it for pages, the widest first."""
        timeline = self._timeline(engine.SITE)
        return [
            Sheet(
                f"{self.name}-{size.name}",
                spec_of_contacts(
                    self.figures, self.terms, size=size, palette=ON_A_PAGE, timeline=timeline
                ),
            )
            for size in SIZES
        ]

    def spec(self, site: str) -> Spec:
        """The specification for whoever wants to draw it elsewhere; `site` begins its links."""
        return spec_of_contacts(
            self.figures,
            self.terms,
            size=WIDE,
            palette=ALONE,
            timeline=self._timeline(site),
            texts=Texts(
                self.headline, self.description, _("Source: Seoul–Tokyo Record, CC BY 4.0")
            ),
        )

    @property
    def table(self) -> Iterator[Sequence[Any]]:
        """Every year as rows of a CSV file, the names of the columns first.

        What is not known is empty, never 0.
        """
        yield ["year", *(kind.lower() for kind in KINDS), "total", "coverage"]
        for year in self.figures.years:
            total = year.total if year.total or year.is_whole else None
            coverage = coverage_of(self.figures, year) or _("whole year")
            yield [year.number, *year.known, total, coverage]

    def _timeline(self, site: str = "") -> Timeline:
        return Timeline(site + reverse("events:timeline"), self.person.slug if self.person else "")


def chart_of_contacts(
    language: str,
    *,
    today: date,
    contacts: Sequence[Contact] | None = None,
    terms: Sequence[Term] | None = None,
) -> Chart:
    """Leaders' contacts by year and kind since 1965. Three queries, fewer with what is given."""
    with override(language):
        found = contacts_of_leaders() if contacts is None else contacts
        figures = count_by_year(
            [(one.kind, one.starts_on) for one in found],
            first=FIRST_YEAR,
            last=today.year,
            reaches=reach_of_the_record(today),
        )
        return Chart(CONTACTS, language, figures, terms_of_heads() if terms is None else terms)


def chart_of_one(language: str, person: Person, *, today: date) -> Chart | None:
    """The contacts of one person by year and kind; None without any. Three queries."""
    held = Event.objects.visible().filter(status=Event.Status.HELD)
    contacts = held.filter(kind__in=KINDS, participations__person=person)
    days = list(contacts.order_by().values_list("kind", "starts_on"))
    if not days:
        return None
    reaches = reach_of_the_record(today)
    years = [day.year for _kind, day in days]
    # A single year would be one bar as wide as the page.
    last = max(*years, min(min(years) + _FEWEST_YEARS - 1, today.year))
    first = min(*years, last - _FEWEST_YEARS + 1)
    with override(language):
        figures = count_by_year(days, first=first, last=last, reaches=reaches)
        return Chart(f"{OF_ONE}{person.slug}", language, figures, terms_of_heads(), person)


def chart_named(name: str, language: str, *, today: date) -> Drawable | None:
    """The chart of that name; None where there is none."""
    if name == CONTACTS:
        return chart_of_contacts(language, today=today)
    if name.startswith(COMPARE):
        return comparison_named(name, language, reaches=reach_of_the_record(today))
    person = Person.objects.filter(slug=name.removeprefix(OF_ONE)).first()
    if person is None or not name.startswith(OF_ONE):
        return None
    return chart_of_one(language, person, today=today)


def sheets_of(names: Sequence[str], *, today: date) -> list[Sheet]:
    """What is drawn of the charts of those names in every language."""
    sheets = []
    for name in names:
        for language, _name in settings.LANGUAGES:
            chart = chart_named(name, language, today=today)
            if chart is not None:
                with override(language):
                    sheets += chart.sheets
    return sheets


def reach_of_the_record(today: date) -> date:
    """The day up to which charts and comparisons hold; one query."""
    held = Event.objects.visible().filter(status=Event.Status.HELD)
    return reach(today, held.aggregate(last=Max("last_possible_on"))["last"])
