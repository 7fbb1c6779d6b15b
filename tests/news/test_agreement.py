"""Where the rules and a model agree, told from values."""

from dataclasses import replace
from datetime import date

import pytest

from news.agreement import Agreement, Told, compare, counterpart, unmatched
from news.likeness import Telling

CALL = Telling(
    kind="CALL",
    status="HELD",
    precision="DAY",
    starts_on=date(2025, 6, 9),
    people=frozenset({"lee-jae-myung", "ishiba-shigeru"}),
    actors=frozenset({"KR", "JP"}),
    topics=frozenset({"trade"}),
    channel="PHONE",
)
SUMMIT = replace(CALL, kind="SUMMIT", starts_on=date(2025, 6, 17), channel="IN_PERSON")


@pytest.mark.parametrize(
    ("changes", "field", "agreement"),
    [
        ({}, "kind", Agreement.AGREES),
        ({}, "people", Agreement.AGREES),
        ({"kind": "MINISTERIAL"}, "kind", Agreement.DIFFERS),
        ({"starts_on": date(2025, 6, 8)}, "date", Agreement.DIFFERS),
        ({"precision": "MONTH"}, "date", Agreement.DIFFERS),
        ({"ends_on": date(2025, 6, 9)}, "date", Agreement.AGREES),
        ({"people": frozenset({"lee-jae-myung"})}, "people", Agreement.DIFFERS),
        ({"topics": frozenset()}, "topics", Agreement.SILENT),
        ({"channel": ""}, "channel", Agreement.SILENT),
        ({"minutes": 25}, "minutes", Agreement.ALONE),
        ({"cities": frozenset({"Seoul"})}, "city", Agreement.ALONE),
    ],
)
def test_each_field_is_compared(changes, field, agreement):
    assert compare(CALL, replace(CALL, **changes))[field] == agreement


def test_what_neither_tells_is_left_out():
    assert not {"city", "occasion", "minutes"} & set(compare(CALL, CALL))


def test_the_counterpart_is_the_event_most_like():
    near = Told(replace(CALL, people=frozenset({"lee-jae-myung"})))
    others = [Told(SUMMIT), near, Told(CALL)]

    assert counterpart(Told(CALL), others) == 2
    assert counterpart(Told(CALL), others[:2]) == 1
    assert counterpart(Told(CALL), others[:1]) is None


def test_the_same_sentence_of_a_kindred_kind_is_the_same_event_on_another_day():
    moved = Told(replace(CALL, starts_on=date(2025, 7, 9)), frozenset({40}))

    assert counterpart(moved, [Told(CALL, frozenset({40}))]) == 0
    assert counterpart(moved, [Told(CALL, frozenset({0}))]) is None
    assert counterpart(moved, [Told(replace(SUMMIT), frozenset({40}))]) is None


def test_what_the_other_does_not_tell_is_unmatched():
    assert unmatched([Told(CALL), Told(SUMMIT)], [Told(CALL)]) == [1]
    assert unmatched([Told(CALL)], []) == [0]
