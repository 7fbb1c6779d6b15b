"""What speaks of an event and yet is none."""

import pytest

from tests.news.pipeline.record_knowledge import read, reasons


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2025-06-10",
            "President Lee Jae Myung spoke by phone with U.S. President Donald Trump on June 6. "
            "The two leaders agreed to meet soon. Japan's Shigeru Ishiba was not mentioned.",
        ),
        (
            "ko",
            "2025-08-20",
            "이재명 대통령은 25일 워싱턴에서 도널드 트럼프 미국 대통령과 한미 정상회담을 한다. "
            "두 정상은 관세를 논의한다. 일본도 주시하고 있다.",
        ),
        (
            "ja",
            "2024-04-11",
            "岸田文雄首相は10日、ワシントンでバイデン米大統領と会談した。両首脳は連携を確認した。"
            "韓国でも大きく報じられた。",
        ),
        (
            "ja",
            "2025-11-01",
            "高市早苗首相は31日、訪問先の韓国・慶州で中国の習近平国家主席と会談した。",
        ),
    ],
)
def test_talks_with_a_third_country_are_set_aside(lang, published, text):
    reading = read(text, published, lang)

    assert reading.drafts == ()
    assert not reading.is_relevant
    assert "third_country" in reasons(reading)


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2022-06-27",
            "There are no plans for a summit between President Yoon Suk Yeol and Japanese Prime "
            "Minister Fumio Kishida on Wednesday, an official said.",
        ),
        (
            "ja",
            "2025-11-20",
            "高市早苗首相は、22日に李在明大統領と会談する予定はないと述べた。",
        ),
        ("ko", "2024-05-10", "윤석열 대통령은 10일 기시다 총리와의 회담이 무산됐다고 말했다."),
    ],
)
def test_what_is_denied_is_set_aside(lang, published, text):
    reading = read(text, published, lang)

    assert reading.drafts == ()
    assert "denied" in reasons(reading)


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2025-06-12",
            "President Lee Jae Myung could hold talks with Japanese Prime Minister Shigeru Ishiba "
            "on June 17, officials said.",
        ),
        (
            "ko",
            "2025-06-12",
            "이재명 대통령과 이시바 시게루 총리가 오는 17일 한일 정상회담을 할 가능성이 있다.",
        ),
        (
            "ja",
            "2025-06-12",
            "李在明大統領と石破茂首相が17日に日韓首脳会談を行う可能性がある。",
        ),
    ],
)
def test_what_is_only_possible_is_set_aside(lang, published, text):
    reading = read(text, published, lang)

    assert reading.drafts == ()
    assert "hypothetical" in reasons(reading)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "President Park Geun-hye and Prime Minister Shinzo Abe held a summit in Seoul on "
            "Nov. 2, 2015. The two leaders spoke by phone on Jan. 7, 2016.",
        ),
        ("ko", "박근혜 대통령은 2015년 11월 2일 아베 신조 총리와 한일 정상회담을 했다."),
        ("ja", "朴槿恵大統領は2015年11月2日、安倍晋三首相と会談した。"),
        ("en", "President Park Geun-hye and Prime Minister Shinzo Abe met in Seoul on Monday."),
    ],
)
def test_what_lies_years_back_is_background(lang, text):
    reading = read(text, "2025-06-10", lang)

    assert reading.drafts == ()
    assert "background" in reasons(reading)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A singer will perform in Tokyo on Saturday and meet fans in Seoul on June 15."),
        ("ko", "밴드가 14일 도쿄돔에서 공연한다. 한국과 일본의 팬을 20일 팬미팅에서 만난다."),
        ("ja", "サッカー日本代表は14日、韓国と対戦する。監督は9日に会見した。"),
        ("en", "Japan's exports to South Korea fell in May, data showed on Monday."),
        ("ko", "원화와 엔화의 통화 가치가 9일 올랐다. 통화정책 회의는 12일 열린다."),
    ],
)
def test_the_two_countries_alone_make_no_event(lang, text):
    assert read(text, "2025-06-10", lang).drafts == ()


def test_a_caption_makes_no_event_but_is_kept_as_set_aside():
    text = (
        "President Lee Jae Myung meets Prime Minister Shigeru Ishiba on June 9. (Yonhap)\n"
        "Prices rose in both countries."
    )

    reading = read(text, "2025-06-10", "en")

    assert reading.drafts == ()
    assert reasons(reading) == {"caption"}


def test_words_in_a_quotation_tell_of_no_event():
    text = (
        "President Lee Jae Myung said of Japanese Prime Minister Shigeru Ishiba, "
        '"We will hold talks in Seoul on June 20 and again on June 21."'
    )

    reading = read(text, "2025-06-10", "en")

    assert reading.drafts == ()
    assert reasons(reading) == {"quotation"}


def test_the_day_of_a_report_is_not_the_day_of_a_meeting():
    text = (
        "President Lee Jae Myung will hold talks with Japanese Prime Minister Shigeru Ishiba in "
        "Tokyo on Aug. 23, his office said Wednesday."
    )

    (draft,) = read(text, "2025-08-14", "en").drafts

    assert (draft.starts_on.isoformat(), draft.status) == ("2025-08-23", "scheduled")
