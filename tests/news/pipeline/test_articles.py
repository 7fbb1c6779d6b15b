"""Whole articles, written for these tests from facts of the record."""

import pytest

from tests.news.pipeline.record_knowledge import only, read, told

CALLS = [
    (
        "en",
        "2024-10-03",
        "President Yoon Suk Yeol rang Japan's new prime minister, Shigeru Ishiba, for talks by "
        "phone on Wednesday, the presidential office said. The two leaders agreed to work closely "
        "on North Korea. The call lasted about 15 minutes.",
        ("2024-10-02", {"yoon-suk-yeol", "ishiba-shigeru"}),
    ),
    (
        "ko",
        "2013-03-07",
        "박근혜 대통령은 6일 아베 신조 일본 총리와 취임 후 처음으로 전화통화를 했다. "
        "두 정상은 북한 문제에 공조하기로 했다. 통화는 10분간 이어졌다.",
        ("2013-03-06", {"park-geun-hye", "abe-shinzo"}),
    ),
    (
        "ja",
        "2024-12-20",
        "石破茂首相は19日、韓国の韓悳洙大統領権限代行と電話で約15分間協議した。"
        "両氏は北朝鮮への対応で連携することを確認した。",
        ("2024-12-19", {"han-duck-soo", "ishiba-shigeru"}),
    ),
]
SUMMITS = [
    (
        "en",
        "2025-10-01",
        "South Korean President Lee Jae Myung received Japanese Prime Minister Shigeru Ishiba in "
        "Busan on Tuesday for their third summit. Ishiba came for a two-day visit.",
        ("2025-09-30", "2025-10-01", "happened", "Busan"),
    ),
    (
        "ko",
        "2026-01-09",
        "이재명 대통령이 오는 13일부터 14일까지 일본 나라현을 방문해 다카이치 사나에 총리와 "
        "정상회담을 한다고 청와대가 9일 밝혔다.",
        ("2026-01-13", "2026-01-14", "scheduled", "Nara"),
    ),
    (
        "ja",
        "2011-12-19",
        "野田佳彦首相は18日、京都で韓国の李明博大統領と会談した。両首脳は慰安婦問題を話し合った。",
        ("2011-12-18", "2011-12-18", "happened", "Kyoto"),
    ),
]


@pytest.mark.parametrize(("lang", "published", "text", "expected"), CALLS)
def test_a_call_between_leaders(lang, published, text, expected):
    draft = only(read(text, published, lang))

    assert (draft.kind, draft.channel, draft.status) == ("call", "PHONE", "happened")
    assert (draft.starts_on.isoformat(), set(draft.participants)) == expected
    assert draft.minutes in (10, 15)
    assert "north_korea" in draft.topics


@pytest.mark.parametrize(("lang", "published", "text", "expected"), SUMMITS)
def test_a_visit_with_talks_is_one_summit(lang, published, text, expected):
    draft = only(read(text, published, lang))

    assert draft.kind == "summit"
    assert (draft.starts_on.isoformat(), draft.ends_on.isoformat(), draft.status, draft.city) == (
        expected
    )
    assert len(draft.participants) == 2
    assert draft.countries == ("KR", "JP")


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2023-08-19",
            "President Joe Biden, South Korean President Yoon Suk Yeol and Japanese Prime Minister "
            "Fumio Kishida held a trilateral summit at Camp David on Friday.",
        ),
        (
            "ko",
            "2023-08-19",
            "윤석열 대통령은 18일(현지시간) 캠프 데이비드에서 조 바이든 미국 대통령, 기시다 후미오 "
            "일본 총리와 한미일 정상회의를 했다.",
        ),
        (
            "ja",
            "2023-08-19",
            "岸田文雄首相、バイデン米大統領、韓国の尹錫悦大統領は18日、キャンプデービッドで"
            "日米韓首脳会談を開いた。",
        ),
    ],
)
def test_a_summit_of_three(lang, published, text):
    draft = only(read(text, published, lang))

    assert (draft.kind, draft.starts_on.isoformat()) == ("trilateral_summit", "2023-08-18")
    assert set(draft.participants) == {"yoon-suk-yeol", "kishida-fumio", "biden-joe"}
    assert draft.countries == ("KR", "JP", "US")


def test_a_trilateral_and_the_talks_beside_it_are_two_events():
    text = (
        "한일중 정상회의가 오는 26~27일 서울에서 열린다고 대통령실이 20일 발표했다. "
        "윤석열 대통령은 26일 리창 중국 총리, 기시다 후미오 일본 총리와 각각 양자 회담을 한다."
    )

    assert told(read(text, "2024-05-20", "ko")) == [
        ("trilateral_summit", "2024-05-26", "2024-05-27", "scheduled"),
        ("summit", "2024-05-26", "2024-05-26", "scheduled"),
    ]


@pytest.mark.parametrize(
    ("lang", "published", "text", "day", "people"),
    [
        (
            "en",
            "2025-07-29",
            "Foreign Minister Cho Hyun held talks with Japanese Foreign Minister Takeshi Iwaya in "
            "Tokyo on Tuesday. Cho leaves for Washington, where he is to meet Secretary of State "
            "Marco Rubio on Thursday.",
            "2025-07-29",
            {"cho-hyun", "iwaya-takeshi"},
        ),
        (
            "ko",
            "2025-09-08",
            "안규백 국방부 장관과 나카타니 겐 일본 방위상이 8일 서울에서 한일 국방장관회담을 했다.",
            "2025-09-08",
            {"ahn-gyu-back", "nakatani-gen"},
        ),
        (
            "ja",
            "2025-11-02",
            "小泉進次郎防衛相は1日、訪問先のマレーシアで韓国の安圭伯国防相と会談した。",
            "2025-11-01",
            {"koizumi-shinjiro", "ahn-gyu-back"},
        ),
    ],
)
def test_talks_of_ministers(lang, published, text, day, people):
    draft = only(read(text, published, lang))

    assert (draft.kind, draft.starts_on.isoformat()) == ("ministerial", day)
    assert set(draft.participants) == people


@pytest.mark.parametrize(
    ("lang", "published", "text", "day"),
    [
        (
            "en",
            "2019-07-01",
            "Japan said Monday it will tighten controls on exports to South Korea of three "
            "materials used in chips. Seoul's foreign ministry called in Ambassador Yasumasa "
            "Nagamine.",
            "2019-07-01",
        ),
        (
            "ko",
            "2025-04-22",
            "외교부는 21일 이시바 시게루 일본 총리의 야스쿠니 신사 공물 봉납에 깊은 실망과 유감을 "
            "표했다.",
            "2025-04-21",
        ),
        (
            "ja",
            "2018-10-31",
            "韓国最高裁は30日、元徴用工が新日鉄住金に賠償を求めた訴訟で、賠償を命じる判決を言い渡した。"
            "河野太郎外相は駐日大使を呼び、抗議した。",
            "2018-10-30",
        ),
    ],
)
def test_a_dispute(lang, published, text, day):
    draft = only(read(text, published, lang))

    assert (draft.kind, draft.starts_on.isoformat(), draft.status) == ("dispute", day, "happened")
    assert draft.countries == ("KR", "JP")


def test_a_settlement_and_the_call_after_it():
    text = (
        "South Korea and Japan reached an agreement on comfort women Monday. Foreign Minister Yun "
        "Byung-se and his Japanese counterpart, Fumio Kishida, announced the deal in Seoul. Prime "
        "Minister Shinzo Abe later telephoned President Park Geun-hye."
    )

    assert told(read(text, "2015-12-28", "en")) == [
        ("agreement", "2015-12-28", "2015-12-28", "happened"),
        ("call", "2015-12-28", "2015-12-28", "happened"),
    ]


def test_a_ceremony_and_the_day_it_is_for():
    text = (
        "日韓国交正常化から今月22日で60年となるのを前に、都内で19日、記念の式典が開かれた。"
        "石破茂首相が出席した。"
    )

    reading = read(text, "2025-06-20", "ja")

    assert [(d.starts_on.isoformat(), d.anniversary) for d in reading.drafts] == [
        ("2025-06-19", ""),
        ("2025-06-22", "normalization-treaty"),
    ]


def test_a_gathering_without_days_takes_those_of_the_record():
    text = (
        "President Lee Jae Myung and Japanese Prime Minister Sanae Takaichi will hold talks on the "
        "sidelines of the G20 summit in South Africa, his office said."
    )

    draft = only(read(text, "2025-11-18", "en"))

    assert (draft.starts_on.isoformat(), draft.ends_on.isoformat()) == ("2025-11-22", "2025-11-23")
    assert (draft.occasion, draft.precision) == ("G20", "WINDOW")


def test_the_sentence_behind_each_field_is_kept():
    text = CALLS[0][2]
    draft = only(read(text, CALLS[0][1], "en"))
    start = next(row for row in draft.evidence if row.field == "start")

    assert (start.quote, start.value) == ("Wednesday", "2024-10-02")
    assert start.sentence == text[start.sentence_start : start.sentence_end]
    assert {"kind", "start", "end", "status", "participants", "countries"} <= {
        row.field for row in draft.evidence
    }


def test_curbs_are_a_dispute_on_the_day_they_are_announced():
    text = "経済産業省は1日、韓国への半導体材料の輸出管理を4日から厳格化すると発表した。"

    draft = only(read(text, "2019-07-02", "ja"))

    assert (draft.kind, draft.starts_on.isoformat()) == ("dispute", "2019-07-01")


def test_a_courtesy_call_during_talks_of_ministers_is_no_event_of_its_own():
    text = (
        "Japan's foreign minister, Takeshi Iwaya, arrived in Seoul on Monday for talks with his "
        "South Korean counterpart, Cho Tae-yul. Iwaya will meet acting President Choi Sang-mok on "
        "Tuesday."
    )

    assert told(read(text, "2025-01-13", "en")) == [
        ("ministerial", "2025-01-13", "2025-01-13", "happened")
    ]


def test_two_days_written_together_are_a_stay():
    text = "高市早苗首相が19、20両日、韓国の安東を訪問し、李在明大統領と会談する。"

    assert told(read(text, "2026-05-16", "ja")) == [
        ("summit", "2026-05-19", "2026-05-20", "scheduled")
    ]


def test_a_quote_is_words_without_the_dash_of_the_dateline_or_space_around():
    reading = read(
        "TOKYO — President Yoon Suk Yeol and Prime Minister Fumio Kishida met on Thursday .",
        "2023-03-16",
        "en",
    )

    quotes = [row.quote for draft in reading.drafts for row in draft.evidence]
    assert quotes
    assert [quote for quote in quotes if quote != quote.strip(" —")] == []


def test_the_day_of_the_announcement_is_not_that_of_talks_at_a_gathering():
    text = (
        "이재명 대통령이 캐나다에서 열리는 G7 정상회의를 계기로 이시바 시게루 일본 총리와 첫 한일 "
        "정상회담을 할 예정이라고 대통령실이 12일 밝혔다."
    )

    draft = only(read(text, "2025-06-12", "ko"))

    assert (draft.starts_on.day, draft.ends_on.day, draft.status) == (15, 17, "scheduled")
