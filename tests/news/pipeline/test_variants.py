"""One editorial told in many ways must always give the same four events."""

import pytest

from tests.news.pipeline.record_knowledge import read, told

CAPTION = (
    "President {kr} talks on the phone with Japanese Prime Minister {jp} in Seoul on {call}. "
    "/ Courtesy of the presidential office"
)
PARAGRAPHS = (
    "President {kr} spoke on the phone with Japanese Prime Minister {jp} for the first time on "
    "{call}. The leaders agreed to keep up trilateral cooperation among Korea, the U.S. and Japan. "
    "They also agreed to meet in person, and their first face-to-face talks are expected during "
    "the G7 summit in Canada from {window}.",
    "“The world around us is changing,” {krs} told {jps} in the call, echoing his inaugural "
    "speech on {inaugural}. Pressure from U.S. President {us} over tariffs is growing, too.",
    "{jps} may be content with what earlier governments conceded. Yet disputes over Dokdo and the "
    "past will not go away by themselves.",
    "With the {ties} anniversary of the normalization of ties between Korea and Japan on June 22, "
    "and the {freedom} anniversary of Korea's liberation two months later, both sides have a "
    "chance to do better.",
)
WORDS = {
    "kr": "Lee Jae-myung",
    "krs": "Lee",
    "jp": "Shigeru Ishiba",
    "jps": "Ishiba",
    "us": "Donald Trump",
    "call": "June 9",
    "window": "June 15 to 17",
    "inaugural": "June 4",
    "ties": "60th",
    "freedom": "80th",
}
FOUR = [
    ("call", "2025-06-09", "2025-06-09", "happened"),
    ("summit", "2025-06-15", "2025-06-17", "scheduled"),
    ("anniversary", "2025-06-22", "2025-06-22", "scheduled"),
    ("anniversary", "2025-08-15", "2025-08-15", "scheduled"),
]
CLUTTER = "- 오피니언 많이 본 기사"
OLDER = (
    "President Park Geun-hye and Prime Minister Shinzo Abe held their first summit in Seoul on "
    "Nov. 2, 2015. The two leaders agreed to speed up talks on the comfort women. The meeting "
    "lasted 100 minutes. They spoke by phone on Dec. 28. Park will visit Japan next week."
)
KOREA_US = (
    "President Lee Jae-myung spoke by phone with U.S. President Donald Trump on June 6. The two "
    "leaders agreed to work for a tariff deal. They will meet at the NATO summit on June 24."
)


def text_of(*paragraphs, **words):
    return "\n".join(paragraphs).format(**WORDS | words)


@pytest.mark.parametrize(
    "paragraphs",
    [
        (CAPTION, *PARAGRAPHS, CLUTTER),
        PARAGRAPHS,
        tuple(reversed(PARAGRAPHS)),
        (PARAGRAPHS[2], PARAGRAPHS[0], PARAGRAPHS[3], PARAGRAPHS[1]),
        (*PARAGRAPHS, "", OLDER),
        (*PARAGRAPHS, "", KOREA_US),
        (*PARAGRAPHS, *[OLDER] * 8),
        (KOREA_US, "", *PARAGRAPHS),
        (*PARAGRAPHS, "", "TOKYO — President Lee met Prime Minister Ishiba again on Saturday."),
    ],
)
def test_order_clutter_and_strangers_change_nothing(paragraphs):
    assert sorted(told(read(text_of(*paragraphs), "2025-06-10", "en"))) == sorted(FOUR)


@pytest.mark.parametrize(
    ("published", "words", "people", "starts"),
    [
        (
            "2015-06-10",
            {
                "kr": "Park Geun-hye",
                "krs": "Park",
                "jp": "Shinzo Abe",
                "jps": "Abe",
                "us": "Barack Obama",
                "ties": "50th",
                "freedom": "70th",
            },
            ("park-geun-hye", "abe-shinzo"),
            ["2015-06-09", "2015-06-15", "2015-06-22", "2015-08-15"],
        ),
        (
            "2009-06-02",
            {
                "kr": "Lee Myung-bak",
                "krs": "Lee",
                "jp": "Taro Aso",
                "jps": "Aso",
                "us": "Barack Obama",
                "call": "June 1",
                "window": "July 8-10",
                "inaugural": "Feb. 25",
                "ties": "44th",
                "freedom": "64th",
            },
            ("lee-myung-bak", "aso-taro"),
            ["2009-06-01", "2009-06-22", "2009-07-08", "2009-08-15"],
        ),
        (
            "2023-05-30",
            {
                "kr": "Yoon Suk Yeol",
                "krs": "Yoon",
                "jp": "Fumio Kishida",
                "jps": "Kishida",
                "us": "Joe Biden",
                "call": "Monday",
                "window": "June 24 to 25",
                "inaugural": "May 10",
                "ties": "58th",
                "freedom": "78th",
            },
            ("yoon-suk-yeol", "kishida-fumio"),
            ["2023-05-29", "2023-06-22", "2023-06-24", "2023-08-15"],
        ),
    ],
)
def test_other_days_and_other_leaders(published, words, people, starts):
    reading = read(text_of(CAPTION, *PARAGRAPHS, **words), published, "en")

    assert sorted(d.starts_on.isoformat() for d in reading.drafts) == starts
    assert [d.kind for d in reading.drafts] == ["call", "summit", "anniversary", "anniversary"]
    assert {d.participants for d in reading.drafts[:2]} == {people}


def test_the_four_events_say_what_they_are():
    call, summit, ties, freedom = read(text_of(CAPTION, *PARAGRAPHS), "2025-06-10").drafts

    assert call.topics == ("trilateral_us",)
    assert (summit.occasion, summit.precision) == ("G7", "WINDOW")
    assert (ties.anniversary, freedom.anniversary) == ("normalization-treaty", "liberation-day")


@pytest.mark.parametrize("published", ["2025-06-09", "2025-06-11"])
def test_a_day_off_in_the_day_of_publication_moves_no_event(published):
    reading = read(text_of(*PARAGRAPHS), published, "en")

    assert [d.starts_on.isoformat() for d in reading.drafts] == [first for _, first, _, _ in FOUR]


def test_the_menus_and_teasers_of_a_page_change_nothing():
    top = (
        "Skip to content\nPolitics\nLee, Trump to meet on Monday\nPublished : Aug. 30, 2024 - 10:30"
    )
    bottom = (
        "Related articles\nJapan, South Korea to hold finance talks on Thursday\n"
        "Lee and Ishiba hold summit in Tokyo on June 12\nCopyright 2025. All rights reserved."
    )

    page = text_of(top, CAPTION, *PARAGRAPHS, bottom)

    assert told(read(page, "2025-06-10", "en")) == FOUR


def test_ordinals_of_recurring_days_read_as_english_writes_them():
    words = {"kr": "Lee Myung-bak", "jp": "Yasuo Fukuda", "jps": "Fukuda"}
    reading = read(text_of(*PARAGRAPHS, ties="43rd", freedom="63rd", **words), "2008-06-10")

    titles = [draft.title for draft in reading.drafts if draft.kind == "anniversary"]
    assert [title.rpartition(": ")[2] for title in titles] == [
        "43rd anniversary",
        "63rd anniversary",
    ]
