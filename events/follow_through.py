"""How a commitment stands on a day: how old it is, and whether a stated deadline is past. Pure."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Commitment, Event
from events.models.dates import Precision
from events.ordinal_words import length_in_words
from events.ordinals import full_months
from events.periods import parse_period
from events.wording import machine_date

# Months since the agreement at which the next band of ages begins.
_BANDS = (12, 36)


class Standing(StrEnum):
    """How a commitment stands; the values are those of the query string.

    What is overdue is open as well: nothing that fulfilled it is recorded.
    """

    OVERDUE = "overdue"
    OPEN = "open"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"

    @property
    def label(self) -> Any:
        return _LABELS[self]

    @property
    def includes(self) -> frozenset["Standing"]:
        """The standings that a reader asks for by this one."""
        both = {Standing.OPEN, Standing.OVERDUE}
        return frozenset(both if self == Standing.OPEN else {self})


_LABELS = {
    Standing.OVERDUE: _("No fulfilment recorded, past the stated deadline"),
    Standing.OPEN: Commitment.Status.OPEN.label,
    Standing.FULFILLED: Commitment.Status.FULFILLED.label,
    Standing.LAPSED: Commitment.Status.LAPSED.label,
}


def deadline(commitment: Commitment) -> date | None:
    """The last day of the deadline; None where no date is stated, such as for "soon"."""
    if commitment.due_on is None:
        return None
    return parse_period(machine_date(commitment.due_precision, commitment.due_on)).last


def standing_of(commitment: Commitment, today: date) -> Standing:
    """Overdue from the day after the deadline on; without a stated date never."""
    if commitment.status != Commitment.Status.OPEN:
        return Standing(commitment.status.lower())
    last = deadline(commitment)
    return Standing.OVERDUE if last is not None and last < today else Standing.OPEN


def age_band(event: Event, today: date) -> int:
    """The position of the band of ages, from the youngest, to which a commitment belongs."""
    months = full_months(_possible_days(event)[1], today)
    return sum(months >= begins for begins in _BANDS)


def time_since(event: Event, today: date) -> str:
    """ "2 years and 3 months" from the event to today; empty where its date is too coarse."""
    return _length((_possible_days(event)), (today, today))


def time_between(event: Event, later: Event) -> str:
    """The same from one event to another."""
    return _length(_possible_days(event), _possible_days(later))


def _possible_days(event: Event) -> tuple[date, date]:
    """The first and the last day on which the event can have begun."""
    if event.precision == Precision.DAY:
        return event.starts_on, event.starts_on
    return event.starts_on, event.last_possible_on


def _length(begins: tuple[date, date], ends: tuple[date, date]) -> str:
    # It is only told where the coarse dates leave no doubt.
    shortest, longest = _words(begins[1], ends[0]), _words(begins[0], ends[1])
    return shortest if shortest == longest else ""


def _words(first: date, last: date) -> str:
    """Full months as years and months, or days where there are none; empty for no time at all."""
    if last < first:
        return ""
    months = full_months(first, last)
    if months:
        return length_in_words(months)
    days = (last - first).days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
