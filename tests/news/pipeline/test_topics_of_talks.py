"""What talks were about, however a short or a long story puts it."""

import pytest

from tests.news.pipeline.record_knowledge import only, read
from tests.news.pipeline.test_topics import topics


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        ("en", "Pyongyang's drones filled the second half.", "north_korea"),
        ("en", "Supply chains are likely to come up again in autumn.", "trade"),
        ("en", "Both called Pyongyang's soldiers in Russia a grave concern.", "north_korea"),
        ("en", "Lee asked for a Korean expert at the treated-water release.", "energy_environment"),
        ("en", "They reviewed the stockpiles of crude in both countries.", "energy_environment"),
        ("en", "Both sought a solution for former workers from the Peninsula.", "forced_labor"),
        ("en", "They welcomed that travel between the two peoples is back.", "people_exchange"),
        ("en", "Lee said that the young should not have to carry the past.", "history"),
        (
            "ko",
            "두 정상은 내년에 미국 행정부가 바뀌어도 3국 공조를 이어 가자고 했다.",
            "trilateral_us",
        ),
        ("ko", "앞서 두 정상은 공급망 협력을 의제로 다뤘다.", "trade"),
        ("ko", "두 정상은 반도체 분야의 공동 개발에 합의했다.", "technology"),
        (
            "ko",
            "두 정상은 내일 회담에서 원유와 가스의 확보 방안을 이야기할 것으로 보인다.",
            "energy_environment",
        ),
        ("ko", "다카이치 총리는 일한미의 긴밀한 연계를 강조했다.", "trilateral_us"),
        ("ja", "水素やアンモニア、脱炭素の分野で協力することでも合意した。", "energy_environment"),
        ("ja", "両首脳はアメリカとともに取り組むことを申し合わせた。", "trilateral_us"),
        (
            "en",
            "Lee raised the cases of Koreans brought over for labor before 1945.",
            "forced_labor",
        ),
        ("en", "The agenda runs from ceremonies to the Korean Peninsula.", "north_korea"),
        (
            "en",
            "They will sign a paper on helping each other's citizens abroad.",
            "people_exchange",
        ),
        ("ja", "両首脳は米国の政権交代後も3カ国の連携を続けることで一致した。", "trilateral_us"),
        ("ja", "両首脳はアメリカを含む3か国で足並みをそろえると確かめた。", "trilateral_us"),
        ("ja", "両首脳は二国間だけでなく、日米韓でも協力を広げることで一致した。", "trilateral_us"),
        ("ja", "両首脳は過去の歴史を直視することで一致した。", "history"),
        ("ja", "会談は30分だった。両首脳は北朝鮮の動きを踏まえ、連携を確認した。", "north_korea"),
    ],
)
def test_what_a_short_story_goes_on_about_is_a_topic(lang, more, expected):
    assert topics(lang, more) == {expected}


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "The last round in July was on tariffs."),
        ("en", "Until now Seoul and Tokyo shared data by way of Washington."),
        ("en", "South Korea's culture minister, speaking later, called it a good day."),
        ("en", "They spoke of the arms trade of others."),
        ("ko", "두 정상은 안보회의가 열린 뮌헨을 함께 둘러보기로 했다."),
        ("ja", "両首脳は閣僚の往来を活発にすることで一致した。"),
        ("ja", "石破氏は「日米韓だけでなく、二国間でも力を合わせたい」と述べた。"),
        ("ja", "李氏は熊本の地震での支援に感謝の言葉を伝えた。"),
        ("ja", "両首脳は両国の交流の現状を確認した。"),
        ("ja", "会談には元財務相の特使も加わり、協力を呼びかけた。"),
        ("ja", "石破氏は「友好の歴史を振り返り、協力を深めたい」と述べた。"),
        ("ko", "두 장관은 인공지능, 무인체계, 우주 분야에서도 협력하기로 했다."),
        ("ko", "후쿠시마 오염수는 의제가 아니라고 대통령실은 설명했다."),
        ("ko", "두 정상은 회담 뒤 나란히 드럼을 치며 K팝 두 곡을 연주했다."),
        ("en", "Aides said the wartime past had not come up."),
        ("en", "They discussed artificial intelligence, unmanned systems and space."),
        ("en", "Tariffs have no place on the agenda of the two leaders, an aide said."),
        ("en", "The two ministers agreed on exchange visits every year."),
        ("ja", "両首脳は往来を重ねる「シャトル外交」を続けることで一致した。"),
    ],
)
def test_what_lies_back_or_only_sounds_so_is_no_topic(lang, more):
    assert topics(lang, more) == set()


def test_what_one_side_demands_at_talks_is_a_matter_of_the_talks():
    text = (
        "문재인 대통령과 아베 신조 총리의 정상회담은 24일 청두에서 45분 만에 끝났다. 문 대통령은 "
        "수출규제를 되돌리라고 요구했고 아베 총리는 강제동원 판결의 해법을 내놓으라고 맞섰다."
    )

    talks = next(d for d in read(text, "2019-12-24", "ko").drafts if d.kind == "summit")

    assert {"trade", "forced_labor"} <= set(talks.topics)


def test_talks_of_those_who_answer_for_defence_are_of_security():
    text = (
        "SEOUL — Defense Minister Ahn Gyu-back met his Japanese counterpart, Defense Minister "
        "Gen Nakatani, in Seoul on Monday. They will call on each other every year."
    )

    assert set(only(read(text, "2025-09-09", "en")).topics) == {"security"}


def test_talks_of_those_who_answer_for_money_are_of_trade():
    text = (
        "추경호 부총리는 29일 도쿄에서 스즈키 슌이치 일본 재무상과 한일 재무장관회의를 열고 "
        "통화스와프를 되살리기로 했다."
    )

    assert set(only(read(text, "2023-06-29", "ko")).topics) == {"trade"}


def test_what_leaders_say_of_money_is_of_trade():
    assert topics("en", "They agreed to revive a currency swap.") == {"trade"}


def test_what_leaders_say_of_curbs_on_exports_is_of_trade():
    assert topics("ko", "이 대통령은 수출규제를 거둬 달라고 요구했다.") == {"trade"}


def test_a_curb_on_exports_is_a_dispute_of_trade():
    text = (
        "일본 정부는 1일 반도체 소재 3개 품목의 한국 수출을 규제한다고 발표했다. "
        "강제징용 판결에 대한 보복이라는 해석이 나온다. 외교부는 일본대사를 불러 항의했다."
    )

    assert set(only(read(text, "2019-07-01", "ko")).topics) == {"trade", "forced_labor"}


def test_an_apology_on_the_day_of_a_deal_is_for_what_the_deal_settles():
    text = (
        "岸田文雄外相と韓国の尹炳世外相は28日、ソウルで会談し、慰安婦問題を最終的に解決することで"
        "合意したと発表した。\n"
        "安倍晋三首相は同日夕、朴槿恵大統領と電話で会談し、おわびと反省の気持ちを伝えた。"
    )
    drafts = read(text, "2015-12-29", "ja").drafts

    call = next(d for d in drafts if d.kind == "call")

    assert set(call.topics) == {"comfort_women"}


def test_an_apology_is_for_what_talks_settled_that_day_under_whatever_name():
    text = (
        "尹炳世外相は28日、ソウルで岸田文雄外相と会談し、慰安婦の問題を終わらせることで合意した。\n"
        "夕方、安倍晋三首相は朴槿恵大統領に電話し、おわびの言葉を伝えた。"
    )

    call = next(d for d in read(text, "2015-12-29", "ja").drafts if d.kind == "call")

    assert set(call.topics) == {"comfort_women"}


def test_a_minister_of_defence_at_a_shrine_is_no_matter_of_security_in_japanese():
    text = "中谷元・防衛相は15日、靖国神社に参拝した。韓国外務省は強い遺憾の意を表明し、抗議した。"

    assert set(only(read(text, "2025-08-16", "ja")).topics) == {"history"}


def test_this_matter_at_talks_is_that_of_the_headline():
    text = (
        "島根県は22日、「竹島の日」の式典を開いた。韓国政府は日本公使を呼んで抗議した。\n"
        "この問題は、外相どうしの話でも取り上げられた。上川陽子外相と韓国の趙兌烈外相は21日、"
        "リオデジャネイロで会談し、北朝鮮への対応で連携することを確認した。"
    )
    drafts = read(text, "2024-02-23", "ja", "竹島の日、韓国が抗議").drafts

    talks = next(d for d in drafts if d.kind == "ministerial")

    assert set(talks.topics) == {"territory", "north_korea"}


def test_a_speech_goes_on_to_more_than_one_thing():
    filler = [f"The weather in ward {number} stayed mild all day." for number in range(12)]
    text = (
        "President Lee Jae Myung said in his March 1 Independence Movement Day speech on Sunday "
        "that Japan and Korea must face history together. He proposed more youth exchanges.\n"
        + "\n".join(filler)
    )

    speech = next(d for d in read(text, "2026-03-01", "en").drafts if d.kind == "statement")

    assert {"history", "people_exchange"} <= set(speech.topics)


def test_to_carry_out_an_accord_called_by_its_day_is_a_matter_of_today():
    more = "2015年12月28日の合意については、石破首相が着実な実施を改めて促した。"

    assert "comfort_women" in topics("ja", more)


def test_sympathy_at_talks_is_no_protocol():
    assert topics("en", "Ishiba expressed condolences over the crash.") == set()


def test_what_a_long_story_first_tells_of_at_its_end_is_no_topic():
    filler = [f"The weather in ward {number} stayed mild all day." for number in range(12)]
    last = "Relations, an official said, cover tariffs as well."

    assert topics("en", "They agreed on visas.\n" + "\n".join([*filler, last])) == {
        "people_exchange"
    }
    assert "trade" in topics("en", "They agreed on visas. " + last)


def test_the_two_keep_work_with_the_third_beside_talks_of_three():
    text = (
        "LIMA — President Yoon Suk Yeol and Prime Minister Shigeru Ishiba met in Lima on Saturday. "
        "The two leaders agreed to keep up cooperation with Washington.\n"
        "On Friday Yoon, Ishiba and U.S. President Joe Biden held a trilateral summit."
    )

    talks = next(d for d in read(text, "2024-11-17", "en").drafts if d.kind == "summit")

    assert "trilateral_us" in talks.topics


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        (
            "ko",
            "이시바 총리는 사흘 전 서울고법이 내린 위안부 판결에 대해 유감이라며 항의했다.",
            "comfort_women",
        ),
        ("ko", "두 정상은 지난 4일 북한이 쏘아 올린 정찰위성을 함께 규탄했다.", "north_korea"),
        ("ko", "두 정상은 북미 정상회담을 앞두고 납치 문제에 협력하기로 했다.", "north_korea"),
        ("ja", "両首脳は北朝鮮とロシアの軍事的な接近についても話し合った。", "north_korea"),
    ],
)
def test_what_others_did_on_another_day_is_a_matter_of_the_talks(lang, more, expected):
    assert expected in topics(lang, more)


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        (
            "en",
            "They also decided that experts from both sides would test the remains found there.",
            "history",
        ),
        ("ko", "우리 측은 지난주 검정을 통과한 교과서의 독도 서술에 거듭 항의했다.", "territory"),
    ],
)
def test_what_a_side_says_at_the_table_is_a_matter_of_the_talks(lang, more, expected):
    assert expected in topics(lang, more)


def test_what_somebody_did_before_taking_office_is_no_topic():
    assert topics("ja", "首相は閣僚時代に靖国神社への参拝を重ねたと述べた。") == set()


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        ("ja", "両首脳は5月に日中韓サミットを前に会談し、ビザの協力で一致した。", False),
        ("ja", "両首脳は日中韓の首脳会談を年内に開くために協力することで一致した。", True),
    ],
)
def test_a_meeting_of_three_that_only_says_when_they_met_is_no_topic(lang, more, expected):
    assert ("trilateral_china" in topics(lang, more)) is expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("미국과의 관세 협상은 이야기하지 않았다고 대통령실이 덧붙였다.", set()),
        ("독도 문제는 나오지 않았다고 대통령실이 말했다.", set()),
        ("두 정상은 관세 문제를 이야기했다.", {"trade"}),
        ("이시바 총리는 CPTPP 가입에 관한 설명을 했다.", {"trade"}),
        ("두 정상은 우키시마마루 승선자 명부를 주고받기로 했다.", {"history"}),
        ("두 정상이 의견을 나눈 것은 지난해 12월 한중일 정상회의 이후 처음이다.", set()),
        ("두 정상은 러시아와 북한이 군사 협력을 키우는 데 우려를 나타냈다.", {"north_korea"}),
        (
            "두 정상은 러북 군사협력을 규탄하고 한일 안보 협력을 넓히기로 했다.",
            {"north_korea", "security"},
        ),
        ("지난 3일 위안부 피해자들이 승소한 판결이 가장 무거운 주제였다.", {"comfort_women"}),
        ("두 정상은 지난 3일 위안부 배상 판결을 놓고 맞섰다.", {"comfort_women"}),
    ],
)
def test_korean_talks_are_of_what_the_two_took_up_themselves(more, expected):
    assert topics("ko", more) == expected


def test_what_two_leaders_agreed_on_is_no_matter_of_their_ministers():
    text = (
        "이재명 대통령과 다카이치 사나에 총리, 도널드 트럼프 미국 대통령이 30일 경주에서 한미일 "
        "정상회의를 열었다.\n조현 외교부 장관은 29일 모테기 도시미쓰 외무상과 따로 회담하고 "
        "북한 문제를 논의했다. 두 정상은 사도광산 추도식을 함께 치르기로 했다."
    )
    ministers = [d for d in read(text, "2025-10-31", "ko").drafts if d.kind == "ministerial"]

    assert [d.topics for d in ministers] == [("north_korea",)]
