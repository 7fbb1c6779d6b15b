"""English news that says who was together with whom without a verb of meeting."""

from dataclasses import replace
from datetime import date

import pytest

from news.pipeline import KnownEvent, read_article
from tests.news.pipeline.record_knowledge import article, only, read, record_knowledge

PUBLISHED = "2026-06-12"  # a Friday; the record is not asked
THURSDAY = date(2026, 6, 11)
BOTH = ("lee-jae-myung", "takaichi-sanae")


def told(text, published=PUBLISHED):
    """(kind, first day) of each draft."""
    return [(d.kind, d.starts_on) for d in read(text, published, "en").drafts]


@pytest.mark.parametrize(
    "text",
    [
        "A side room of the convention centre served Lee Jae Myung and Sanae Takaichi on Thursday "
        "for a quarter of an hour on steel and ships.",
        "Half an hour was all that the timetable left President Lee Jae Myung and Prime Minister "
        "Sanae Takaichi on Thursday.",
        "The tariffs of the United States filled the fifty minutes that Sanae Takaichi had with "
        "Lee Jae Myung on Thursday.",
        "Sanae Takaichi was Lee Jae Myung's guest at a hot spring resort on Thursday.",
        "The rice was from Niigata when Sanae Takaichi fed Lee Jae Myung at her residence on "
        "Thursday.",
        "President Lee Jae Myung and Prime Minister Sanae Takaichi were in one elevator on "
        "Thursday until they had settled the date of his trip.",
    ],
)
def test_two_leaders_side_by_side_on_a_day_have_met_whatever_the_verb(text):
    draft = only(read(text, PUBLISHED, "en"))

    assert (draft.kind, draft.starts_on, draft.status) == ("summit", THURSDAY, "happened")
    assert set(draft.participants) == set(BOTH)


def test_who_is_to_be_somebody_elses_guest_has_a_meeting_ahead():
    text = "Sanae Takaichi is to be Lee Jae Myung's guest in Jeju on June 20 and 21."

    draft = only(read(text, PUBLISHED, "en"))

    assert (draft.kind, draft.starts_on, draft.status) == ("summit", date(2026, 6, 20), "scheduled")


@pytest.mark.parametrize(
    "text",
    [
        "Sanae Takaichi and Lee Jae Myung were both in Evian on Thursday, but their paths did not "
        "cross.",
        "A poll on Thursday gave Lee Jae Myung and Sanae Takaichi higher marks than their "
        "predecessors.",
        "Donald Trump sent Lee Jae Myung and Sanae Takaichi the same letter on Thursday.",
        "Wax figures of Lee Jae Myung and Sanae Takaichi stood beside each other in Busan on "
        "Thursday.",
        "Sanae Takaichi told parliament on Thursday that she hoped to be Lee Jae Myung's guest "
        "before the year is out.",
        "Had Lee Jae Myung and Sanae Takaichi met on Thursday, as planned, the row would be over, "
        "the daily wrote.",
        "Toyota's chairman had an hour with Lee Jae Myung on Thursday; Sanae Takaichi had asked "
        "him to go.",
        "Business lobbies in Tokyo and Seoul called on Thursday for Sanae Takaichi and Lee Jae "
        "Myung to meet before the year is out.",
        "Students met on Thursday to chant against Sanae Takaichi; a shopkeeper grumbled that "
        "President Lee Jae Myung does not pay his rent.",
        "Prime Minister Sanae Takaichi ordered a check on shipping on Thursday, while President "
        "Lee Jae Myung's security council was convened in Seoul.",
    ],
)
def test_who_is_only_named_together_has_not_met(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Secretary of State Marco Rubio telephoned Foreign Minister Cho Hyun on Thursday and, an "
        "hour later, Foreign Minister Toshimitsu Motegi.",
        "Xi Jinping held talks with Lee Jae Myung on Thursday and with Sanae Takaichi an hour "
        "later.",
        "Lee Jae Myung and Sanae Takaichi each telephoned Donald Trump on Thursday.",
    ],
)
def test_who_sees_or_rings_both_by_turns_is_at_no_table_of_three(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "For 20 minutes on Thursday the line between the Kantei and Yongsan was busy: Prime "
        "Minister Sanae Takaichi wanted President Lee Jae Myung to hear of her trip first.",
        "Sanae Takaichi and Lee Jae Myung saw each other on screens on Thursday, the Blue House "
        "said.",
        "It was nine in the evening on Thursday when the Blue House switchboard connected Lee Jae "
        "Myung to Sanae Takaichi.",
        "The president's second foreign conversation went to Japan. Lee Jae Myung and Sanae "
        "Takaichi spoke for 25 minutes from noon on Thursday.",
    ],
)
def test_lines_screens_and_conversations_without_a_place_are_calls(text):
    assert told(text) == [("call", THURSDAY)]


def test_a_table_of_three_and_one_of_two_in_one_sentence_are_two_events():
    text = (
        "President Yoon is on his way from Lima to Rio. On Friday he and Prime Minister Ishiba "
        "stood with a departing Joe Biden to launch a secretariat, and on Saturday it was just the "
        "two of them, for 50 minutes."
    )

    assert set(told(text, "2024-11-17")) == {
        ("trilateral_summit", date(2024, 11, 15)),
        ("summit", date(2024, 11, 16)),
    }


def test_a_host_sees_each_of_two_guests_on_the_day_before_the_three_sit_down():
    text = (
        "The leaders of Japan and China arrive on Sunday, and President Yoon Suk Yeol will see "
        "each of them alone that afternoon, Li Qiang first and Fumio Kishida next. Monday morning "
        "belongs to the ninth trilateral."
    )

    assert set(told(text, "2024-05-23")) == {
        ("summit", date(2024, 5, 26)),
        ("trilateral_summit", date(2024, 5, 27)),
    }


def test_today_is_the_day_in_the_dateline():
    text = (
        "ULSAN, March 19 — Japan's foreign minister, Toshimitsu Motegi, met South Korean Foreign "
        "Minister Cho Hyun today."
    )

    assert told(text, "2026-03-20") == [("ministerial", date(2026, 3, 19))]


def test_the_day_before_and_the_day_of_what_was_told_are_days_of_the_talks():
    before = (
        "Shigeru Ishiba left Busan this morning. He had come to Busan the day before for talks "
        "with President Lee Jae Myung."
    )
    told_of = (
        "President Moon answered Prime Minister Abe that neither had accepted it, an aide said of "
        "Friday's meeting at the resort."
    )

    assert told(before, "2025-10-01") == [("summit", date(2025, 9, 30))]
    assert told(told_of, "2018-02-10") == [("summit", date(2018, 2, 9))]


def test_a_leader_in_a_city_of_her_own_is_on_no_visit():
    text = (
        "Prime Minister Sanae Takaichi was in Hiroshima on Thursday with survivors; President Lee "
        "Jae Myung sent a message."
    )

    assert told(text) == []
    assert told("South Korea's prime minister, Kim Min-seok, lands at Haneda on June 20.") == [
        ("visit", date(2026, 6, 20))
    ]


DINNER = KnownEvent(
    slug="2023-03-16-kishida-yoon-tokyo",
    kind="summit",
    setting="bilateral",
    channel="",
    status="held",
    starts_on=date(2023, 3, 16),
    ends_on=date(2023, 3, 16),
    precision="day",
    acting=("JP", "KR"),
    countries=("JP", "KR"),
    people=("kishida-fumio", "yoon-suk-yeol"),
    cities=("Tokyo",),
    topics=(),
    titles=(("en", "Kishida–Yoon summit"), ("ko", "기시다-윤석열 회담"), ("ja", "岸田・尹会談")),
)


def of_record(text):
    knowledge = replace(record_knowledge(), events=(DINNER,))
    reading = read_article(article(text, "2023-03-17", "en"), knowledge)
    return [(d.kind, d.starts_on) for d in reading.drafts]


def test_those_who_met_by_the_record_and_are_named_on_its_day_retell_it():
    text = (
        "For Fumio Kishida the answer, last night, was sukiyaki in Ginza and a second sitting "
        "round the corner; Yoon Suk Yeol loosened his tie."
    )

    assert of_record(text) == [("summit", date(2023, 3, 16))]


def test_a_letter_on_the_day_of_a_meeting_on_record_retells_nothing():
    text = (
        "Fumio Kishida's approval rating stood at 38 percent in a poll taken on Thursday, Yoon Suk "
        "Yeol's at 34 percent in one of his own country."
    )

    assert of_record(text) == []
