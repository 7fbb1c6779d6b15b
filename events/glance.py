"""Where things stand: figures of the overview. Values in, values out.

A figure that depends on today is given for today only where the record reaches that far; else as
of the last day on which the record has an event that was held.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from events.contacts import Contact
from events.ordinals import COVERAGE_BEGINS
from events.periods import years_before


@dataclass(frozen=True, slots=True)
class Last:
    """The latest contact of one sort, and the full days since its last possible day."""

    contact: Contact
    days: int


@dataclass(frozen=True, slots=True)
class Glance:
    """What a reader wants to know first."""

    as_of: date
    is_today: bool
    """Whether the record reaches to today; if not, `as_of` is where it ends."""
    last_meeting: Last | None
    last_call: Last | None
    year_from: date
    """The first of the twelve months that end with `as_of`."""
    in_this_year: int
    in_the_year_before: int
    since: date
    counted: int
    """Contacts since `since`, and how many of them have both governments' readouts."""
    with_both: int

    @property
    def share(self) -> float:
        """Of the contacts since `since` that have both readouts, from 0 to 1."""
        return self.with_both / self.counted if self.counted else 0.0


def reach(today: date, last_held: date | None) -> date:
    """The day up to which figures hold: today, or the end of the record before it."""
    return min(today, last_held or today)


def glance(contacts: Sequence[Contact], *, today: date, last_held: date | None) -> Glance:
    """Figures of the contacts of the leaders; those after the reach of the record do not count.

    A coarse date counts on the last day that it may mean, so that nothing is called longer ago
    than it may be: not earlier, and not twice.
    """
    as_of = reach(today, last_held)
    until_now = [one for one in contacts if one.starts_on <= as_of]
    a_year_ago, two_years_ago = (years_before(as_of, n) for n in (1, 2))
    since = [one for one in until_now if one.starts_on >= COVERAGE_BEGINS]
    return Glance(
        as_of=as_of,
        is_today=as_of == today,
        last_meeting=_last((one for one in until_now if one.is_meeting), as_of),
        last_call=_last((one for one in until_now if one.is_call), as_of),
        year_from=a_year_ago + timedelta(days=1),
        in_this_year=sum(a_year_ago < one.last_possible_on for one in until_now),
        in_the_year_before=sum(
            two_years_ago < one.last_possible_on <= a_year_ago for one in until_now
        ),
        since=COVERAGE_BEGINS,
        counted=len(since),
        with_both=sum(one.has_both_readouts for one in since),
    )


def _last(contacts: Iterable[Contact], as_of: date) -> Last | None:
    last = max(contacts, key=lambda one: one.last_possible_on, default=None)
    if last is None:
        return None
    return Last(last, max(0, (as_of - last.last_possible_on).days))
