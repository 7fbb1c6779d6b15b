"""What Japanese stories name beside their news: dropped visits, old talks, causes, cabinets."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, title="", lang="ja"):
    return sorted(
        (d.kind, d.starts_on.isoformat(), d.status)
        for d in read(text, published, lang, title).drafts
        if d.status in ("happened", "scheduled")
    )


def people(text, published, lang="ja"):
    return [set(d.participants) for d in read(text, published, lang).drafts]


@pytest.mark.parametrize(
    "lead",
    [
        "韓国の文在寅大統領は20日、大阪での会議の前に日本を訪れないと決めた。",
        "韓国の文在寅大統領は20日、大阪での会議を控えても来日しない考えを周囲に伝えた。",
    ],
)
def test_who_does_not_come_has_not_been_there(lead):
    text = f"{lead}安倍晋三首相との首脳会談は開かれない見通しだ。"

    assert events(text, "2019-05-20") == []


def test_a_visit_that_a_government_announces_not_to_make_is_a_quarrel():
    text = (
        "韓国大統領府は19日、文在寅大統領が五輪に合わせて日本を訪問しないことを決めたと発表した。"
        "菅義偉首相との会談もなくなった。"
    )

    assert events(text, "2021-07-19") == [("dispute", "2021-07-19", "happened")]


@pytest.mark.parametrize(
    "step",
    [
        "韓国政府は22日に閣僚会議を開き、協定案を議決した。",
        "韓国政府は協定案を22日の閣僚会議で決定した。",
        "協定案は22日の閣僚会議にかけられ、承認された。",
    ],
)
def test_a_cabinet_that_approves_a_pact_meets_nobody(step):
    text = f"日韓両政府は23日、ソウルで軍事情報包括保護協定に署名した。これに先立ち、{step}"

    assert events(text, "2016-11-23") == [("agreement", "2016-11-23", "happened")]


def test_a_meeting_of_the_ministers_of_both_remains_one():
    text = "日韓閣僚会議が22日、ソウルで開かれ、両国の経済協力を決めた。"

    assert events(text, "1999-10-23") == [("ministerial", "1999-10-22", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "防衛省は17日、北朝鮮が弾道ミサイル1発を発射したと発表した。政府は情報を集めている。"
            "日米韓3カ国は13日にプノンペンで開いた首脳会談で、抑止力を強めることで一致した。",
        ),
        (
            "ko",
            "합동참모본부는 북한이 17일 탄도미사일 1발을 동해상으로 발사했다고 밝혔다. 군은 경계를 "
            "강화했다. 한미일 정상은 지난 13일 프놈펜에서 회담을 하고 도발에 함께 대응하기로 했다.",
        ),
        (
            "en",
            "North Korea fired a ballistic missile toward the sea on Thursday, Seoul's military "
            "said. The leaders of South Korea, Japan and the United States "
            "held a summit in Phnom Penh on Nov. 13 and agreed to share warning data.",
        ),
    ],
)
def test_a_story_of_a_launch_only_recalls_the_talks_of_days_before(lang, text):
    assert events(text, "2022-11-17", lang=lang) == []


def test_a_story_of_a_launch_tells_of_the_call_that_answers_it():
    text = (
        "北朝鮮は4日、弾道ミサイル1発を発射した。"
        "これを受け、岸田文雄首相は5日、尹錫悦大統領と電話で会談した。"
    )

    assert events(text, "2022-10-06") == [("call", "2022-10-05", "happened")]


def test_what_was_agreed_only_lately_is_recalled():
    text = (
        "中国は24日、日本産水産物の輸入を止めた。日米韓の首脳は22日に米国で会談し、"
        "経済的な威圧に反対することで一致したばかりだった。"
    )

    assert events(text, "2023-08-25") == []


def test_three_who_attend_talk_in_the_next_clause_too():
    text = (
        "日米韓の外相会合が11日、マレーシアで開かれた。韓国の朴潤柱第1次官、米国のマルコ・ルビオ"
        "国務長官、日本の岩屋毅外相が出席し、およそ40分間、地域の情勢を話し合った。"
    )

    assert people(text, "2025-07-12") == [{"park-yoon-joo", "rubio-marco", "iwaya-takeshi"}]


def test_talks_with_others_on_the_day_before_are_none_of_the_two():
    text = (
        "日米韓の外相は11日、マレーシアで会合を開いた。岩屋毅外相と韓国の朴潤柱第1次官らが出席した。"
        "岩屋氏はこれに先立つ10日、米比両国の外相と会談した。"
    )

    assert events(text, "2025-07-12") == [("ministerial", "2025-07-11", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "岩屋毅外相は13日、トランプ次期米大統領の就任を前にソウルで韓国の趙兌烈外相と会談した。",
        ),
        (
            "ja",
            "岩屋毅外相は13日、トランプ氏の関税政策への対応をめぐりソウルで趙兌烈外相と会談した。",
        ),
        (
            "ko",
            "이와야 다케시 외무상은 13일 트럼프 대통령 당선인의 취임을 앞두고 서울에서 조태열 "
            "외교부 장관과 회담했다.",
        ),
    ],
)
def test_who_is_named_for_what_he_does_sits_at_no_table(lang, text):
    assert people(text, "2025-01-14", lang) == [{"iwaya-takeshi", "cho-tae-yul"}]


@pytest.mark.parametrize(
    "cause",
    [
        "日本政府が22日の「竹島の日」式典に政務官を派遣したことで、両国関係は悪化していた。",
        "日本が22日に「竹島の日」の行事を強行したのを受け、韓日関係は冷え込んでいた。",
    ],
)
def test_what_had_chilled_the_ties_before_the_talks_is_no_news(cause):
    text = f"麻生太郎副総理は25日、ソウルで朴槿恵大統領と会談した。{cause}"

    assert "dispute" not in [kind for kind, *_rest in events(text, "2013-02-26")]


def test_a_former_premier_in_a_lesser_office_meets_as_its_holder():
    text = "麻生太郎副総理は25日、ソウルで朴槿恵大統領と会談した。"

    assert people(text, "2013-02-26") == [{"aso-taro", "park-geun-hye"}]


def test_flowers_of_all_who_came_to_a_summit_are_no_rite_of_the_two():
    text = (
        "岸田文雄首相は21日、広島で韓国の尹錫悦大統領と会談した。招待国の首脳らは21日、広島平和記念"
        "資料館を視察した。岸田首相を中心に首脳ら15人が慰霊碑に並び、花を手向けた。"
    )

    assert events(text, "2023-05-21") == [("summit", "2023-05-21", "happened")]
