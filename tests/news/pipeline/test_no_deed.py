"""Leaders of both are named, and nothing is done: surveys, candidates, demands, denials."""

import pytest

from tests.news.pipeline.record_knowledge import read


def kinds(lang, published, text, title=""):
    return [
        d.kind
        for d in read(text, published, lang, title).drafts
        if d.status in ("happened", "scheduled")
    ]


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2024-02-08",
            "Fifty-nine percent of South Koreans disapprove of the way President Yoon Suk Yeol "
            "handles Japan, a survey found on Thursday. The pollster spoke to 1,002 adults by "
            "telephone this week. Some named Yoon's trip to Tokyo to see Prime Minister Fumio "
            "Kishida.",
        ),
        (
            "ko",
            "2023-02-15",
            "한 여론조사 기관이 15일 발표한 조사에서 응답자의 61%가 윤석열 대통령과 기시다 후미오 "
            "총리의 정상회담을 서두를 필요가 없다고 답했다. 조사는 13∼14일 성인 1003명을 전화로 "
            "면접해 이뤄졌다.",
        ),
        (
            "ja",
            "2022-10-05",
            "本紙が5日まとめた世論調査で、岸田文雄首相と韓国の尹錫悦大統領の首脳会談について「急ぐ"
            "必要はない」と答えた人が51%に上った。調査は1、2の両日、電話で1042人から回答を得た。",
        ),
    ],
)
def test_what_people_answered_is_no_event(lang, published, text):
    assert kinds(lang, published, text) == []


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2013-05-20",
            "The leader of South Korea's main opposition party on Monday urged President Park "
            "Geun-hye to propose a summit with Japanese Prime Minister Shinzo Abe. The call came "
            "during a party conference.",
        ),
        (
            "en",
            "2023-04-12",
            "The heads of 30 companies on Wednesday called on President Yoon Suk Yeol and Prime "
            "Minister Fumio Kishida to reopen a currency swap. They asked the leaders to discuss "
            "it when they next sit down.",
        ),
        (
            "en",
            "2018-11-21",
            "An opposition leader said on Wednesday that Prime Minister Shinzo Abe should have "
            "spoken with President Moon Jae-in by phone as soon as he took office.",
        ),
        (
            "ko",
            "2014-03-05",
            "한일 경제단체들이 5일 서울에서 모여 박근혜 대통령과 아베 신조 총리에게 조속히 만나 "
            "대화해 달라고 촉구했다.",
        ),
        (
            "ja",
            "2014-11-05",
            "経団連の会長は5日の記者会見で、安倍晋三首相と朴槿恵大統領に早期の首脳会談を求めた。",
        ),
        ("ja", "2019-08-15", "壇上の高校生は「文在寅大統領は安倍晋三首相と会談するな」と訴えた。"),
    ],
)
def test_what_others_ask_of_both_has_not_been_done(lang, published, text):
    assert kinds(lang, published, text) == []


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2025-06-02",
            "Lee Jae-myung spent the last hours of the campaign in Seoul. Lee said on Monday that "
            "as president he would visit Tokyo early and sit down with Prime Minister Shigeru "
            "Ishiba.",
        ),
        (
            "ko",
            "2025-05-28",
            "이재명 후보는 28일 서울 유세에서 당선되면 이시바 시게루 총리와 만나 셔틀외교를 이어 "
            "가겠다고 말했다.",
        ),
        (
            "ja",
            "2022-03-02",
            "韓国大統領選の候補4人が2日夜、討論に臨んだ。尹錫悦氏は当選すれば早期に訪日し、岸田文雄"
            "首相と会談すると述べた。",
        ),
    ],
)
def test_what_candidates_would_do_is_not_to_come(lang, published, text):
    assert kinds(lang, published, text) == []


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2019-06-25",
            "A presidential official on Tuesday played down reports that President Moon Jae-in and "
            "Japanese Prime Minister Shinzo Abe might squeeze in a talk in Osaka, saying no such "
            "meeting had been arranged.",
        ),
        (
            "ko",
            "2020-11-03",
            "청와대는 3일 스가 요시히데 총리가 한중일 정상회의에 불참하기로 했다는 일본 언론 "
            '보도에 대해 "회의 개최 여부부터 아직 확정된 바 없다"고 밝혔다.',
        ),
        (
            "ja",
            "2014-09-12",
            "菅義偉官房長官は12日、安倍晋三首相と朴槿恵大統領が会談するとの一部報道について「決まった"
            "ことはない」と否定した。",
        ),
    ],
)
def test_a_report_that_officials_put_right_is_no_event(lang, published, text):
    assert kinds(lang, published, text) == []


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "ko",
            "2015-03-04",
            "서울 종로구 옛 일본대사관 앞 소녀상 주변에 4일 시민 200여 명이 모였다.",
        ),
        (
            "en",
            "2019-10-16",
            "About 300 people rallied outside the Japanese Embassy in Seoul on Wednesday. Speakers "
            "recalled what Foreign Minister Kang Kyung-wha told Toshimitsu Motegi about it.",
        ),
        (
            "ja",
            "2017-07-25",
            "毎週火曜には出演者が文在寅大統領や安倍晋三首相の話で観客と言葉を交わす。",
        ),
        (
            "ja",
            "2019-11-20",
            "日本政府観光局が20日発表した訪日客数は5%減った。7月1日に政府が半導体材料の輸出管理を"
            "厳しくすると発表して以来、韓国では旅行を控える動きが続く。",
        ),
    ],
)
def test_crowds_habits_and_older_measures_are_no_event(lang, published, text):
    assert kinds(lang, published, text) == []


@pytest.mark.parametrize(
    ("lang", "published", "text", "kind"),
    [
        (
            "en",
            "2023-03-16",
            "President Yoon Suk Yeol and Prime Minister Fumio Kishida met in Tokyo on Thursday, "
            "though 59 percent of South Koreans oppose his plan, according to a poll.",
            "summit",
        ),
        (
            "en",
            "2019-11-04",
            "President Moon Jae-in urged Prime Minister Shinzo Abe on Monday to end the row when "
            "the two sat down for 11 minutes. No formal summit had been arranged, aides said.",
            "summit",
        ),
        (
            "en",
            "2025-06-09",
            "President Lee Jae-myung, who beat the candidate of the right, spoke by phone with "
            "Japanese Prime Minister Shigeru Ishiba on Monday. The call lasted 25 minutes.",
            "call",
        ),
        (
            "en",
            "2022-02-13",
            "Secretary of State Antony Blinken welcomed Foreign Ministers Chung Eui-yong and "
            "Yoshimasa Hayashi in Honolulu on Saturday for talks of the three.",
            "ministerial",
        ),
        (
            "ko",
            "2023-03-16",
            "여론조사에서 반대가 절반을 넘는 가운데 윤석열 대통령이 16일 도쿄에서 기시다 후미오 "
            "총리와 정상회담을 했다.",
            "summit",
        ),
        (
            "ja",
            "2023-03-16",
            "世論調査で解決策への反対が6割に上る中、韓国の尹錫悦大統領が16日来日し、岸田文雄首相と"
            "首相官邸で会談した。",
            "summit",
        ),
    ],
)
def test_the_same_words_beside_talks_take_nothing_back(lang, published, text, kind):
    assert kinds(lang, published, text) == [kind]
