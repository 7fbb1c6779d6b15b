"""Firsts and counts on built values: what counts, what is not claimed, and that order decides."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.counting import claims_about
from events.models import Event, Term
from events.models.dates import Precision
from events.ordinal_words import length_in_words, ordinal
from events.ordinals import (
    COVERAGE_BEGINS,
    KINDS_OF_PRESENCE,
    KINDS_WITH_CLAIMS,
    Entry,
    Leader,
    claims,
    full_months,
)
from events.publication import merge, withdraw
from tests.events.build import make_event, make_office, make_person, make_term

PRESIDENT = Leader("yoon", "Yoon", "KR", date(2022, 5, 10))
MINISTER = Leader("kishida", "Kishida", "JP", date(2021, 10, 4))
ANOTHER_MINISTER = Leader("ishiba", "Ishiba", "JP", date(2024, 10, 1))


def entry(number, starts_on, **fields):
    """A bilateral summit in Seoul between the two, unless told otherwise."""
    ends_on = fields.get("ends_on")
    values = {
        "id": number,
        "slug": f"event-{number}",
        "title_en": f"Event {number}",
        "title_ko": f"행사 {number}",
        "title_ja": "",
        "kind": "SUMMIT",
        "setting": "BILATERAL",
        "channel": "IN_PERSON",
        "status": "HELD",
        "certainty": "CONFIRMED",
        "precision": "DAY",
        "starts_on": starts_on,
        "ends_on": None,
        "last_possible_on": ends_on or starts_on,
        "clock": None,
        "host": "KR",
        "cities": ("Seoul",),
        "leaders": (PRESIDENT, MINISTER),
    }
    return Entry(**{**values, **fields})


def call(number, starts_on, **fields):
    return entry(
        number,
        starts_on,
        **{"kind": "CALL", "channel": "PHONE", "host": None, "cities": ()} | fields,
    )


def month(number, starts_on, last, **fields):
    return entry(number, starts_on, precision="MONTH", last_possible_on=last, **fields)


def number_of(this, contacts):
    """The number that the event gets among these; None without one."""
    found = [claim.number for claim in claims(this, [*contacts, this]) if claim.number]
    return found[0] if found else None


def gaps(this, visits):
    """What the event is the first of among these visits."""
    return [claim for claim in claims(this, [*visits, this]) if claim.since]


# Numbers


def test_meetings_of_a_pair_are_numbered_by_date():
    second, first, third = (
        entry(1, date(2023, 5, 7)),
        entry(2, date(2023, 3, 16)),
        entry(3, date(2023, 5, 21)),
    )
    (claim,) = claims(third, [second, first, third])
    assert claim.number == 3
    assert claim.counted == (first, second, third)
    assert claim.headline == "Their 3rd meeting in person"
    assert claim.about == third.slug


def test_the_first_is_said_in_words():
    meeting, first_call = entry(1, date(2023, 3, 16)), call(2, date(2023, 3, 16))
    assert claims(meeting, [meeting])[0].headline == "Their first meeting in person"
    assert claims(first_call, [first_call])[0].headline == "Their first call"


def test_of_a_part_of_the_record_nothing_gets_a_number():
    before, this = entry(1, date(2018, 2, 9)), entry(2, date(2023, 5, 7))
    (claim,) = claims(this, [before, this], complete=False)
    assert claim.since == before


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "TRILATERAL_SUMMIT"},
        {"kind": "OTHER"},
        {"kind": "AGREEMENT"},
        {"setting": "TRILATERAL"},
        {"setting": "MULTILATERAL"},
        {"channel": "VIDEO"},
        {"status": "CANCELLED"},
        {"status": "SCHEDULED"},
        {"status": "POSTPONED"},
        {"leaders": (PRESIDENT, ANOTHER_MINISTER)},
        {"leaders": (PRESIDENT,)},
        {"leaders": ()},
    ],
    ids=str,
)
def test_what_is_no_meeting_of_the_two_in_person_counts_for_nothing(fields):
    earlier = entry(1, date(2023, 3, 16), **fields)
    assert number_of(entry(2, date(2023, 5, 7)), [earlier]) == 1


@pytest.mark.parametrize("fields", [{"setting": "MARGINS"}, {"setting": ""}, {"kind": "VISIT"}])
def test_meetings_on_the_margins_and_visits_count(fields):
    earlier = entry(1, date(2023, 3, 16), **fields)
    assert number_of(entry(2, date(2023, 5, 7)), [earlier]) == 2


@pytest.mark.parametrize("status", ["SCHEDULED", "POSTPONED", "CANCELLED"])
def test_nothing_is_claimed_of_what_was_not_held(status):
    visits = [entry(1, date(2011, 10, 19))]
    this = entry(2, date(2023, 5, 7), status=status)
    assert claims(this, [*visits, this]) == []


def test_calls_and_meetings_are_counted_apart_and_video_calls_are_calls():
    contacts = [
        entry(1, date(2022, 9, 21)),
        call(2, date(2022, 10, 6), channel="VIDEO"),
        call(3, date(2023, 1, 6), setting="TRILATERAL"),
    ]
    assert number_of(call(4, date(2024, 4, 17)), contacts) == 2
    assert number_of(entry(5, date(2024, 5, 26)), contacts) == 2


def test_a_visit_and_the_talks_during_it_count_once():
    visit = entry(1, date(2023, 3, 16), kind="VISIT", ends_on=date(2023, 3, 19))
    talks = entry(2, date(2023, 3, 17))
    again = entry(3, date(2023, 3, 18))
    after = entry(4, date(2023, 5, 7))
    contacts = [visit, talks, again, after]
    assert [number_of(one, contacts) for one in contacts] == [1, 1, 2, 3]
    (claim,) = claims(after, contacts)
    assert claim.counted == (talks, again, after)


def test_talks_on_the_first_day_of_a_visit_are_part_of_it():
    visit = entry(2, date(2023, 3, 16), kind="VISIT", ends_on=date(2023, 3, 17))
    talks = entry(1, date(2023, 3, 16))
    assert number_of(talks, [visit]) == 1
    assert number_of(visit, [talks]) == 1


def test_two_of_one_day_are_ordered_by_moments_and_without_them_have_no_number():
    morning = datetime(2023, 5, 7, 1, 0, tzinfo=UTC)
    early = entry(1, date(2023, 5, 7), clock=morning)
    late = entry(2, date(2023, 5, 7), clock=morning + timedelta(hours=3))
    unknown = entry(3, date(2023, 5, 7))
    assert number_of(late, [early]) == 2
    assert number_of(early, [late]) == 1
    assert number_of(late, [early, unknown]) is None
    assert number_of(unknown, [early]) is None
    assert number_of(entry(4, date(2023, 5, 8)), [early, late, unknown]) == 4


def test_a_coarse_date_counts_where_its_order_is_known_and_else_there_is_no_number():
    in_may = month(1, date(2023, 5, 1), date(2023, 5, 31))
    assert number_of(entry(2, date(2023, 6, 1)), [in_may]) == 2
    assert number_of(entry(2, date(2023, 4, 30)), [in_may]) == 1
    assert number_of(entry(2, date(2023, 5, 31)), [in_may]) is None
    assert number_of(in_may, [entry(2, date(2023, 5, 7))]) is None
    assert number_of(in_may, [entry(2, date(2023, 4, 7))]) == 2


def test_pairs_that_may_have_shared_office_before_the_coverage_have_no_numbers():
    early = date(1996, 1, 11)
    pair = (Leader("kim", "Kim", "KR", date(1993, 2, 25)), Leader("h", "H", "JP", early))
    assert number_of(entry(1, date(1998, 2, 1), leaders=pair), []) is None
    pair = (Leader("dj", "Kim", "KR", date(1998, 2, 25)), Leader("h", "H", "JP", early))
    assert number_of(entry(1, date(1998, 4, 2), leaders=pair), []) == 1


# Visits


def test_a_long_gap_between_visits_is_claimed_with_the_visit_before():
    before = entry(1, date(2018, 2, 9), setting="MARGINS", cities=("PyeongChang",))
    this = entry(2, date(2023, 5, 7), ends_on=date(2023, 5, 8))
    (claim,) = gaps(this, [before])
    assert claim.headline == (
        "First visit of any purpose by a Japanese prime minister to Korea since February 2018,"
        " after 5 years and 2 months"
    )
    assert claim.since == before
    assert claim.counted == (before, this)
    assert claim.number is None


def test_the_time_without_a_visit_begins_when_the_one_before_ended():
    before = entry(1, date(2018, 2, 9), ends_on=date(2018, 2, 10))
    (claim,) = gaps(entry(2, date(2023, 2, 9)), [before])
    assert claim.months == 4 * 12 + 11


def test_a_gap_shorter_than_two_years_is_not_worth_a_claim():
    before = entry(1, date(2021, 5, 8))
    assert gaps(entry(2, date(2023, 5, 7)), [before]) == []
    assert [claim.months for claim in gaps(entry(2, date(2023, 5, 8)), [before])] == [24]


def test_nothing_is_first_since_what_lies_before_the_coverage():
    this = entry(2, date(2004, 7, 21))
    assert gaps(this, [entry(1, COVERAGE_BEGINS - timedelta(days=1))]) == []
    (claim,) = gaps(this, [entry(1, COVERAGE_BEGINS)])
    assert claim.headline.startswith("First bilateral visit")


def test_visits_of_any_purpose_are_claimed_only_from_the_year_in_which_they_are_all_recorded():
    this = entry(2, date(2016, 1, 1), setting="MARGINS")
    assert gaps(this, [entry(1, date(2012, 12, 31), setting="MARGINS")]) == []
    assert len(gaps(this, [entry(1, date(2013, 1, 1), setting="MARGINS")])) == 1


def test_the_narrower_claim_is_left_out_where_the_wider_says_as_much():
    (claim,) = gaps(entry(2, date(2020, 1, 1)), [entry(1, date(2014, 1, 1))])
    assert "of any purpose" in claim.headline


def test_a_stay_outside_the_capital_is_told_among_bilateral_visits_only():
    jeju = entry(1, date(2004, 7, 21), cities=("Seogwipo (Jeju)",))
    seoul = entry(2, date(2024, 9, 6))
    apec = entry(3, date(2023, 11, 18), setting="MARGINS", cities=("Busan",))
    busan = entry(4, date(2025, 9, 30), cities=("Busan",))
    (claim,) = gaps(busan, [jeju, seoul, apec])
    assert claim.headline == (
        "Among bilateral visits, the first by a Japanese prime minister to Korea outside Seoul"
        " since July 2004, after 21 years and 2 months"
    )
    assert claim.counted == (jeju, busan)


@pytest.mark.parametrize(
    "fields", [{"setting": ""}, {"setting": "BILATERAL", "cities": ()}], ids=["setting", "place"]
)
def test_what_is_not_known_of_a_visit_in_between_forbids_the_claim(fields):
    jeju = entry(1, date(2004, 7, 21), cities=("Seogwipo (Jeju)",))
    unknown, seoul = entry(2, date(2021, 9, 6), **fields), entry(3, date(2024, 9, 6))
    busan = entry(4, date(2025, 9, 30), cities=("Busan",))
    assert len(gaps(busan, [jeju, seoul])) == 1
    assert gaps(busan, [jeju, seoul, unknown]) == []


def test_a_visit_that_may_have_come_in_between_forbids_the_claim():
    before = entry(1, date(2018, 2, 9))
    some_day = month(2, date(2023, 5, 1), date(2023, 5, 31))
    this = entry(3, date(2023, 5, 7))
    assert gaps(this, [before, some_day]) == []


def test_entries_about_one_stay_are_one_visit():
    before = entry(1, date(2018, 2, 9))
    first = entry(2, date(2023, 5, 7), kind="TRILATERAL_SUMMIT", setting="TRILATERAL")
    second = entry(3, date(2023, 5, 8), setting="MARGINS")
    visits = [before, first, second]
    for this in (first, second):
        (claim,) = gaps(this, visits)
        assert claim.counted == (before, this)


def test_an_entry_beside_the_talks_of_a_visit_claims_nothing_and_stands_for_none():
    before = entry(1, date(2018, 2, 9))
    talks = entry(2, date(2023, 5, 7))
    other = entry(3, date(2023, 5, 7), kind="VISIT", leaders=(MINISTER,))
    later = entry(4, date(2026, 5, 7))
    visits = [before, other, talks, later]
    assert gaps(other, visits) == []
    assert [claim.since for claim in gaps(later, visits)] == [talks]


def test_a_later_visit_does_not_matter():
    before, later = entry(1, date(2018, 2, 9)), entry(3, date(2024, 9, 6))
    this = entry(2, date(2023, 5, 7))
    assert gaps(this, [before, later]) == gaps(this, [before]) != []


def test_a_leader_at_home_visits_nobody():
    at_home = entry(2, date(2023, 5, 7), leaders=(PRESIDENT,))
    assert gaps(at_home, [entry(1, date(2018, 2, 9))]) == []


# Words


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th")]
    + [(21, "21st"), (102, "102nd"), (111, "111th"), (112, "112th"), (123, "123rd")],
)
def test_english_ordinals(number, word):
    assert ordinal(number) == word
    with translation.override("ko"):
        assert ordinal(number) == str(number)


def test_full_months_are_those_that_have_passed():
    assert full_months(date(2011, 10, 19), date(2023, 5, 7)) == 11 * 12 + 6
    assert full_months(date(2011, 10, 7), date(2023, 5, 7)) == 11 * 12 + 7
    assert full_months(date(2023, 1, 31), date(2023, 2, 28)) == 0


def test_lengths_leave_out_what_is_nought():
    assert [length_in_words(months) for months in (1, 11, 12, 25, 84)] == [
        "1 month",
        "11 months",
        "1 year",
        "2 years and 1 month",
        "7 years",
    ]


def test_a_rule_says_its_population_filter_window_ties_and_coverage():
    this = entry(1, date(2023, 5, 7))
    rule = claims(this, [this])[0].rule
    parts = [rule.population, rule.filter, rule.window, rule.ties, rule.coverage]
    assert all(parts)
    assert str(rule) == " ".join(parts)
    assert "Yoon" in rule.population
    assert "Kishida" in rule.population
    assert "1998" in rule.coverage


def test_a_title_is_the_readers_and_english_where_it_is_not_written():
    row = entry(1, date(2023, 5, 7))
    titles = {}
    for language in ("en", "ko", "ja"):
        with translation.override(language):
            titles[language] = row.title
    assert titles == {"en": "Event 1", "ko": "행사 1", "ja": "Event 1"}


def test_the_rules_speak_of_kinds_that_exist():
    assert set(Event.Kind.values) >= KINDS_WITH_CLAIMS | KINDS_OF_PRESENCE
    assert {"DAY", "MONTH", "YEAR", "WINDOW"} == set(Precision.values)


# What is loaded from the database


@pytest.fixture
def leaders(db, editor):
    president = make_person("kim-dae-jung", "KR", name_ko="김대중")
    minister = make_person("obuchi-keizo", "JP")
    make_term(president, starts_on=date(1998, 2, 25), ends_on=date(2003, 2, 24))
    make_term(
        minister,
        office=make_office("prime_minister", "JP"),
        starts_on=date(1998, 7, 30),
        ends_on=date(2000, 4, 5),
    )
    return president, minister


def meeting(leaders, starts_on, **fields):
    values = {"kind": "SUMMIT", "setting": "BILATERAL", "host": "KR", "places": [("Seoul", "KR")]}
    return make_event(starts_on=starts_on, people=leaders, **{**values, **fields})


def numbers(event):
    return [claim.number for claim in claims_about(event) if claim.number]


def test_drafts_and_withdrawn_and_merged_events_count_for_nothing(leaders, editor, now):
    draft = meeting(leaders, date(1998, 10, 1), published=False)
    withdrawn = meeting(leaders, date(1998, 10, 2))
    merged = meeting(leaders, date(1998, 10, 3))
    kept = meeting(leaders, date(1998, 10, 4))
    this = meeting(leaders, date(1999, 3, 20))
    assert numbers(this) == [4]
    withdraw(withdrawn, reason="Not held.", by=editor, at=now)
    assert numbers(this) == [3]
    merge(merged, into=kept, by=editor)
    assert numbers(this) == [2]
    for gone in (draft, withdrawn, merged):
        gone.refresh_from_db()
        assert claims_about(gone) == []


def test_only_meetings_while_both_were_in_office_count(leaders):
    before, after = date(1998, 7, 29), date(2000, 4, 6)
    for day in (before, after):
        assert numbers(meeting(leaders, day)) == []
    first, last = meeting(leaders, date(1998, 7, 30)), meeting(leaders, date(2000, 4, 5))
    assert [*numbers(first), *numbers(last)] == [1, 2]


def test_an_acting_president_holds_another_office(leaders):
    Term.objects.filter(person=leaders[0]).update(office=make_office("acting_president", "KR"))
    assert numbers(meeting(leaders, date(1998, 10, 8))) == []


def test_a_coarse_date_needs_the_offices_held_all_through_it(leaders):
    coarse = {"precision": "MONTH"}
    assert numbers(meeting(leaders, date(2000, 4, 1), **coarse)) == []
    assert numbers(meeting(leaders, date(2000, 3, 1), **coarse)) == [1]


def test_clock_times_of_two_zones_are_compared_as_moments(leaders):
    tokyo = meeting(
        leaders, date(1999, 3, 20), clock_time=time(9, 0), time_zone="Asia/Tokyo", host=None
    )
    auckland = meeting(
        leaders, date(1999, 3, 20), clock_time=time(11, 0), time_zone="Pacific/Auckland", host=None
    )
    assert [*numbers(auckland), *numbers(tokyo)] == [1, 2]


def test_a_zone_that_does_not_exist_orders_nothing(leaders):
    for zone in ("Asia/Seoul", "Asia/Nowhere"):
        event = meeting(leaders, date(1999, 3, 20), clock_time=time(9, 0), time_zone=zone)
    assert numbers(event) == []


def test_places_in_another_country_are_not_the_hosts(leaders):
    Term.objects.filter(person=leaders[1]).update(ends_on=None)
    meeting(leaders, date(1998, 8, 1), places=[("Jeju", "KR")])
    meeting(leaders, date(2000, 5, 1))
    in_seoul = meeting(leaders, date(2000, 9, 1), places=[("Seoul", "KR"), ("Osaka", "JP")])
    in_busan = meeting(leaders, date(2000, 10, 1), places=[("Seoul", "KR"), ("Busan", "KR")])
    assert [claim.since is None for claim in claims_about(in_seoul)] == [True]
    assert "outside Seoul" in claims_about(in_busan)[0].headline


@pytest.mark.parametrize("count", [1, 15])
def test_a_count_costs_one_query_for_few_and_many(leaders, django_assert_num_queries, count):
    for day in range(1, count + 1):
        event = meeting(leaders, date(1999, 3, day))
    for language in ("en", "ko", "ja"):
        with translation.override(language), django_assert_num_queries(1):
            assert claims_about(event)[-1].number == count


def test_an_event_that_allows_no_claim_costs_no_query(leaders, django_assert_num_queries):
    dispute = meeting(leaders, date(1999, 3, 1), kind="DISPUTE")
    scheduled = meeting(leaders, date(1999, 3, 1), status="SCHEDULED")
    with django_assert_num_queries(0):
        assert claims_about(dispute) == claims_about(scheduled) == []


def test_a_list_that_nobody_could_check_has_no_number(leaders, monkeypatch):
    monkeypatch.setattr("events.counting.LONGEST_LIST", 3)
    events = [meeting(leaders, date(1999, 3, day)) for day in range(1, 6)]
    assert [numbers(event) for event in events] == [[1], [2], [3], [], []]


# Properties

FIRST_DAY = date(2023, 1, 1)
LAST_DAY = 40


@st.composite
def contacts_of_the_pair(draw, *, last=LAST_DAY, number=0):
    """An event of the two: talks, a visit of some days or a call; some with a coarse date."""
    starts_on = FIRST_DAY + timedelta(days=draw(st.integers(0, last)))
    kind = draw(st.sampled_from(["SUMMIT", "VISIT", "CALL"]))
    build = call if kind == "CALL" else entry
    fields = {
        "kind": kind,
        "setting": draw(st.sampled_from(["BILATERAL", "MARGINS", "TRILATERAL"])),
    }
    if draw(st.booleans()):
        fields["ends_on"] = starts_on + timedelta(days=draw(st.integers(0, 6)))
        fields["precision"] = draw(st.sampled_from(["DAY", "DAY", "WINDOW"]))
    if draw(st.booleans()):
        hour = draw(st.integers(0, 23))
        fields["clock"] = datetime(*starts_on.timetuple()[:3], hour, tzinfo=UTC)
    return build(number, starts_on, **fields)


@st.composite
def records(draw):
    many = draw(st.lists(contacts_of_the_pair(), min_size=1, max_size=9))
    return [entry_with_id(one, number) for number, one in enumerate(many, start=1)]


def entry_with_id(one, number):
    values = {name: getattr(one, name) for name in Entry.__dataclass_fields__}
    return Entry(**{**values, "id": number, "slug": f"event-{number}"})


def is_earlier(one, this):
    return one.last_possible_on < this.starts_on


@given(records(), contacts_of_the_pair(number=100), st.data())
def test_an_earlier_event_never_lowers_a_number_and_its_withdrawal_never_raises_one(
    record, extra, data
):
    this = data.draw(st.sampled_from(record))
    without, with_it = number_of(this, record), number_of(this, [*record, extra])
    if is_earlier(extra, this):
        assert (without is None) == (with_it is None)
    if without is not None and with_it is not None:
        assert with_it >= without


@given(records(), contacts_of_the_pair(number=100), st.data())
def test_an_event_of_another_pair_changes_nothing(record, extra, data):
    this = data.draw(st.sampled_from(record))
    values = {name: getattr(extra, name) for name in Entry.__dataclass_fields__}
    foreign = Entry(**{**values, "leaders": (PRESIDENT, ANOTHER_MINISTER)})
    assert claims(this, [*record, foreign]) == claims(this, record)


@given(records(), contacts_of_the_pair(number=100), st.data())
def test_a_later_event_changes_nothing(record, extra, data):
    this = data.draw(st.sampled_from(record))
    end = max(this.last_possible_on, this.starts_on)
    if extra.starts_on > end:
        assert claims(this, [*record, extra]) == claims(this, record)


@given(records(), st.data())
def test_a_number_is_the_length_of_the_list_that_ends_with_the_event(record, data):
    this = data.draw(st.sampled_from(record))
    for claim in claims(this, record):
        assert claim.number == len(claim.counted) == len({one.id for one in claim.counted})
        assert claim.counted[-1] == this
        starts = [one.starts_on for one in claim.counted[:-1]]
        assert all(start <= this.last_possible_on for start in starts)
