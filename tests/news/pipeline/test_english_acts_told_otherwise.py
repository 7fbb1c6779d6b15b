"""How English papers tell of lists, complaints, accords, speeches and receptions in other words."""

import pytest

from tests.news.pipeline.record_knowledge import read


def told(published, text, title=""):
    return [
        (d.kind, d.starts_on.isoformat(), sorted(d.participants))
        for d in read(text, published, "en", title).drafts
    ]


def kinds(published, text, title=""):
    return {(kind, day) for kind, day, _ in told(published, text, title)}


@pytest.mark.parametrize(
    ("published", "text", "kind", "day"),
    [
        (
            "2019-08-02",
            "Japan's cabinet on Friday took South Korea off the roll of countries that may buy "
            "sensitive goods with little paperwork, a step Seoul called reckless.",
            "dispute",
            "2019-08-02",
        ),
        (
            "2019-08-02",
            "South Korea lost its place among Japan's trusted buyers on Friday when the cabinet in "
            "Tokyo signed an ordinance.",
            "dispute",
            "2019-08-02",
        ),
        (
            "2019-08-02",
            "Tokyo expelled South Korea from its circle of trusted export partners on Friday, and "
            "Seoul vowed to respond.",
            "dispute",
            "2019-08-02",
        ),
        (
            "2018-11-21",
            "South Korea on Wednesday declared the end of the foundation that Japan paid for under "
            "the 2015 accord.",
            "dispute",
            "2018-11-21",
        ),
        (
            "2025-03-25",
            "South Korea on Tuesday handed the deputy chief of the Japanese embassy a complaint "
            "over how the new textbooks describe Dokdo.",
            "dispute",
            "2025-03-25",
        ),
        (
            "2025-03-25",
            "Japan's education ministry passed social studies books on Tuesday that call Dokdo "
            "Japanese territory. South Korea handed the deputy chief of the embassy a complaint.",
            "dispute",
            "2025-03-25",
        ),
        (
            "2015-12-28",
            "The foreign ministers of Japan and South Korea read out a settlement of the comfort "
            "women dispute on Monday in Seoul.",
            "agreement",
            "2015-12-28",
        ),
        (
            "2026-10-08",
            "Seoul and Tokyo will seal next Monday an accord to lend each other lithium and nickel "
            "in an emergency, the industry ministries announced.",
            "agreement",
            "2026-10-12",
        ),
        (
            "2016-07-01",
            "The fisheries accord between South Korea and Japan ran out at midnight on Thursday "
            "after the two sides failed to agree on quotas.",
            "agreement",
            "2016-06-30",
        ),
        (
            "2026-03-01",
            "President Lee Jae Myung assured a March 1 gathering on Sunday that Japan was an "
            "indispensable partner.",
            "statement",
            "2026-03-01",
        ),
        (
            "2023-02-13",
            "South Korea's vice foreign minister met his Japanese counterpart in Washington on "
            "Monday.",
            "ministerial",
            "2023-02-13",
        ),
        (
            "2026-02-10",
            "Seoul and Tokyo's finance chiefs are to meet in Tokyo on Saturday for an annual "
            "dialogue.",
            "ministerial",
            "2026-02-14",
        ),
        (
            "2016-05-17",
            "Chung Byung-won, chief of the Northeast Asian affairs bureau of South Korea's Foreign "
            "Ministry, and Kimihiro Ishikane, who heads the Asian and Oceanian bureau in Tokyo, "
            "conferred for about two hours on Tuesday.",
            "ministerial",
            "2016-05-17",
        ),
    ],
)
def test_acts_are_read_in_words_that_papers_vary(published, text, kind, day):
    assert (kind, day) in kinds(published, text)


def test_each_leader_is_the_guest_at_a_reception_of_his_own():
    text = (
        "President Park Geun-hye in Seoul and Prime Minister Shinzo Abe in Tokyo went to "
        "receptions given by each other's embassies on Monday, half a century after their "
        "countries agreed to open relations."
    )
    assert sorted(told("2015-06-22", text)) == [
        ("anniversary", "2015-06-22", ["abe-shinzo"]),
        ("anniversary", "2015-06-22", ["park-geun-hye"]),
    ]


def test_a_speech_is_by_the_one_who_speaks_and_not_by_whom_he_thanks():
    text = (
        "President Lee Jae Myung held out a hand to Japan on Sunday. In his March 1 address, the "
        "president thanked Prime Minister Sanae Takaichi for her visit."
    )
    assert told("2026-03-02", text) == [("statement", "2026-03-01", ["lee-jae-myung"])]


def test_talks_of_both_ministers_and_of_those_with_a_third_are_two():
    text = (
        "Japan and South Korea will again trade visits by their defense ministers, the ministers "
        "of both countries decided at talks on Sunday. Minoru Kihara received Shin Won-sik at the "
        "ministry in Ichigaya.\nLater that day U.S. Defense Secretary Lloyd Austin joined them for "
        "a three-way meeting."
    )
    people = [p for kind, _, p in told("2024-07-29", text, "Kihara and Shin meet after radar row")]
    assert sorted(people) == [
        ["austin-lloyd", "kihara-minoru", "shin-won-sik"],
        ["kihara-minoru", "shin-won-sik"],
    ]


@pytest.mark.parametrize(
    ("published", "text"),
    [
        (
            "2026-08-14",
            '"Puppets" is how Kim Yo Jong, sister of the North\'s leader, described Lee Jae Myung '
            "and Sanae Takaichi in a statement on Friday.",
        ),
        (
            "2025-09-29",
            "At a debate on Sunday Shinjiro Koizumi said he would phone Lee Jae Myung in his first "
            "week as premier; Sanae Takaichi said a minister should attend Takeshima Day.",
        ),
        (
            "2024-07-01",
            "The yen sank past 161 to the dollar on Monday. Neither Choi Sang-mok nor Shunichi "
            "Suzuki would say at what level Seoul and Tokyo would act.",
        ),
        (
            "2025-08-20",
            "Korea Zinc said on Wednesday it had signed a memorandum with a Japanese trading house "
            "to supply nickel to plants in both countries.",
        ),
        (
            "2023-08-19",
            "Relations between Seoul and Tokyo were in a deep freeze as late as 2019, when Japan "
            "tightened controls on exports and Seoul said that it would leave an intelligence pact "
            "(Aug. 22).",
        ),
    ],
)
def test_words_of_outsiders_candidates_and_firms_are_no_acts_of_the_two(published, text):
    assert kinds(published, text) == set()


def test_a_longer_name_is_somebody_else():
    text = (
        "South Korean First Vice Foreign Minister Cho Hyun-dong and his Japanese counterpart met "
        "in Washington on Monday."
    )
    assert told("2023-02-13", text) == [("ministerial", "2023-02-13", [])]
