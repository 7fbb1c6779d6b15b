"""Dealings of officials, and acts of the two governments, as Japanese tells of them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.news.pipeline.record_knowledge import read
from tests.news.pipeline.test_known_events import THREE, drafts

DAY = "2023-06-10"


def events(text, published=DAY, title=""):
    found = read(text, published, "ja", title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in found)


TALKS = [("ministerial", "2023-06-09", "happened")]
QUARREL = [("dispute", "2023-06-09", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "日韓両政府は9日、漁業共同委員会の第5回会合をソウルで開いた。",
        "日本と韓国の政府は9日、科学技術協力に関する合同委員会の第12回会議を東京で開いた。",
        "日韓の外務省は9日、人口問題に関する政府間協議の初会合をソウルで開いた。",
        "海上保安庁と韓国海洋警察庁の長官級協議が9日、東京で行われた。",
        "日韓の税関当局トップによる会議が9日、釜山で開かれた。",
    ],
)
def test_joint_bodies_and_talks_of_ranks_are_talks_of_officials(text):
    assert events(text) == TALKS


@pytest.mark.parametrize(
    "text",
    [
        "日韓の警察当局は9日、ソウルで定期協議を開き、詐欺の捜査で協力することで一致した。",
        "日韓の中央銀行総裁は9日、東京で会談し、連絡を密にすることで一致した。",
        "日韓の情報機関トップが9日、東京で会い、北朝鮮の動向について情報を交わした。",
        "厚生労働省と韓国の疾病管理庁は9日、ソウルで感染症対策の協議を行った。",
    ],
)
def test_offices_of_both_sides_confer_by_their_officials(text):
    assert events(text) == TALKS


@pytest.mark.parametrize(
    "text",
    [
        "韓国の国会は9日、日本の教科書をめぐる小委員会を開いた。",
        "日韓の大学は9日、ソウルで共同委員会を開き、学生の交換を話し合った。",
        "日韓の経済団体は9日、東京で責任者による会合を開いた。",
        "日韓のサッカー協会は9日、釜山で定期協議を開いた。",
    ],
)
def test_parliaments_universities_and_associations_are_no_offices(text):
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "防衛省は9日、韓国主催の多国間海軍訓練に護衛艦を出さない方針を韓国側に伝えた。",
        "日本政府は9日、韓国の観艦式への艦艇の派遣をやめると韓国側に伝えた。",
        "韓国政府は9日、日本人への短期ビザの発給を停止すると発表した。",
        "日本政府は9日、韓国からの入国を禁止すると発表した。",
        "韓国政府は9日、日本から届いた水産物の検査を全国に広げると発表した。",
        "日本の経済産業省は9日、韓国の造船支援策をWTOに訴えたと発表した。",
        "WTOの紛争処理小委員会は9日、日本製の鋼材への韓国の課税を協定違反だとする報告書を公表した。",
    ],
)
def test_what_one_side_withholds_bars_or_sues_for_is_a_quarrel(text):
    assert events(text) == QUARREL


@pytest.mark.parametrize(
    "text",
    [
        "韓国最高裁は9日、対馬の寺から盗まれた仏像について、寺に所有権があるとの判決を言い渡した。",
        "大田地裁は9日、日本の神社が文化財の返還を求めた訴訟で、韓国の寺の請求を退けた。",
        "ソウル中央地裁は9日、起訴された日本の新聞の前支局長に無罪を言い渡した。",
    ],
)
def test_rulings_on_what_lies_between_the_two_are_quarrels(text):
    assert events(text) == QUARREL


@pytest.mark.parametrize(
    "text",
    [
        "東京地裁は9日、韓国籍の男が日本政府に在留資格を求めた訴訟で請求を棄却した。",
        "韓国の裁判所は9日、日本の寺から仏像を盗んだ男に有罪判決を言い渡した。",
        "韓国の歌手が9日、日本への入国を拒否された。",
    ],
)
def test_cases_of_private_people_are_none(text):
    assert events(text) == []


def test_the_day_of_a_ruling_counts_beside_the_year_of_the_theft():
    text = (
        "対馬市の寺から2012年に盗まれ、韓国に持ち込まれた仏像の所有権をめぐる訴訟で、"
        "韓国大法院は11日に判決を言い渡す。"
    )

    assert events(text) == [("dispute", "2023-06-11", "scheduled")]


@pytest.mark.parametrize(
    "text",
    [
        "日韓の航空当局が9日のテレビ会議で路線を再開することに合意し、韓国政府が10日に発表した。",
        "日韓両政府は9日、地方空港を結ぶ定期便を週20往復に増やすことで合意した。",
        "韓国と日本は9日、短期滞在者のビザの免除を再開することで合意した。",
    ],
)
def test_flights_and_visas_agreed_on_are_an_agreement(text):
    assert events(text) == [("agreement", "2023-06-09", "happened")]


def test_curbs_that_talks_are_about_are_no_quarrel_of_that_day():
    text = "輸出管理を厳しくした措置をめぐり、日韓の局長級の協議が9日、東京で開かれた。"

    assert events(text) == TALKS


@pytest.mark.parametrize("where", ["演説で", "答弁で"])
def test_what_is_protested_at_was_said_in_parliament_on_its_own_day(where):
    text = (
        f"韓国外交部は、林芳正外相が9日の国会での{where}竹島を日本の領土だと述べたことに抗議し、"
        "撤回を求める声明を同日出した。"
    )

    assert events(text) == QUARREL


def test_what_is_to_be_remembered_has_been_if_it_was_held():
    text = (
        "日韓共同宣言から25年となるのを記念するシンポジウムが9日、東京で開かれ、"
        "岸田文雄首相と韓国の駐日大使があいさつした。"
    )

    assert events(text) == [("anniversary", "2023-06-09", "happened")]


def people(text, published=DAY):
    return {slug for d in read(text, published, "ja").drafts for slug in d.participants}


def countries(text, published=DAY):
    return [d.countries for d in read(text, published, "ja").drafts]


@pytest.mark.parametrize(
    "text",
    [
        "岸防衛相は10日、オースティン米国防長官、韓国の徐旭国防相と電話で会談した。",
        "林芳正外相は10日、ブリンケン米国務長官、韓国の鄭外相とホノルルで会談した。",
        "日本・アメリカ・韓国の外務次官による協議が10日、都内で行われた。",
    ],
)
def test_one_of_a_third_country_listed_before_one_of_the_pair_is_at_the_table(text):
    assert countries(text, "2022-02-11") == [("KR", "JP", "US")]


def test_those_seen_one_by_one_are_at_no_table_of_three():
    text = "林芳正外相は10日、中国の王外相、韓国の鄭外相と個別に会談した。"

    assert countries(text, "2022-02-11") == [("KR", "JP")]


@pytest.mark.parametrize(
    "matter", ["日米韓3か国の協力", "日米韓の緊密な連携", "日米韓の安保での協力"]
)
def test_what_three_do_together_is_only_a_matter_of_the_two_who_talk(matter):
    text = (
        "尹錫悦大統領は、前日に行った岸田文雄首相との電話会談で、関係を重視すると伝えた。"
        "大統領室が10日、内容を公開した。"
        f"両首脳は{matter}を続けることでも一致した。"
    )

    assert events(text) == [("call", "2023-06-09", "happened")]


def test_a_surname_in_kana_is_of_whom_the_article_names_in_full():
    text = (
        "韓国のアン・ドックン産業通商資源相は9日、日本の経済産業相とソウルで会談した。"
        "アン産業通商資源相は水素を取り上げた。"
    )

    assert "ahn-gyu-back" not in people(text, "2025-09-10")
    assert "ahn-gyu-back" in people(
        "韓国のアン・ギュベク国防相は9日、日本の防衛相とソウルで会談した。", "2025-09-10"
    )


def test_a_minister_of_culture_is_no_mr_moon():
    text = "韓国の文化担当相は9日、日本の文部科学相とソウルで会談した。"

    assert people(text) == set()


BESIDE = (
    "日中韓の経済貿易担当の閣僚による会合が30日、ソウルで開かれた。\n\n"
    "会合は5年ぶりで、日本の経済産業大臣、韓国の産業通商資源相、中国の商務相が出席した。\n\n"
    "会合では多角的な貿易体制を支えることを確認した。投資の環境を整えることも申し合わせた。"
    "アメリカのトランプ政権は、来月3日から自動車に関税を課すとしていて、3か国で懸念を示した形だ。\n\n"
    "これに先立って武藤大臣は韓国の産業通商資源相と個別に会談し、"
    "アメリカの関税措置について情報を交わしていくことを確認した。"
)


def test_talks_of_two_beside_those_of_three_have_their_day():
    assert events(BESIDE, "2025-03-30") == [
        ("ministerial", "2025-03-30", "happened"),
        ("ministerial", "2025-03-30", "happened"),
    ]
    assert sorted(countries(BESIDE, "2025-03-30")) == [("KR", "JP"), ("KR", "JP", "CN")]


def test_who_has_met_did_so_at_no_talks_that_are_still_to_come():
    ahead = replace(
        THREE,
        slug="2025-04-03-three",
        kind="ministerial",
        starts_on=date(2025, 4, 3),
        ends_on=date(2025, 4, 3),
        acting=("JP", "KR", "US"),
        countries=("JP", "KR", "US"),
        people=("cho-tae-yul", "iwaya-takeshi", "rubio-marco"),
        setting="margins",
        cities=("Brussels",),
        topics=("north_korea", "trade", "trilateral_us"),
        titles=(("ja", "日米韓外相会合(ブリュッセル)"),),
    )

    assert ahead.slug not in [slug for *_, slug in drafts(BESIDE, "2025-03-30", ahead)]
