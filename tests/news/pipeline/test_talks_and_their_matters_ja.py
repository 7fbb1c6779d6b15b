"""Talks told in Japanese: what is done beside them, what was said there, and what was not."""

from dataclasses import replace

import pytest

from tests.news.pipeline.record_knowledge import read
from tests.news.pipeline.test_known_events import THREE, drafts


def events(text, published, title="", lang="ja"):
    found = read(text, published, lang, title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in found)


def topics(text, published, kind, title=""):
    return next(set(d.topics) for d in read(text, published, "ja", title).drafts if d.kind == kind)


@pytest.mark.parametrize(
    "said",
    [
        "林氏は、韓国の裁判所が日本企業に元徴用工への賠償を命じた判決について対応を求めた。",
        "林氏は、韓国で徴用工への支払いを命じた判決について適切な措置を取るよう促した。",
    ],
)
def test_a_ruling_brought_up_at_talks_is_a_matter_of_theirs_and_no_quarrel_of_that_day(said):
    text = f"林芳正外相は18日、韓国の朴振外相とニューヨークで初めて会談した。{said}"

    title = "林外相、徴用工判決で韓国に対応要求"

    assert events(text, "2022-09-19", title) == [("ministerial", "2022-09-18", "happened")]
    assert "forced_labor" in topics(text, "2022-09-19", "ministerial", title)


def test_an_envoy_called_in_after_talks_is_a_quarrel_all_the_same():
    text = (
        "林芳正外相は18日、韓国の朴振外相とニューヨークで会談した。"
        "外務省は20日、徴用工への賠償を命じた判決を受け、駐日大使を呼んで抗議した。"
    )

    assert ("dispute", "2022-09-20", "happened") in events(text, "2022-09-20")


@pytest.mark.parametrize(
    "why",
    [
        "首相は31日の党総裁選の後に退くため",
        "首相は31日の党総裁選で後任が決まれば退くため",
        "首相は31日の衆院選を前に退任を表明しており",
    ],
)
def test_the_day_of_a_vote_is_no_day_of_talks(why):
    text = (
        "石破茂首相は23日、東京で韓国の李在明大統領と会談した。"
        f"{why}、李氏との会談はこれが最後となる見通しだ。"
    )

    assert events(text, "2025-08-24") == [("summit", "2025-08-23", "happened")]


@pytest.mark.parametrize(
    ("lang", "signed"),
    [
        ("ja", "会談に合わせ、両国の外務当局は査証の覚書を取り交わした。"),
        ("ja", "首相の訪韓を機に、両政府は災害救助の覚書に署名した。"),
        ("ja", "会談後、両政府は税関での協力に関する協定を結んだ。"),
        ("ko", "회담을 계기로 양국 정부는 사증 발급에 관한 각서를 체결했다."),
    ],
)
def test_what_is_signed_with_talks_is_of_their_day(lang, signed):
    told = {
        "ja": "岸田文雄首相は9日、ソウルで韓国の尹錫悦大統領と会談した。首相は協力を呼びかけた。",
        "ko": "기시다 후미오 총리는 9일 서울에서 윤석열 대통령과 회담했다. 총리는 협력을 당부했다.",
    }
    filler = {"ja": "通訳も同席した。", "ko": "통역도 배석했다."}
    text = told[lang] + filler[lang] * 2 + signed

    assert ("agreement", "2024-02-09", "happened") in events(text, "2024-02-10", lang=lang)


def test_what_is_only_to_be_signed_after_talks_has_no_day():
    text = (
        "岸田文雄首相は9日、ソウルで韓国の尹錫悦大統領と会談した。"
        "会談に続き、両政府は査証の覚書に署名する見通しだが、時期は決まっていない。"
    )

    assert events(text, "2024-02-10") == [("summit", "2024-02-09", "happened")]


@pytest.mark.parametrize(
    "talks",
    [
        "経済貿易大臣会合",
        "農業大臣会合",
        "防災担当大臣会合",
    ],
)
def test_ministers_of_any_field_hold_talks_of_three(talks):
    text = f"第5回日中韓{talks}が11日、仁川で開かれた。3カ国は共同声明をまとめた。"

    assert events(text, "2024-11-12") == [("ministerial", "2024-11-11", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "韓国の安相鎬(アン・サンホ)環境相と日本の環境相が2日、ソウルで会談した。"
            "安長官は協力を呼びかけた。",
        ),
        (
            "ko",
            "안상호 산업통상부 장관과 일본 경제산업상이 2일 서울에서 회담했다. "
            "안 장관은 협력을 당부했다.",
        ),
    ],
)
def test_a_surname_is_of_whom_the_article_names_in_full(lang, text):
    found = read(text, "2025-09-03", lang, "").drafts

    assert found
    assert not any("ahn-gyu-back" in d.participants for d in found)


def test_talks_ahead_are_of_the_two_whom_the_sentence_before_names():
    text = (
        "韓国と日本の国交正常化60周年を記念する行事が16日、ソウル市内で開かれた。"
        "駐韓日本大使があいさつした。市民も招かれた。"
        "料理がふるまわれた。音楽も流れた。合唱団が歌った。写真も飾られた。"
        "李在明大統領は今月9日、石破茂首相と電話で会談した。"
        "国際会議に合わせて18日に首脳会談が開かれる見通しだ。"
    )

    assert ("summit", "2025-06-18", "scheduled") in events(text, "2025-06-17")


SUMMIT = replace(
    THREE,
    slug="2023-05-07-two",
    kind="summit",
    countries=("JP", "KR"),
    acting=("JP", "KR"),
    people=("kishida-fumio", "yoon-suk-yeol"),
    cities=("Seoul",),
    topics=(),
    titles=(("ja", "ソウルでの首脳会談"),),
)


def test_a_dinner_of_the_journey_is_not_that_of_talks_two_weeks_later():
    first = replace(SUMMIT, starts_on=date_of(7), ends_on=date_of(7))
    later = replace(
        SUMMIT, slug="later", starts_on=date_of(21), ends_on=date_of(21), cities=("Hiroshima",)
    )
    text = (
        "岸田文雄首相は7日、韓国を訪れ、ソウルの大統領府で尹錫悦大統領と会談する。"
        "会談後は共同記者会見を行い、夜は大統領公邸での夕食会に臨む。"
        "警備は厳しく、沿道には柵が並ぶ。市民は静かに見守る。"
        "尹氏は今月19〜21日を広島で過ごす。"
    )

    found = [d for d in drafts(text, "2023-05-06", first, later, lang="ja") if d[0] == "summit"]

    assert [str(d[1]) for d in found] == ["2023-05-07"]


def date_of(day):
    return THREE.starts_on.replace(year=2023, month=5, day=day)


def test_ministers_of_three_who_speak_of_a_summit_held_no_talks_of_two():
    three = replace(
        SUMMIT,
        slug="three-ministers",
        kind="ministerial",
        starts_on=date_of(26),
        ends_on=date_of(26),
        acting=("CN", "JP", "KR"),
        countries=("CN", "JP", "KR"),
        people=("kamikawa-yoko", "park-jin", "wang-yi"),
        cities=("Busan",),
        titles=(("ja", "3カ国外相会議"),),
    )
    two = replace(
        three, slug="two", acting=("JP", "KR"), countries=("JP", "KR"), people=three.people[:2]
    )
    text = (
        "韓国の朴振外相、日本の上川陽子外相、中国の王毅外相は26日、釜山で3カ国外相会議を開いた。"
        "途絶えている首脳会議は、都合の良い時期に開くことを確認した。"
    )

    assert len(drafts(text, "2023-05-27", three, two, lang="ja")) == 1


TALKS = "高市早苗首相は13日、奈良で韓国の李在明大統領と会談した。"
MINISTERS = "岩屋毅外相、韓国の趙兌烈外相、中国の王毅外相は22日、東京で会談した。"


@pytest.mark.parametrize(
    "said",
    [
        "北朝鮮への対応や、米国を含めた3カ国の安全保障協力も話し合った。",
        "核を持つ北朝鮮への対応や、米国を交えた3カ国の防衛面の連携を話し合った。",
    ],
)
def test_work_of_three_is_a_matter_that_two_talk_over(said):
    assert {"north_korea", "trilateral_us"} <= topics(TALKS + said, "2026-01-14", "summit")


def test_bad_relations_between_two_are_no_talks_of_two():
    text = (
        "岸田文雄首相、韓国の尹錫悦大統領、中国の李強首相は27日、ソウルで首脳会談を開いた。"
        "2国間関係の悪化で途絶えていた枠組みが動き出した。"
        "宣言には自由貿易協定の交渉を続けることを盛り込んだ。"
        "首相は前日の26日、尹氏と会談し、青少年の交流を話し合った。"
    )

    assert "trade" in topics(text, "2024-05-28", "trilateral_summit")


def test_what_the_third_says_at_a_table_of_three_is_a_matter_of_it():
    text = MINISTERS + "王氏は自由貿易協定の交渉再開に前向きな姿勢を示し、早期の再開を求めた。"

    assert "trade" in topics(text, "2025-03-23", "ministerial")


def test_what_follows_talks_that_came_first_is_of_those_that_came_then():
    text = (
        "韓国の鄭義溶外相と日本の茂木敏充外相は5日、ロンドンで約20分間会談した。"
        "ブリンケン米国務長官を加えた日米韓外相会談が終わった直後、別の部屋で行われた。"
        "鄭氏は処理水の海洋放出に反対した。"
    )

    found = [d for d in read(text, "2021-05-06", "ja", "").drafts if "US" in d.countries]

    assert [d.topics for d in found] == [("trilateral_us",)]


def test_a_line_that_gives_what_was_said_belongs_to_the_story():
    text = (
        f"{TALKS}\n\n高市首相\n「日本と韓国の若者の交流をこれからさらに広げることで一致した」"
        "\n\n会談は1時間半に及びました。"
    )

    assert "people_exchange" in topics(text, "2026-01-14", "summit")


@pytest.mark.parametrize(
    "said",
    [
        "会談でもこの問題が最大の焦点になった。",
        "首相は同問題を取り上げ、善処を求めた。",
    ],
)
def test_this_matter_is_the_one_that_the_sentence_before_names(said):
    text = f"{TALKS}韓国は慰安婦問題の進展を訪日の条件としてきた。{said}"

    assert "comfort_women" in topics(text, "2026-01-14", "summit")


def test_what_moscow_and_pyongyang_do_together_is_of_the_north():
    text = (
        TALKS
        + "両首脳は北朝鮮への対応を協議した。"
        + "また、ロシアと北朝鮮の接近を踏まえ、両国の軍事協力への懸念を共有した。"
    )

    assert topics(text, "2026-01-14", "summit") == {"north_korea"}


def test_a_field_named_as_one_of_several_makes_no_matter_by_itself():
    text = TALKS + "両首脳は半導体や蓄電池を含む産業政策を話し合う対話の新設で一致した。"

    assert topics(text, "2026-01-14", "summit") == {"trade"}


def test_the_economy_is_a_matter_where_it_is_talked_over_with_another():
    text = TALKS + "両首脳は経済や人的交流などについて話し合った。"

    assert topics(text, "2026-01-14", "summit") == {"trade", "people_exchange"}


@pytest.mark.parametrize(
    "said",
    [
        "1月の会談では安全保障対話の再開で一致した。",
        "北朝鮮をにらむ連携への影響が懸念される。",
    ],
)
def test_older_talks_and_fears_of_the_writer_are_no_matter(said):
    text = f"高市早苗首相は19日、安東で韓国の李在明大統領と会談し、関税を話し合った。{said}"

    assert topics(text, "2026-05-20", "summit") == {"trade"}


def test_what_ministers_push_forward_is_a_matter_of_theirs():
    text = MINISTERS + "若い世代の往来を増やすことで一致した。文化交流年の事業も後押しする。"

    assert "culture" in topics(text, "2025-03-23", "ministerial")
