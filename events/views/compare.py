"""The page Compare: contacts of two governments after as many days in office."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.charts.chart import reach_of_the_record
from events.charts.comparison import chart_of
from events.comparing import Course, TopicShares, shares_by_topic
from events.contacts import topics_of
from events.governments import JOINT, Choices, NotASideError, Side, choices_of
from events.in_reader import reader_language
from events.incumbents import terms_of_heads
from events.models import Person, Term
from events.ordinals import COVERAGE_BEGINS
from events.views import charts
from events.views.past import as_it_stood
from events.views.today import today_of_the_record

_NAMES = ("a", "b")
_SLUG = re.compile(r"[-\w]{1,60}", re.ASCII)

OptionGroup = tuple[str, list[Side]]


@dataclass(slots=True)
class SideField:
    """One of the two lists of the form, with what was chosen in it or why that was left out."""

    name: str
    label: str
    side: Side | None = None
    errors: list[str] = field(default_factory=list)


@require_safe
@as_it_stood
def compare(request: HttpRequest) -> HttpResponse:
    """Two sides, or one; the two latest pairs where none is named. Six queries."""
    reaches = reach_of_the_record(today_of_the_record())
    given = {name: _given(request, name) for name in _NAMES}
    choices = _choices(terms_of_heads(), given)
    fields = _fields(choices, given, reaches)
    sides = [one.side for one in fields if one.side]
    chart = chart_of(reader_language(), sides, reaches=reaches)
    context = {
        "fields": fields,
        "groups": _groups(choices),
        "errors": [(one, message) for one in fields for message in one.errors],
        "is_chosen": any(given.values()),
        "chart": charts.shown(chart) if chart else None,
        "courses": chart.courses if chart else [],
        "has_one_alone": any(not side.is_pair for side in sides),
        "covered_from": COVERAGE_BEGINS.year,
        "topics": _topics(list(chart.courses)) if chart else [],
    }
    return render(request, "events/compare.html", context)


def _given(request: HttpRequest, name: str) -> str:
    # Neither PostgreSQL nor HTML takes NUL.
    return request.GET.get(name, "").replace("\0", "").strip()


def _choices(terms: list[Term], given: Mapping[str, str]) -> Choices:
    """A query for people who are named but never held the office, if there are any."""
    choices = choices_of(terms)
    slugs = {slug for value in given.values() for slug in value.split(JOINT)[:2]} - choices.slugs
    asked = [slug for slug in slugs if _SLUG.fullmatch(slug)]
    if not asked:
        return choices
    others = {person.slug: person.name for person in Person.objects.filter(slug__in=asked)}
    return choices_of(terms, others)


def _fields(choices: Choices, given: Mapping[str, str], reaches: date) -> list[SideField]:
    first, second = SideField("a", _("First")), SideField("b", _("Second"))
    if not any(given.values()):
        begun = [pair for pair in choices.pairs() if pair.begins <= reaches]
        for one, side in zip((first, second), reversed(begun[:2]), strict=False):
            one.side = side
        return [first, second]
    for one in (first, second):
        if given[one.name]:
            try:
                one.side = choices.read(given[one.name])
            except NotASideError as problem:
                one.errors.append(str(problem))
    if first.side and second.side and first.side.key == second.side.key:
        second.side = None
        second.errors.append(_("This is the same as the first, and was left out."))
    return [first, second]


def _groups(choices: Choices) -> list[OptionGroup]:
    return [
        (_("Pairs in office together"), choices.pairs()),
        (
            _("Presidents of Korea"),
            choices.alone_since_the_record_begins(choices.presidents),
        ),
        (
            _("Prime ministers of Japan"),
            choices.alone_since_the_record_begins(choices.ministers),
        ),
    ]


def _topics(courses: list[Course]) -> list[TopicShares]:
    contacts = [step.contact for course in courses for step in course.steps]
    return shares_by_topic(courses, topics_of(contacts))
