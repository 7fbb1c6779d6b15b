"""A meeting that is put off or called off is drafted as that, and as no event."""

import pytest

from news.pipeline import read_batch, to_json
from tests.news.pipeline.record_knowledge import article, only, read, record_knowledge

DAY = "2025-08-15"
CANCELLED = (
    "South Korea and Japan have called off a summit between President Lee Jae Myung and Prime"
    " Minister Shigeru Ishiba that was set for Aug. 23 in Tokyo, officials said Friday."
)
PUT_OFF = (
    "A meeting of Foreign Minister Cho Hyun and Japanese Foreign Minister Takeshi Iwaya scheduled"
    " for Aug. 18 was put off, Seoul said."
)
KOREAN = (
    "오는 23일 도쿄에서 열릴 예정이던 이재명 대통령과 이시바 시게루 일본 총리의 정상회담이"
    " 연기됐다고 대통령실이 15일 밝혔다."
)
JAPANESE = "石破茂首相と韓国の李在明大統領が23日に予定していた会談は中止となった。"


@pytest.mark.parametrize(
    ("text", "kind", "day", "status", "quote"),
    [
        (CANCELLED, "summit", "2025-08-23", "cancelled", "called off"),
        (PUT_OFF, "ministerial", "2025-08-18", "postponed", "put off"),
        (KOREAN, "summit", "2025-08-23", "postponed", "연기"),
        (JAPANESE, "summit", "2025-08-23", "cancelled", "中止"),
    ],
)
def test_a_plan_that_is_off_is_drafted_with_the_words_that_say_so(text, kind, day, status, quote):
    reading = read(text, DAY)

    draft = only(reading)
    assert (draft.kind, draft.starts_on.isoformat(), draft.status) == (kind, day, status)
    (row,) = (row for row in draft.evidence if row.field == "status")
    assert (row.quote, row.value) == (quote, status)
    assert text[row.start : row.end] == row.quote
    assert not reading.is_relevant


def test_it_is_none_of_the_events_of_draft_events():
    told = to_json(read(CANCELLED, DAY))

    assert told == {"is_relevant": False, "cluster_key": None, "events": []}


def test_it_shares_no_key_with_articles_of_events():
    batch = [article(CANCELLED, DAY), article(KOREAN.replace("연기됐다고", "열린다고"), DAY)]

    off, on = read_batch(batch, record_knowledge())

    assert on.is_relevant
    assert (off.cluster_key, on.cluster_key != "") == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        # Long ago, in passing, or not a meeting.
        "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Thursday. A summit"
        " set for May 2 had been called off.",
        "A summit between President Lee Jae Myung and Prime Minister Shigeru Ishiba set for March 3"
        " last year was called off, officials recalled.",
        "The cancellation of a concert on Aug. 23 disappointed fans of President Lee Jae Myung.",
    ],
)
def test_what_is_no_news_of_a_plan_is_not_drafted(text):
    assert all(draft.status == "happened" for draft in read(text, DAY).drafts)
