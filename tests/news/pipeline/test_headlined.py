"""Which of the events of one article its headline makes the main one."""

import pytest

from tests.news.pipeline.record_knowledge import read

TWO, THREE = 2, 3
LIMA = {
    "en": "President Yoon Suk Yeol and Prime Minister Shigeru Ishiba met in Lima on Saturday. "
    "A day earlier the two had held a trilateral summit there with President Joe Biden.",
    "ko": "윤석열 대통령과 이시바 시게루 총리는 16일 페루 리마에서 한일 정상회담을 했다. "
    "15일에는 조 바이든 미국 대통령과 함께 한미일 정상회의를 열었다.",
    "ja": "尹錫悦大統領と石破茂首相は16日、ペルーのリマで日韓首脳会談を行った。"
    "15日にはバイデン米大統領を交えて日米韓首脳会談を開いた。",
}


def main_sides(title, text, lang, published="2024-11-17"):
    """How many countries take part in the main event of an article that tells of both talks."""
    drafts = read(text, published, lang, title).drafts
    assert {len(d.countries) for d in drafts} == {TWO, THREE}
    return len(drafts[0].countries)


@pytest.mark.parametrize(
    ("lang", "title", "sides"),
    [
        ("en", "Yoon, Ishiba meet in Lima, a day after session with Biden", TWO),
        ("en", "Yoon and Ishiba hold first full talks ahead of Biden's farewell", TWO),
        ("en", "Biden, Yoon and Ishiba set up a secretariat; two leaders also meet", THREE),
        ("en", "Yoon, Ishiba, Biden set up a secretariat", THREE),
        ("en", "Yoon and Ishiba meet Biden in Lima", THREE),
        ("en", "Three-way summit leaves a secretariat behind", THREE),
        ("ko", "한일 정상 리마서 회담…한미일은 사무국 설치 합의", TWO),
        ("ko", "한미일 사무국 두기로…한일 정상은 셔틀외교 재확인", THREE),
        ("ja", "日韓首脳、リマで会談　日米韓でも声明", TWO),
        ("ja", "日米韓が事務局設置で合意　日韓首脳も会談", THREE),
    ],
)
def test_the_headline_says_which_talks_are_the_news(lang, title, sides):
    assert main_sides(title, LIMA[lang], lang) == sides


def test_a_headline_that_names_neither_leaves_the_order_as_told():
    order = [main_sides(title, LIMA["en"], "en") for title in ("", "A busy weekend in Peru")]

    assert order[0] == order[1]


def test_ministers_in_the_headline_come_before_the_leaders_talks_of_the_day_after():
    text = (
        "조현 외교부 장관과 모테기 도시미쓰 외무상은 29일 경주에서 따로 만나 30분가량 "
        "이야기를 나눴다. "
        "이재명 대통령과 다카이치 사나에 총리는 30일 같은 곳에서 첫 정상회담을 한다."
    )
    drafts = read(text, "2025-10-29", "ko", '조현·모테기 첫 대면…"내일 정상회담 준비 만전"').drafts

    assert [d.kind for d in drafts] == ["ministerial", "summit"]


SEOUL = (
    "President Yoon Suk Yeol and Prime Minister Fumio Kishida met in Seoul on Sunday. "
    "On Monday the two hold a trilateral summit there with Premier Li Qiang."
)


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Yoon, Kishida meet in Seoul ahead of summit with Li Qiang", TWO),
        ("Yoon hosts Li Qiang and Kishida in Seoul", THREE),
    ],
)
def test_a_chinese_premier_in_the_headline_is_at_the_table_unless_he_only_says_when(title, sides):
    assert main_sides(title, SEOUL, "en", "2024-05-26") == sides
