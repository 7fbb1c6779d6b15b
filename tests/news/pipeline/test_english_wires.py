"""Talks that are only spoken of, and talks beside others, as news agencies tell them in English."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    return [
        (d.kind, d.starts_on.isoformat()[5:], d.status, len(d.countries))
        for d in read(text, published, "en", title).drafts
        if d.status in ("happened", "scheduled")
    ]


LEE = "President Lee Jae Myung"
TAKAICHI = "Prime Minister Sanae Takaichi"


@pytest.mark.parametrize(
    "text",
    [
        f"{LEE} on Tuesday floated Gyeongju as the venue for his next meeting with {TAKAICHI}.",
        f"{LEE} showed interest on Tuesday in holding the next summit with Japan in Gyeongju. "
        f"{TAKAICHI} seems keen on it.",
        f"{LEE} on Tuesday ordered officials to review hotels for a possible summit with Japan. "
        f"{TAKAICHI} has voiced her wish to come.",
        f"{LEE} invited {TAKAICHI} on Tuesday to come to Gyeongju for their next summit.",
        f"{LEE} on Tuesday congratulated {TAKAICHI} of Japan on her victory and hopes to meet her.",
        "Japan and South Korea on Tuesday discussed arrangements for the next summit between "
        f"{LEE} and {TAKAICHI}, sources said.",
        f"{LEE} on Tuesday called the textbooks an obstacle to a summit with {TAKAICHI}.",
    ],
)
def test_a_summit_that_is_only_spoken_of_is_not_held_that_day(text):
    assert events("2026-01-21", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{LEE} and {TAKAICHI} had their next meeting on Tuesday in Nara.",
            ("summit", "01-20", "happened", 2),
        ),
        (
            f"On Jan. 27, {LEE} and {TAKAICHI} will hold their next summit in Nara.",
            ("summit", "01-27", "scheduled", 2),
        ),
        (
            f"{TAKAICHI} travels to Seoul on Jan. 27. On that day arrangements are under way for "
            f"a meeting with {LEE}.",
            ("summit", "01-27", "scheduled", 2),
        ),
        (
            f"{LEE} on Tuesday told {TAKAICHI} of Japan over the phone that he values their ties. "
            "The two agreed to meet at an early date.",
            ("call", "01-20", "happened", 2),
        ),
    ],
)
def test_a_summit_with_its_day_is_held_or_planned(text, expected):
    assert events("2026-01-21", text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Takeshi Iwaya held talks with Chinese Foreign Minister Wang Yi and South "
        "Korean Foreign Minister Cho Tae-yul in Tokyo on Saturday.",
        "Foreign Minister Cho Tae-yul joined his counterparts from Japan and China for talks in "
        "Tokyo on Saturday.",
        "The ministers met in Tokyo on Saturday. Japan's Takeshi Iwaya told a joint news "
        "conference after the talks that he, Wang Yi of China and Cho Tae-yul see a need to talk.",
    ],
)
def test_a_minister_with_colleagues_of_two_countries_holds_talks_of_three(text):
    assert events("2025-03-23", text) == [("ministerial", "03-22", "happened", 3)]


def test_talks_set_for_a_day_are_not_held_on_the_day_of_the_journey():
    text = (
        "Foreign Minister Cho Tae-yul left for Tokyo on Friday to attend a trilateral meeting with "
        "his Japanese and Chinese counterparts, Takeshi Iwaya and Wang Yi, set for Saturday."
    )

    assert events("2025-03-21", text) == [("ministerial", "03-22", "scheduled", 3)]


def test_talks_of_two_a_day_before_a_summit_of_three():
    text = (
        "President Yoon Suk Yeol met with Prime Minister Fumio Kishida in Seoul on Sunday, a day "
        "before a trilateral summit with Chinese Premier Li Qiang."
    )

    assert sorted(events("2024-05-26", text)) == [
        ("summit", "05-26", "happened", 2),
        ("trilateral_summit", "05-27", "scheduled", 3),
    ]


def test_talks_of_two_beside_a_summit_of_three():
    text = (
        "President Moon Jae-in and Prime Minister Shinzo Abe held talks in Chengdu on Tuesday on "
        "the sidelines of a trilateral summit with Chinese Premier Li Keqiang."
    )

    assert ("summit", "12-24", "happened", 2) in events("2019-12-25", text)


def test_what_a_third_country_answers_later_is_not_the_same_day():
    text = (
        "President Joe Biden, Prime Minister Fumio Kishida and President Yoon Suk Yeol held a "
        "summit at Camp David on Friday.\n\nBeijing protested on Monday.\n\n"
        "Kishida and Yoon also sat down for half an hour the same day."
    )

    assert sorted(events("2023-08-22", text)) == [
        ("summit", "08-18", "happened", 2),
        ("trilateral_summit", "08-18", "happened", 3),
    ]


def test_a_summit_with_leaders_of_europe_is_not_one_of_the_two():
    text = (
        "Prime Minister Fumio Kishida left Tokyo on Tuesday to attend a NATO summit in Vilnius on "
        "Tuesday and Wednesday. While there he is to hold talks with South Korean President Yoon "
        "Suk Yeol.\n\nIn Brussels on Thursday, Kishida attends a regular summit with EU leaders."
    )

    assert events("2023-07-11", text) == [("summit", "07-11", "scheduled", 2)]


def test_a_president_who_decides_something_else_is_not_at_the_talks_of_vice_ministers():
    text = (
        "The vice foreign ministers of South Korea and Japan met in Tokyo on Tuesday, a day after "
        "Seoul said President Moon Jae-in would stay at home."
    )

    (draft,) = read(text, "2021-07-20", "en", "").drafts
    assert (draft.kind, draft.participants) == ("ministerial", ())


@pytest.mark.parametrize(
    "text",
    [
        "Seoul has put on hold the end of the General Security of Military Information Agreement "
        "with Japan, Cheong Wa Dae said Friday.",
        "South Korea said Friday that it will keep its military pact with Japan in place. Three "
        "months earlier Seoul had chosen not to extend it, after Japan struck South Korea from "
        "its whitelist.",
    ],
)
def test_the_end_of_a_pact_that_is_put_off_is_one_act(text):
    assert events("2019-11-22", text) == [("agreement", "11-22", "happened", 2)]


def test_years_after_a_treaty_it_is_not_signed():
    text = (
        "Fifty years after signing the treaty that normalized their relations, Japan and South "
        "Korea celebrated on Monday."
    )

    assert "agreement" not in {kind for kind, *_ in events("2015-06-23", text)}


@pytest.mark.parametrize(
    "title",
    ["(EDITORIAL from Korea Herald on May 2)", "[Yonhap Editorial]", "Editorial by the Asahi:"],
)
def test_an_editorial_that_speaks_of_leaders_tells_of_no_talks(title):
    text = (
        "President-elect Yoon Suk-yeol and Prime Minister Fumio Kishida exchanged kind words "
        "lately. Both should do more, and meet soon."
    )

    assert events("2022-05-02", text, title) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{TAKAICHI} wanted neither talks in Tokyo nor a summit with {LEE} on Tuesday.",
        f"On Tuesday there was neither a summit of {LEE} and {TAKAICHI} nor a formal phone call.",
    ],
)
def test_neither_a_summit_nor_a_call_is_none(text):
    assert events("2026-01-21", text) == []


def test_neither_side_speaking_after_talks_does_not_undo_them():
    text = f"{LEE} met {TAKAICHI} on Tuesday in Nara. Neither spoke before or after the meeting."

    assert events("2026-01-21", text) == [("summit", "01-20", "happened", 2)]


SERVICE = "this year's memorial service for the workers of the Sado mines"


@pytest.mark.parametrize(
    "text",
    [
        f"Seoul let Tokyo know on Thursday that it will not take part in {SERVICE}.",
        f"South Korea told Japan on Thursday that it would not be at {SERVICE}, a diplomat said.",
        f"Seoul notified Tokyo on Thursday of its decision to sit out {SERVICE}.",
        f"South Korea said Thursday it has decided against joining {SERVICE}, due on Sept. 13.",
        "South Korea decided on Thursday not to take part in the memorial service at Sado Island.",
    ],
)
def test_a_ceremony_that_seoul_keeps_away_from_is_a_dispute_of_the_day_it_says_so(text):
    assert events("2025-09-05", text) == [("dispute", "09-04", "happened", 2)]


def test_a_ceremony_is_not_held_on_the_day_on_which_guests_are_announced():
    text = f"South Korea let Japan know on Thursday that it will take part in {SERVICE}."

    assert ("anniversary", "09-04", "happened", 2) not in events("2025-09-05", text)


def test_that_those_who_will_meet_had_spoken_is_no_event_beside_it():
    text = (
        "Foreign Minister Cho Hyun will visit Tokyo on Tuesday for talks with his counterpart "
        "Takeshi Iwaya, Seoul said Monday.\n"
        "Iwaya and Cho, who talked by phone last Thursday, are expected to confirm that they "
        "will work with Washington in a three-way framework."
    )

    (draft,) = read(text, "2025-07-28", "en", "").drafts
    assert (draft.kind, draft.topics) == ("ministerial", ("trilateral_us",))
