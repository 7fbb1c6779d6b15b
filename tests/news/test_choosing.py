"""What reports tell together, and where they contradict each other."""

from dataclasses import replace
from datetime import date

from news.choosing import Reported, choose, contradictions
from tests.news.build import make_draft

OFFICIAL, WIRE, PRESS = 0, 1, 2
DAY = date(2025, 6, 9)


def reports(*told, **each):
    """Reports in their order, each given by the fields that differ from a usual draft."""
    rows = []
    for number, fields in enumerate(told):
        fields = dict(fields)
        about = {name: fields.pop(name) for name in ("rank", "published") if name in fields}
        draft = make_draft(**{"evidence": (), **each, **fields})
        rows.append(Reported(pk=number + 1, draft=draft, **about))
    return rows


def told(field, *rows):
    """Each value of a field that is contradicted, and who tells it."""
    found = {one.field: one.values for one in contradictions(reports(*rows))}
    return [pks for _draft, pks in found.get(field, ())]


def test_an_official_source_counts_before_a_wire_service_and_that_before_others():
    press, wire = {"minutes": 20}, {"minutes": 25, "rank": WIRE}

    assert choose(reports(press, press, wire)).minutes == 25
    assert choose(reports(press, wire, {"minutes": 30, "rank": OFFICIAL})).minutes == 30


def test_else_what_most_tell_counts_and_then_what_came_first():
    one, other = {"city": "Seoul"}, {"city": "Tokyo"}

    assert choose(reports(one, other, other)).city == "Tokyo"
    assert choose(reports(one, other)).city == "Seoul"


def test_who_says_nothing_has_no_voice():
    silent = {"rank": OFFICIAL, "city": "", "minutes": None, "participants": ()}

    chosen = choose(reports(silent, {"city": "Seoul", "minutes": 20}))

    assert (chosen.city, chosen.minutes) == ("Seoul", 20)
    assert chosen.participants == ("lee-jae-myung", "ishiba-shigeru")


def test_the_more_precise_of_two_days_is_taken_where_both_can_be_right():
    month = {
        "rank": OFFICIAL,
        "precision": "MONTH",
        "starts_on": date(2025, 6, 1),
        "ends_on": date(2025, 6, 30),
    }
    elsewhen = {**month, "starts_on": date(2025, 7, 1), "ends_on": date(2025, 7, 31)}

    assert choose(reports(month, {})).precision == "DAY"
    assert choose(reports(month, {})).starts_on == DAY
    assert choose(reports(elsewhen, {})).precision == "MONTH"
    assert told("date", month, {}) == []
    assert told("date", elsewhen, {}) == [(1,), (2,)]


def test_the_status_is_that_of_the_latest_article():
    plan = {"status": "scheduled", "published": date(2025, 6, 8), "rank": OFFICIAL}
    done = {"status": "happened", "published": date(2025, 6, 10)}
    off = {"status": "cancelled", "published": date(2025, 6, 9)}

    assert choose(reports(plan, done)).status == "happened"
    assert choose(reports(plan, off)).status == "cancelled"
    # Of one day: the plan is the older news.
    same_day = {**done, "published": date(2025, 6, 8)}
    assert choose(reports(plan, same_day)).status == "happened"
    assert told("status", plan, done) == []
    assert told("status", off, done) == [(2,), (1,)]
    late_plan = {**plan, "published": date(2025, 6, 12)}
    assert told("status", done, late_plan) == [(2,), (1,)]


def test_a_name_counts_that_half_of_the_reports_have_or_an_official_one():
    both = {"participants": ("lee-jae-myung", "ishiba-shigeru")}
    more = {"participants": ("lee-jae-myung", "ishiba-shigeru", "cho-hyun")}

    assert len(choose(reports(both, more)).participants) == 3
    assert len(choose(reports(both, both, more)).participants) == 2
    assert len(choose(reports(both, both, {**more, "rank": OFFICIAL})).participants) == 3


def test_the_title_is_of_the_report_that_is_most_like_what_was_chosen():
    odd = {"kind": "ministerial", "participants": (), "title": "Talks"}

    assert choose(reports(odd, {}, {})).title == "Lee-Ishiba call"


def test_what_cannot_both_be_right_is_told_with_who_tells_it():
    rows = [
        {"minutes": 25, "ordinal": 3, "city": "Seoul"},
        {"minutes": 20, "ordinal": 2, "city": "Tokyo"},
        {"minutes": 25, "starts_on": date(2025, 6, 10), "ends_on": date(2025, 6, 10)},
        {"participants": ("lee-jae-myung", "iwaya-takeshi")},
    ]

    found = contradictions(reports(*rows))

    assert [one.field for one in found] == ["date", "minutes", "ordinal", "city", "people"]
    minutes = found[1].values
    assert [(draft.minutes, pks) for draft, pks in minutes] == [(25, (1, 3)), (20, (2,))]
    assert told("date", *rows) == [(1, 2, 4), (3,)]


def test_one_that_tells_less_contradicts_nobody():
    whole = {"minutes": 25, "city": "Seoul", "ordinal": 3}
    less = {"participants": ("lee-jae-myung",), "topics": ("trade",)}
    stay = {"ends_on": date(2025, 6, 11)}

    assert contradictions(reports(whole, less, stay)) == []


def test_kinds_of_one_family_are_no_contradiction():
    assert told("kind", {"kind": "summit"}, {"kind": "visit"}) == []
    assert told("kind", {"kind": "summit", "channel": ""}, {}) == [(1,), (2,)]


def test_one_report_is_what_it_is():
    (only,) = reports({"minutes": 25})

    assert choose([only]) == replace(only.draft, evidence=())
