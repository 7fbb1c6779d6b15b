"""What the record already holds of a candidate: the events that it may be, best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from events.duplicates import likely_duplicates
from events.models import Anniversary, Event
from events.models.dates import Precision
from news.models import Candidate

Kind = Event.Kind
# Newspapers call one meeting by several kinds; the record has chosen one.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({Kind.SUMMIT, Kind.VISIT}),
    frozenset({Kind.SUMMIT, Kind.TRILATERAL_SUMMIT}),
    frozenset({Kind.MINISTERIAL, Kind.VISIT}),
    frozenset({Kind.MINISTERIAL, Kind.CALL}),
    frozenset({Kind.AGREEMENT, Kind.STATEMENT}),
    frozenset({Kind.DISPUTE, Kind.STATEMENT}),
    frozenset({Kind.CEREMONY, Kind.STATEMENT}),
)
MOST_MATCHES = 8


@dataclass(frozen=True, slots=True)
class Match:
    """An event that may be the candidate's, and why, in words."""

    event: Event
    reasons: tuple[str, ...]
    score: int


def likely_events(candidate: Candidate) -> list[Match]:
    """Published events that a candidate may report, the likeliest first.

    Compatible in kind, within a day of its dates, with a shared participant; where either names
    nobody, a shared country that acted. Costs five queries.
    """
    people = {person.pk: person for person in candidate.people.all()}
    countries = [country.pk for country in candidate.countries.all()]
    kinds = {candidate.kind}.union(*(pair for pair in ALIKE if candidate.kind in pair))
    found = Event.objects.none()
    for kind in sorted(kinds):
        found |= likely_duplicates(
            kind=kind,
            starts_on=candidate.starts_on,
            ends_on=last_day(candidate),
            people=list(people),
            countries=countries,
        )
    found = found.visible().prefetch_related("people", "places")
    matches = [_match(candidate, event, set(people)) for event in found]
    return sorted(matches, key=lambda m: (-m.score, m.event.starts_on, m.event.pk))[:MOST_MATCHES]


def likely_anniversaries(candidate: Candidate) -> list[Anniversary]:
    """The days that a candidate may recall: the one it names, else those that fall on its date.

    Only solar days are compared; a lunar one falls elsewhere each year.
    """
    if not candidate.is_anniversary:
        return []
    if candidate.anniversary is not None:
        return [candidate.anniversary]
    same_day = Anniversary.objects.filter(
        calendar=Anniversary.Calendar.SOLAR,
        origin_on__month=candidate.starts_on.month,
        origin_on__day=candidate.starts_on.day,
    )
    return list(same_day.order_by("slug"))


def last_day(candidate: Candidate) -> date:
    """The last day that a candidate's date covers."""
    start = candidate.starts_on
    if candidate.precision == Precision.MONTH:
        return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if candidate.precision == Precision.YEAR:
        return date(start.year, 12, 31)
    return candidate.ends_on or start


def _match(candidate: Candidate, event: Event, people: set[int]) -> Match:
    reasons: list[str] = []
    score = 0
    if event.kind == candidate.kind:
        reasons.append(_("same kind"))
        score += 2
    shared = [person for person in event.people.all() if person.pk in people]
    if shared:
        names = ", ".join(sorted(person.name for person in shared))
        reasons.append(_("both name %(people)s") % {"people": names})
        score += min(3 * len(shared), 6)
        if {person.pk for person in event.people.all()} == people:
            score += 1
    reason, points = _closeness(candidate, event)
    reasons.append(reason)
    score += points
    if candidate.city and candidate.city in {place.city for place in event.places.all()}:
        reasons.append(_("both in %(city)s") % {"city": candidate.city})
        score += 1
    return Match(event, tuple(reasons), score)


def _closeness(candidate: Candidate, event: Event) -> tuple[str, int]:
    last = last_day(candidate)
    if event.coarseness >= 2:
        return _("its date is known only roughly, and fits"), 0
    if event.starts_on == candidate.starts_on and candidate.precision == Precision.DAY:
        return _("same day"), 4
    if event.starts_on <= last and event.last_possible_on >= candidate.starts_on:
        if candidate.starts_on == last:
            return _("on a day of this event"), 3
        return _("within its dates"), 3
    return _("a day apart"), 1
