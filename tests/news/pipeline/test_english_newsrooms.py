"""English newsrooms that tell of the two by places, tables and chairs: what counts, what not."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    return [
        (d.kind, d.starts_on.isoformat(), d.status)
        for d in read(text, published, "en", title).drafts
        if d.status in ("happened", "scheduled")
    ]


def people(published, text, title=""):
    return [set(d.participants) for d in read(text, published, "en", title).drafts]


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (
            "2023-08-17",
            "The presidential retreat in the Maryland hills will on Friday see its first gathering "
            "of the leaders of the United States, Japan and South Korea.",
            ("trilateral_summit", "2023-08-18", "scheduled"),
        ),
        (
            "2022-11-14",
            "The margins of a gathering gave Yoon Suk Yeol and Fumio Kishida their longest time "
            "together yet on Sunday, at a hotel in the Cambodian capital.",
            ("summit", "2022-11-13", "happened"),
        ),
        (
            "2016-04-01",
            "North Korea's bomb brought the leaders of the United States, South Korea and Japan to "
            "one table on Thursday in Washington.",
            ("trilateral_summit", "2016-03-31", "happened"),
        ),
        (
            "2025-09-29",
            "The last foreign journey of Shigeru Ishiba as prime minister brings him to South "
            "Korea's second city on Tuesday, and to a table with President Lee Jae Myung.",
            ("summit", "2025-09-30", "scheduled"),
        ),
        (
            "2022-06-30",
            "On Wednesday Joe Biden had Yoon Suk Yeol on one side and Fumio Kishida on the other "
            "for 25 minutes.",
            ("trilateral_summit", "2022-06-29", "happened"),
        ),
    ],
)
def test_a_place_or_an_occasion_may_be_the_subject(published, text, expected):
    assert events(published, text) == [expected]


def test_a_headline_that_names_a_pair_says_that_the_two_met_whatever_the_verb():
    text = (
        "Shinzo Abe and Moon Jae-in put aside what divides them on Thursday and closed ranks over "
        "oil, which both want to stop flowing to Kim Jong Un's country."
    )
    assert events("2017-09-07", text, "Abe, Moon close ranks in Vladivostok") == [
        ("summit", "2017-09-07", "happened")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A poll of Thursday has Shinzo Abe and Moon Jae-in close to each other.",
        "Shinzo Abe and Moon Jae-in could close ranks on Thursday, an official said.",
        "Shinzo Abe closed ranks with the American president on Thursday.",
    ],
)
def test_a_headline_that_names_a_pair_is_not_enough(text):
    assert events("2017-09-07", text, "Abe, Moon close ranks over oil") == []


def test_a_third_who_joins_the_two_makes_talks_of_three():
    text = (
        "Yoon Suk Yeol and Fumio Kishida met in Phnom Penh on Sunday for 45 minutes.\n\n"
        "Later in the day U.S. President Joe Biden joined them."
    )
    assert sorted(events("2022-11-14", text)) == [
        ("summit", "2022-11-13", "happened"),
        ("trilateral_summit", "2022-11-13", "happened"),
    ]


def test_the_eve_of_what_was_announced_is_counted_from_its_day_and_not_from_the_report():
    text = (
        "Leaders of South Korea, Japan and China will hold their first trilateral summit in four "
        "years in Seoul next Monday, the presidential office said Thursday.\n\nPresident Yoon Suk "
        "Yeol will have separate talks with Chinese Premier Li Qiang and with Japanese Prime "
        "Minister Fumio Kishida the day before."
    )
    assert sorted(events("2024-05-23", text)) == [
        ("summit", "2024-05-26", "scheduled"),
        ("trilateral_summit", "2024-05-27", "scheduled"),
    ]


def test_he_and_they_stay_with_whom_the_story_is_of():
    of_trump = (
        "U.S. President Donald Trump and South Korea's Lee Jae Myung worked out on Wednesday how "
        "Seoul will pay for an investment.\n\nTrump came straight from Tokyo, where on Tuesday he "
        "met the new prime minister, Sanae Takaichi."
    )
    of_envoys = (
        "U.S. Secretary of State Antony Blinken wound up a visit to Seoul on Thursday. He had "
        "talks with Foreign Minister Chung Eui-yong. On Tuesday he was in Tokyo, where he met "
        "Foreign Minister Toshimitsu Motegi."
    )
    assert events("2025-10-29", of_trump) == []
    assert events("2021-03-19", of_envoys) == []


def test_a_meeting_has_the_day_of_its_report_rather_than_that_of_another_story():
    text = (
        "Naval rescue exercises of Japan and South Korea are to start again, the countries' "
        "defense ministers said Friday.\n\nAhn Gyu-back and Shinjiro Koizumi met at a base south "
        "of Tokyo.\n\nThe jets of an aerobatic team were allowed to land at Naha on Wednesday."
    )
    assert events("2026-01-30", text) == [("ministerial", "2026-01-30", "happened")]


def test_a_relative_clause_keeps_its_day_to_itself():
    text = (
        "Prime Minister Yasuo Fukuda, who took over on Wednesday, has spoken with South Korean "
        "President Roh Moo-hyun by telephone on Friday."
    )
    assert events("2007-09-28", text) == [("call", "2007-09-28", "happened")]


def test_what_had_been_before_the_talks_is_not_told_as_of_their_day():
    text = (
        "They had spoken on the phone twice; on Friday Shinzo Abe and Moon Jae-in shook hands in "
        "Hamburg, and for thirty-five minutes tried to find out what the other was made of."
    )
    assert events("2017-07-08", text) == [("summit", "2017-07-07", "happened")]


def test_experts_who_will_be_in_the_other_country_visit_it():
    text = (
        "A team of 21 South Korean specialists will be in Japan for six days from Sunday to see "
        "how treated water from the Fukushima plant is filtered, the government said on Friday."
    )
    assert events("2023-05-19", text) == [("visit", "2023-05-21", "scheduled")]
    fans = "The season's new star will be in Japan for six days from Sunday with his team's fans."
    assert events("2023-05-19", fans, "South Korea's striker on tour") == []


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        (
            "2018-10-30",
            "Four men who toiled in Japanese steel mills during the war are owed 100 million won "
            "each by the company, South Korea's Supreme Court held on Tuesday.",
            "2018-10-30",
        ),
        (
            "2018-11-21",
            "The foundation for former comfort women that Japan paid for will be wound up, the "
            "South Korean government announced on Wednesday.",
            "2018-11-21",
        ),
        (
            "2018-10-06",
            "Japan will send no destroyer to next week's fleet review off South Korea's Jeju "
            "Island, Defense Minister Takeshi Iwaya said Friday.",
            "2018-10-05",
        ),
        (
            "2020-06-30",
            "South Korea on Monday asked the World Trade Organization to set up a panel of judges "
            "on Japan's export controls.",
            "2020-06-29",
        ),
        (
            "2024-11-25",
            "Some twenty chairs stayed vacant on Sunday as Japan remembered those who labored in "
            "the Sado mines. Seoul had pulled out the afternoon before.",
            "2024-11-24",
        ),
    ],
)
def test_a_quarrel_is_told_from_its_end_or_by_what_stays_away(published, text, day):
    kinds = {(kind, starts) for kind, starts, _ in events(published, text)}
    assert ("dispute", day) in kinds


def test_empty_seats_at_the_games_offend_nobody():
    text = (
        "Seats stayed empty on Friday as Emperor Naruhito declared the Olympics open in Tokyo. "
        "South Korea sent its culture minister."
    )
    assert events("2021-07-23", text, "Tokyo opens the Games") == []


@pytest.mark.parametrize(
    "text",
    [
        "Moon Jae-in and Shinzo Abe had eight seconds for each other on Friday, when they shook "
        "hands. No talks were arranged.",
        "The pact makes good on a promise that President Moon Jae-in gave Prime Minister Shinzo "
        "Abe last Thursday.",
        "A daily wrote on Friday that Moon Jae-in and Shinzo Abe may meet. Whether Abe comes to "
        "Seoul on July 10 remained open.",
    ],
)
def test_a_greeting_a_promise_or_an_open_question_is_no_summit(text):
    assert events("2019-06-29", text) == []


def test_three_by_name_who_are_called_the_three_met_whatever_the_verb():
    text = (
        "A chair stood ready that nobody wanted to sit in first. On Monday the three of them did: "
        "Yoon Suk Yeol in the middle, Li Qiang to his right, Fumio Kishida to his left."
    )
    assert events("2024-05-28", text, "Seoul gets its photograph") == [
        ("trilateral_summit", "2024-05-27", "happened")
    ]
    told = "Li Qiang said on Monday that the three, Yoon Suk Yeol and Fumio Kishida too, may err."
    assert events("2024-05-28", told, "Li speaks") == []


def test_a_third_with_the_ministers_of_both_is_of_three_wherever_the_verb_stands():
    text = (
        "U.S. Secretary of State Marco Rubio and the top diplomats of Japan and South Korea "
        "reaffirmed on Friday their commitment to the denuclearization of North Korea, meeting on "
        "the sidelines of ASEAN gatherings. Park Yoon-joo stood in for a minister who has yet to "
        "take office. Foreign Minister Takeshi Iwaya represented Japan."
    )
    assert events("2025-07-11", text) == [("ministerial", "2025-07-11", "happened")]
    assert "rubio-marco" in people("2025-07-11", text)[0]
