import unicodedata

import pytest

from news.pipeline.clean import normalise
from news.pipeline.language import find_language
from news.pipeline.sentences import quoted_spans, split_sentences


def texts(text, lang):
    return [s.text for s in split_sentences(normalise(text).text, lang)]


def roles(text, lang):
    return [s.role for s in split_sentences(normalise(text).text, lang)]


def test_english_abbreviations_do_not_end_a_sentence():
    assert texts("U.S. envoys met Mr. Mori on Nov. 3. They left. 😀 Fine.", "en") == [
        "U.S. envoys met Mr. Mori on Nov. 3.",
        "They left.",
        "😀 Fine.",
    ]


def test_korean_quotations_stay_in_their_sentence():
    assert texts('그는 "좋다. 아주 좋다."고 말했다. 3.1% 늘었다.', "ko") == [
        '그는 "좋다. 아주 좋다."고 말했다.',
        "3.1% 늘었다.",
    ]


def test_japanese_quotations_stay_in_their_sentence():
    assert texts("首相は「良い。とても良い」と述べた。会談は続く。", "ja") == [
        "首相は「良い。とても良い」と述べた。",
        "会談は続く。",
    ]


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        ("en", "The leaders shake hands in Seoul on May 7. (Yonhap)", "caption"),
        ("en", "Ministers at the hotel. / Provided by the foreign ministry", "caption"),
        ("ko", "많이 본 기사", "teaser"),
        ("ko", "홍길동 기자 hong@news.example", "clutter"),
        ("en", "(Photo courtesy of the Navy) A destroyer leaves Busan on May 7.", "caption"),
        ("en", "Leaders walk in a garden on May 7. / Source: Pool", "caption"),
        ("ko", "▲ 악수하는 두 정상", "caption"),
        ("ja", "関連記事", "teaser"),
        ("en", "All rights reserved. No reproduction without consent.", "clutter"),
        ("en", "PHOTO: President Lee, left, greets his guest in Busan.", "caption"),
        ("ko", "사진설명 | 23일 국방부 앞에서 손팻말을 든 시민들", "caption"),
        ("ko", "[자료사진 3] 2004년 12월 17일 이부스키. 두 정상이 정원을 걷는다.", "caption"),
        ("ja", "<4>宣言に署名する両首脳=1998年10月8日、東京", "caption"),
        ("ja", "写真=握手する首相(左)と大統領(代表撮影)", "caption"),
        ("ja", "●竹島周辺で訓練、外務省が抗議(12月23日)", "teaser"),
        ("ja", "教科書に採択「初めて」と歓迎する声", "heading"),
        ("ko", "□ 양 장관은 서울에서 회담을 가졌습니다.", "body"),
        ("en", "1. The two Governments signed the Agreement today.", "body"),
        ("en", "Leaders to meet again in autumn", "heading"),
        ("en", "The leaders met again.", "body"),
    ],
)
def test_lines_have_roles(lang, text, role):
    assert set(roles(text, lang)) == {role}


def test_a_second_dateline_begins_another_article():
    text = "SEOUL, June 9 — One thing happened.\n\nTOKYO — Another thing happened."

    assert [s.segment for s in split_sentences(text, "en")] == [0, 1]


@pytest.mark.parametrize(
    "line",
    [
        "Busan, May 28 (Kyodo)--",
        "Busan, May 28 ",
        "Busan [South Korea], May 28 (ANI): ",
        "Busan, South Korea, May 28, 2024 (Xinhua) -- ",
        "BUSAN/SEOUL, May 28 (Reuters) - ",
        "BUSAN, May 28 (APP): ",
        "BUSAN, 28 May (Petra) -- ",
        "Busan (Web Desk - 28th May, 2024) ",
        "BUSAN: (28 May 2024) ",
        "(Agency) BUSAN, 28th May, 2024 (WAM) – ",
    ],
)
def test_a_dateline_ends_where_the_story_begins(line):
    (sentence,) = split_sentences(f"{line}Two ministers sat down.", "en")

    assert sentence.dateline_end == len(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, May 28, 2024 ",
        "In May, June 3 ",
        "Updated May 28 ",
        "President Lee (May 28) ",
        "In Busan (28 May) ",
    ],
)
def test_a_day_at_the_head_of_a_line_is_no_dateline(line):
    assert split_sentences(f"{line}Two ministers sat down.", "en")[0].dateline_end == 0


def test_one_line_above_a_dateline_is_of_its_article():
    text = "Seoul and Tokyo agree\nEnvoys sit down.\nSEOUL, June 9 — One thing happened."

    assert {s.segment for s in split_sentences(text, "en")} == {0}


def test_a_line_that_goes_on_in_lower_case_is_one_paragraph():
    assert len(texts("The two leaders\nmet in Seoul.", "en")) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_lead_back_to_the_text_as_given(form):
    given = unicodedata.normalize(form, "가나 “Café”\r\n１６日 に")
    working = normalise(given)
    at = working.text.index("16日")

    start, end = working.span(at, at + 3)

    assert unicodedata.normalize("NFC", given[start:end]) == "１６日"
    start, end = working.span(working.text.index("Caf"), working.text.index("Caf") + 4)
    assert unicodedata.normalize("NFC", given[start:end]) == "Café"


def test_only_long_quotations_are_somebody_speaking():
    assert quoted_spans('the "shuttle" trips') == []
    assert len(quoted_spans('he said "we will meet our friends again soon" today')) == 1


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("두 정상이 만났다 Lee Ishiba", "en", "ko"),
        ("両首脳は会談した", "ko", "ja"),
        ("The leaders met", "ja", "en"),
        ("", "ja", "ja"),
        ("123", "", "en"),
    ],
)
def test_the_script_is_believed_over_the_label(text, told, expected):
    assert find_language(text, told) == expected


def test_a_japanese_sentence_may_open_with_a_letter_that_follows_quotations():
    text = "首相は「進める。」と述べた。ところが大統領は黙った。とはいえ会談は終わった。"

    assert texts(text, "ja") == [
        "首相は「進める。」と述べた。",
        "ところが大統領は黙った。",
        "とはいえ会談は終わった。",
    ]
