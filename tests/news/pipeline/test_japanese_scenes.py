"""Japanese talks told as a scene, treaties by what they do, and what only looks like either."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, title=""):
    drafts = read(text, published, "ja", title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "高市首相と李在明大統領は19日夜、安東の古民家で伝統酒を酌み交わした。",
        "高市首相が19日、会議場の一室で李在明大統領に15分間だけ時間を割いた。",
        "19日夕に実現した李在明大統領と高市首相の対座は、米国を交えた3カ国連携に多くを割いた。",
        "高市首相は19日、廊下で李在明大統領を呼び止め、通訳を挟んで10分ほど話し込んだ。",
        "高市首相は19日午後、ホテルに李在明大統領を迎え、40分にわたり意見を戦わせた。",
        "開会式を数時間後に控えた19日、日韓のトップ同士が向き合った1時間は応酬に終始した。",
        "19日夜、李在明大統領は安東の公邸に高市首相夫妻を招いた。",
    ],
)
def test_leaders_who_sit_eat_or_share_the_time_have_met(text):
    assert events(text, "2026-05-20") == [("summit", "2026-05-19", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "写真撮影で高市首相と李在明大統領は両端に立ち、19日は言葉を交わす場面はなかった。",
        "高市首相と李在明大統領は19日、会場の廊下ですれ違ったが、会釈だけで通り過ぎた。",
        "高市首相と李在明大統領が並んで座る。そんな風刺画を集めた展覧会が19日に始まった。",
        "李在明大統領は19日の会見で、高市首相を故郷に招いて温泉を楽しみたいと話した。",
        "李在明大統領は19日、高市早苗氏に慶州で会うのを心待ちにしていると伝えた。",
        "高市首相は19日、来日した韓国経済人協会の会長らの表敬を受けた。",
        "高市首相は19日、官邸にアルバニージー首相を迎えた。韓国製の艦艇も話題になった。",
        "与党では李在明大統領の話も出たが、高市首相は19日、地元の会合で歌っただけだった。",
    ],
)
def test_pictures_wishes_and_business_are_no_talks(text):
    assert events(text, "2026-05-20") == []


def test_players_hold_no_summit_though_it_is_called_so():
    text = (
        "日本代表の監督と韓国代表の監督が25日、都内の焼き肉店で顔を合わせた。"
        "2時間の「首脳会談」は互いの選手をほめ合って終わった。"
    )
    assert events(text, "2026-07-26", "日韓「首脳会談」実現") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("船越健裕外務次官と韓国の第1次官が5日、2時間余り議論を交わした。", ""),
        ("片山財務相は5日、ワシントンで具潤哲副首相兼財政経済相と会い、懸念を伝えた。", ""),
        ("東シナ海の大陸棚をめぐる日韓共同委員会が5日、東京で開かれた。", ""),
        ("日米韓の北朝鮮担当の高官が5日、画面をつないで意見をすり合わせた。", "日米韓が協議"),
        ("日中韓の農相が5日、仁川に集い、共同声明を採択した。", "日中韓農相"),
        ("外務省は4日、韓国外務省の局長が来日し、局長との協議を5日に行うと発表した。", ""),
    ],
)
def test_officials_whom_the_record_lacks_hold_talks(text, title):
    found = events(text, "2025-12-06" if "4日" not in text else "2025-12-04", title)
    assert [(kind, day) for kind, day, _status in found] == [("ministerial", "2025-12-05")]


@pytest.mark.parametrize(
    "text",
    [
        "改定版の日韓社会保障協定が1日、効力を生じた。",
        "日韓租税条約の改正議定書が1日、両国の通知を経て動き出した。",
        "日本銀行と韓国銀行は、通貨スワップの取り決めを1日付で結び直した。",
        "日韓両政府は1日、互いの国民の査証なし滞在を延ばすことで合意したと発表した。",
        "水素の規格を共通にする日韓協定の批准書が1日、東京で取り交わされた。",
    ],
)
def test_a_treaty_is_told_by_what_it_does(text):
    assert events(text, "2026-04-02") == [("agreement", "2026-04-01", "happened")]


def test_both_governments_who_agree_to_hold_talks_have_settled_nothing():
    text = "日韓両政府は1日、年内に首脳会談を開くことで合意したと発表した。"
    assert events(text, "2026-04-02") == []


def test_what_a_spokesman_says_is_set_has_its_own_day():
    text = (
        "官房長官は8日の記者会見で、高市首相が一般討論の始まる22日の翌日、"
        "ニューヨークで李在明大統領と会談する段取りになったと説明した。"
    )
    assert events(text, "2026-09-08") == [("summit", "2026-09-23", "scheduled")]


def test_who_has_landed_and_has_talks_before_them_is_still_to_meet():
    text = (
        "石破茂首相は30日午後、金海国際空港に降り立った。"
        "夕刻からは李在明大統領との少人数会合が続き、人口減少への対策を詰める。"
    )
    assert events(text, "2025-09-30") == [("summit", "2025-09-30", "scheduled")]


def test_lawmakers_speakers_and_envoys_make_a_visit():
    assert events(
        "韓国の国会議長が15日から17日まで島根県を訪れ、石見銀山を見て回る。", "2026-06-10"
    ) == [("visit", "2026-06-15", "scheduled")]
    assert events(
        "韓国の国会議員7人が6日、福島第一原発に足を踏み入れ、設備を見て回った。", "2026-07-07"
    ) == [("visit", "2026-07-06", "happened")]


def test_those_of_one_side_are_remembered_in_the_other():
    text = (
        "韓国人原爆犠牲者慰霊祭が5日、広島市の平和記念公園で営まれた。"
        "李赫駐日韓国大使らが黙とうした。6日の市の式典を前に毎年行われている。"
    )
    assert events(text, "2026-08-06") == [("anniversary", "2026-08-05", "happened")]


def test_talks_that_fell_through_are_not_to_come():
    text = "12日にソウルで予定されていた日韓の次官級の「2プラス2」が直前になって流れた。"
    assert events(text, "2026-10-10") == [("ministerial", "2026-10-12", "cancelled")]
    text = "日韓首脳会談は、日程が折り合わず、めどが立っていない。外務省幹部が11日語った。"
    assert events(text, "2026-11-12", "日韓首脳会談、見通し立たず") == []


def test_three_who_are_named_by_surname_are_those_of_the_headline():
    text = "高市、李、トランプの3氏が今月19日に深圳で一堂に会する。米政府高官が9日に述べた。"
    assert events(text, "2026-11-10", "日米韓、APEC中に首脳会合へ") == [
        ("trilateral_summit", "2026-11-19", "scheduled")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "趙顕外相が21日、茂木外相にかけた電話は30分に及んだ。",
        "茂木外相は21日、趙顕外相と画面を通じて話し、邦人の退避を申し合わせた。",
    ],
)
def test_calls_are_told_by_who_rang_and_on_what_screen(text):
    assert events(text, "2025-12-22") == [("call", "2025-12-21", "happened")]


def test_days_in_office_are_no_day_of_the_month():
    text = "就任9日の高市首相が30日夕、慶州で李在明大統領との初会談に臨む。"
    assert events(text, "2025-10-30") == [("summit", "2025-10-30", "scheduled")]


def test_what_was_two_days_before_has_that_day():
    text = "李在明大統領は1日の記者会見で、前々日に会った高市首相を「立派な方だ」と述べた。"
    assert events(text, "2025-11-01") == [("summit", "2025-10-30", "happened")]


def test_a_minister_may_lead_the_government_years_later():
    found = read(
        "岸田外相は17日、ドイツのボンで韓国の尹炳世外相と会い、少女像の撤去を迫った。",
        "2017-02-18",
        "ja",
        "日韓外相会談",
    ).drafts
    assert [set(d.participants) for d in found] == [{"kishida-fumio", "yun-byung-se"}]


def test_a_ceremony_for_a_treaty_signs_nothing():
    text = "日韓の条約署名から60年の22日、都内で記念式典があり、日韓の議員らが祝った。"
    assert [kind for kind, _day, _status in events(text, "2025-06-23")] == ["anniversary"]


@pytest.mark.parametrize(
    "text",
    [
        "李在明大統領は9日、前日に選出された石破首相と電話で会談した。",
        "石破首相は9日、李在明大統領とオンラインで初めて会談した。",
    ],
)
def test_whom_a_clause_describes_was_called_on_the_day_of_the_call(text):
    assert events(text, "2025-06-09") == [("call", "2025-06-09", "happened")]


def test_a_call_is_not_named_in_passing_where_a_clause_describes_who_was_called():
    text = (
        "石破総理は9日、4日に就任した李在明大統領とおよそ25分間、初めて電話で会談した。"
        "両首脳は15日からのG7サミットに合わせて会談する予定だ。"
    )

    assert ("call", "2025-06-09", "happened") in events(text, "2025-06-09")


@pytest.mark.parametrize(
    "text",
    [
        "日韓両政府は12日、原発の視察についてソウルで協議し、4日間とすることで折り合った。\n"
        "日本は科学部長、韓国は外交局長らが出席し、協議は未明まで続いた。",
        "日本と韓国は12日、東京で輸出管理の厳格化について会合を開いた。"
        "双方の貿易管理課長らが出席した。",
    ],
)
def test_governments_confer_by_the_officials_who_are_told_of_below(text):
    assert events(text, "2023-05-13") == [("ministerial", "2023-05-12", "happened")]


def test_societies_confer_by_nobody_in_office():
    text = "日韓の漁業団体は12日、釜山で協議した。両団体の会長らが出席した。"

    assert events(text, "2023-05-13") == []


def test_two_of_three_officials_meet_by_themselves_whatever_is_told_of_the_three():
    text = (
        "日米韓の外務次官が18日、東京に集まった。李在明政権ができてから3カ国の次官が向き合うのは"
        "初めて。船越健裕外務次官、朴潤柱外務第1次官らが出席した。"
        "協議に先立ち、船越氏は朴氏と2人で会談した。"
    )
    drafts = read(text, "2025-07-19", "ja").drafts

    assert [set(d.participants) for d in drafts] == 2 * [{"funakoshi-takehiro", "park-yoon-joo"}]


def test_the_speech_of_one_is_news_beside_the_shrine_of_the_other():
    text = (
        "岸田文雄首相は15日、靖国神社に玉串料を奉納した。韓国外務省は「深い失望」を表明した。"
        "尹錫悦大統領は同日、ソウルで行われた光復節の記念行事で演説した。"
    )

    assert [kind for kind, *_rest in events(text, "2024-08-15")] == ["dispute", "statement"]


@pytest.mark.parametrize(
    "table",
    [
        "木原氏は2日、オースティン米国防長官も交えた3カ国防衛相会談に臨み、訓練で合意した。",
        "木原氏はオースティン米国防長官も交えた3カ国防衛相会談の前日に取材に応じた。"
        "3カ国の会談は2日に開かれ、訓練を始めると決めた。",
    ],
)
def test_a_third_who_is_added_to_the_two_makes_a_table_of_three(table):
    text = f"木原稔防衛相は1日、シンガポールで韓国の申源湜国防相と会談した。\n{table}"
    three = [d for d in read(text, "2024-06-03", "ja").drafts if "US" in d.countries]

    assert [(d.kind, d.starts_on.day) for d in three] == [("ministerial", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "輸出管理の厳格化を受け、日韓両政府の担当者による初めての会合が12日、東京で開かれた。",
        "輸出管理の強化をめぐり、日韓の実務者が初の会合を12日に東京で開いた。",
    ],
)
def test_officials_meet_over_a_curb_that_is_only_the_ground(text):
    assert events(text, "2019-07-13") == [("ministerial", "2019-07-12", "happened")]


@pytest.mark.parametrize("rite", ["シンポジウム", "講演会"])
def test_a_leader_may_remember_a_declaration_among_scholars(rite):
    text = f"安倍晋三首相は9日、日韓共同宣言20周年を記念する{rite}に出席し、あいさつした。"

    assert ("anniversary", "2018-10-09", "happened") in events(text, "2018-10-10")


def test_the_two_and_a_third_meet_on_the_day_of_a_quarrel():
    text = (
        "政府は2日の閣議で、優遇対象国から韓国を除外する政令改正を決めた。\n河野太郎外相は1日、"
        "バンコクで康京和外相と会談した。2日夕には米国のポンペオ国務長官を交えて会談した。"
    )
    three = [d for d in read(text, "2019-08-03", "ja").drafts if "US" in d.countries]

    assert [set(d.participants) for d in three] == [{"kono-taro", "kang-kyung-wha", "pompeo-mike"}]


def test_the_day_after_that_of_the_last_session_is_of_no_older_month():
    text = (
        "外務省の船越健裕アジア大洋州局長と韓国外交省の徐旻廷アジア太平洋局長は先月26日に続き、30日、"
        "ソウルで協議した。"
    )

    assert events(text, "2023-01-30") == [("ministerial", "2023-01-30", "happened")]
