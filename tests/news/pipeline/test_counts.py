"""How long a meeting took and the how-manieth it was, with the words that say so."""

import pytest

from tests.news.pipeline.record_knowledge import read

EN = "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Saturday. "
CALL = "President Lee Jae Myung spoke by phone with Prime Minister Shigeru Ishiba on Saturday. "
KO = "이재명 대통령은 23일 도쿄에서 이시바 시게루 일본 총리와 정상회담을 했다. "
JA = "石破茂首相は23日、韓国の李在明大統領と首相官邸で会談した。"
DAY = "2025-08-24"


def told(text, field):
    (draft,) = read(text, DAY).drafts
    rows = [row for row in draft.evidence if row.field == field]
    for row in rows:
        assert text[row.start : row.end] == row.quote
        assert row.value == str(getattr(draft, field))
    return getattr(draft, field), [row.quote for row in rows]


@pytest.mark.parametrize(
    ("text", "minutes", "quote"),
    [
        (EN + "The talks lasted 25 minutes.", 25, "25 minutes"),
        (EN + "Their 113-minute meeting was the longest.", 113, "113-minute"),
        (EN + "They talked for about an hour and a half.", 90, "for about an hour and a half"),
        (EN + "They sat together for an hour and 20 minutes.", 80, "an hour and 20 minutes"),
        (KO + "회담은 약 25분 이어졌다.", 25, "약 25분"),
        (KO + "두 정상은 1시간 20분간 대화했다.", 80, "1시간 20분간"),
        (KO + "회담은 2시간 동안 진행됐다.", 120, "2시간 동안"),
        (JA + "会談は25分間行われた。", 25, "25分間"),
        (JA + "会談は約1時間45分に及んだ。", 105, "約1時間45分"),
        (JA + "両首脳は１時間半ほど話し合った。", 90, "１時間半ほど"),
    ],
)
def test_how_long_it_took(text, minutes, quote):
    assert told(text, "minutes") == (minutes, [quote])


@pytest.mark.parametrize(
    "text",
    [
        EN + "He arrived at 3:25 in the afternoon.",
        EN + "The exercise went on for 48 hours.",
        KO + "회담은 오후 3시 25분에 시작됐다.",
        JA + "会談は午後3時25分に始まった。",
    ],
)
def test_an_hour_of_the_day_is_no_duration(text):
    assert told(text, "minutes") == (None, [])


@pytest.mark.parametrize(
    ("text", "ordinal", "quote"),
    [
        (EN + "It was their third meeting.", 3, "their third meeting"),
        (EN + "It was the 3rd time the two leaders have met.", 3, "3rd time the two leaders"),
        (CALL + "It was their second phone call.", 2, "their second phone call"),
        (KO + "두 사람의 세 번째 회담이다.", 3, "세 번째 회담"),
        (KO + "두 정상의 회담은 이번이 3번째다.", 3, "회담은 이번이 3번째"),
        (JA + "両首脳の3回目の会談となる。", 3, "3回目の会談"),
        (JA + "両首脳の会談は三度目。", 3, "会談は三度目"),
    ],
)
def test_the_how_manieth_it_was(text, ordinal, quote):
    number, quotes = told(text, "ordinal")

    assert number == ordinal
    assert quotes[0].startswith(quote)


@pytest.mark.parametrize(
    "text",
    [
        EN + "It was their third meeting this year.",
        EN + "It was their second summit in three months.",
        EN + "It was the third meeting of the committee.",
        # Calls are not counted with meetings.
        EN + "It followed their second phone call.",
        CALL + "They will have their third meeting in June.",
        KO + "올해 세 번째 회담이다.",
        JA + "今年3回目の会談となる。",
    ],
)
def test_what_counts_something_else_is_left_out(text):
    (draft, *_more) = read(text, DAY).drafts

    assert draft.ordinal is None


def test_a_meeting_to_come_has_not_the_length_of_an_earlier_one():
    text = "石破茂首相が来年1月に韓国を訪問し、尹錫悦大統領と会談する方向で調整している。"
    text += "両首脳は16日、ペルーの首都リマで約50分間会談した。"
    plans = [draft for draft in read(text, "2024-11-18").drafts if draft.status == "scheduled"]

    assert [draft.minutes for draft in plans] == [None]
