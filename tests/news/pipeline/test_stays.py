"""A visit lasts as long as the story says, and its talks are one event with it."""

import pytest

from tests.news.pipeline.record_knowledge import only, read, told

EN = "President Lee Jae Myung will meet Prime Minister Shigeru Ishiba in Tokyo on Aug. 23. "
KO = "이재명 대통령은 오는 23일 도쿄에서 이시바 시게루 총리와 정상회담을 한다. "
JA = "韓国の李在明大統領は23日、東京で石破茂首相と会談する。"


@pytest.mark.parametrize(
    ("lang", "text", "last"),
    [
        ("en", EN, 23),
        ("en", EN + "Lee will be in Japan for two days, on the 23rd and 24th.", 24),
        ("en", EN + "His visit lasts until Aug. 25.", 25),
        ("en", EN + "Parliament must vote by Aug. 25.", 23),
        ("ko", KO + "이번 방문은 23일부터 24일까지 이어진다.", 24),
        ("ko", KO + "축제는 23일부터 26일까지 이어진다.", 23),
        ("ja", JA + "大統領の訪日は24日までの予定だ。", 24),
        ("ja", JA + "大統領は23、24の両日、日本に滞在する。", 24),
    ],
)
def test_a_stay_ends_when_the_story_says_so(lang, text, last):
    draft = only(read(text, "2025-08-20", lang))

    assert (draft.kind, draft.starts_on.day, draft.ends_on.day) == ("summit", 23, last)


def test_the_day_a_visit_ended_is_its_last():
    text = (
        "Japanese Prime Minister Fumio Kishida wrapped up a two-day visit to Seoul on Monday, a "
        "day after he met President Yoon Suk Yeol."
    )

    draft = only(read(text, "2023-05-08", "en"))

    assert (draft.kind, draft.starts_on.day) == ("summit", 7)


def test_who_is_in_the_country_this_week_may_have_come_on_sunday():
    text = (
        "National Assembly Speaker Moon Hee-sang is in Japan this week for a forum that is to "
        "bring South Korea and Japan closer. Moon flew in on Sunday for a four-day stay."
    )

    assert told(read(text, "2019-11-04", "en")) == [
        ("visit", "2019-11-03", "2019-11-06", "happened")
    ]
