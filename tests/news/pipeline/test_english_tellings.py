"""How English papers tell of the two without the plain words: each class in a few sentences."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    reading = read(text, published, "en", title)
    return [
        (d.kind, d.starts_on.isoformat(), d.status)
        for d in reading.drafts
        if d.status in ("happened", "scheduled")
    ]


def people(published, text, title=""):
    return [set(d.participants) for d in read(text, published, "en", title).drafts]


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        (
            "2025-08-28",
            "Kenichi Mori, deputy chief of the South Korean mission in Tokyo, was called to the "
            "Gaimusho on Wednesday and handed a note of protest over drills around Dokdo, which "
            "Japan calls Takeshima.",
            "2025-08-27",
        ),
        (
            "2025-04-09",
            "A minister at the Japanese embassy was asked to come to the foreign ministry in Seoul "
            "on Tuesday after Tokyo repeated its claim to Dokdo.",
            "2025-04-08",
        ),
        (
            "2013-12-27",
            "Shinzo Abe passed under the gate of Yasukuni on Thursday. The deputy head of the "
            "Japanese mission in Seoul was summoned to hear the government's anger.",
            "2013-12-26",
        ),
        (
            "2012-08-11",
            "Lee Myung-bak on Friday became the first South Korean president to stand on Dokdo. "
            "Japan, which calls it Takeshima, ordered Ambassador Masatoshi Muto home.",
            "2012-08-10",
        ),
        (
            "2025-08-29",
            "Japan has protested to South Korea over a vessel near Takeshima, Yoshimasa Hayashi "
            "said on Friday. The protest was made on Thursday through diplomatic channels.",
            "2025-08-28",
        ),
        (
            "2024-02-17",
            "A Seoul court paid out a deposit of Hitachi Zosen. Japanese money had never come to a "
            "plaintiff before.\n\nTokyo reacted on Friday. The vice minister for foreign affairs, "
            "Masataka Okano, sent for Ambassador Yun Duk-min and told him that it was deeply "
            "regrettable.",
            "2024-02-16",
        ),
    ],
)
def test_a_protest_is_told_by_who_had_to_come_or_go(published, text, day):
    assert events(published, text) == [("dispute", day, "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "Officials in Seoul said on Wednesday that they had no plans to summon anybody over the "
        "Japanese white paper, which came out in July.",
        "Beijing's foreign ministry summoned the Japanese ambassador on Wednesday over remarks on "
        "Taiwan. South Korea said it was watching.",
        "The presidential office in Seoul served seafood all week, a few days after Japan began to "
        "release treated water from Fukushima. Prime Minister Kim Min-seok ate flounder on Monday.",
    ],
)
def test_no_protest_is_made_of_others_or_of_what_was_before(text):
    assert events("2025-08-28", text) == []


@pytest.mark.parametrize(
    ("published", "text", "told"),
    [
        (
            "2025-09-09",
            "Gen Nakatani was received with a guard of honor by Ahn Gyu-back at the ministry in "
            "Yongsan on Monday. A Japanese defense minister had not come for ten years.",
            ("ministerial", "2025-09-08", "happened"),
        ),
        (
            "2024-02-24",
            "On the fringes of the Group of 20 in Rio, Cho Tae-yul and Yoko Kamikawa got "
            "half an hour to themselves on Wednesday. Cho protested over Takeshima Day.",
            ("ministerial", "2024-02-21", "happened"),
        ),
        (
            "2019-11-05",
            "While the others were finding their chairs on Monday, Moon Jae-in took Shinzo Abe by "
            "the arm and drew him to a sofa. It lasted eleven minutes.",
            ("summit", "2019-11-04", "happened"),
        ),
        (
            "2006-10-10",
            "The new prime minister of Japan sat in the plane on Monday when word came. Shinzo Abe "
            "was then shown into the Blue House. He and President Roh Moo-hyun spent two hours on "
            "what to do. Abe had been received by President Hu Jintao the day before.",
            ("summit", "2006-10-09", "happened"),
        ),
        (
            "2021-10-16",
            "Fumio Kishida got a call through to the Blue House on Friday evening. In thirty "
            "minutes he and Moon Jae-in touched on missiles and laborers.",
            ("call", "2021-10-15", "happened"),
        ),
        (
            "2000-09-25",
            "Yoshiro Mori had chosen Atami. On Saturday the prime minister and his visitor from "
            "Seoul, Kim Dae-jung, spoke about almost everything that neighbors speak about.",
            ("summit", "2000-09-23", "happened"),
        ),
        (
            "2018-05-09",
            "South Korean President Moon Jae-in arrived in Tokyo on Wednesday morning for a summit "
            "with Shinzo Abe.",
            ("summit", "2018-05-09", "scheduled"),
        ),
    ],
)
def test_two_who_stand_together_have_met_whatever_the_verb(published, text, told):
    assert events(published, text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Lee Jae Myung and Sanae Takaichi both enjoy high ratings, surveys of Monday show. "
        "Both took office this year.",
        "Lee Jae Myung and Sanae Takaichi sat at one dinner of APEC leaders on Friday and did not "
        "speak to each other.",
        "South Korea and Japan meet on Saturday at the Tokyo Dome in a friendly game.",
    ],
)
def test_two_who_only_have_something_in_common_have_not_met(text):
    assert events("2025-11-03", text) == []


@pytest.mark.parametrize(
    ("published", "text"),
    [
        (
            "2022-04-29",
            "On Tuesday the delegation that President-elect Yoon Suk Yeol sent to Japan was "
            "received by Prime Minister Fumio Kishida, to whom its leader, Chung Jin-suk, a "
            "lawmaker, handed a letter.",
        ),
        (
            "2023-04-18",
            "Yoshihide Suga, the former prime minister, who heads the league of Japanese lawmakers "
            "friendly to Korea, was welcomed at the office in Yongsan by Yoon Suk Yeol on Monday.",
        ),
    ],
)
def test_envoys_and_former_premiers_pay_visits(published, text):
    assert [kind for kind, *_ in events(published, text)] == ["visit"]


@pytest.mark.parametrize(
    ("published", "text", "kinds"),
    [
        (
            "2018-05-10",
            "Moon Jae-in, Shinzo Abe and Li Keqiang held a summit on Wednesday and adopted a "
            "statement. It had been put off for years.\n\nChina wants stability. The statement "
            "names the North.\n\nThe text was long in the making. When the three were done, Abe "
            "and Moon moved on to a meeting of two, which went on over lunch.",
            ["summit", "trilateral_summit"],
        ),
        (
            "2024-06-02",
            "Shin Won-sik and Minoru Kihara, the defense ministers of South Korea and Japan, "
            "agreed on Saturday to disagree about the radar. Lloyd Austin was delighted. The three "
            "sat down together on Sunday and announced an exercise.",
            ["ministerial", "ministerial"],
        ),
        (
            "2024-05-27",
            "Yoon Suk Yeol and Fumio Kishida held talks in Seoul on Sunday, a day ahead of a "
            "trilateral with Chinese Premier Li Qiang.",
            ["summit", "trilateral_summit"],
        ),
    ],
)
def test_talks_of_two_stand_beside_those_of_three(published, text, kinds):
    assert sorted(kind for kind, *_ in events(published, text)) == kinds


def test_a_day_told_before_is_that_of_the_talks_told_next():
    text = (
        "The won and the yen are weak. Traders listen.\n\nRates are far apart. The dollar is "
        "strong. Nobody expects it to fall. The ministers had a chance to talk on Tuesday. South "
        "Korea's Choi Sang-mok hosted Japan's finance minister, Shunichi Suzuki, in Seoul for the "
        "ninth meeting in a series that had lain idle until last summer."
    )

    assert events("2024-06-26", text) == [("ministerial", "2024-06-25", "happened")]


def test_both_leaders_speeches_of_one_day_are_two_statements():
    text = (
        "Shigeru Ishiba said in his address at the ceremony for the war dead on Friday that the "
        "remorse of that war must be engraved in our hearts. In Seoul, President Lee Jae Myung "
        "said in his Liberation Day speech that Japan was an indispensable partner."
    )

    assert people("2025-08-15", text, "Ishiba: Remorse") == [
        {"ishiba-shigeru"},
        {"lee-jae-myung"},
    ]


def test_a_signing_that_is_off_and_meetings_that_are_counted_make_nothing():
    off = (
        "South Korea on Friday called off the signing of an agreement with Japan to share military "
        "intelligence."
    )
    counted = (
        "Fumio Kishida said Wednesday that he would not stand again. Relations with South Korea, "
        "which he and Yoon Suk Yeol repaired in twelve meetings, count among his achievements."
    )

    assert events("2012-06-30", off) == []
    assert events("2024-08-15", counted) == []
