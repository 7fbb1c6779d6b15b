"""The figures of topics by year, as CSV files."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from events.charts.chart import reach_of_the_record
from events.charts.figures import Figures, Year, count_by_year, coverage_of
from events.models import Event, Topic
from events.topics_by_year import TopicByYear, number_by_year, topics_by_year, years_of_the_record
from events.views.files import csv_of, in_the_language_asked
from events.views.today import today_of_the_record


def _covered() -> Figures:
    """Every year of the record, and how far each is covered; two queries."""
    today = today_of_the_record()
    years = years_of_the_record(today)
    return count_by_year((), first=years[0], last=years[-1], reaches=reach_of_the_record(today))


def _known(number: int, year: Year) -> int | str:
    """The number; empty instead of 0 where there may have been some."""
    return number if number or year.is_whole else ""


@in_the_language_asked
def topic_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The events on one topic by year, with how far each year is covered; four queries."""
    topic = get_object_or_404(Topic, slug=slug)
    counts = number_by_year(Event.objects.visible().filter(topic_links__topic=topic))
    return csv_of(_rows_of_one(counts, _covered()), f"topic-{slug}")


def _rows_of_one(counts: dict[int, int], covered: Figures) -> Iterator[Sequence[Any]]:
    yield ["year", "events", "coverage"]
    for year in covered.years:
        number = _known(counts.get(year.number, 0), year)
        yield [year.number, number, coverage_of(covered, year) or _("whole year")]


@in_the_language_asked
def topics_csv(request: HttpRequest) -> HttpResponse:
    """The events on every topic by year; four queries."""
    return csv_of(_rows_of_all(topics_by_year(Event.objects.visible()), _covered()), "topics")


def _rows_of_all(topics: Iterable[TopicByYear], covered: Figures) -> Iterator[Sequence[Any]]:
    yield ["topic", "name", "year", "events"]
    for one in sorted(topics, key=lambda one: one.topic.slug):
        for year in covered.years:
            number = _known(one.counts.get(year.number, 0), year)
            yield [one.topic.slug, one.topic.name, year.number, number]
