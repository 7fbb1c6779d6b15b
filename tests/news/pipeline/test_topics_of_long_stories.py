"""What surrounds an event in its story: what was left out, how it came to it, what others did."""

import pytest

from tests.news.pipeline.record_knowledge import only, read
from tests.news.pipeline.test_topics import MET, topics


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "At the summit Lee and Ishiba did not bring up Dokdo."),
        ("en", "At the summit the wartime labor issue was not raised."),
        ("ko", "독도와 역사교과서 문제는 이날 회담에서 논의되지 않았다."),
        ("ja", "この日の会談で竹島は話題に上らなかった。"),
    ],
)
def test_what_did_not_come_up_at_the_talks_is_no_topic(lang, more):
    assert topics(lang, more) == set()


def test_what_came_up_beside_it_stays_one():
    more = "At the summit they did not discuss Dokdo, but agreed to work on supply chains."

    assert topics("en", more) == {"trade"}


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "Relations have warmed since Seoul decided to pay wartime laborers itself."),
        ("en", "Tokyo wants Seoul to lift a ban on seafood, imposed after the accident."),
        ("ko", "양국은 2023년 강제징용 해법에 합의한 바 있다."),
        ("ja", "前回の会談で、首相は徴用工問題について「心が痛む」と表明した。"),
    ],
)
def test_how_things_stood_before_is_no_topic(lang, more):
    assert topics(lang, more) == set()


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "The same day, officials in Tokyo discussed maritime security."),
        ("en", "President Donald Trump announced tariffs on both countries."),
        ("ko", "한편 국회는 대북 결의안을 논의했다."),
    ],
)
def test_what_others_did_meanwhile_is_no_topic(lang, more):
    assert topics(lang, more) == set()


def test_an_envoy_called_in_over_a_ruling_is_no_act_of_a_court():
    text = (
        "SEOUL — Japan's Foreign Ministry summoned the South Korean ambassador on Friday to "
        "protest a ruling that orders companies to pay for forced labor."
    )

    assert set(only(read(text, "2021-01-08", "en")).topics) == {"forced_labor"}


def test_of_a_protest_what_is_told_of_the_history_behind_it_is_no_topic():
    text = (
        "TOKYO — Japan summoned the South Korean ambassador on Friday over forced labor rulings.\n"
        + "".join(f"Sentence {i} says nothing of it.\n" for i in "abcdefghijkl")
        + "Tokyo announced controls on exports of materials.\nThe export curbs began on July 4.\n"
        "Seoul discussed the export curbs.\nThe export controls may stay."
    )

    assert set(only(read(text, "2019-07-19", "en")).topics) == {"forced_labor"}


def test_a_minister_who_visits_a_shrine_makes_no_matter_of_defence():
    text = (
        "SEOUL — South Korea's Foreign Ministry summoned a senior Japanese diplomat on Friday over "
        "Defense Minister Nobuo Kishi's visit to Yasukuni Shrine."
    )

    assert set(only(read(text, "2021-08-13", "en")).topics) == {"history"}


def test_a_statement_by_the_minister_is_no_matter_of_history():
    more = "조태열 장관은 담화를 내고 공급망 협력을 추진하겠다고 했다."

    assert topics("ko", more) == {"trade"}


def test_security_of_three_is_work_of_three():
    assert topics("ko", "두 정상은 한·미·일 안보협력을 강화하기로 했다.") == {"trilateral_us"}


def test_a_rite_of_two_leaders_is_a_matter_of_their_summit():
    text = (
        "The leaders of Japan and South Korea prayed on Sunday at a memorial for Korean victims of "
        "the atomic bomb. Prime Minister Fumio Kishida and President Yoon Suk Yeol then held talks "
        "in Hiroshima."
    )

    drafts = read(text, "2023-05-21", "en").drafts

    assert "history" in next(d for d in drafts if d.kind == "summit").topics


def test_a_site_to_be_listed_is_of_the_past_where_that_is_told():
    more = (
        "They agreed to help each other on UNESCO World Heritage bids. Seoul has been against "
        "listing facilities of the Meiji era where Koreans were made to work under Japanese rule."
    )

    assert topics("en", more) == {"history"}


def test_who_is_named_again_comes_back_to_the_talks():
    more = (
        "두 정상이 마주 앉은 것은 지난 4월 이후 두 달 만이다. "
        "이시바 총리와 이 대통령은 공급망 문제를 논의했다."
    )

    assert topics("ko", more) == {"trade"}


def test_talks_that_followed_those_of_three_are_about_what_comes_behind():
    more = "6日夜の日米韓首脳会談に続き、北朝鮮への対応も主な議題となった。"

    drafts = read(MET["ja"] + more, "2025-06-10", "ja").drafts

    assert "north_korea" in next(d for d in drafts if d.kind == "summit").topics


@pytest.mark.parametrize(
    "past",
    [
        "16年の会合で協議の再開を決めていた。ところが釜山に少女像が置かれ、日本は17年1月に協議を打ち切った。",
        "2017年1月に日本は少女像をめぐり協議を打ち切った。19年7月には貿易の管理を厳しくした。",
    ],
)
def test_older_days_told_one_after_the_other_are_how_it_came_to_the_talks(past):
    assert topics("ja", f"\n{past}") == set()


@pytest.mark.parametrize(
    "said",
    [
        "石破氏は慰安婦判決について「極めて遺憾だ」と伝え、是正を求めた。",
        "「法的な基盤が崩れた」と慰安婦判決への懸念を伝え、対応を求めた。",
    ],
)
def test_what_is_said_of_a_ruling_on_the_phone_is_a_matter_of_the_call(said):
    text = (
        "韓国の裁判所は8日、日本政府に元慰安婦への賠償を命じる判決を言い渡した。\n"
        f"石破茂首相は9日、李在明大統領と電話で協議した。{said}"
    )
    call = next(d for d in read(text, "2025-06-10", "ja").drafts if d.kind == "call")

    assert call.topics == ("comfort_women",)


def test_a_row_told_beside_in_headline_and_story_is_no_matter_of_the_talks():
    text = (
        "The vice foreign ministers of South Korea and Japan will meet in Tokyo on Friday. They "
        "are to discuss supply chains. Seoul lodged a protest with Tokyo over Dokdo on Tuesday. "
        "It summoned a Japanese envoy that day over the claim to the islets."
    )
    title = "South Korea, Japan to meet as Dokdo row simmers"

    assert set(read(text, "2025-07-16", "en", title).drafts[0].topics) == {"trade"}


def test_how_it_came_to_a_matter_years_ago_brings_no_topics_of_its_own():
    more = (
        "The two leaders agreed on visas. In December 2018, a Korean destroyer that was looking "
        "for a North Korean fishing boat was said to have aimed its radar at a plane."
    )

    assert topics("en", more) == {"people_exchange"}


def test_who_spoke_by_phone_last_week_are_still_to_take_it_up():
    text = (
        "Foreign Minister Cho Hyun will be in Tokyo on Tuesday for talks with Foreign Minister "
        "Takeshi Iwaya. Iwaya and Cho, who spoke by phone last week, are likely to confirm their "
        "security work with the United States."
    )

    found = only(read(text, "2025-07-28", "en")).topics

    assert set(found) == {"security", "trilateral_us"}


def test_what_two_decided_for_the_next_month_is_a_matter_of_their_talks():
    text = (
        "The leaders of South Korea, China and Japan met in Seoul on Monday and agreed to speed up "
        "talks on free trade. The day before, President Yoon Suk Yeol and Prime Minister Fumio "
        "Kishida had met by themselves. They decided to begin a dialogue on hydrogen and other "
        "resources next month."
    )

    found = {d.kind: set(d.topics) for d in read(text, "2024-05-28", "en").drafts}

    assert found["summit"] == {"energy_environment"}


def test_a_statement_is_gone_into_before_the_call_in_which_it_was_explained():
    text = (
        "Prime Minister Naoto Kan put out a statement on Tuesday in which he voiced remorse to "
        "South Korea.\nIt promises to hand over royal books of the Joseon Dynasty.\n"
        "Kan then explained it to President Lee Myung-bak by telephone the same morning."
    )

    found = {d.kind: set(d.topics) for d in read(text, "2010-08-11", "en").drafts}

    assert found["statement"] == {"history", "culture"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("The leaders will exchange frank views on supply chains.", {"trade"}),
        ("They will also talk about security.", {"security"}),
        ("He called Japan a partner for economic growth at the talks.", set()),
        ("They agreed on joint development of oil and gas fields.", {"energy_environment"}),
    ],
)
def test_words_for_matters_of_english_talks(more, expected):
    assert topics("en", more) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "両首脳は貿易、エネルギー、防災、青少年交流などで協力する。",
            {"trade", "people_exchange"},
        ),
        ("両首脳は石油、天然ガス、水素の調達で協力する。", {"energy_environment"}),
        ("両首脳は、訪日が国交正常化60周年の年に実現したことを歓迎した。", set()),
        ("両首脳は、国交正常化60周年の今年、関係を深めることで一致した。", {"normalization"}),
        ("相手国に入る際の手続きを円滑にする案を協議した。", {"people_exchange"}),
        ("李氏は「協力は安全保障だけでなく広がっている」と述べた。", set()),
        ("中国をにらんだ連携や北朝鮮への対応を話し合う。", {"north_korea"}),
    ],
)
def test_words_on_the_way_to_a_matter_are_told_from_the_matter(more, expected):
    assert topics("ja", more) == expected


def test_leaders_who_will_visit_each_other_are_no_travellers():
    title = "日韓首脳、往来を再開へ"
    more = "両首脳はシャトル外交の再開を決めた。\n経済団体は若い世代の交流に充てる基金をつくった。"

    assert topics("ja", more, title) == set()


def test_of_a_rite_what_was_not_spoken_of_is_no_matter():
    text = (
        "韓国外務省は15日、石破茂首相が靖国神社に玉串料を納めたことに「深い失望」を表した。"
        "全国戦没者追悼式の式辞には「反省」の語が戻った。徴用の問題には触れていない。"
    )

    assert set(only(read(text, "2025-08-15", "ja")).topics) == {"history"}


def test_what_came_of_a_journey_of_last_week_is_told_at_the_talks():
    more = "石破氏は先週の訪米の結果を説明し、日米韓の連携を深めることで一致した。"

    assert topics("ja", more) == {"trilateral_us"}


def test_a_protest_at_a_yearly_book_is_of_no_other_page_of_it():
    text = (
        "韓国外務省は15日、日本の防衛白書が竹島を固有の領土と記したことに抗議し、公使を呼んだ。"
        "白書は北朝鮮の核・ミサイルを「差し迫った脅威」と記し、日韓米の防衛協力の重要性を確認した。"
    )

    assert set(only(read(text, "2025-07-16", "ja")).topics) == {"territory"}


def test_the_headline_of_talks_of_others_names_no_matter_of_the_two():
    text = (
        "韓国の李在明大統領は29日、慶州でトランプ米大統領と会談し、関税の引き下げで合意した。\n"
        "李氏は高市早苗首相とは30日に慶州で会う予定だ。"
    )
    drafts = read(text, "2025-10-29", "ja", "米韓首脳、関税交渉で合意").drafts

    assert [d.topics for d in drafts if d.kind == "summit"] == [()]


def test_what_follows_talks_that_only_say_when_the_two_spoke_is_of_the_two():
    text = (
        "茂木敏充外相は5日、ロンドンで韓国の鄭義溶外相と初めて会談した。日米韓外相会談の終了後、"
        "約20分間、別室で言葉を交わした。茂木氏は元慰安婦訴訟の判決で適切な措置を求めた。\n"
        "日米韓外相会談ではブリンケン国務長官と3氏が北朝鮮の非核化への協力を確認した。"
    )
    drafts = read(text, "2021-05-06", "ja").drafts

    assert {d.countries: set(d.topics) for d in drafts} == {
        ("KR", "JP"): {"comfort_women"},
        ("KR", "JP", "US"): {"north_korea", "trilateral_us"},
    }


def test_what_one_says_in_a_speech_is_no_matter_of_talks():
    more = "李氏は就任演説で北朝鮮に対話を呼びかけ、支援の用意があると述べていた。"

    assert topics("ja", more) == set()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("日米韓外相会談も同地で行われた。茂木氏は徴用工訴訟の解決を求めた。", {"forced_labor"}),
        ("康氏は16日に首相を表敬する。両外相は供給網での協力を確認した。", {"trade"}),
    ],
)
def test_what_is_told_by_the_way_does_not_end_the_story_of_the_talks(more, expected):
    text = f"茂木敏充外相は15日、ミュンヘンで韓国の康京和外相と約40分会談した。{more}"
    two = [d for d in read(text, "2020-02-16", "ja").drafts if d.countries == ("KR", "JP")]

    assert [set(d.topics) for d in two] == [expected]


@pytest.mark.parametrize(
    "more",
    [
        "두 정상은 지난 5월 3일 싱가포르에서 처음 만나 청년 교류를 늘리기로 했다.",
        "이시바 총리는 우려를 낳았지만 지난 2일 야스쿠니신사 제사 때는 참배를 보류했다.",
        "랜도 부장관과는 관세 협상을 비롯한 한미 현안을 놓고 마주 앉는다.",
        "국민의힘은 기업인 왕래가 뿌리를 내렸다고 환영했다.",
    ],
)
def test_earlier_talks_and_what_one_side_does_besides_are_no_topics_in_korean(more):
    assert topics("ko", more) == set()


def test_a_comma_behind_a_verb_makes_no_list_of_fields():
    more = "두 정상은 신뢰를 쌓기로 했고, 수소와 자원 분야 대화체를 새로 만들기로 했다."

    assert topics("ko", more) == {"energy_environment"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "North Korea fired a missile hours before; the two leaders agreed to strengthen "
            "deterrence.",
            {"north_korea", "security"},
        ),
        (
            "They agreed to resume port calls, put on ice after a quarrel over a flight near "
            "Takeshima.",
            {"security"},
        ),
        (
            "They agreed on visas a day before UNESCO was to decide on the Sado mine.",
            {"people_exchange"},
        ),
        (
            "They agreed to speed up talks on the sexual enslavement of women in the war.",
            {"comfort_women"},
        ),
    ],
)
def test_what_both_then_said_counts_and_why_it_was_put_off_does_not(more, expected):
    assert topics("en", more) == expected


def test_what_a_headline_says_of_three_is_no_matter_of_the_two():
    text = (
        "岸田文雄首相は26日、ソウルで韓国の尹錫悦大統領と首脳会談をした。両首脳は国交正常化から60年の"
        "準備を確認した。\n"
        "翌27日、2人は中国の李強首相を加えた日中韓首脳会談に臨んだ。\n"
        "北朝鮮の核については、文書に短く記しただけだった。"
    )
    drafts = read(text, "2024-05-28", "ja", "日中韓首脳、定例化を明記　北朝鮮では溝").drafts

    told = {d.kind: set(d.topics) for d in drafts}

    assert told["summit"] == {"normalization"}
    assert told["trilateral_summit"] == {"trilateral_china", "north_korea"}


@pytest.mark.parametrize(
    "rest",
    [
        "in a ruling that deepens a rift between two allies which both face a nuclear North Korea",
        "straining ties of neighbors whose cooperation is needed to contain North Korea",
    ],
)
def test_what_threatens_both_sides_of_a_quarrel_is_not_what_it_is_about(rest):
    text = (
        "South Korea's Supreme Court on Thursday ordered Mitsubishi Heavy Industries to pay "
        f"Koreans for forced labor, {rest}."
    )

    assert "north_korea" not in only(read(text, "2018-11-30", "en")).topics


@pytest.mark.parametrize(
    "claim",
    ["which Tokyo says are under illegal occupation", "and at its occupation of Takeshima"],
)
def test_who_holds_the_islets_is_no_matter_of_the_past(claim):
    text = (
        "South Korea called in a Japanese diplomat on Saturday to protest at a ceremony over "
        f"Dokdo, {claim}."
    )

    assert set(only(read(text, "2025-02-22", "en")).topics) == {"territory"}


def test_what_another_verb_brings_up_is_no_item_of_a_list():
    text = (
        "Prime Minister Naoto Kan issued a statement on Tuesday apologizing to South Korea for "
        "colonial rule.\nIt says that Korea was ruled against its will, and promises that royal "
        "books of the Joseon kings will be handed over."
    )

    assert "culture" in only(read(text, "2010-08-11", "en")).topics
