"""What one of the two does with a third country, and what companies or crowds do, is no event."""

import pytest

from tests.news.pipeline.record_knowledge import read

OTHERS = [
    (
        "en",
        "2025-10-30",
        "Lee hosts Trump in Gyeongju",
        "GYEONGJU — President Lee Jae Myung welcomed U.S. President Donald Trump on "
        "Wednesday, a day "
        "after Trump had toasted Japanese Prime Minister Sanae Takaichi in Tokyo.\n"
        "The two leaders met for almost 90 minutes and settled the outline of a fund.",
    ),
    (
        "ko",
        "2025-10-30",
        "한미 정상, 경주서 관세 협상 타결",
        "이재명 대통령과 도널드 트럼프 미국 대통령이 29일 경주에서 정상회담을 했다. 두 정상은 "
        "조선업 "
        "협력을 논의했다. 트럼프 대통령은 전날 도쿄에서 다카이치 사나에 일본 총리와 만나 같은 "
        "문제를 "
        "다뤘다.",
    ),
    (
        "ja",
        "2025-10-30",
        "米韓首脳が会談、関税交渉が決着",
        "【慶州】韓国の李在明大統領は29日、慶州でトランプ米大統領と会談した。両首脳は造船につ"
        "いて協議"
        "した。トランプ氏は前日、東京で高市早苗首相と会談したばかり。",
    ),
    (
        "ko",
        "2025-11-14",
        "中, 다카이치 대만 발언에 일본 대사 초치",
        "중국 외교부가 13일 가나스기 겐지 주중 일본대사를 불러 다카이치 사나에 총리의 대만 "
        "관련 국회 "
        "답변에 항의했다. 한중일 문화장관회의도 연기됐다.",
    ),
    (
        "ja",
        "2025-11-14",
        "中国、日本大使を呼び抗議",
        "中国外務省は13日、金杉憲治駐中国大使を呼び、高市早苗首相の台湾答弁に抗議した。韓国政"
        "府は、日中韓"
        "の文化相会合が延期になったと明らかにした。",
    ),
    (
        "en",
        "2025-09-05",
        "Battery tie-up delights investors",
        "Shares rose on Thursday after a South Korean carmaker and a Japanese battery company "
        "said they "
        "had signed an agreement to develop cells together.",
    ),
    (
        "ja",
        "2025-12-03",
        "韓国と日本の企業、覚書に署名",
        "韓国の化学メーカーと日本の繊維会社は2日、炭素繊維の増産で合意し、覚書に署名した。両社"
        "は蔚山に工場を"
        "持つ。",
    ),
    (
        "en",
        "2023-08-25",
        "South Koreans rally against Fukushima release",
        "SEOUL — Thousands marched through central Seoul on Friday to denounce Japan's "
        "release of treated "
        "water from the Fukushima nuclear plant.",
    ),
]

OURS = [
    (
        "en",
        "2025-10-31",
        "Lee, Takaichi meet in Gyeongju",
        "GYEONGJU — President Lee Jae Myung welcomed Japanese Prime Minister Sanae Takaichi "
        "on Thursday, "
        "a day after he had hosted U.S. President Donald Trump.\nThe two leaders met for 45 "
        "minutes.",
    ),
    (
        "ko",
        "2025-10-31",
        "한일 정상, 경주서 첫 회담",
        "이재명 대통령과 다카이치 사나에 일본 총리가 30일 경주에서 정상회담을 했다. 트럼프 "
        "대통령은 전날 "
        "경주를 떠났다.",
    ),
    (
        "ja",
        "2023-08-19",
        "日米韓首脳が会談",
        "岸田文雄首相、バイデン米大統領、韓国の尹錫悦大統領は18日、米国のキャンプ・デービッド"
        "で会談した。",
    ),
    (
        "en",
        "2019-11-06",
        "Japanese, Korean governments sign accord of firms",
        "The Japanese and South Korean governments signed an agreement on Tuesday that lets "
        "companies of "
        "both countries exchange data.",
    ),
]


@pytest.mark.parametrize(("lang", "published", "title", "text"), OTHERS)
def test_what_others_do_is_no_event(lang, published, title, text):
    assert not read(text, published, lang, title).is_relevant


@pytest.mark.parametrize(("lang", "published", "title", "text"), OURS)
def test_what_the_two_do_beside_others_is_an_event(lang, published, title, text):
    assert read(text, published, lang, title).is_relevant
