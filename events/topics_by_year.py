"""How many events each topic has in each year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from events.models import Event, EventTopic, Topic
from events.models.events import EventQuerySet
from events.sparklines import fullest_years
from events.wording import listed, number_in_words, year_name

_NAMED_YEARS = 3


@dataclass(frozen=True, slots=True)
class TopicByYear:
    """A topic with its numbers of events, by the years that have any."""

    topic: Topic
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def topics_by_year(events: EventQuerySet) -> list[TopicByYear]:
    """Every topic, the most frequent among these events first, then by slug; two queries.

    An event with several topics counts in each.
    """
    # Counted by id and named apart: to group by names took eight times as long, for it sorts them.
    counted = (
        EventTopic.objects.filter(event__in=events.order_by().values("pk"))
        .order_by()
        .values_list("topic", ExtractYear("event__starts_on"))
        .annotate(number=Count("pk"))
    )
    by_topic: dict[int, dict[int, int]] = {}
    for pk, year, number in counted:
        by_topic.setdefault(pk, {})[year] = number
    found = [
        TopicByYear(topic, by_topic.get(topic.pk, {})) for topic in Topic.objects.order_by("slug")
    ]
    return sorted(found, key=lambda one: -one.total)


def number_by_year(events: EventQuerySet) -> dict[int, int]:
    """How many of these events begin in each year that has any; one query."""
    counted = events.order_by().values_list(ExtractYear("starts_on")).annotate(number=Count("pk"))
    return dict(counted)


def years_of_the_record(today: date) -> range:
    """From the first year with an event to the last, or this one; one query."""
    year = ExtractYear("starts_on")
    span = Event.objects.visible().aggregate(first=Min(year), last=Max(year))
    return range(span["first"] or today.year, max(span["last"] or today.year, today.year) + 1)


def fullest_in_words(counts: Mapping[int, int]) -> str:
    """ "Most events in 2023: 14", or in each of a few years that have as many; empty for none."""
    years, most = fullest_years(counts)
    if not years:
        return ""
    if len(years) > _NAMED_YEARS:
        return _("Most events in one year: %(number)s") % {"number": number_in_words(most)}
    named = listed(year_name(year) for year in years)
    return _("Most events in %(years)s: %(number)s") % {
        "years": named,
        "number": number_in_words(most),
    }
