from dataclasses import replace

from news.pipeline import read_batch, to_json
from tests.news.pipeline.record_knowledge import article, read, record_knowledge

ENGLISH = "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Saturday."
KOREAN = "이재명 대통령은 오는 23일 도쿄에서 이시바 시게루 일본 총리와 정상회담을 한다."
JAPANESE = "石破茂首相は24日までの日程で23日、韓国の李在明大統領と首相官邸で会談した。"
OTHER = "Foreign Minister Cho Hyun held talks with Foreign Minister Takeshi Iwaya on July 29."


def test_articles_of_one_event_share_a_key_across_languages():
    batch = [
        article(ENGLISH, "2025-08-23"),
        article(OTHER, "2025-07-29"),
        article(KOREAN, "2025-08-14"),
        article(JAPANESE, "2025-08-24"),
        article("Nothing happened.", "2025-08-24"),
    ]

    keys = [reading.cluster_key for reading in read_batch(batch, record_knowledge())]

    assert keys[0] == keys[2] == keys[3] != ""
    assert keys[1] not in (keys[0], "")
    assert keys[4] == ""


def test_a_batch_keeps_the_order_it_was_given_in():
    batch = [replace(article(ENGLISH, "2025-08-23"), id=str(i)) for i in range(3)]

    assert len(list(read_batch(batch, record_knowledge()))) == 3
    assert list(read_batch([], record_knowledge())) == []


def test_an_article_that_the_rules_break_on_is_told_and_the_others_are_read():
    broken = replace(article(ENGLISH, "2025-08-23"), id="broken", text=None)
    told = []

    readings = list(
        read_batch(
            [broken, article(ENGLISH, "2025-08-23")],
            record_knowledge(),
            failed=lambda read, error: told.append(read.id),
        )
    )

    assert told == ["broken"]
    assert [reading.is_relevant for reading in readings] == [False, True]


def test_json_has_the_names_of_the_contract():
    answer = to_json(read(ENGLISH, "2025-08-23"))

    assert set(answer) == {"is_relevant", "cluster_key", "events"}
    (event,) = answer["events"]
    assert set(event) == {
        "kind",
        "start",
        "end",
        "status",
        "participants",
        "countries",
        "city",
        "topics",
        "evidence",
        "cluster_key",
    }
    assert event["start"] == "2025-08-23"
    assert event["evidence"]["start"] == {"quote": "Saturday", "start": 70, "end": 78}


def test_an_article_about_nothing_has_no_key():
    assert to_json(read("Nothing happened.", "2025-08-23")) == {
        "is_relevant": False,
        "cluster_key": None,
        "events": [],
    }
