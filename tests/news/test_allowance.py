"""When the model may be asked."""

from datetime import timedelta

import pytest

from news.allowance import (
    MOST_FAILURES,
    REST,
    Attempt,
    Limits,
    Refusal,
    Spent,
    refusal,
    rests_until,
)
from tests.events.build import NOW

LIMITS = Limits(requests=10, tokens=1000)
MINUTE = timedelta(minutes=1)


def failures(count, *, ended=NOW):
    return [Attempt(ended - number * MINUTE, has_failed=True) for number in range(count)]


@pytest.mark.parametrize(
    ("spent", "tokens", "reason"),
    [
        (Spent(), 1000, None),
        (Spent(), 1001, Refusal.TOKENS),
        (Spent(9, 500), 500, None),
        (Spent(9, 501), 500, Refusal.TOKENS),
        (Spent(10, 0), 1, Refusal.REQUESTS),
        (Spent(0, 1000), 0, Refusal.TOKENS),
    ],
)
def test_a_day_has_its_budget(spent, tokens, reason):
    assert refusal(spent, [], LIMITS, at=NOW, tokens=tokens) == reason


def test_after_some_failures_in_a_row_it_rests_and_then_is_tried_again():
    failed = failures(MOST_FAILURES)

    assert rests_until(failed, at=NOW) == NOW + REST
    assert refusal(Spent(), failed, LIMITS, at=NOW + REST - MINUTE) == Refusal.RESTING
    assert refusal(Spent(), failed, LIMITS, at=NOW + REST) is None


@pytest.mark.parametrize(
    "latest",
    [
        [],
        failures(MOST_FAILURES - 1),
        [Attempt(NOW, has_failed=False), *failures(MOST_FAILURES)],
        [*failures(MOST_FAILURES - 1), Attempt(NOW - REST, has_failed=False)],
    ],
)
def test_an_answer_among_them_keeps_it_going(latest):
    assert rests_until(latest, at=NOW) is None


def test_one_more_failure_after_the_rest_begins_it_anew():
    later = NOW + REST
    latest = [Attempt(later, has_failed=True), *failures(MOST_FAILURES)]

    assert rests_until(latest, at=later + MINUTE) == later + REST
