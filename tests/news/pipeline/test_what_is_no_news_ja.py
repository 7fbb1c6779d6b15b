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
            "ja",
            "岩屋毅外相は13日、トランプ次期政権の発足を前にソウルで韓国の趙兌烈外相と会談した。",
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


@pytest.mark.parametrize(
    "text",
    [
        "石破茂首相は5日、続投の意向を示した。首相は8月23日に韓国の李在明大統領と東京で会談するなど"
        "外交日程をこなしてきた。",
        "韓国の最大野党は5日、李在明大統領が8月23日に東京で石破茂首相と行った首脳会談を批判した。",
        "韓国軍は5日、北朝鮮がごみの風船を飛ばしたと発表した。3日にはソウルで日中韓首脳会談が"
        "開かれたばかり。",
    ],
)
def test_talks_of_days_before_are_only_named(text):
    assert events(text, "2025-09-05") == []


@pytest.mark.parametrize(
    "signing",
    [
        "23日にソウルで署名する。",
        "署名は23日に行われる見通しだ。",
        "早ければ23日にも両国が署名を終える。",
    ],
)
def test_what_is_to_be_signed_may_stand_in_the_sentence_before(signing):
    text = f"韓国政府は22日、国務会議で日本との軍事情報包括保護協定を議決した。{signing}"

    assert events(text, "2016-11-22") == [("agreement", "2016-11-23", "scheduled")]


def test_who_signs_a_guest_book_signs_no_treaty():
    text = "李在明大統領は23日、首相官邸で石破茂首相と会談した。李氏は先に芳名録に署名した。"

    assert events(text, "2025-08-24") == [("summit", "2025-08-23", "happened")]


def test_no_day_is_taken_from_the_cabinet_that_went_before():
    text = (
        "日韓両政府は軍事情報包括保護協定の署名を延期した。"
        "両政府は26日の閣議決定後、署名を急いでいた。"
    )

    assert "2012-06-26" not in [day for _kind, day, _status in events(text, "2012-06-29")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "岸田文雄外相は28日に訪韓し、尹炳世外相とソウルで会談する。両政府は27日、ソウルで局長級"
            "協議を開き、日程を詰めた。",
        ),
        (
            "ko",
            "기시다 후미오 외무상은 28일 방한해 서울에서 윤병세 외교부 장관과 회담한다. 양국은 "
            "27일 서울에서 국장급 협의를 열었다.",
        ),
    ],
)
def test_ministers_sit_in_no_talks_of_their_officials(lang, text):
    told = {d.starts_on.isoformat(): d for d in read(text, "2015-12-27", lang).drafts}

    assert set(told["2015-12-28"].participants) == {"kishida-fumio", "yun-byung-se"}
    assert told["2015-12-27"].participants == ()


def test_what_ministers_had_agreed_on_before_the_talks_is_recalled():
    text = (
        "日韓両政府は27日、東京で外務省局長級協議を開いた。林芳正外相と朴振外相は18日に"
        "ミュンヘンで会談し、早期の解決で一致していた。"
    )

    assert events(text, "2023-02-28") == [("ministerial", "2023-02-27", "happened")]


def test_ministers_of_three_meet_on_the_day_of_a_quarrel_of_two():
    text = (
        "政府は2日の閣議で、輸出管理の優遇対象国から韓国を除外する政令改正を決めた。2日にはバンコクで"
        "米国のポンペオ国務長官を交えた日米韓外相会談も開かれ、河野太郎外相と康京和外相が出席した。"
    )

    assert ("ministerial", "2019-08-02", "happened") in events(text, "2019-08-03")


@pytest.mark.parametrize(
    "lead",
    [
        "岸田文雄首相が9日にソウルを訪れるとした韓国紙の記事を、政府高官は2日、誤りだと打ち消した。",
        "林芳正外相と朴振外相が3日に会談するとの一部メディアの報道は誤報だと、外務省が明らかにした。",
        "林芳正外相と朴振外相が3日に東京で会うと報じたテレビ局に対し、外務省は訂正を求めた。",
    ],
)
def test_a_report_that_a_government_puts_right_is_no_event(lead):
    assert events(lead, "2023-05-02") == []


def test_the_time_at_which_a_page_was_stored_dates_nothing():
    text = "政治 > 外交 登録:2023-05-12 03:12 修正:2023-05-12 08:30\n岸田首相と尹大統領が会談した。"

    assert events(text, "2023-05-12") == []


def test_who_kept_away_from_the_rite_before_does_not_do_so_now():
    text = (
        "韓国外交省は13日、佐渡鉱山の追悼式を21日に佐渡市で開くと発表した。"
        "日本側が9月13日に開いた追悼式には、文言で折り合えなかったとして、韓国側は出席しなかった。"
    )

    assert events(text, "2025-11-13") == [("anniversary", "2025-11-21", "scheduled")]


def test_a_summit_whose_agenda_is_settled_is_not_held_that_day():
    text = "日韓両政府は2日、首脳会談の日程について調整を続けた。"

    assert events(text, "2023-05-03") == []


def test_a_rite_that_only_an_old_report_tells_of_is_no_act():
    text = (
        "佐渡鉱山の追悼式が24日、佐渡市で開かれ、韓国政府は出席しなかった。日本代表の生稲晃子政務官が"
        "靖国神社に参拝したとの過去の報道が問題になったが、通信社は25日、記事を訂正した。"
    )

    assert events(text, "2024-11-25") == [("dispute", "2024-11-24", "happened")]


def test_who_settled_something_years_ago_takes_no_part_in_the_quarrel_of_today():
    text = (
        "茂木敏充外相は23日、韓国の裁判所が元慰安婦への賠償を日本政府に命じた判決に抗議した。\n"
        "2015年12月28日には岸田文雄外相と尹炳世外相が会談し、最終的かつ不可逆的な解決を確認した。"
    )

    assert people(text, "2021-01-23") == [{"motegi-toshimitsu"}]


def test_a_day_for_which_talks_were_only_expected_is_no_day_of_a_protest():
    text = (
        "菅義偉首相と文在寅大統領は12日、会場で短いあいさつを交わしたが、会談は行われなかった。"
        "13日に想定された日米韓首脳の会談も開かれなかった。官房長官は韓国政府に抗議したと述べた。"
    )

    assert "2021-06-13" not in [day for _, day, _ in events(text, "2021-06-14")]


@pytest.mark.parametrize("once", ["当選すれば", "就任したら", "勝利した場合は"])
def test_what_somebody_would_do_once_elected_was_not_done_on_the_day_of_the_debate(once):
    text = f"韓国の李在明候補は27日の討論会で、{once}石破茂首相と早期に会談する考えを示した。"

    assert events(text, "2025-05-28") == []


@pytest.mark.parametrize(
    "talks",
    [
        "上川陽子外相と韓国の趙兌烈外相は21日、リオデジャネイロで会談した。",
        "上川陽子外相と韓国の趙兌烈外相は20日にも会談していた。",
    ],
)
def test_who_protests_at_talks_takes_no_part_in_the_quarrel_of_another_day(talks):
    text = (
        "韓国外務省は22日、「竹島の日」の式典に抗議し、日本公使を呼んで撤回を求めた。\n"
        "会場の周りでは道が閉ざされた。けが人はいない。晴れていた。夕方には人も引いた。\n"
        f"{talks}上川氏は企業の供託金が渡ったことに遺憾を伝えた。"
    )

    quarrel = next(
        d
        for d in read(text, "2024-02-23", "ja", "韓国が竹島の日に抗議").drafts
        if d.kind == "dispute"
    )

    assert (quarrel.starts_on.isoformat(), quarrel.participants) == ("2024-02-22", ())


@pytest.mark.parametrize("hint", ["口にした", "ほのめかした", "示唆した"])
def test_a_visit_to_a_shrine_that_is_only_hinted_at_is_no_quarrel(hint):
    text = (
        "日本政府は10日、韓国大使を呼び、大統領の竹島上陸に抗議した。\n"
        f"閣僚の一人は靖国神社参拝を{hint}。"
    )

    (quarrel,) = read(text, "2012-08-11", "ja", "竹島上陸に抗議").drafts

    assert set(quarrel.topics) == {"territory"}
