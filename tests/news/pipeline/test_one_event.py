"""When two drafts are of one event, and when not."""

from datetime import date

import pytest

from news.pipeline import Draft, Reading
from news.pipeline.cluster import share_keys
from news.pipeline.one_event import is_one_event


def draft(kind="summit", day=9, last=None, **fields) -> Draft:
    people = ("lee-jae-myung", "ishiba-shigeru") if kind in ("summit", "visit", "call") else ()
    values = {
        "kind": kind,
        "starts_on": date(2025, 6, day),
        "ends_on": date(2025, 6, last or day),
        "precision": "DAY",
        "status": "happened",
        "participants": people,
        "countries": ("KR", "JP"),
        "city": "",
        "topics": ("trade",),
        "occasion": "",
        "channel": "",
        "minutes": None,
        "anniversary": "",
        "title": "",
        "evidence": (),
        "cluster_key": "",
        **fields,
    }
    return Draft(**values)


THREE = ("lee-jae-myung", "ishiba-shigeru", "trump-donald")
MINISTERS = ("cho-hyun", "iwaya-takeshi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft(), draft("visit", 9, 10)),
        (draft(), draft(status="scheduled", precision="WINDOW", day=8, last=12)),
        # Across midnight, or by another newspaper's day.
        (draft("call", 9), draft("call", 10)),
        (draft(), draft(participants=("lee-jae-myung",), city="Tokyo")),
        (draft(), draft(participants=())),
        (draft(city="Tokyo"), draft(city="Osaka")),
        # A guest of a third country was read into it.
        (draft("call"), draft("call", participants=THREE, countries=("KR", "JP", "US"))),
        (
            draft("ministerial", participants=MINISTERS),
            draft("ministerial", participants=(*MINISTERS, "wi-sung-lac")),
        ),
        (
            draft("ministerial", participants=MINISTERS, channel="PHONE"),
            draft("call", participants=MINISTERS),
        ),
        (draft("visit", participants=("cho-hyun",)), draft("ministerial", participants=MINISTERS)),
        (draft("dispute", 9), draft("statement", 10, participants=("lee-jae-myung",))),
        (draft("anniversary", 22), draft("anniversary", 22, participants=("lee-hyuk",))),
    ],
)
def test_two_tellings_of_one_event(one, other):
    assert is_one_event(one, other)
    assert is_one_event(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft(), draft("call")),
        (draft(), draft(day=11)),
        (draft(), draft("trilateral_summit", participants=THREE, countries=("KR", "JP", "US"))),
        (
            draft("ministerial", participants=MINISTERS),
            draft("ministerial", participants=MINISTERS, countries=("KR", "JP", "US")),
        ),
        # A leader meets several on a day.
        (draft(), draft(participants=("lee-jae-myung", "kishida-fumio"))),
        (draft(participants=(), city="Tokyo"), draft(city="Seoul")),
        # Nobody is named, and the days are not the same.
        (draft("ministerial", 9, topics=()), draft("ministerial", 10)),
        (
            draft("statement", participants=("lee-jae-myung",)),
            draft("statement", participants=("ishiba-shigeru",)),
        ),
        (draft("dispute"), draft("dispute", topics=("territory",))),
        (
            draft("anniversary", 22, anniversary="normalization-treaty"),
            draft("anniversary", 22, anniversary="takeshima-day"),
        ),
        (
            draft("anniversary", 22, participants=("lee-jae-myung",)),
            draft("anniversary", 22, participants=("ishiba-shigeru",)),
        ),
    ],
)
def test_two_events(one, other):
    assert not is_one_event(one, other)
    assert not is_one_event(other, one)


def keys_of(*articles):
    """The keys of articles, each given by its drafts."""
    readings = [Reading(bool(drafts), "", tuple(drafts), ()) for drafts in articles]
    return [reading.cluster_key for reading in share_keys(readings)]


def test_articles_that_lead_with_talks_of_two_and_with_talks_of_three_are_not_of_one():
    three = draft("trilateral_summit", participants=THREE, countries=("KR", "JP", "US"))

    two, of_three, again = keys_of([draft(), three], [three, draft()], [draft()])

    assert two == again != of_three


def test_plans_of_one_journey_are_one_story_whichever_talks_are_told_first():
    two = draft(status="scheduled")
    three = draft(
        "trilateral_summit",
        participants=THREE,
        countries=("KR", "JP", "US"),
        status="scheduled",
    )

    first, second = keys_of([two, three], [three, two])
    lead, other, *more = keys_of([two, three], [three, two], [two], [three])

    assert first == second
    assert lead == more[0] != other == more[1]


def test_what_the_same_two_do_on_a_day_is_one_story_whatever_kind_was_read():
    two = draft().participants
    signed = draft("agreement", topics=("legal",), participants=two)

    first, second, later = keys_of([draft()], [signed], [draft("agreement", 15, participants=two)])

    assert first == second != later


def test_a_traveller_makes_one_journey_whomever_a_newspaper_names_beside_him():
    told = draft("visit", participants=("kishida-fumio", "hayashi-yoshimasa"))
    talks = draft(participants=("kishida-fumio", "yoon-suk-yeol"))

    first, second = keys_of([told], [talks])

    assert first == second


def test_an_article_is_of_its_main_event_only():
    call, summit = draft("call", 9), draft(day=17)

    first, second, third = keys_of([call, summit], [summit], [call])

    assert first == third != second


def test_what_is_told_beside_a_remembered_day_does_not_make_it_the_news():
    day, talks = draft("anniversary", 22), draft("ministerial", 21, participants=MINISTERS)

    first, second = keys_of([day, talks], [talks, day])

    assert first != second


def test_a_main_event_that_names_nobody_may_have_been_read_as_another_kind():
    first, second, other = keys_of(
        [draft("dispute")], [draft("ministerial")], [draft("ministerial", topics=("security",))]
    )

    assert first == second != other


def test_two_events_never_share_a_key_though_their_own_keys_are_equal():
    first, second, nothing = keys_of(
        [draft(participants=("lee-jae-myung",))], [draft(participants=("lee-hyuk",))], []
    )

    assert first != second
    assert nothing == ""
