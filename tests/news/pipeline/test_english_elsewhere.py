"""English articles that name leaders of both, who met nobody there, or met somebody later."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    return sorted(
        (d.kind, f"{d.starts_on:%m-%d}", d.status)
        for d in read(text, published, "en", title).drafts
        if d.status in ("happened", "scheduled")
    )


@pytest.mark.parametrize(
    ("published", "text"),
    [
        pytest.param(
            "2019-06-26",
            "Prime Minister Shinzo Abe would rather not see President Moon Jae-in when the Group "
            "of 20 meets in Osaka in June, a newspaper wrote.",
            id="the gathering meets",
        ),
        pytest.param(
            "2025-11-24",
            "President Lee Jae Myung ended his three-day stay in Egypt on Friday. Japan and South "
            "Korea are both invited to a conference in Cairo.",
            id="a stay in another country",
        ),
        pytest.param(
            "2024-11-19",
            "Prime Minister Shigeru Ishiba posed for photographs with the other leaders in Rio de "
            "Janeiro on Monday, among them South Korean President Yoon Suk Yeol.",
            id="one picture of many",
        ),
        pytest.param(
            "2013-09-06",
            "President Park Geun-hye and Prime Minister Shinzo Abe were both in St. Petersburg on "
            "Thursday. She held talks with the leaders of Italy, Germany and Kazakhstan.",
            id="talks with leaders of others",
        ),
        pytest.param(
            "2012-09-10",
            "Prime Minister Yoshihiko Noda and President Lee Myung-bak ended a summit of Pacific "
            "Rim leaders in Vladivostok on Sunday without holding bilateral talks.",
            id="a summit of many",
        ),
        pytest.param(
            "2022-09-20",
            "Prime Minister Fumio Kishida left Tokyo for New York on Tuesday and will address the "
            "United Nations on Wednesday. Nothing has been arranged as to a meeting with South "
            "Korean President Yoon Suk-yeol, he said.",
            id="nothing is arranged",
        ),
        pytest.param(
            "2021-06-14",
            "Prime Minister Yoshihide Suga on Sunday exchanged greetings with President Moon "
            "Jae-in in Cornwall, but there were no talks.",
            id="a greeting without talks",
        ),
        pytest.param(
            "2019-06-30",
            "The G20 summit in Osaka ended on Saturday without formal talks between Prime Minister "
            "Shinzo Abe and President Moon Jae-in.",
            id="the gathering ends",
        ),
        pytest.param(
            "2021-09-20",
            "President Moon Jae-in left for New York on Sunday. Prime Minister Yoshihide Suga "
            "travels to Washington for a Quad summit on Friday.",
            id="a gathering without Korea",
        ),
        pytest.param(
            "2024-09-07",
            "Prime Minister Fumio Kishida announced on Friday that he will step down. In March "
            "2023 President Yoon Suk Yeol told him of a plan for the plaintiffs. Ten days later "
            "Yoon met Kishida in Tokyo.",
            id="days after an older month",
        ),
        pytest.param(
            "2015-06-22",
            "The foreign ministers of both countries said on Sunday that efforts would go on to "
            "arrange, at a suitable time, a summit of Prime Minister Shinzo Abe and President "
            "Park Geun-hye.",
            id="efforts to arrange a summit",
        ),
    ],
)
def test_who_is_only_named_has_met_nobody(published, text):
    assert not [e for e in events(published, text) if e[0] in ("summit", "visit")]


def test_talks_that_led_to_nothing_were_held():
    text = (
        "South Korean Foreign Minister Kang Kyung-wha and her Japanese counterpart, Taro Kono, met "
        "in Bangkok on Thursday but failed to narrow their differences over export curbs."
    )

    assert events("2019-08-01", text) == [("ministerial", "08-01", "happened")]


def test_what_is_open_between_two_is_not_so_of_three():
    text = (
        "Prime Minister Fumio Kishida told reporters that nothing had been decided on a two-way "
        "meeting with South Korean President Yoon Suk-yeol. The two will join U.S. President Joe "
        "Biden for a trilateral summit in Madrid on Wednesday."
    )

    assert events("2022-06-28", text) == [("trilateral_summit", "06-29", "scheduled")]


def test_talks_of_three_on_the_schedule_are_on_the_day_of_those_of_two():
    text = (
        "Foreign Minister Kang Kyung-wha and Japan's Toshimitsu Motegi are going to meet on "
        "Saturday in Munich. An official disclosed the plan on Friday, adding that a three-way "
        "meeting with U.S. Secretary of State Mike Pompeo is on the schedule as well."
    )

    assert events("2020-02-14", text) == [("ministerial", "02-15", "scheduled")] * 2


def test_another_counterpart_makes_other_talks():
    text = (
        "Diplomats from South Korea and Japan sat down on Tuesday to discuss forced labor. Lee "
        "Sang-ryol, a director general, received his Japanese counterpart, Takehiro Funakoshi, at "
        "the ministry in Seoul.\n"
        "Funakoshi, who is also Japan's envoy for North Korean nuclear talks, is to meet his South "
        "Korean counterpart in that role, Kim Gunn, in Seoul on Wednesday."
    )

    assert events("2022-10-11", text) == [
        ("ministerial", "10-11", "happened"),
        ("ministerial", "10-12", "scheduled"),
    ]


def test_envoys_before_a_summit_of_others_are_no_leaders():
    text = (
        "Lee Do-hoon, South Korea's representative for the six-party talks, met his Japanese "
        "counterpart, Kenji Kanasugi, in Seoul on Monday to prepare for the summit of the United "
        "States and North Korea."
    )

    assert events("2018-06-11", text) == [("ministerial", "06-11", "happened")]


def test_those_whom_ministers_talk_of_did_not_meet():
    text = (
        "Tokyo, June 21 -- Japanese Foreign Minister Fumio Kishida and South Korea's Yun Byung-se "
        "agreed Sunday to help each other. At their meeting in Tokyo they also said that efforts "
        "would go on to arrange a summit of Prime Minister Shinzo Abe and President Park Geun-hye. "
        "It was the first meeting of the ministers since March, and comes as the two countries "
        "mark on Monday the 50th anniversary of normalizing ties."
    )

    assert ("ministerial", "06-21", "happened") in events("2015-06-22", text)
    assert not [e for e in events("2015-06-22", text) if e[0] == "summit"]


LIBERATION_DAY = (
    "President Park Geun-hye urged Japan in a Liberation Day speech on Thursday to face history. "
)


@pytest.mark.parametrize(
    "told",
    [
        "She recalled a declaration that Kim Dae-jung signed on Oct. 8, 1998. Much of the speech "
        "was about the North. The opposition was not pleased. In Tokyo, Prime Minister Shinzo Abe "
        "had an offering sent to Yasukuni Shrine the same day.",
        "In Japan, Prime Minister Shinzo Abe stayed away from Yasukuni Shrine but sent an offering "
        "in his capacity as party president.",
        "Prime Minister Shinzo Abe did not go to Yasukuni but made an offering through an aide.",
        "Meanwhile, Prime Minister Shinzo Abe had an aide deliver an offering to Yasukuni.",
    ],
)
def test_an_offering_told_beside_a_speech_is_of_its_day(told):
    assert events("2013-08-15", LIBERATION_DAY + told) == [
        ("dispute", "08-15", "happened"),
        ("statement", "08-15", "happened"),
    ]


def test_a_speech_of_today_may_mark_a_day_of_1945():
    text = (
        "President Yoon Suk-yeol said Monday that he would improve relations with Japan. Yoon "
        "spoke at a ceremony in Seoul marking Korea's liberation from colonial rule in 1945."
    )

    assert events("2022-08-15", text) == [("statement", "08-15", "happened")]


def test_no_month_begins_a_name():
    text = (
        "On Friday President Yoon Suk Yeol meets U.S. President Joe Biden and Prime Minister Fumio "
        "Kishida at Camp David in Maryland."
    )

    assert events("2023-08-15", text) == [("trilateral_summit", "08-18", "scheduled")]


def test_a_meeting_to_come_and_one_with_a_third_are_news_beside_a_ruling():
    text = (
        "The Seoul High Court on Thursday ordered the Japanese government to pay damages to former "
        "comfort women. Foreign Minister Park Jin is to meet Japan's Yoko Kamikawa on Sunday in "
        "Busan, where the two will also hold talks with their Chinese counterpart, Wang Yi."
    )

    assert events("2023-11-24", text) == [
        ("dispute", "11-23", "happened"),
        ("ministerial", "11-26", "scheduled"),
        ("ministerial", "11-26", "scheduled"),
    ]


def test_a_vice_minister_sees_his_counterpart_besides_talks_of_three():
    text = (
        "South Korea, Japan and the United States held vice-ministerial talks in Seoul on Tuesday. "
        "Vice Foreign Minister Lim Sung-nam also met separately with his Japanese counterpart on "
        "the same day."
    )

    assert events("2016-04-20", text) == [("ministerial", "04-19", "happened")] * 2


def test_talks_with_two_counterparts_are_of_three():
    text = (
        "South Korea's chief nuclear envoy, Noh Kyu-duk, held talks in Seoul on Monday with his "
        "U.S. and Japanese counterparts, Sung Kim and Takehiro Funakoshi."
    )

    (draft,) = read(text, "2021-06-21", "en", "").drafts
    assert draft.countries == ("KR", "JP", "US")


def test_a_counterpart_may_be_from_a_capital():
    text = (
        "Kim Jung-han, a director general at Seoul's foreign ministry, and Shigeki Takizaki, his "
        "counterpart from Tokyo, met in Seoul on Thursday to talk about export curbs."
    )

    assert events("2020-10-29", text) == [("ministerial", "10-29", "happened")]


@pytest.mark.parametrize("verb", ["received", "hosted", "welcomed"])
def test_a_south_korean_counterpart_is_received(verb):
    text = (
        f"Japan's foreign minister, Takeshi Iwaya, {verb} his South Korean counterpart, Cho Hyun, "
        "in Tokyo on July 29."
    )

    assert events("2025-07-30", text) == [("ministerial", "07-29", "happened")]


DIALED = "President Lee Jae Myung and Prime Minister Sanae Takaichi spoke by phone on Tuesday."


@pytest.mark.parametrize(
    "more",
    [
        "The two last met on Nov. 1 in Gyeongju.",
        "Their last face-to-face meeting was on Nov. 1 in Gyeongju.",
        "The last bilateral meeting took place a year ago, on Nov. 9, between Foreign Ministers "
        "Cho Tae-yul and Takeshi Iwaya.",
        "Foreign Ministers Cho Hyun and Toshimitsu Motegi had their previous round of talks on "
        "Nov. 1 in Seoul.",
    ],
)
def test_when_they_met_the_last_time_is_looked_back_on(more):
    assert events("2025-11-05", f"{DIALED} {more}") == [("call", "11-04", "happened")]


@pytest.mark.parametrize("day", ["Tuesday", "Nov. 4"])
def test_the_last_summit_of_somebody_is_news_on_its_day(day):
    text = (
        f"President Lee Jae Myung and Prime Minister Sanae Takaichi met in Seoul on {day} for "
        "their last summit."
    )

    assert events("2025-11-05", text) == [("summit", "11-04", "happened")]


def test_who_last_met_somebody_else_has_now_met_the_other():
    text = (
        "President Lee Jae Myung, who last met Donald Trump in August, held talks with Prime "
        "Minister Sanae Takaichi on Tuesday."
    )

    assert events("2025-11-05", text) == [("summit", "11-04", "happened")]


@pytest.mark.parametrize("when", ["in the autumn", "soon", "in coming weeks"])
def test_what_comes_at_a_time_left_open_is_on_no_day_of_the_story(when):
    text = (
        "The South Korean government informed Japan on Thursday that its words on the Sado mines "
        f"do not suffice. South Korea will hold its own ceremony on the island {when}."
    )

    assert "anniversary" not in [kind for kind, _, _ in events("2025-09-05", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The South Korean government told Japan on Thursday that no official will attend "
            "the Sept. 13 service for those who labored in the Sado mines.",
            ("dispute", "09-04", "happened"),
        ),
        (
            "Assembly Speaker Woo Won-shik gives a lecture at a university in Tokyo on Tuesday on "
            "how relations between South Korea and Japan can last.",
            ("statement", "09-09", "scheduled"),
        ),
        (
            "President Lee Jae Myung and Prime Minister Shigeru Ishiba talked by phone on the 27th "
            "of last month.",
            ("call", "08-27", "happened"),
        ),
    ],
)
def test_empty_seats_lectures_and_days_of_a_month(text, expected):
    assert events("2025-09-05", text) == [expected]


def test_years_since_a_treaty_are_up_on_its_day():
    text = "The 22nd of this month will be 60 years since South Korea and Japan normalized ties."

    assert events("2025-06-05", text) == [("anniversary", "06-22", "scheduled")]


def test_talks_that_had_gone_on_for_weeks_are_held_on_no_day():
    text = (
        "President Lee Myung-bak and Prime Minister Taro Aso will meet on Saturday. An official "
        "said that talks with the South Koreans had gone on for two weeks and that a sum had been "
        "settled by Japan on Thursday."
    )

    assert events("2008-12-12", text) == [("summit", "12-13", "scheduled")]
