from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.api import cursors
from events.timeline import Position

WORDS = st.from_regex(cursors.PATTERN, fullmatch=True).filter(lambda word: "\n" not in word)


@given(st.dates(), st.integers(0, 3), st.integers(1, 2**63 - 1))
def test_a_place_of_the_timeline_comes_back_from_its_cursor(day, coarseness, pk):
    position = Position(day, coarseness, pk)

    assert cursors.position_of(cursors.cursor_of_position(position)) == position


@given(st.timedeltas(timedelta(), timedelta(days=365 * 500)), st.integers(1, 9**9))
def test_a_moment_comes_back_from_its_cursor(since, pk):
    moment = datetime(1970, 1, 1, tzinfo=UTC) + since

    assert cursors.moment_of(cursors.cursor_of_moment(moment, pk)) == (moment, pk)


@given(WORDS)
def test_every_word_of_the_form_is_some_place(word):
    assert date.min <= cursors.position_of(word).sorts_on <= date.max
    assert cursors.moment_of(word)[0].tzinfo is UTC
    assert 0 <= cursors.read_cursor(word)[1] < 2**63


@pytest.mark.parametrize(
    "word", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "٠" * 32, "0" * 32 + "\n"]
)
def test_any_other_word_is_none(word):
    with pytest.raises(cursors.BadCursor):
        cursors.read_cursor(word)
