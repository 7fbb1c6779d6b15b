"""Talks that were held keep their place, whatever somebody asked for or promised at them."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, lang):
    return sorted(
        (d.kind, d.starts_on.isoformat(), d.status) for d in read(text, published, lang).drafts
    )


TABLE_JA = "安倍晋三首相は9日、東京で中国の李克強首相、韓国の文在寅大統領と会談した。"
TABLE_KO = "문재인 대통령이 9일 도쿄에서 아베 신조 총리, 리커창 중국 총리와 회담했다. "
BOTH = [
    ("summit", "2018-05-09", "happened"),
    ("trilateral_summit", "2018-05-09", "happened"),
]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            TABLE_JA + "午後には文氏との首脳会談が開かれ、首相は拉致問題の解決への協力を求めた。",
        ),
        ("ja", TABLE_JA + "続く日韓首脳会談では、首相が早期の訪問を文大統領に要請した。"),
        ("ja", TABLE_JA + "その後、文氏との会談があり、首相は支援を提案した。"),
        (
            "ko",
            TABLE_KO + "오후에는 문 대통령과 아베 총리의 한일 정상회담이 열려, "
            "두 정상은 셔틀외교를 이어가기로 했다.",
        ),
        (
            "ko",
            TABLE_KO + "이어진 한일 정상회담에서는 아베 총리가 문 대통령에게 협력을 요청했다.",
        ),
    ],
)
def test_what_is_asked_for_at_talks_puts_no_doubt_on_them(lang, text):
    assert events(text, "2018-05-10", lang) == BOTH


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "高市早苗首相と李在明大統領の首脳会談が10日に開かれる可能性がある。"),
        ("ja", "高市早苗首相と李在明大統領の会談が開かれれば、首相は協力を求める。"),
        ("ko", "이재명 대통령과 다카이치 총리의 정상회담이 열려 관계가 풀릴 가능성이 있다."),
        (
            "ja",
            "日米韓の首脳が29日のNATOの会議で顔をそろえるようなことになれば、北朝鮮は反発する。",
        ),
    ],
)
def test_talks_that_may_be_held_are_none(lang, text):
    assert events(text, "2026-06-05", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "나카타니 겐 방위상은 9일 서울에서 국립현충원을 참배했다."),
        ("ko", "기시다 후미오 총리는 7일 서울 현충원에 참배했다."),
        ("ja", "石破茂首相は9日、ソウルの国立顕忠院を参拝した。"),
        ("ja", "高市早苗首相は5日、伊勢神宮に参拝した。"),
        ("ja", "日本と韓国が国交を結ぶ条約に署名してから、22日でちょうど半世紀を迎えた。"),
        ("ko", "외교부가 9일 강제징용 배상 방안을 내놓았으나 일본은 곧바로 거절했다."),
    ],
)
def test_bows_before_graves_years_since_a_treaty_and_offers_turned_down_are_no_acts(lang, text):
    found = [kind for kind, _day, _status in events(text, "2025-09-10", lang)]

    assert not {"dispute", "agreement"} & set(found)


def test_last_year_may_stand_before_a_day_with_a_particle():
    text = (
        "韓国政府が主催し佐渡の労働者をしのぶ行事が21日、佐渡市で営まれ、李赫駐日大使が参列した。"
        "昨年も、11月24日の追悼式典に韓国側は出席しなかった。"
    )

    assert events(text, "2025-11-22", "ja") == [("anniversary", "2025-11-21", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "문재인 대통령이 9일 도쿄에서 아베 신조 총리, 리커창 중국 총리와 회담했다."),
        ("ja", "安倍晋三首相は9日、東京で韓国の文在寅大統領、中国の李克強首相と会談した。"),
        ("ja", "文在寅大統領は9日、東京で安倍晋三首相、中国の李克強首相と会った。"),
    ],
)
def test_a_guest_listed_behind_the_other_sides_leader_makes_a_table_of_three(lang, text):
    assert events(text, "2018-05-10", lang) == [BOTH[1]]


def test_a_stranger_met_on_another_occasion_is_at_no_table_of_three():
    text = "문재인 대통령은 9일 도쿄에서 아베 신조 총리와 회담했다. 10일에는 시진핑 주석과 만났다."

    assert events(text, "2018-05-11", "ko") == [BOTH[0]]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "2015년 2월 끊겼던 한일 통화스와프가 29일 8년 만에 되살아났다."),
        ("ja", "日韓両政府は29日、2015年に終了した通貨スワップを再開することで合意した。"),
    ],
)
def test_the_year_in_which_something_broke_off_is_not_that_of_its_return(lang, text):
    assert ("agreement", "2023-06-29", "happened") in events(text, "2023-06-30", lang)


def test_a_declaration_called_by_its_signers_may_be_remembered():
    text = "김대중-오부치 공동선언 28주년 기념식이 10월 8일 주일대사관 주관으로 도쿄에서 개최된다."

    assert [e[:2] for e in events(text, "2026-10-05", "ko")] == [("anniversary", "2026-10-08")]


@pytest.mark.parametrize(
    "text",
    [
        "韓国政府は1日、日本とのGSOMIAを期限で終わらせると日本側に通告した。",
        "韓国政府は1日、日韓の軍事情報保護協定から離脱すると日本政府に伝えた。",
    ],
)
def test_an_accord_is_ended_in_many_words(text):
    assert events(text, "2026-07-02", "ja") == [("dispute", "2026-07-01", "happened")]


def test_the_days_of_a_survey_are_not_those_of_the_talks_it_asks_about():
    text = (
        "本紙が7、8両日に行った世論調査で、高市首相と李大統領の会談を「評価する」とした人は"
        "7割だった。"
    )

    assert not read(text, "2026-02-10", "ja", "日韓会談「評価」7割　本紙調査").drafts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "李大統領は1日の記者会見で、高市首相との会談では歴史も取り上げたいと語った。"),
        ("ja", "高市首相は1日の衆院予算委員会で、李大統領との会談で協力を求める考えを示した。"),
        (
            "ko",
            "이 대통령은 1일 기자회견에서 다카이치 총리와의 회담에서 과거사를 제기하겠다고 했다.",
        ),
        ("ko", "이 대통령은 1일 국무회의에서 한일 정상회담에서는 반도체를 다루겠다고 밝혔다."),
    ],
)
def test_the_day_of_a_wish_is_not_that_of_the_talks_it_is_for(lang, text):
    assert events(text, "2026-06-02", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "高市首相は1日、ソウルでの李大統領との会談で、早期の訪日を実現したいと述べた。"),
        ("ko", "이재명 대통령은 1일 도쿄에서 다카이치 총리와 회담을 갖고 협력을 넓히겠다고 했다."),
    ],
)
def test_a_wish_at_talks_is_told_of_talks(lang, text):
    assert events(text, "2026-06-02", lang) == [("summit", "2026-06-01", "happened")]
