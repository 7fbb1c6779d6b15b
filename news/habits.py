"""Whether a source does what it usually does. Pure: history in, judgement out; no clock.

- *gone*: its server said that it is gone for good, so it is asked no more.
- *failing*: five attempts in a row brought no answer, or all of them for more than a day.
- *silent*: it answers, but has had nothing new for longer than its habit allows: three times the
  gap within which, before, 95 of 100 new items followed each other, and at least a day. Saturdays
  and Sundays do not count where they bring hardly anything. A source that has answered for less
  than two weeks, or whose gaps are too few, has no habit yet and is not called silent.

A habit is read from the six weeks before the last new item, so that a long silence does not become
one. What nobody asked a source cannot be held against it: silence and failure are measured up to
the last attempt, not up to now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

MOST_FAILURES = 5
FAILING_AFTER = timedelta(days=1)

WINDOW = timedelta(weeks=6)
"""So long before the last new item a habit is read from."""

YOUNG = timedelta(weeks=2)
FEWEST_GAPS = 5
USUAL_OF_100 = 95
PATIENCE = 3
LEAST_PATIENCE = timedelta(days=1)
"""Even a wire service has a quiet night."""

# With fewer items, none at weekends may be chance.
_FEWEST_TO_REST = 20
_WEEKEND_SHARE = 0.05
_SATURDAY = 5


class State(StrEnum):
    """What can be said of a source, the most urgent first."""

    GONE = "GONE"
    FAILING = "FAILING"
    SILENT = "SILENT"
    UNTRIED = "UNTRIED"
    WELL = "WELL"
    OFF = "OFF"


ALARMING = (State.GONE, State.FAILING, State.SILENT)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source.

    `answered_at` is its last answer, `verified_at` the first one at its address. `attempted_since`
    is the first attempt at all, for a source that has never answered. `new_at` are the moments at
    which polls found something new, in order; only those up to the last new item matter.
    """

    is_enabled: bool = True
    disabled_because: str = ""
    failures: int = 0
    verified_at: datetime | None = None
    answered_at: datetime | None = None
    attempted_since: datetime | None = None
    polled_at: datetime | None = None
    new_at: Sequence[datetime] = ()
    last_new_at: datetime | None = None
    time_zone: str = "UTC"
    said: str = ""
    """Why the last attempt brought nothing, in words; empty where it did."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Within `usual` something new follows, as a rule; `patience` is when its lack is told."""

    usual: timedelta
    patience: timedelta
    rests_at_weekends: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of a source, since when, and the facts that a reason is made of."""

    state: State
    since: datetime | None = None
    failures: int = 0
    usual: timedelta | None = None
    said: str = ""


def judge(source: History) -> Judgement:
    """What to say of a source. The same history always gives the same judgement."""
    if not source.is_enabled:
        if source.disabled_because:
            since = source.answered_at or source.polled_at
            return Judgement(State.GONE, since, source.failures, None, source.disabled_because)
        return Judgement(State.OFF)
    if _is_failing(source):
        since = source.answered_at or source.attempted_since
        return Judgement(State.FAILING, since, source.failures, None, source.said)
    if source.verified_at is None:
        return Judgement(State.UNTRIED, None, source.failures, None, source.said)
    habit = habit_of(source)
    if habit is not None and _quiet_for(source, habit.rests_at_weekends) > habit.patience:
        return Judgement(State.SILENT, source.last_new_at, source.failures, habit.usual)
    return Judgement(State.WELL, None, source.failures, None, source.said)


def may_be_silent(source: History) -> bool:
    """Whether it is worth reading when a source had something new: most had so within a day."""
    if not source.last_new_at or not source.answered_at:
        return False
    return source.answered_at - source.last_new_at > LEAST_PATIENCE


def habit_of(source: History) -> Habit | None:
    """How often a source has something new; None while that cannot be told."""
    if source.verified_at is None or source.answered_at is None or source.last_new_at is None:
        return None
    if source.answered_at - source.verified_at < YOUNG:
        return None
    starts_at = max(source.verified_at, source.last_new_at - WINDOW)
    moments = [moment for moment in source.new_at if starts_at <= moment <= source.last_new_at]
    if len(moments) <= FEWEST_GAPS:
        return None
    zone = ZoneInfo(source.time_zone)
    rests = _rests_at_weekends(moments, zone)
    gaps = sorted(_length(one, other, zone, rests) for one, other in pairwise(moments))
    usual = gaps[-(-USUAL_OF_100 * len(gaps) // 100) - 1]
    return Habit(usual, max(PATIENCE * usual, LEAST_PATIENCE), rests)


def _is_failing(source: History) -> bool:
    if not source.failures:
        return False
    since, until = source.answered_at or source.attempted_since, source.polled_at
    lasts = bool(since and until and until - since > FAILING_AFTER)
    return lasts or source.failures >= MOST_FAILURES


def _quiet_for(source: History, without_weekends: bool) -> timedelta:
    assert source.last_new_at is not None
    assert source.answered_at is not None
    zone = ZoneInfo(source.time_zone)
    return _length(source.last_new_at, source.answered_at, zone, without_weekends)


def _rests_at_weekends(moments: Iterable[datetime], zone: ZoneInfo) -> bool:
    """Whether hardly anything comes on Saturdays and Sundays, which are two days of seven."""
    at_weekends = [moment.astimezone(zone).weekday() >= _SATURDAY for moment in moments]
    is_enough = len(at_weekends) >= _FEWEST_TO_REST
    return is_enough and sum(at_weekends) <= _WEEKEND_SHARE * len(at_weekends)


def _length(start: datetime, end: datetime, zone: ZoneInfo, without_weekends: bool) -> timedelta:
    """The time from `start` to `end`, if so asked without its Saturdays and Sundays."""
    if end <= start or not without_weekends:
        return end - start
    resting = timedelta()
    day = start.astimezone(zone).date()
    while (begins := datetime.combine(day, time(), zone)) < end:
        day += timedelta(days=1)
        if begins.weekday() >= _SATURDAY:
            ends = datetime.combine(day, time(), zone)
            resting += max(min(ends, end) - max(begins, start), timedelta())
    return end - start - resting
