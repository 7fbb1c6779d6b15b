"""What a source is judged by: its answers, what was new in them, and how often something was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.habits import History, State, habit_of, judge

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)


def every(gap, *, weeks=6, until=MONDAY, unless=lambda moment: False):
    """Moments at which something was new, the last one at `until`."""
    count = timedelta(weeks=weeks) // gap
    moments = [until - gap * back for back in range(count, -1, -1)]
    return [moment for moment in moments if not unless(moment)]


def weekend(moment):
    return moment.weekday() >= 5


def source(new_at=(), *, quiet_for=timedelta(), **known):
    """One that has answered for long, last at the end of `quiet_for` after its last new item."""
    last = new_at[-1] if new_at else MONDAY
    values = {
        "verified_at": last - 90 * DAY,
        "answered_at": last + quiet_for,
        "polled_at": last + quiet_for,
        "attempted_since": last - 90 * DAY,
        "new_at": new_at,
        "last_new_at": last,
    }
    return History(**{**values, **known})


def state(history):
    return judge(history).state


# --- Answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failures", "for_", "expected"),
    [
        (0, timedelta(), State.WELL),
        (1, HOUR, State.WELL),
        (4, 15 * HOUR, State.WELL),
        (4, DAY, State.WELL),
        (5, 15 * HOUR, State.FAILING),
        (1, DAY + timedelta(seconds=1), State.FAILING),
        (200, 100 * DAY, State.FAILING),
    ],
)
def test_it_fails_after_five_attempts_in_a_row_or_more_than_a_day(failures, for_, expected):
    history = source(failures=failures, answered_at=MONDAY, polled_at=MONDAY + for_)
    assert state(history) == expected


def test_what_nobody_has_asked_is_not_held_against_it():
    """The last attempt failed and then the workers stood still: that is not the source's doing."""
    history = source(failures=1, answered_at=MONDAY - HOUR, polled_at=MONDAY)
    assert state(history) == State.WELL


def test_one_that_has_never_answered_fails_from_its_first_attempt_on():
    never = History(attempted_since=MONDAY, polled_at=MONDAY + 7 * HOUR, failures=4, said="No.")
    assert state(never) == State.UNTRIED

    judgement = judge(replace(never, failures=5))

    assert (judgement.state, judgement.since, judgement.said) == (State.FAILING, MONDAY, "No.")


def test_one_that_nobody_has_asked_yet_is_untried():
    assert state(History()) == State.UNTRIED


def test_one_that_says_it_is_gone_is_gone_and_one_switched_off_is_off():
    gone = source(is_enabled=False, disabled_because="The server answered 410 (Gone).", failures=9)
    assert state(gone) == State.GONE
    assert judge(gone).said == "The server answered 410 (Gone)."
    assert state(replace(gone, disabled_because="")) == State.OFF


def test_one_that_fails_is_not_called_silent_too():
    history = source(every(HOUR), quiet_for=10 * DAY, failures=5)
    assert state(history) == State.FAILING


# --- Habit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "patience"),
    [
        (timedelta(minutes=20), DAY),
        (8 * HOUR, DAY),
        (10 * HOUR, 30 * HOUR),
        (2 * DAY, 6 * DAY),
        (7 * DAY, 21 * DAY),
    ],
)
def test_it_is_silent_after_three_times_its_usual_gap_and_at_least_a_day(gap, patience):
    moments = every(gap)
    assert state(source(moments, quiet_for=patience)) == State.WELL
    silent = judge(source(moments, quiet_for=patience + timedelta(seconds=1)))
    assert (silent.state, silent.since, silent.usual) == (State.SILENT, MONDAY, gap)


def test_a_rare_long_pause_does_not_become_the_habit():
    # 60 gaps of 12 hours, but for three of four days: 95 of 100 are twelve hours.
    moments = [MONDAY]
    for number in range(60):
        moments.insert(0, moments[0] - (4 * DAY if number in (10, 30, 50) else 12 * HOUR))
    assert habit_of(source(moments)).usual == 12 * HOUR


def test_a_pause_that_comes_often_does():
    # Every tenth gap is thirty hours long.
    moments = [MONDAY]
    for number in range(60):
        moments.insert(0, moments[0] - (30 * HOUR if number % 10 == 0 else 4 * HOUR))
    assert habit_of(source(moments)).usual == 30 * HOUR


def test_where_weekends_bring_nothing_they_do_not_count():
    friday = MONDAY - 3 * DAY + 9 * HOUR
    ministry = every(3 * HOUR, until=friday, unless=weekend)
    habit = habit_of(source(ministry))
    assert (habit.rests_at_weekends, habit.usual) == (True, 3 * HOUR)
    # From Friday 9:00 to Monday 9:00 there are 24 hours of work.
    assert state(source(ministry, quiet_for=3 * DAY)) == State.WELL
    assert state(source(ministry, quiet_for=3 * DAY + HOUR)) == State.SILENT


def test_where_weekends_are_as_any_day_they_count():
    saturday = MONDAY - 2 * DAY
    wire = every(3 * HOUR, until=saturday)
    assert not habit_of(source(wire)).rests_at_weekends
    assert state(source(wire, quiet_for=DAY + HOUR)) == State.SILENT


def test_weekends_are_those_of_the_source():
    # At 16:00 in UTC it is the next morning in Seoul: from Sunday to Thursday, Monday to Friday.
    evening = MONDAY - 4 * DAY - 8 * HOUR
    mornings = every(DAY, until=evening, unless=lambda moment: moment.weekday() in (4, 5))
    at_home, elsewhere = (
        habit_of(source(mornings, time_zone=zone)) for zone in ("Asia/Seoul", "UTC")
    )
    assert (at_home.rests_at_weekends, elsewhere.rests_at_weekends) == (True, False)
    assert (at_home.usual, elsewhere.usual) == (DAY, 3 * DAY)


@pytest.mark.parametrize(
    ("moments", "known_for", "has_habit"),
    [
        (every(DAY), 90 * DAY, True),
        (every(DAY, weeks=2), 14 * DAY, True),
        (every(DAY, weeks=2), 14 * DAY - HOUR, False),  # young
        (every(8 * DAY), 90 * DAY, True),  # six items
        (every(9 * DAY), 90 * DAY, False),  # five: four gaps
    ],
)
def test_a_young_source_and_one_that_seldom_speaks_have_no_habit_yet(moments, known_for, has_habit):
    history = source(moments, verified_at=MONDAY - known_for)
    assert (habit_of(history) is not None) == has_habit
    if not has_habit:
        assert state(replace(history, answered_at=MONDAY + 13 * DAY - known_for)) == State.WELL


def test_what_came_from_an_earlier_address_is_no_habit_of_the_new_one():
    assert (
        habit_of(source(every(DAY), verified_at=MONDAY - DAY, answered_at=MONDAY + 14 * DAY))
        is None
    )


def test_only_the_weeks_before_the_last_new_item_make_the_habit():
    long_ago = every(HOUR, weeks=2, until=MONDAY - 50 * DAY)
    lately = every(DAY, weeks=6)
    assert habit_of(source([*long_ago, *lately])).usual == DAY


def test_a_silence_of_months_does_not_become_the_habit():
    assert state(source(every(DAY), quiet_for=200 * DAY)) == State.SILENT


def test_a_source_that_has_had_nothing_new_ever_is_not_silent():
    assert state(source(last_new_at=None)) == State.WELL
