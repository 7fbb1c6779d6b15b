"""Talks of two beside talks of three, and days of other things, as English papers tell them."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    reading = read(text, published, "en", title)
    return {
        (d.kind, d.starts_on.isoformat())
        for d in reading.drafts
        if d.status in ("happened", "scheduled")
    }


LIMA = "President Yoon Suk Yeol and Prime Minister Shigeru Ishiba met in Lima on Saturday. "
BUSAN = "Foreign Ministers Park Jin and Yoko Kamikawa met in Busan on Sunday. "
HIROSHIMA = (
    "President Yoon Suk Yeol and Prime Minister Fumio Kishida talked for half an hour in "
    "Hiroshima on Sunday. "
)


@pytest.mark.parametrize(
    ("published", "text", "kind", "day"),
    [
        (
            "2023-11-27",
            BUSAN + "In the afternoon they were joined by Wang Yi for talks of the three.",
            "ministerial",
            "2023-11-26",
        ),
        (
            "2023-05-22",
            HIROSHIMA + "\n\nLate in the day President Joe Biden pulled both aside on a terrace.",
            "trilateral_summit",
            "2023-05-21",
        ),
        (
            "2024-11-17",
            LIMA + "President Joe Biden had brought the two leaders to one table the day before.",
            "trilateral_summit",
            "2024-11-15",
        ),
    ],
)
def test_a_third_who_joins_the_two_holds_talks_besides(published, text, kind, day):
    reading = read(text, published, "en", "")
    tables = {(d.kind, d.starts_on.isoformat(), len(d.countries)) for d in reading.drafts}
    assert (kind, day, 3) in tables
    assert any(countries == 2 for _, _, countries in tables)


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2023-11-27", BUSAN + "Later in the day they were joined by their wives for dinner."),
        (
            "2023-05-22",
            HIROSHIMA + "Late in the day President Joe Biden pulled Narendra Modi aside.",
        ),
        (
            "2025-10-01",
            "President Lee Jae Myung and Prime Minister Shigeru Ishiba held a summit in Busan on "
            "Tuesday. Earlier in the day Ishiba laid flowers at the grave of Lee Su-hyun, the "
            "student who died in 2001 saving a man in Tokyo.",
        ),
        (
            "2026-03-19",
            "South Korea and Japan held a security policy dialogue in Seoul on Wednesday, the "
            "foreign ministry said in a statement a day later.",
        ),
    ],
)
def test_what_stands_beside_talks_of_two_makes_no_second_event(published, text):
    assert len(events(published, text)) == 1


def test_a_third_has_him_and_the_other_over_for_dinner():
    told = "President Moon Jae-in came to Hamburg. Donald Trump had him and {} over for dinner "
    told += "on Thursday evening."
    three = read(told.format("Japan's Shinzo Abe"), "2017-07-08", "en", "").drafts
    assert [(d.kind, d.starts_on.isoformat()) for d in three] == [
        ("trilateral_summit", "2017-07-06")
    ]
    assert set(three[0].participants) == {"trump-donald", "moon-jae-in", "abe-shinzo"}
    assert events("2017-07-08", told.format("Germany's Angela Merkel")) == set()


def test_they_who_agree_are_those_named_last():
    text = (
        "President Joe Biden, Prime Minister Fumio Kishida and President Yoon Suk Yeol met at Camp "
        "David on Friday. They also agreed to a direct telephone line. Kishida and Yoon spent "
        "twenty minutes by themselves."
    )
    assert events("2023-08-20", text) == {
        ("trilateral_summit", "2023-08-18"),
        ("summit", "2023-08-18"),
    }


@pytest.mark.parametrize(
    ("published", "text", "told"),
    [
        (
            "2024-11-17",
            LIMA + "They compared notes on the climate talks, which broke up in Baku on Friday.",
            {("summit", "2024-11-16")},
        ),
        (
            "2023-11-27",
            BUSAN + "Both condemned the rocket with which the North put a satellite into orbit on "
            "Nov. 21.",
            {("ministerial", "2023-11-26")},
        ),
        (
            "2024-11-17",
            "President Yoon Suk Yeol and Prime Minister Shigeru Ishiba said on Saturday after "
            "their second meeting that ties should go on whatever comes after Jan. 20, when "
            "Donald Trump takes office.",
            {("summit", "2024-11-16")},
        ),
        (
            "2018-05-05",
            "President Moon Jae-in will meet Prime Minister Shinzo Abe in Tokyo on Wednesday. Moon "
            "is to brief Abe on his April 27 talks with Kim Jong Un, and Abe is eager to hear.",
            {("summit", "2018-05-09")},
        ),
    ],
)
def test_the_day_of_something_else_is_not_that_of_the_talks(published, text, told):
    assert events(published, text) == told


def test_a_stay_begins_on_a_day_to_come_only_for_who_comes():
    text = "Prime Minister Sanae Takaichi {} to Andong for a two-day stay starting on Tuesday, the "
    text += "presidential office said on Friday. {} President Lee Jae Myung."
    ahead = events("2026-05-15", text.format("flies", "She will meet"))
    past = events("2026-05-15", text.format("came", "She met"))
    assert ahead == {("summit", "2026-05-19")}
    assert past == {("summit", "2026-05-12")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("South Korea on Friday suspended the termination of a military pact with Japan.", True),
        (
            "South Korea stopped the clock on the expiry of its military pact with Japan Friday.",
            True,
        ),
        ("South Korea on Friday terminated its military pact with Japan.", False),
    ],
)
def test_an_accord_whose_end_is_put_off_goes_on(text, kind):
    wanted = "agreement" if kind else "dispute"
    assert events("2019-11-23", text) == {(wanted, "2019-11-22")}


def test_leaders_who_bow_their_heads_for_the_dead_remember_them():
    text = (
        "The president of South Korea and the prime minister of Japan lowered their heads on "
        "Sunday before a stone for the Koreans who died in the bombing. Yoon Suk Yeol and Fumio "
        "Kishida then talked for half an hour."
    )
    assert events("2023-05-22", text) == {
        ("anniversary", "2023-05-21"),
        ("summit", "2023-05-21"),
    }


def test_what_somebody_is_quoted_with_in_passing_is_no_meeting():
    text = (
        "Prime Minister Fumio Kishida was angry that President Yoon Suk Yeol's office wrote last "
        'Thursday of something "gladly agreed to".'
    )
    assert events("2022-09-20", text) == set()


def test_who_then_calls_a_president_calls_one_in_office():
    text = "Prime Minister Naoto Kan apologized to South Korea on Tuesday. Kan then spoke with "
    text += "President Lee Myung-bak by telephone."
    assert ("call", "2010-08-10") in events("2010-08-10", text)


AUSTIN = "US Deputy Defense Secretary Jordan Avery"


@pytest.mark.parametrize(
    ("who", "countries"),
    [
        (f"Shin Won-sik, {AUSTIN} and Japan's Defense Minister Minoru Kihara", 3),
        (f"{AUSTIN}, Defense Minister Shin Won-sik and Defense Minister Minoru Kihara", 3),
        (f"Defense Ministers Shin Won-sik and Minoru Kihara and {AUSTIN}", 3),
        (f"Shin Won-sik, who had just seen {AUSTIN}, and Defense Minister Minoru Kihara", 2),
    ],
)
def test_three_on_one_list_sit_at_one_table_though_the_record_lacks_the_third(who, countries):
    (draft,) = read(f"{who} will hold talks in Singapore on Sunday.", "2024-06-01", "en").drafts

    assert len(draft.countries) == countries


def test_leaders_of_three_named_far_before_meet_as_three():
    text = (
        "South Korea, Japan and China mean to take the summits that they once held every year up "
        "again in spite of their quarrels, now that the leaders of the neighbors met on Monday."
    )

    (draft,) = read(text, "2024-05-28", "en").drafts

    assert (draft.kind, len(draft.countries)) == ("trilateral_summit", 3)


@pytest.mark.parametrize(
    "text",
    [
        "On Sunday President Yoon Suk Yeol met Prime Minister Fumio Kishida, and Yoon and Li Qiang "
        "agreed on a security dialogue of their own.",
        "President Yoon Suk Yeol met Prime Minister Fumio Kishida on Sunday, while Kishida and Li "
        "Qiang discussed seafood.",
    ],
)
def test_each_pair_of_three_that_meets_has_its_own_clause(text):
    assert events("2024-05-28", text) == {("summit", "2024-05-26")}


def test_the_first_talks_since_somebody_took_office_are_of_now():
    text = (
        "Antony Blinken welcomed Foreign Ministers Yoshimasa Hayashi and Chung Eui-yong in Hawaii "
        "on Saturday. Before that, Hayashi and Chung had half an hour to themselves, their first "
        "face-to-face since Hayashi entered the cabinet last November."
    )

    tables = {len(d.countries) for d in read(text, "2022-02-13", "en").drafts}

    assert tables == {2, 3}


@pytest.mark.parametrize(
    "more",
    [
        "The talks came days after Lee met Chinese President Xi Jinping in Beijing.",
        "The meeting was seen as a test after Takaichi's quarrel with China.",
        "The summit followed Lee's trip to Beijing, where he saw Xi Jinping.",
    ],
)
def test_those_talks_are_of_the_two_whoever_one_of_them_saw_before(more):
    text = (
        "President Lee Jae Myung and Prime Minister Sanae Takaichi agreed on Tuesday to cooperate "
        f"on supply chains. {more}"
    )

    assert events("2026-01-14", text) == {("summit", "2026-01-13")}


def test_what_a_story_opens_with_is_news_beside_talks_to_come():
    text = (
        "SEOUL — South Korea decided on Friday to put off the end of its military information pact "
        "with Japan. Foreign Minister Kang Kyung-wha will fly to Nagoya and hold talks with "
        "Foreign Minister Toshimitsu Motegi on Saturday. The foreign ministers' meeting is to go "
        "over export controls."
    )

    assert events("2019-11-22", text) == {
        ("agreement", "2019-11-22"),
        ("ministerial", "2019-11-23"),
    }
