"""Rules of Korean and Japanese newspapers, in sentences of our own."""

import pytest

from tests.news.pipeline.record_knowledge import read, reasons


def events(text, published, lang, title=""):
    drafts = read(text, published, lang, title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "이재명 대통령은 15일 세종문화회관에서 열린 광복절 경축식에서 일본에 과거를 "
            "직시하라고 했다.",
        ),
        (
            "ja",
            "韓国の李在明大統領は15日、植民地からの解放80年を記念する光復節の式典で演説し、"
            "日本に過去の直視を求めた。",
        ),
    ],
)
def test_a_leader_who_speaks_on_a_national_day_makes_a_statement(lang, text):
    assert events(text, "2025-08-15", lang) == [("statement", "2025-08-15", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "시마네현은 22일 마쓰에에서 '다케시마의 날' 20번째 행사를 열었다."),
        ("ja", "島根県は22日、松江市で「竹島の日」の20回目の記念式典を開いた。"),
    ],
)
def test_takeshima_day_is_a_dispute_and_no_jubilee(lang, text):
    kinds = [kind for kind, *_ in events(text, "2025-02-22", lang)]

    assert kinds == ["dispute"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "모테기 도시미쓰 일본 외무상은 21일 왕이 중국 외교부장과 통화했다. "
            "한국 정세도 논의했다.",
        ),
        ("ko", "류 중국 외교부 국장은 21일 일본 외무성 국장을 만나 항의했다. 한국은 지켜봤다."),
        ("ja", "中国外務省は21日、台湾をめぐる発言について日本に抗議した。韓国は静観している。"),
    ],
)
def test_a_ministry_is_of_the_country_that_stands_before_it(lang, text):
    assert events(text, "2025-10-22", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "안보리 결의를 어긴 발사가 있던 날, 김홍균 외교부 1차관은 28일 오카노 마사타카 일본 "
            "외무성 사무차관과 통화하고 북한의 위성 발사를 강력히 규탄했다.",
        ),
        (
            "ja",
            "外務省の岡野正敬事務次官は28日、韓国の金烘均外務第1次官と電話で協議し、"
            "北朝鮮の発射に強く抗議した。",
        ),
    ],
)
def test_what_both_condemn_is_no_quarrel_of_theirs(lang, text):
    assert events(text, "2024-05-29", lang) == [("call", "2024-05-28", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "윤석열 대통령과 기시다 후미오 일본 총리, 리창 중국 총리는 27일 서울에서 한일중 "
            "정상회의를 열고 회의를 정례적으로 개최하기로 합의했다.",
        ),
        (
            "ja",
            "岸田文雄首相と韓国の尹錫悦大統領、中国の李強首相は27日、ソウルで日中韓首脳会談を"
            "行い、会談を定期的に開くことで一致した。",
        ),
    ],
)
def test_who_met_and_agreed_to_meet_again_has_met(lang, text):
    assert events(text, "2024-05-27", lang) == [("trilateral_summit", "2024-05-27", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "한·중·일 정상회의 참석차 청두를 찾은 문재인 대통령은 24일 아베 신조 일본 총리와 "
            "45분간 회담했다.",
        ),
        (
            "ja",
            "日中韓首脳会談に出席するため成都を訪れた安倍晋三首相は24日、"
            "韓国の文在寅大統領と45分間会談した。",
        ),
    ],
)
def test_where_somebody_goes_is_not_what_is_told(lang, text):
    assert events(text, "2019-12-24", lang) == [("summit", "2019-12-24", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "산업통상자원부 장관은 1일 점검회의를 열고 일본의 조치를 살폈다."),
        ("ja", "日本政府は1日、韓国への対応を話し合う関係閣僚会議を開いた。"),
    ],
)
def test_a_government_that_meets_at_home_meets_nobody(lang, text):
    assert events(text, "2019-07-02", lang) == []
    assert "one_sided" in reasons(read(text, "2019-07-02", lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "이재명 대통령이 23일 일본을 찾는다는 보도에 대해 대통령실은 5일 "
            "정해진 것이 없다고 부인했다.",
        ),
        (
            "ja",
            "韓国大統領室は5日、李在明大統領が23日に訪日し石破茂首相と会談するとの一部報道に"
            "ついて、事実ではないと否定した。",
        ),
        ("ja", "安倍晋三首相は5日、岸田文雄外相に年内に韓国を訪問するよう指示した。"),
        ("ko", "일본 정부는 1월 방한을 조율해 왔으나 보류하는 쪽으로 기울었다."),
    ],
)
def test_what_is_rumoured_ordered_or_dropped_is_no_event(lang, text):
    assert events(text, "2025-08-05", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "이재명 대통령은 14일 다카이치 사나에 총리와 일본을 방문해 호류지를 둘러봤다. "
            "두 정상은 전날 나라에서 정상회담을 했다.",
        ),
        (
            "ja",
            "高市早苗首相は14日、来日中の李在明・韓国大統領と法隆寺を訪れた。"
            "首相は13日の首脳会談に続いて李氏をもてなした。",
        ),
    ],
)
def test_the_last_day_of_a_stay_belongs_to_the_talks_before(lang, text):
    assert events(text, "2026-01-14", lang) == [("summit", "2026-01-13", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "일본 정부는 2일 한국을 '화이트리스트'에서 빼기로 의결했다."),
        ("ja", "日本政府は2日、輸出で優遇する「ホワイト国」のリストから韓国を外すと決めた。"),
        ("ko", "일본은 2일 소녀상 설치에 맞서 주한 대사를 일시 귀국시키기로 했다. 한국은 유감."),
        ("ko", "일본 시마네현 의회는 2일 '다케시마의 날' 조례안을 통과시켰다."),
        ("ja", "韓国外務省は2日、教科書の検定について「遺憾を表明する」との声明を読み上げた。"),
        ("ja", "経済産業省は2日、韓国への輸出を品目ごとの個別許可に切り替えると発表した。"),
    ],
)
def test_words_of_a_quarrel(lang, text):
    assert [(kind, day) for kind, day, _ in events(text, "2019-08-02", lang)] == [
        ("dispute", "2019-08-02")
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "일본의 수출규제를 둘러싸고 한일 과장급 실무자들이 12일 도쿄에서 회의를 열었다.",
        ),
        (
            "ja",
            "輸出管理強化をめぐり、日韓両政府の課長級の担当者が12日、都内で会合を開いた。",
        ),
    ],
)
def test_talks_about_a_quarrel_are_talks(lang, text):
    assert events(text, "2019-07-12", lang) == [("ministerial", "2019-07-12", "happened")]


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        (
            "ja",
            "麻生太郎首相は12日、ソウルで李明博大統領と会談した。首相は11日から1泊2日の日程で"
            "韓国を訪問し、同日夕に帰国した。",
            ("2009-01-12", "2009-01-12"),
        ),
        (
            "ko",
            "이명박 대통령은 12일 청와대에서 방한한 아소 다로 일본 총리와 회담했다. 아소 총리는 "
            "1박 2일 일정을 마치고 이날 저녁 귀국했다.",
            ("2009-01-12", "2009-01-12"),
        ),
    ],
)
def test_talks_on_the_last_day_end_the_visit(lang, text, days):
    (draft,) = read(text, "2009-01-12", lang).drafts

    assert (draft.starts_on.isoformat(), draft.ends_on.isoformat()) == days


def test_a_name_of_two_syllables_has_a_surname_too():
    text = (
        "박진 외교부 장관은 26일 부산에서 가미카와 요코 일본 외무상, 왕이 중국 외교부장과 "
        "한일중 외교장관회의를 열었다. 박 장관은 회의에 앞서 가미카와 외무상과 양자 회담을 했다."
    )

    met = [d.participants for d in read(text, "2023-11-26", "ko").drafts]

    assert {frozenset(p) for p in met} >= {frozenset({"park-jin", "kamikawa-yoko"})}


def test_three_at_a_table_are_three():
    text = (
        "이번 순방에서는 조 바이든 미국 대통령, 이시바 시게루 일본 총리와의 만남이 눈길을 끈다. "
        "윤석열 대통령까지 세 정상은 15일 리마에서 한미일 정상회의를 연다. "
        "리창 중국 총리와의 한중일 정상회의는 5월에 있었다."
    )
    (draft, *_) = read(text, "2024-11-14", "ko").drafts

    assert draft.countries == ("KR", "JP", "US")
    assert "li-qiang" not in draft.participants


def test_the_day_before_an_older_day_is_older():
    text = (
        "韓国政府主催の追悼行事が21日、佐渡市で開かれ、李赫駐日大使が参列した。"
        "昨年11月24日の式典では韓国は前日に不参加を決め、日本側だけで行われた。"
    )

    assert [day for _, day, _ in events(text, "2025-11-22", "ja")] == ["2025-11-21"]


def test_who_is_named_by_office_beside_a_name_takes_part():
    text = (
        "岸田首相とバイデン米大統領、韓国の尹錫悦大統領は18日、キャンプ・デービッドで会談した。"
        "首相と尹氏はこの日、山荘で個別にも会談した。"
    )

    assert [kind for kind, *_ in events(text, "2023-08-19", "ja")] == [
        "summit",
        "trilateral_summit",
    ]


def test_words_of_a_quotation_set_no_tense():
    text = (
        "鈴木俊一財務相は29日、来日した韓国の秋慶鎬副首相と財務対話を開いた。鈴木氏は会談後、"
        "「協力の強化は地域の安定に資する」と述べた。"
    )

    assert events(text, "2023-06-29", "ja") == [("ministerial", "2023-06-29", "happened")]


def test_a_story_of_one_country_that_mentions_talks_once_is_not_about_them():
    text = (
        "정부는 9일 대북 확성기 방송을 재개했다. 북한의 풍선에 맞선 조치다. 군은 대비 태세를 "
        "높였다. 한미일 외교차관은 지난달 31일 미국에서 만났다."
    )

    assert events(text, "2024-06-10", "ko") == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "ko",
            "청와대는 19일 문재인 대통령이 올림픽을 계기로 일본을 방문하지 않기로 했다고 밝혔다. "
            "주한 일본 총괄공사의 발언도 영향을 미쳤다.",
            ["dispute"],
        ),
        (
            "ja",
            "韓国大統領府は19日、五輪に合わせた文在寅大統領の日本訪問を見送ると発表した。",
            ["dispute"],
        ),
        (
            "ja",
            "政府は石破茂首相の韓国訪問を見送る方針を固めた。複数の関係者が19日、明らかにした。",
            [],
        ),
    ],
)
def test_a_journey_called_off_is_a_quarrel_once_it_is_declared(lang, text, expected):
    assert [kind for kind, *_ in events(text, "2021-07-19", lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "이시바 시게루 총리는 2일 조 바이든 대통령에 이어 윤석열 대통령과 전화 통화를 하고 "
            "협력이 중요하다고 말했다.",
        ),
        (
            "ja",
            "石破茂首相は2日、バイデン米大統領に続いて韓国の尹錫悦大統領と電話で協議し、"
            "連携が重要だと述べた。",
        ),
    ],
)
def test_who_was_seen_before_is_not_at_the_table(lang, text):
    assert events(text, "2024-10-02", lang) == [("call", "2024-10-02", "happened")]


def test_ministries_write_dates_with_dots():
    text = (
        "조태열 외교부장관은 한일중 외교장관회의 참석차 방문한 도쿄에서 3.22.(토) 이와야 다케시 "
        "외무대신과 회담을 가졌다."
    )

    assert events(text, "2025-03-24", "ko") == [("ministerial", "2025-03-22", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "윤석열 대통령은 17일 한미일 정상회의 참석을 위해 출국했다. "
            "회의는 18일 캠프데이비드에서 열린다.",
        ),
        (
            "ja",
            "岸田文雄首相は17日、日米韓首脳会談に出席するため羽田空港を出発した。"
            "会談は18日、キャンプデービッドで行われる。",
        ),
    ],
)
def test_the_day_of_a_journey_is_not_that_of_the_meeting(lang, text):
    days = [(kind, day) for kind, day, _ in events(text, "2023-08-17", lang)]

    assert ("trilateral_summit", "2023-08-17") not in days


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "한국과 일본은 29일 도쿄에서 맺으려던 군사정보보호협정 서명을 전격 연기했다.",
        ),
        ("ja", "日韓両政府は29日、予定していた軍事情報包括保護協定の署名を延期した。"),
    ],
)
def test_a_signing_put_off_is_no_agreement(lang, text):
    assert [kind for kind, *_ in events(text, "2012-06-29", lang)] == ["dispute"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "이 대통령과 다카이치 총리는 앞서 30일 경주에서 정상회담을 한 바 있다."),
        ("ja", "高市早苗首相と李在明大統領は30日に会談していた。"),
    ],
)
def test_what_had_been_so_before_is_no_news(lang, text):
    opening = {
        "ko": "이재명 대통령은 1일 시진핑 중국 국가주석과 정상회담을 했다. ",
        "ja": "高市早苗首相は31日、中国の習近平国家主席と会談した。",
    }[lang]

    assert events(opening + text, "2025-11-02", lang) == []


def test_of_one_sentence_two_tables():
    text = "岩屋毅外相は15日、韓国の趙兌烈外相と会談し、日米韓外相会談にも臨む。"

    assert [kind for kind, *_ in events(text, "2025-02-14", "ja")] == ["ministerial"] * 2


@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_a_short_last_paragraph_above_a_list_is_of_the_story(lang):
    text = {
        "ko": "북한은 도발을 멈추지 않고 있다. 정부는 대응책을 논의했다. 군은 경계를 강화하고 "
        "관계국과 정보를 나누고 있다.\n문재인 대통령은 24일 아베 신조 일본 총리와 회담했다.\n"
        "관련기사\n코스피 상승\n날씨 맑음\n손흥민 결승골",
        "ja": "北朝鮮は挑発をやめていない。政府は対応を協議した。自衛隊は警戒を強め、"
        "関係国と情報を共有している。\n安倍晋三首相は24日、文在寅大統領と会談した。\n"
        "関連記事\n株価上昇\n天気は晴れ\n大谷が本塁打",
    }[lang]

    assert events(text, "2019-12-24", lang) == [("summit", "2019-12-24", "happened")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "文在寅大統領から安倍晋三首相に電話が入ったのは三日の夜だった。",
            ("call", "2018-05-03", "happened"),
        ),
        (
            "租税をめぐる日韓の条約は2日、河野太郎外相と李洙勲駐日韓国大使の手で、"
            "外務省で署名された。",
            ("agreement", "2018-05-02", "happened"),
        ),
        (
            "9日に東京で予定される安倍晋三首相と韓国の文在寅大統領の会談に向け、"
            "警備の準備が進んでいる。",
            ("summit", "2018-05-09", "scheduled"),
        ),
        (
            "日韓の局長級による輸出管理の政策対話は7日、東京の経済産業省で開かれる。",
            ("ministerial", "2018-05-07", "scheduled"),
        ),
        (
            "日本で働いた朝鮮半島出身者を悼む韓国側の行事が3日、下関市で営まれ、日本政府の幹部も参列した。",
            ("anniversary", "2018-05-03", "happened"),
        ),
        (
            "安倍晋三首相は3日、韓国の文在寅大統領の特使として派遣された徐薫国家情報院長の"
            "表敬を受けた。",
            ("visit", "2018-05-03", "happened"),
        ),
    ],
)
def test_words_of_japanese_papers(text, expected):
    assert events(text, "2018-05-04", "ja") == [expected]


def test_who_sends_envoys_is_not_among_them():
    text = "韓国の文在寅大統領が日本に送った代表団は3日、首相官邸で安倍晋三首相と面会した。"
    [draft] = read(text, "2018-05-04", "ja").drafts

    assert draft.participants == ("abe-shinzo",)


def test_how_a_name_is_read_names_nobody_else():
    text = "小渕恵三首相と金鍾泌（キム・ジョンピル）首相は23日、済州島で日韓閣僚懇談会を開いた。"
    [draft] = read(text, "1999-10-24", "ja").drafts

    assert "kim-dae-jung" not in draft.participants


@pytest.mark.parametrize(
    "text",
    [
        "正式な会談ではないものの、河野太郎外相と康京和外相は3日、廊下で顔を見合わせた。",
        "両政府は成都での首脳会談について検討を続ける。河野太郎外相は3日、韓国の記者に答えた。",
        "河野太郎外相は3日、ソウルで康京和外相と会い、北朝鮮への対応を話し合っていた。",
    ],
)
def test_what_is_no_meeting_or_only_spoken_of(text):
    assert events(text, "2018-05-04", "ja") == []


def test_a_speech_is_not_of_the_day_of_what_it_speaks_of():
    text = (
        "韓国の朴槿恵大統領は15日、光復節の式典で演説し、安倍晋三首相が前日に発表した談話には"
        "足りない点があると述べた。"
    )

    assert ("statement", "2015-08-15", "happened") in events(text, "2015-08-15", "ja")


def test_two_and_three_ministers_meet_at_two_tables():
    text = (
        "上川陽子外相は26日、釜山を訪れ、日韓外相会談及び日中韓外相会議に出席した。\n"
        "上川外相は朴振外相と85分間会談した。\n"
        "同日、上川外相は朴振外相、王毅外相とともに日中韓外相会議に臨んだ。"
    )

    assert [kind for kind, *_ in events(text, "2023-11-26", "ja")] == ["ministerial"] * 2


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "小泉純一郎首相は15日朝、靖国神社に参拝し、韓国政府は遺憾の意を伝えた。",
            "2006-08-16",
            [("dispute", "2006-08-15", "happened")],
        ),
        (
            "岩屋毅外相は24日、韓国の趙顕外相と電話で会談し、首脳会談の成果を確認した。",
            "2025-08-25",
            [("call", "2025-08-24", "happened")],
        ),
        (
            "加藤勝信財務相は20日、韓国の具潤哲企画財政相と都内で財務対話を行った。",
            "2025-08-25",
            [("ministerial", "2025-08-20", "happened")],
        ),
        (
            "李在明大統領は1日、三・一節の記念式典で演説し、日本は協力すべき隣国だと語った。",
            "2026-03-02",
            [("statement", "2026-03-01", "happened")],
        ),
    ],
)
def test_mornings_results_and_offices_in_japanese(text, published, expected):
    assert events(text, published, "ja") == expected
