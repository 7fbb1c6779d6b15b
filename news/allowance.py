"""Whether a language model may be asked now: its budget of a day, and a rest after failures.

Pure: what was asked comes as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# So many failed requests one after the other are the endpoint's trouble, not the articles'.
MOST_FAILURES = 4
# Then it is left alone; after that one request at a time tells whether it is back.
REST = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why it is not asked."""

    BUSY = "busy"
    """Another worker is asking."""
    RESTING = "resting"
    REQUESTS = "requests"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one day, by UTC, may cost."""

    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What this day has cost, the tokens of requests under way at their most."""

    requests: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request that has ended."""

    asked_at: datetime
    has_failed: bool


def rests_until(latest: Sequence[Attempt], *, at: datetime) -> datetime | None:
    """Until when nobody is to ask, given the latest attempts, the last one first; or None."""
    failed = latest[:MOST_FAILURES]
    if len(failed) < MOST_FAILURES or not all(attempt.has_failed for attempt in failed):
        return None
    until = failed[0].asked_at + REST
    return until if until > at else None


def refusal(
    spent: Spent,
    latest: Sequence[Attempt],
    limits: Limits,
    *,
    at: datetime,
    tokens: int = 0,
) -> Refusal | None:
    """Why a request that costs at most so many tokens may not be made now; None if it may."""
    if rests_until(latest, at=at):
        return Refusal.RESTING
    if spent.requests >= limits.requests:
        return Refusal.REQUESTS
    if spent.tokens + max(tokens, 1) > limits.tokens:
        return Refusal.TOKENS
    return None
