"""When a source is read again. Pure: what is random, and what time it is, is given."""

from datetime import datetime, timedelta

FLOOR = timedelta(minutes=10)
"""A newsroom's feed changes no faster; more would be rude. A source may have a floor of its own."""

CEILING = timedelta(hours=6)
"""A feed that seldom changes is still read four times a day."""

USUAL = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=24)
"""However often a source has failed, and whatever it asks for: it is never given up silently."""

IN_FULL = timedelta(hours=24)
"""So often a feed is asked for whole, lest a server that wrongly says "not modified" hides news."""

CONFIRMATIONS = 3
"""Answers in a row from the same new address before it is taken for the source's own."""

LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""So long after it was first read an article's page is looked at again: corrections come early."""

_SPREAD = 0.1


def interval_after(
    interval: timedelta,
    *,
    has_new: bool,
    fresh_for: int | None = None,
    floor: timedelta = FLOOR,
) -> timedelta:
    """The time until the next poll of a source that has answered.

    Shorter where the last interval brought something, longer where it did not. `fresh_for` are
    the seconds for which the server, or the feed, says that nothing will change. `floor` stands
    above all else, also above the ceiling.
    """
    wanted = interval * (0.6 if has_new else 1.3)
    if fresh_for is not None:
        wanted = max(wanted, timedelta(seconds=fresh_for))
    return max(min(wanted, CEILING), floor)


def wait_after_failures(
    failures: int, *, spread: float, retry_after: int | None = None
) -> timedelta:
    """The time until a source that has failed so often in a row is tried again.

    Twice as long each time, up to a day; `spread` from 0 to 1 moves it by a tenth to either side,
    so that sources which failed together do not come back together. `retry_after` are the seconds
    that the server asks for.
    """
    wait = min(USUAL * 2 ** min(failures, 10), LONGEST_WAIT)
    wait *= 1 + _SPREAD * (2 * spread - 1)
    if retry_after is not None:
        wait = max(wait, timedelta(seconds=retry_after))
    return min(wait, LONGEST_WAIT)


def is_read_in_full(since_last: timedelta | None) -> bool:
    """Whether to ask for the feed without saying what we have of it."""
    return since_last is None or since_last >= IN_FULL


def next_look(first: datetime, *, looks: int, at: datetime | None = None) -> datetime | None:
    """When a page that was read `first` and looked at so often since is looked at again.

    None if it is not any more. Looks that are long past at `at` are left out.
    """
    for wait in LOOKS[looks:]:
        if at is None or first + wait > at:
            return first + wait
    return None
