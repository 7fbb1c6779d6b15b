"""How much a change matters, in three languages."""

import pytest

from news.pipeline import Knowledge, KnownPerson
from news.pipeline.grades import BOILERPLATE, SUBSTANCE, WORDING, Names, grade, names_of

KNOWN = Knowledge(
    (
        KnownPerson(
            "lee-jae-myung",
            "KR",
            (("en", "Lee Jae-myung"), ("en", "Lee"), ("ko", "이재명"), ("ja", "李在明")),
        ),
        KnownPerson(
            "ishiba-shigeru",
            "JP",
            (("en", "Shigeru Ishiba"), ("en", "Ishiba"), ("ko", "이시바"), ("ja", "石破茂")),
        ),
    ),
    (),
    (),
)
EN = "Lee and Ishiba spoke by phone on June 9.\nBoth agreed to meet soon.\nThe office gave no more."
KO = "이재명 대통령과 이시바 총리가 9일 전화 통화를 했다.\n두 정상은 곧 만나기로 했다."
KO += "\n대통령실이 전했다."
JA = "李在明大統領と石破茂首相は9日、電話会談した。\n両首脳は早期に会うことで一致した。"
JA += "\n大統領府が伝えた。"


@pytest.mark.parametrize(
    ("text", "language", "old", "new", "told"),
    [
        (EN, "en", "June 9", "June 10", SUBSTANCE),
        (EN, "en", "June 9", "July 9", SUBSTANCE),
        (EN, "en", "Lee and", "Lee Jae-myung and", WORDING),
        (EN, "en", "Lee and Ishiba", "Lee and Suzuki", SUBSTANCE),
        (EN, "en", "Both agreed", "Both did not agree", SUBSTANCE),
        (EN, "en", "by phone", "at a summit meeting", SUBSTANCE),
        (EN, "en", "Both agreed to meet soon.", "They agreed to meet shortly.", WORDING),
        (EN, "en", "The office", "The presidential office in Seoul", SUBSTANCE),
        (EN, "en", "June 9.\nBoth", "June 9. Both", BOILERPLATE),
        (EN, "en", "The office", "“The office”", BOILERPLATE),
        (EN, "en", "no more.", "no more.\n(END)\nCopyright 2025, all rights reserved", BOILERPLATE),
        (EN, "en", "no more.", "no more.\nUpdated: 2025-06-10 09:30", BOILERPLATE),
        (EN, "en", "no more.", "no more. Lee was in good health.", SUBSTANCE),
        (KO, "ko", "9일", "10일", SUBSTANCE),
        (KO, "ko", "이시바 총리", "스즈키 총리", SUBSTANCE),
        (KO, "ko", "했다.\n두", "하지 않았다.\n두", SUBSTANCE),
        (KO, "ko", "대통령실이 전했다", "대통령실이 설명했다", WORDING),
        (KO, "ko", "전했다.", "전했다.\n무단 전재 및 재배포 금지", BOILERPLATE),
        (KO, "ko", "전화 통화를", "전화통화를", BOILERPLATE),
        (KO, "ko", "두 정상은", "두 정상은 도쿄에서", SUBSTANCE),
        (JA, "ja", "9日", "10日", SUBSTANCE),
        (JA, "ja", "石破茂首相", "鈴木首相", SUBSTANCE),
        (JA, "ja", "一致した", "一致しなかった", SUBSTANCE),
        (JA, "ja", "大統領府が伝えた", "大統領府が説明した", WORDING),
        (
            JA,
            "ja",
            "伝えた。",
            "伝えた。\n最終更新 2025年6月10日 9:30\n無断転載を禁じます",
            BOILERPLATE,
        ),
        (JA, "ja", "9日", "９日", BOILERPLATE),
        (JA, "ja", "電話会談", "首脳会談", SUBSTANCE),
    ],
)
def test_a_change_is_graded_by_what_the_record_would_take_from_it(text, language, old, new, told):
    assert old in text

    changed = text.replace(old, new)

    assert grade(text, changed, language=language, names=names_of(KNOWN)) == told
    assert grade(changed, text, language=language, names=names_of(KNOWN)) == told


def test_paragraphs_that_changed_places_are_wording_and_numbers_that_did_are_substance():
    none = Names()
    assert grade("A.\nB 5.", "B 5.\nA.", language="en", names=none) == BOILERPLATE
    assert grade("up from 3 to 5", "up from 5 to 3", language="en", names=none) == SUBSTANCE


def test_figures_and_words_are_one_number():
    assert grade("two leaders", "2 leaders", language="en", names=Names()) == WORDING
