"""What the record already holds of candidates: the events that each may be, best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from events.models import Anniversary, Event
from events.search import LONGEST_QUERY, matching
from news.likeness import (
    LIKELY,
    MOVED_BY,
    OPEN,
    SLACK,
    Closeness,
    Likeness,
    Standing,
    Telling,
    how_like,
    kindred,
    standing,
)
from news.models import Candidate
from news.tellings import as_recorded, as_told, last_day

MOST_MATCHES = 8


@dataclass(frozen=True, slots=True)
class Match:
    """An event that may be the candidate's, and why, in words."""

    event: Event
    likeness: Likeness
    reasons: tuple[str, ...]
    standing: Standing

    @property
    def score(self) -> int:
        return self.likeness.score


def likely_events(candidate: Candidate) -> list[Match]:
    """Published events that a candidate may report, the likeliest first. Costs eight queries."""
    return events_like([candidate])[candidate.pk]


def events_like(candidates: Sequence[Candidate]) -> dict[int, list[Match]]:
    """For each candidate the published events that it may report, the likeliest first.

    Costs eight queries for any number of candidates; none if there are none.
    """
    prefetch_related_objects(list(candidates), "people", "countries", "topics")
    around = _around(candidates)
    known = [(event, as_recorded(event)) for event in around]
    found: dict[int, list[Match]] = {}
    for candidate in candidates:
        told = as_told(candidate)
        matches = [
            _match(told, event, telling, likeness)
            for event, telling in known
            if (likeness := how_like(told, telling)) is not None
        ]
        matches.sort(key=lambda match: (-match.score, match.event.starts_on, match.event.pk))
        found[candidate.pk] = matches[:MOST_MATCHES]
    return found


def waiting_like(candidate: Candidate) -> list[Candidate]:
    """Other candidates that wait and are likely to tell of the same; the likeliest first.

    Costs five queries.
    """
    told = as_told(candidate)
    near = (
        Candidate.objects.pending()
        .exclude(pk=candidate.pk)
        .filter(
            kind__in=[kind for kind in Event.Kind.values if kindred(kind, candidate.kind)],
            is_anniversary=candidate.is_anniversary,
            starts_on__range=(told.starts_on - MOVED_BY, told.last_day + MOVED_BY),
        )
        .for_queue()
        .prefetch_related("people", "countries", "topics")
    )
    found = [(how_like(told, as_told(other)), other) for other in near]
    likely = [(like, one) for like, one in found if like is not None and like.score >= LIKELY]
    likely.sort(key=lambda pair: (-pair[0].score, pair[1].pk))
    return [one for _like, one in likely[:MOST_MATCHES]]


def standing_of(matches: Sequence[Match]) -> Standing:
    """What a candidate is to the record, given the events that it may be, best first."""
    return matches[0].standing if matches else Standing.NEW


def events_named(query: str) -> QuerySet[Event]:
    """Published events found by words, or by their address; the newest first."""
    slug = next((part for part in reversed(query.partition("?")[0].split("/")) if part), "")
    by_address = Event.objects.visible().filter(Q(slug=slug) | Q(old_slugs__slug=slug))
    if by_address.exists():
        return by_address.distinct().newest_first()
    return matching(Event.objects.visible(), query[:LONGEST_QUERY]).newest_first()


def compared(event: Event) -> Event:
    """The event with all that `as_recorded` looks at, in as many queries as it has parts."""
    prefetch_related_objects([event], *_PARTS)
    return event


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


_PARTS = ("people", "involvements", "places", "topics")


def _around(candidates: Iterable[Candidate]) -> list[Event]:
    """The published events of kindred kinds about the days of any candidate."""
    near = Q(pk__in=[])
    for candidate in candidates:
        first, last = candidate.starts_on, last_day(candidate)
        kinds = [kind for kind in Event.Kind.values if kindred(kind, candidate.kind)]
        days = Q(starts_on__lte=last + SLACK, last_possible_on__gte=first - SLACK)
        moved = Q(
            status__in=OPEN,
            starts_on__lte=last + MOVED_BY,
            last_possible_on__gte=first - MOVED_BY,
        )
        near |= Q(days | moved, kind__in=kinds)
    return list(Event.objects.visible().filter(near).prefetch_related(*_PARTS))


def _match(told: Telling, event: Event, known: Telling, likeness: Likeness) -> Match:
    return Match(
        event, likeness, tuple(_in_words(likeness, event)), standing(told, known, likeness)
    )


def _in_words(likeness: Likeness, event: Event) -> Iterable[str]:
    if likeness.same_kind:
        yield _("same kind")
    if likeness.shared:
        names = sorted(p.name for p in event.people.all() if p.slug in likeness.shared)
        yield _("both name %(people)s") % {"people": ", ".join(names)}
    yield _days_in_words(likeness.closeness)
    if likeness.city:
        yield _("both in %(city)s") % {"city": likeness.city}


def _days_in_words(closeness: Closeness) -> str:
    return {
        Closeness.SAME_DAY: _("same day"),
        Closeness.ON_A_DAY: _("on a day of this event"),
        Closeness.WITHIN: _("within its dates"),
        Closeness.ROUGHLY: _("its date is known only roughly, and fits"),
        Closeness.NEXT_DAY: _("a day apart"),
        Closeness.MOVED: _("only planned, and may have been moved"),
    }[closeness]
