"""The chart of a comparison: contacts of one or two sides, counted from their first day on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from events.charts import engine
from events.charts.comparison_spec import spec_of_comparison
from events.charts.drawings import Sheet
from events.charts.names import keys_in, name_of_comparison
from events.charts.spec import ALONE, ON_A_PAGE, SIZES, WIDE, Spec, Texts
from events.comparing import Course, compare, course_of
from events.contacts import contacts_of_leaders
from events.governments import Choices, NotASideError, Side, choices_of
from events.incumbents import terms_of_heads
from events.ordinals import COVERAGE_BEGINS
from events.wording import day_in_words, number_in_words


@dataclass(frozen=True, slots=True)
class ComparisonChart:
    """A chart in one language, which must be the active one, like events/charts/chart.py's."""

    language: str
    courses: Sequence[Course]
    reaches: date

    @property
    def name(self) -> str:
        return name_of_comparison([course.side.key for course in self.courses])

    @property
    def headline(self) -> str:
        return compare(self.courses)

    @property
    def description(self) -> str:
        """What is counted, from when and how far, and what the lines cannot say."""
        words = [
            _(
                "Summits, visits, trilateral summits and calls in which the president of Korea "
                "and the prime minister of Japan of the day both took part, counted up from day "
                "0, the first day in office. The record reaches to %(day)s."
            )
            % {"day": day_in_words(self.reaches)}
        ]
        if any(course.is_selective for course in self.courses):
            selective = _(
                "It is selective before %(year)s: a line that stays level there does not say that "
                "there was no contact."
            )
            words.append(selective % {"year": COVERAGE_BEGINS.year})
        if any(len(course.stays) > 1 for course in self.courses):
            words.append(_("The days between two terms of office are left out."))
        if coarse := sum(course.coarse for course in self.courses):
            placed = ngettext(
                "%(shown)s contact whose day is not known stands at the first day possible.",
                "%(shown)s contacts whose day is not known stand at the first day possible.",
                coarse,
            )
            words.append(placed % {"shown": number_in_words(coarse)})
        return " ".join(words)

    @property
    def ended(self) -> bool:
        """Whether a line ends with somebody's leaving office, and below, with the record."""
        return not all(course.goes_on for course in self.courses)

    @property
    def going_on(self) -> bool:
        return any(course.goes_on for course in self.courses)

    @property
    def sheets(self) -> list[Sheet]:
        """What is drawn of it for pages, the widest first."""
        return [
            Sheet(
                f"{self.name}-{size.name}",
                spec_of_comparison(
                    self.courses,
                    size=size,
                    palette=ON_A_PAGE,
                    address_of=_address_at(engine.SITE) if size.has_links else None,
                ),
            )
            for size in SIZES
        ]

    def spec(self, site: str) -> Spec:
        """The specification for whoever wants to draw it elsewhere; `site` begins its links."""
        return spec_of_comparison(
            self.courses,
            size=WIDE,
            palette=ALONE,
            address_of=_address_at(site),
            texts=Texts(
                self.headline, self.description, _("Source: Seoul–Tokyo Record, CC BY 4.0")
            ),
        )

    @property
    def table(self) -> Iterator[Sequence[Any]]:
        """The points of each line as rows of a CSV file, the names of the columns first.

        Each line has a point without an event where it begins and one where it ends.
        """
        yield ["side", "day", "date", "precision", "contacts", "kind", "title", "event"]
        for course in self.courses:
            if not course.stays:
                continue
            key, first, last = course.side.key, course.stays[0].first, course.stays[-1].last
            yield [key, 0, first.isoformat(), "", 0, "", "", ""]
            for step in course.steps:
                one = step.contact
                told = [one.starts_on.isoformat(), one.precision.lower(), step.total]
                yield [key, step.day, *told, one.kind.lower(), one.title, one.slug]
            yield [key, course.days, last.isoformat(), "", course.total, "", "", ""]


def _address_at(site: str) -> Callable[[str], str]:
    """The address of an event by its slug, in the active language."""
    return lambda slug: site + reverse("events:event", args=[slug])


def chart_of(language: str, sides: Sequence[Side], *, reaches: date) -> ComparisonChart | None:
    """The chart of one or two sides; None without any. A query for each."""
    if not sides:
        return None
    with override(language):
        courses = [
            course_of(side, contacts_of_leaders(side.people), reaches=reaches) for side in sides
        ]
        return ComparisonChart(language, courses, reaches)


def comparison_named(name: str, language: str, *, reaches: date) -> ComparisonChart | None:
    """The chart of that name; None where its sides cannot be compared. Three queries."""
    with override(language):
        choices = choices_of(terms_of_heads())
        for keys in keys_in(name):
            sides = _read(choices, keys)
            if sides and name_of_comparison([side.key for side in sides]) == name:
                return chart_of(language, sides, reaches=reaches)
    return None


def _read(choices: Choices, keys: Sequence[str]) -> list[Side]:
    """The sides with those keys; none where one is no side or both are the same."""
    try:
        sides = [choices.read(key) for key in keys]
    except NotASideError:
        return []
    return sides if len({side.key for side in sides}) == len(sides) else []
