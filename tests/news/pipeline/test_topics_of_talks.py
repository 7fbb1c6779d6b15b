"""What talks were about, however a short or a long story puts it."""

import pytest

from tests.news.pipeline.record_knowledge import only, read
from tests.news.pipeline.test_topics import topics


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        ("en", "Pyongyang's drones filled the second half.", "north_korea"),
        ("en", "Supply chains are likely to come up again in autumn.", "trade"),
        ("en", "Both called Pyongyang's soldiers in Russia a grave concern.", "north_korea"),
        ("en", "Lee asked for a Korean expert at the treated-water release.", "energy_environment"),
        ("en", "They reviewed the stockpiles of crude in both countries.", "energy_environment"),
        ("en", "Both sought a solution for former workers from the Peninsula.", "forced_labor"),
        ("en", "They welcomed that travel between the two peoples is back.", "people_exchange"),
        ("en", "Lee said that the young should not have to carry the past.", "history"),
        (
            "ko",
            "두 정상은 내년에 미국 행정부가 바뀌어도 3국 공조를 이어 가자고 했다.",
            "trilateral_us",
        ),
        ("ko", "앞서 두 정상은 공급망 협력을 의제로 다뤘다.", "trade"),
        ("ja", "両首脳は米国の政権交代後も3カ国の連携を続けることで一致した。", "trilateral_us"),
        ("ja", "会談は30分だった。両首脳は北朝鮮の動きを踏まえ、連携を確認した。", "north_korea"),
    ],
)
def test_what_a_short_story_goes_on_about_is_a_topic(lang, more, expected):
    assert topics(lang, more) == {expected}


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "The last round in July was on tariffs."),
        ("en", "Until now Seoul and Tokyo shared data by way of Washington."),
        ("en", "South Korea's culture minister, speaking later, called it a good day."),
        ("en", "They spoke of the arms trade of others."),
        ("ko", "두 정상은 안보회의가 열린 뮌헨을 함께 둘러보기로 했다."),
        ("ja", "両首脳は閣僚の往来を活発にすることで一致した。"),
    ],
)
def test_what_lies_back_or_only_sounds_so_is_no_topic(lang, more):
    assert topics(lang, more) == set()


def test_what_one_side_demands_at_talks_is_a_matter_of_the_talks():
    text = (
        "문재인 대통령과 아베 신조 총리의 정상회담은 24일 청두에서 45분 만에 끝났다. 문 대통령은 "
        "수출규제를 되돌리라고 요구했고 아베 총리는 강제동원 판결의 해법을 내놓으라고 맞섰다."
    )

    talks = next(d for d in read(text, "2019-12-24", "ko").drafts if d.kind == "summit")

    assert {"trade", "forced_labor"} <= set(talks.topics)


def test_talks_of_those_who_answer_for_defence_are_of_security():
    text = (
        "SEOUL — Defense Minister Ahn Gyu-back met his Japanese counterpart, Defense Minister "
        "Gen Nakatani, in Seoul on Monday. They will call on each other every year."
    )

    assert set(only(read(text, "2025-09-09", "en")).topics) == {"security"}


def test_what_is_of_money_is_of_trade_too():
    text = (
        "추경호 부총리는 29일 도쿄에서 스즈키 슌이치 일본 재무상과 한일 재무장관회의를 열고 "
        "통화스와프를 되살리기로 했다."
    )

    assert set(only(read(text, "2023-06-29", "ko")).topics) == {"finance", "trade"}


def test_sympathy_at_talks_is_no_protocol():
    assert topics("en", "Ishiba expressed condolences over the crash.") == set()


def test_what_a_long_story_first_tells_of_at_its_end_is_no_topic():
    filler = [f"The weather in ward {number} stayed mild all day." for number in range(12)]
    last = "Relations, an official said, cover tariffs as well."

    assert topics("en", "They agreed on visas.\n" + "\n".join([*filler, last])) == {
        "people_exchange"
    }
    assert "trade" in topics("en", "They agreed on visas. " + last)


def test_the_two_keep_work_with_the_third_beside_talks_of_three():
    text = (
        "LIMA — President Yoon Suk Yeol and Prime Minister Shigeru Ishiba met in Lima on Saturday. "
        "The two leaders agreed to keep up cooperation with Washington.\n"
        "On Friday Yoon, Ishiba and U.S. President Joe Biden held a trilateral summit."
    )

    talks = next(d for d in read(text, "2024-11-17", "en").drafts if d.kind == "summit")

    assert "trilateral_us" in talks.topics
