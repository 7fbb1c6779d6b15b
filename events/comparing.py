"""Contacts of governments counted from their first day in office. Values in, values out.

Words are in the active language.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.charts.figures import KINDS
from events.contacts import Contact
from events.governments import Side
from events.models import Event, Topic
from events.models.dates import Precision
from events.ordinals import COVERAGE_BEGINS
from events.wording import day_in_words, listed, number_in_words


@dataclass(frozen=True, slots=True)
class Stay:
    """One time in office, as far as the record reaches."""

    first: date
    last: date
    """The day on which it ended, or the last that the record reaches."""
    days: int
    goes_on: bool
    """Whether it had not ended by then."""


@dataclass(frozen=True, slots=True)
class Step:
    """A contact, the days in office before it, and how many contacts there were with it."""

    day: int
    contact: Contact
    total: int

    @property
    def kind(self) -> str:
        return str(Event.Kind(self.contact.kind).label)


@dataclass(frozen=True, slots=True)
class Course:
    """The contacts of one side from its first day in office on."""

    side: Side
    stays: tuple[Stay, ...]
    steps: tuple[Step, ...]

    @property
    def days(self) -> int:
        return sum(stay.days for stay in self.stays)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def goes_on(self) -> bool:
        return bool(self.stays) and self.stays[-1].goes_on

    @property
    def is_selective(self) -> bool:
        """Whether it begins where the record holds only some contacts."""
        return self.side.begins < COVERAGE_BEGINS

    @property
    def coarse(self) -> int:
        """Contacts of which the day is not known."""
        return sum(step.contact.precision != Precision.DAY for step in self.steps)

    @property
    def exposure(self) -> str:
        """ "139 days in office together, from 4 June 2025 to 21 October 2025"."""
        days = _days_in_office(self.days, is_together=self.side.is_pair)
        if not self.stays:
            return days
        if len(self.stays) == 1:
            return _("%(days)s, %(span)s") % {"days": days, "span": _from_to(self.stays[0])}
        parts = (f"{_days(stay.days)} {_from_to(stay)}" for stay in self.stays)
        return f"{days}: {listed(parts)}"

    def after(self, days: int) -> int:
        """How many contacts there were once so many days had passed."""
        return sum(step.day <= days for step in self.steps)


def course_of(side: Side, contacts: Iterable[Contact], *, reaches: date) -> Course:
    """Put a side's contacts, oldest first, on its days in office up to `reaches`.

    A coarse date stands at its first possible day.
    """
    stays = tuple(_stay(first, ends, reaches) for first, ends in side.spans if first <= reaches)
    held = [contact for contact in contacts if contact.starts_on <= reaches]
    steps = (
        Step(_days_before(contact.starts_on, stays), contact, total)
        for total, contact in enumerate(held, start=1)
    )
    return Course(side, stays, tuple(steps))


def _stay(first: date, ends: date | None, reaches: date) -> Stay:
    """The last day is one in office for those who go on, and their successor's for others."""
    if ends is None or ends > reaches:
        return Stay(first, reaches, (reaches - first).days + 1, goes_on=True)
    return Stay(first, ends, (ends - first).days, goes_on=False)


def _days_before(day: date, stays: Sequence[Stay]) -> int:
    passed = 0
    for stay in stays:
        if day < stay.first:
            break
        if day <= stay.last:
            return passed + (day - stay.first).days
        passed += stay.days
    return passed


def compare(courses: Sequence[Course]) -> str:
    """What is found in a sentence: the contacts after as many days in office as both had."""
    if len(courses) == 1:
        (course,) = courses
        return ngettext(
            "%(name)s: the record holds %(shown)s contact in %(days)s",
            "%(name)s: the record holds %(shown)s contacts in %(days)s",
            course.total,
        ) % {
            "name": course.side.name,
            "shown": number_in_words(course.total),
            "days": _days_in_office(course.days, is_together=course.side.is_pair),
        }
    first, second = courses
    days = min(first.days, second.days)
    number, number_too = first.after(days), second.after(days)
    return ngettext(
        "After %(days)s, the record holds %(shown)s contact of %(name)s and %(other_shown)s of "
        "%(other)s",
        "After %(days)s, the record holds %(shown)s contacts of %(name)s and %(other_shown)s of "
        "%(other)s",
        number,
    ) % {
        "days": _days_in_office(days, is_together=first.side.is_pair and second.side.is_pair),
        "shown": number_in_words(number),
        "name": first.side.name,
        "other_shown": number_in_words(number_too),
        "other": second.side.name,
    }


def _days(number: int) -> str:
    words = ngettext("%(shown)s day", "%(shown)s days", number)
    return words % {"shown": number_in_words(number)}


def _days_in_office(number: int, *, is_together: bool) -> str:
    if is_together:
        words = ngettext(
            "%(shown)s day in office together", "%(shown)s days in office together", number
        )
    else:
        words = ngettext("%(shown)s day in office", "%(shown)s days in office", number)
    return words % {"shown": number_in_words(number)}


def _from_to(stay: Stay) -> str:
    words = (
        _("from %(first)s to %(last)s, the day the record reaches")
        if stay.goes_on
        else _("from %(first)s to %(last)s")
    )
    return words % {"first": day_in_words(stay.first), "last": day_in_words(stay.last)}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one side's contacts have a topic, and the query that lists them."""

    number: int
    of: int
    query: str

    @property
    def share(self) -> float:
        return self.number / self.of if self.of else 0.0

    @property
    def width(self) -> int:
        """Of its bar, out of 100."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class TopicShares:
    """A topic with its share of each side's contacts, in the order of the sides."""

    topic: Topic
    shares: tuple[Share, ...]


def shares_by_topic(
    courses: Sequence[Course], topics: Mapping[str, Collection[Topic]]
) -> list[TopicShares]:
    """Every topic of a contact, the largest share first; `topics` by the slugs of contacts."""
    found = {
        topic.slug: topic
        for course in courses
        for step in course.steps
        for topic in topics.get(step.contact.slug, ())
    }
    rows = [
        TopicShares(topic, tuple(_share(course, topic, topics) for course in courses))
        for topic in found.values()
    ]
    return sorted(rows, key=lambda row: (-max(one.share for one in row.shares), row.topic.slug))


def _share(course: Course, topic: Topic, topics: Mapping[str, Collection[Topic]]) -> Share:
    number = sum(
        topic.slug in {one.slug for one in topics.get(step.contact.slug, ())}
        for step in course.steps
    )
    return Share(number, course.total, timeline_of(course, topic=topic.slug))


def timeline_of(course: Course, *, topic: str = "") -> str:
    """The timeline's query that lists the contacts of a side, or those of them with a topic.

    One alone is listed with any counterpart: with nobody, a visit to another country counts too.
    """
    side = course.side
    *others, last = [leader.slug for leader in side.leaders]
    pairs = [("kind", kind.lower()) for kind in KINDS]
    pairs += [("topic", topic)] if topic else []
    pairs += [("leader", slug) for slug in others or side.counterparts]
    pairs += [("with", last), ("status", "held")]
    if course.stays:
        pairs += [("from", course.stays[0].first.isoformat())]
        pairs += [("to", course.stays[-1].last.isoformat())]
    return urlencode(pairs)
