"""What a drafted event is to one on record: values in, values out."""

from datetime import date

import pytest

from news.likeness import Closeness, Standing, Telling, Verdict, corrected, how_like, standing
from news.likeness import verdicts as compare

LEE = frozenset({"lee-jae-myung"})
BOTH = frozenset({"lee-jae-myung", "ishiba-shigeru"})


def telling(**fields):
    values = {
        "kind": "SUMMIT",
        "status": "HELD",
        "precision": "DAY",
        "starts_on": date(2025, 6, 17),
        "people": BOTH,
        "actors": frozenset({"KR", "JP"}),
        **fields,
    }
    return Telling(**values)


def what(told, known):
    likeness = how_like(told, known)
    return likeness and standing(told, known, likeness)


JUNE = {"precision": "MONTH", "starts_on": date(2025, 6, 1)}
G7 = {"precision": "WINDOW", "starts_on": date(2025, 6, 15), "ends_on": date(2025, 6, 17)}


@pytest.mark.parametrize(
    ("told", "known", "expected"),
    [
        ({}, {}, Standing.SAME),
        ({"kind": "VISIT"}, {}, Standing.SAME),
        ({"starts_on": date(2025, 6, 18)}, {}, Standing.SAME),
        # An older article: what it announces has taken place.
        ({"status": "SCHEDULED", **JUNE}, {}, Standing.SAME),
        ({"status": "SCHEDULED"}, {"status": "SCHEDULED", **JUNE}, Standing.SAME),
        ({}, {"status": "SCHEDULED", **G7}, Standing.UPDATE),
        ({"status": "POSTPONED"}, {"status": "SCHEDULED"}, Standing.UPDATE),
        ({"status": "CANCELLED"}, {"status": "POSTPONED"}, Standing.UPDATE),
        ({"starts_on": date(2025, 7, 1)}, {"status": "SCHEDULED"}, Standing.UPDATE),
        (
            {"status": "SCHEDULED", "starts_on": date(2025, 7, 1)},
            {"status": "SCHEDULED"},
            Standing.UPDATE,
        ),
        # One name shared, a kindred kind and the day before: too little to say so.
        (
            {
                "kind": "VISIT",
                "people": LEE,
                "starts_on": date(2025, 6, 16),
            },
            {},
            Standing.NEW,
        ),
        ({"starts_on": date(2025, 6, 20)}, {}, None),
        ({"starts_on": date(2025, 8, 1)}, {"status": "SCHEDULED"}, None),
        ({"kind": "DISPUTE"}, {}, None),
        ({"people": frozenset({"yoon-suk-yeol"})}, {}, None),
        (
            {"people": LEE, "starts_on": date(2025, 7, 1)},
            {"status": "SCHEDULED"},
            None,
        ),
    ],
)
def test_a_candidate_is_new_the_same_or_an_update(told, known, expected):
    assert what(telling(**told), telling(**known)) == expected


def test_where_either_names_nobody_the_countries_decide():
    protest = {"kind": "DISPUTE", "people": frozenset(), "actors": frozenset({"KR"})}

    assert what(telling(**protest), telling(**{**protest, "people": BOTH})) == Standing.SAME
    assert what(telling(**protest), telling(**{**protest, "actors": frozenset({"JP"})})) is None


@pytest.mark.parametrize(
    ("told", "known", "closeness"),
    [
        ({}, {}, Closeness.SAME_DAY),
        ({}, {"starts_on": date(2025, 6, 16), "ends_on": date(2025, 6, 18)}, Closeness.ON_A_DAY),
        (G7, {"starts_on": date(2025, 6, 16)}, Closeness.WITHIN),
        ({}, JUNE, Closeness.ROUGHLY),
        ({}, {"precision": "YEAR", "starts_on": date(2025, 1, 1)}, Closeness.ROUGHLY),
        ({"starts_on": date(2025, 6, 18)}, {}, Closeness.NEXT_DAY),
        ({"starts_on": date(2025, 6, 1)}, {"status": "POSTPONED"}, Closeness.MOVED),
    ],
)
def test_dates_are_as_close_as_they_are_known(told, known, closeness):
    assert how_like(telling(**told), telling(**known)).closeness == closeness


@pytest.mark.parametrize(
    ("field", "told", "known", "verdict"),
    [
        ("kind", {"kind": "VISIT"}, {}, Verdict.DIFFERS),
        ("status", {}, {"status": "SCHEDULED"}, Verdict.DIFFERS),
        ("date", {}, {}, Verdict.AGREES),
        ("date", {}, G7, Verdict.FILLS),
        ("date", JUNE, {}, Verdict.AGREES),
        ("date", {"starts_on": date(2025, 6, 18)}, {}, Verdict.DIFFERS),
        ("date", {"starts_on": date(2025, 6, 18)}, G7, Verdict.DIFFERS),
        ("people", {"people": LEE}, {}, Verdict.AGREES),
        ("people", {}, {"people": LEE}, Verdict.ADDS),
        ("people", {}, {"people": frozenset()}, Verdict.FILLS),
        ("people", {"people": frozenset()}, {}, None),
        ("city", {"cities": frozenset({"Kananaskis"})}, {}, Verdict.FILLS),
        ("city", {"cities": frozenset({"Nara"})}, {"cities": frozenset({"Kyoto"})}, Verdict.ADDS),
        ("minutes", {"minutes": 30}, {"minutes": 25}, Verdict.DIFFERS),
        ("minutes", {"minutes": 30}, {}, Verdict.FILLS),
        ("minutes", {}, {"minutes": 25}, None),
    ],
)
def test_each_field_is_compared_with_the_record(field, told, known, verdict):
    assert compare(telling(**told), telling(**known)).get(field) == verdict


def test_what_an_editor_corrected_is_named():
    told = telling(minutes=25)

    assert corrected(told, told) == []
    entered = telling(minutes=30, starts_on=date(2025, 6, 18), people=BOTH - {"ishiba-shigeru"})
    assert corrected(told, entered) == ["date", "people", "minutes"]
