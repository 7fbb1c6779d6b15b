"""Lists of other articles that leak into a page make no event, whatever they are called."""

import pytest

from tests.news.pipeline.record_knowledge import read, reasons

STORY = {
    "en": "Exports of laver from South Korea to Japan rose in May, customs data showed on Monday. "
    "Prices are at a record, and farmers are putting out more nets than ever before.",
    "ko": "한국의 대일 김 수출이 5월 한 달 동안 10% 늘었다고 관세청이 9일 밝혔다. 가격은 "
    "사상 최고로 뛰었고 어민들은 남해안을 따라 어느 때보다 많은 그물을 내고 있다.",
    "ja": "韓国から日本へのノリの輸出が5月、1割増えたことが9日、統計で分かった。"
    "価格は過去最高を更新し、漁業者がこれまでになく多くの網を出している。",
}
ITEMS = {
    "en": (
        "Lee, Ishiba hold first phone talks on June 9",
        "Lee and Ishiba held talks in Tokyo on June 8.",
        "Foreign ministers Cho, Iwaya met in Seoul (June 7)",
    ),
    "ko": (
        "이 대통령, 이시바 총리와 9일 첫 통화…25분간",
        "이재명 대통령이 9일 이시바 시게루 일본 총리와 통화했다.",
        "한일 외교장관, 7일 서울서 회담 (종합)",
    ),
    "ja": (
        "日韓首脳、17日にG7で初会談へ(6月8日)",
        "石破首相と李在明大統領が9日、電話で会談した。",
        "日韓外相が7日、ソウルで会談「連携を確認」",
    ),
}


@pytest.mark.parametrize("bullet", ["", "- ", "• ", "▶ ", "□", "①"])
@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("en", "MOST READ"),
        ("en", "[More from Politics]"),
        ("en", "In other words"),
        ("ko", "[이 시각 많이 본 뉴스]"),
        ("ko", "▶ 관련기사"),
        ("ko", "오늘의 소식통"),
        ("ja", "【この記事を読んだ人はこんな記事も読んでいます】"),
        ("ja", "▼おすすめ"),
        ("ja", "みんなの声"),
    ],
)
def test_a_list_below_the_story_tells_nothing(lang, head, bullet):
    page = "\n".join([STORY[lang], "", head, *(bullet + item for item in ITEMS[lang])])

    reading = read(page, "2025-06-10", lang)

    assert reading.drafts == ()
    assert "other_article" in reasons(reading)


def test_the_story_goes_on_below_a_list():
    page = (
        "President Lee Jae Myung said that he was busy.\nRELATED\nLee to meet Trump on June 16\n"
        "On Monday he spoke by phone with Japanese Prime Minister Shigeru Ishiba for 25 minutes. "
        "The two leaders agreed to work closely with the United States and to meet in person soon."
    )

    assert [d.kind for d in read(page, "2025-06-10", "en").drafts] == ["call"]
