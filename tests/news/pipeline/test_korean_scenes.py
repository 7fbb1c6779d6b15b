"""When Korean newsrooms say that it was, who told of it, and what leaders do beside their talks."""

import pytest

from tests.news.pipeline.record_knowledge import read


def told(text, published, lang="ko"):
    """(kind, first day, last day, status) of what a text tells, the main event first."""
    return [
        (d.kind, d.starts_on.isoformat(), d.ends_on.isoformat(), d.status)
        for d in read(text, published, lang).drafts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "이재명 대통령과 이시바 시게루 일본 총리가 23일 여수에서 정상회담을 한다.",
        "이재명 대통령과 이시바 시게루 총리가 23일 차례로 여야 대표를 만난 뒤 정상회담을 한다.",
        "이재명 대통령과 이시바 시게루 일본 총리는 하루 앞선 23일 여야 대표를 만난 뒤 정상회담을 "
        "한다.",
    ],
)
def test_a_day_of_the_month_is_one_whatever_word_follows_or_counts_down_to_it(text):
    day = "2025-08-23"

    assert told(text, "2025-08-20") == [("summit", day, day, "scheduled")]


@pytest.mark.parametrize("length", ["3일 차", "3일 차에", "3일여", "3일 치"])
def test_a_length_of_days_is_no_day_of_the_month(length):
    text = f"이재명 대통령이 순방 {length} 이시바 시게루 일본 총리와 정상회담을 했다."

    assert [day for _, day, _, _ in told(text, "2025-08-24")] != ["2025-08-03"]


@pytest.mark.parametrize(
    "text",
    [
        "후나코시 다케히로 일본 외무성 사무차관이 전날 협의에 앞서 조현 외교부 장관을 예방한 "
        "것으로 8일 확인됐다.",
        "후나코시 다케히로 일본 외무성 사무차관이 전날 오찬에 앞서 조현 외교부 장관을 면담한 "
        "사실이 8일 뒤늦게 드러났다.",
    ],
)
def test_the_day_on_which_something_became_known_is_not_its_own(text):
    assert told(text, "2025-11-08") == [("ministerial", "2025-11-07", "2025-11-07", "happened")]


@pytest.mark.parametrize(
    "later",
    [
        "두 사람은 잠시 뒤 마코 루비오 미국 국무장관까지 함께하는 3국 외교장관회의에도 참석한다.",
        "조금 후에는 마코 루비오 미국 국무장관과 3국 외교장관회의를 연다.",
    ],
)
def test_a_little_later_is_on_the_same_day(later):
    text = "조태열 외교부 장관과 이와야 다케시 일본 외무상이 15일 뮌헨에서 회담했다. " + later
    day = "2025-02-15"

    assert ("ministerial", day, day, "scheduled") in told(text, day)[1:]


@pytest.mark.parametrize(
    "later",
    [
        "전날 이재명 대통령과 한 정상회담을 두고 그는 기자들에게 뜻깊었다고 말했다.",
        "전날 이재명 대통령과 연 정상회담을 두고 이시바 총리는 만족감을 나타냈다.",
    ],
)
def test_who_speaks_about_talks_founds_none(later):
    text = "이시바 시게루 일본 총리가 24일 부산에서 귀국길에 올랐다. " + later

    assert "2025-08-23" in [day for _, day, _, _ in told(text, "2025-08-24")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "윤석열 대통령과 기시다 후미오 일본 총리가 26일 회담했다. 두 정상과 리창 중국 총리까지 "
            "세 나라 정상은 이날 저녁 만찬을 함께한 뒤 27일 한일중 정상회의를 연다.",
        ),
        (
            "en",
            "President Yoon Suk Yeol met Japanese Prime Minister Fumio Kishida on Sunday. The "
            "three leaders, joined by Chinese Premier Li Qiang, will dine together on Sunday "
            "evening and hold a trilateral summit on Monday.",
        ),
        (
            "ja",
            "韓国の尹錫悦大統領と岸田文雄首相、中国の李強首相は26日夜、夕食を共にする。3首脳は27日に"
            "日中韓首脳会談を開く。",
        ),
    ],
)
def test_a_dinner_on_the_eve_is_no_talks_beside_those_of_the_next_day(lang, text):
    threes = [e for e in told(text, "2024-05-26", lang) if e[0] == "trilateral_summit"]

    assert threes == [("trilateral_summit", "2024-05-27", "2024-05-27", "scheduled")]


@pytest.mark.parametrize(
    "walk",
    [
        "두 정상은 오늘 아침에는 정원을 함께 산책했습니다.",
        "두 사람은 오늘 오전 절을 함께 둘러봤습니다.",
    ],
)
@pytest.mark.parametrize("scene", ["어제 저녁 총리 관저 앞.", "어제(23일) 오후 한 호텔 로비."])
def test_talks_are_of_the_scene_that_a_report_sets_and_not_of_the_walk_on_the_next_day(scene, walk):
    text = (
        "이재명 대통령과 이시바 시게루 일본 총리가 도쿄에서 정상회담을 했습니다. "
        f"{scene} 이시바 총리가 이 대통령을 반갑게 맞았습니다. {walk}"
    )

    assert told(text, "2025-08-24") == [("summit", "2025-08-23", "2025-08-24", "happened")]


def test_talks_without_a_scene_are_of_the_day_of_the_walk():
    text = (
        "이재명 대통령과 이시바 시게루 일본 총리가 도쿄에서 정상회담을 했습니다. "
        "두 정상은 오늘 아침 정원을 함께 산책했습니다."
    )

    assert [day for _, day, _, _ in told(text, "2025-08-24")] == ["2025-08-24"]


@pytest.mark.parametrize("table", ["북핵 고위급 협의", "고위급 회의"])
def test_high_level_talks_of_three_are_of_officials(table):
    text = f"한미일 {table}가 3일 서울에서 열린다고 외교부가 2일 공지했다."

    assert told(text, "2025-10-02") == [("ministerial", "2025-10-03", "2025-10-03", "scheduled")]
