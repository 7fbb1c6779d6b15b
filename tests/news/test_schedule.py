"""When a source is read again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from news.schedule import (
    CEILING,
    FLOOR,
    IN_FULL,
    LONGEST_WAIT,
    USUAL,
    interval_after,
    is_read_in_full,
    wait_after_failures,
)

intervals = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))
seconds = st.none() | st.integers(0, 10**9)


@given(intervals, st.booleans(), seconds)
def test_a_source_is_never_read_more_or_less_often_than_is_decent(interval, has_new, fresh_for):
    following = interval_after(interval, has_new=has_new, fresh_for=fresh_for)
    assert FLOOR <= following <= CEILING


def test_news_shortens_the_interval_and_silence_lengthens_it():
    assert interval_after(USUAL, has_new=True) < USUAL < interval_after(USUAL, has_new=False)


def test_a_feed_that_says_how_long_it_stays_is_believed_within_the_ceiling():
    assert interval_after(USUAL, has_new=True, fresh_for=3600) == timedelta(hours=1)
    assert interval_after(USUAL, has_new=True, fresh_for=10**9) == CEILING


@given(st.integers(0, 1000), st.floats(0, 1), seconds)
def test_a_source_that_fails_is_never_given_up(failures, spread, retry_after):
    wait = wait_after_failures(failures, spread=spread, retry_after=retry_after)
    assert timedelta(0) < wait <= LONGEST_WAIT


def test_each_failure_doubles_the_wait_and_chance_parts_those_that_failed_together():
    waits = [wait_after_failures(number, spread=0.5) for number in (1, 2, 3)]
    assert waits == [2 * USUAL, 4 * USUAL, 8 * USUAL]
    assert wait_after_failures(1, spread=0) < waits[0] < wait_after_failures(1, spread=1)


def test_a_server_that_wants_to_be_left_alone_is():
    assert wait_after_failures(1, spread=0.5, retry_after=7200) == timedelta(hours=2)


def test_the_whole_feed_is_asked_for_at_first_and_once_a_day():
    assert is_read_in_full(None)
    assert not is_read_in_full(IN_FULL - timedelta(seconds=1))
    assert is_read_in_full(IN_FULL)
