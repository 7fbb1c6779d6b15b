"""What talks are about is no event of its own; the words of one table tell of one."""

import pytest

from tests.news.pipeline.record_knowledge import read


def kinds(text, published, lang, title=""):
    return [
        (d.kind, d.starts_on.isoformat(), d.status)
        for d in read(text, published, lang, title).drafts
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "韓国の朴振外相と上川陽子外相は26日、釜山で会談した。上川氏は23日にソウル高裁が"
            "日本政府に賠償を命じた判決について「極めて遺憾だ」と抗議した。",
        ),
        (
            "ko",
            "박진 외교부 장관과 가미카와 요코 일본 외무상이 26일 부산에서 회담했다. "
            "가미카와 외무상은 사흘 전 서울고법이 내린 위안부 피해자 배상 판결에 항의했다.",
        ),
        (
            "en",
            "South Korean Foreign Minister Park Jin and Japanese Foreign Minister Yoko Kamikawa "
            "held talks in Busan on Sunday. On Thursday a Seoul court had ordered Japan to pay "
            "former comfort women, and Tokyo had summoned the ambassador in protest.",
        ),
    ],
)
def test_a_ruling_days_before_talks_is_what_they_are_about(lang, text):
    assert kinds(text, "2023-11-27", lang) == [("ministerial", "2023-11-26", "happened")]


def test_a_protest_that_an_article_opens_with_is_news_beside_talks_to_come():
    text = (
        "Japanese Prime Minister Fumio Kishida sent a ritual offering to Yasukuni Shrine on "
        "Tuesday, and South Korea expressed deep disappointment. He is to meet President "
        "Yoon Suk Yeol at Camp David on Friday."
    )
    assert ("dispute", "2023-08-15", "happened") in kinds(text, "2023-08-16", "en")


THREE = ("trilateral_summit", "2023-08-18", "happened")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "한미일 세 정상이 18일 캠프 데이비드에서 회의를 했습니다."),
        ("ko", "한미일 정상이 18일 캠프 데이비드에 모여 앞으로 해마다 만나기로 했다."),
        ("ja", "日米韓の3首脳は18日、キャンプデービッドで会談し、年に1度は会うことで一致した。"),
    ],
)
def test_all_words_for_a_meeting_in_a_sentence_of_three_tell_of_the_three(lang, text):
    assert kinds(text, "2023-08-19", lang) == [THREE]


def test_two_who_meet_apart_beside_three_are_a_second_event():
    text = (
        "한미일 정상이 18일 캠프 데이비드에서 회의를 열었다. "
        "윤석열 대통령과 기시다 후미오 총리는 회의에 앞서 20분간 따로 회담했다."
    )
    assert set(kinds(text, "2023-08-19", "ko")) == {THREE, ("summit", "2023-08-18", "happened")}


def test_a_memorandum_that_ministers_sign_where_they_meet_is_part_of_it():
    text = "日本と韓国の防衛相が28日、防衛省で会談し、部隊交流に関する覚書に署名した。"
    assert kinds(text, "2024-07-29", "ja") == [("ministerial", "2024-07-28", "happened")]


def test_a_summit_that_ministers_prepare_is_not_on_the_days_of_their_journey():
    text = (
        "河野太郎外相は10日、2日間の日程で韓国を訪れる。11日にソウルで康京和外相と会談する。"
        "5月上旬で調整が進む東京での日中韓首脳会談についても打ち合わせる。"
    )
    days = {day for kind, day, _ in kinds(text, "2018-04-10", "ja") if kind == "trilateral_summit"}
    assert not days & {"2018-04-10", "2018-04-11"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "정부가 보내는 후쿠시마 오염수 시찰단이 21일부터 26일까지 일본에 머뭅니다."),
        ("ko", "정부가 파견하는 오염수 전문가 시찰단이 21일부터 엿새 동안 일본에 체류한다."),
        ("ja", "処理水の設備を確かめる韓国政府の視察団が21日から26日まで日本に滞在する。"),
    ],
)
def test_a_team_that_stays_in_the_other_country_is_a_visit(lang, text):
    assert kinds(text, "2023-05-19", lang) == [("visit", "2023-05-21", "scheduled")]


def test_a_team_of_a_third_country_is_none():
    text = "중국 의원단이 21일부터 23일까지 일본에 머문다. 한국 정부는 논평하지 않았다."
    assert kinds(text, "2024-11-20", "ko") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "청와대는 22일 한일 군사정보보호협정 종료 통보의 효력을 멈춘다고 발표했다."),
        ("ja", "韓国政府は22日、日韓のGSOMIAの終了通告の効力を停止すると発表した。"),
    ],
)
def test_the_end_of_an_accord_put_on_hold_is_a_settlement(lang, text):
    assert kinds(text, "2019-11-23", lang) == [("agreement", "2019-11-22", "happened")]


def test_an_accord_given_up_is_a_quarrel():
    text = "청와대는 22일 한일 군사정보보호협정(지소미아)을 종료하기로 했다고 발표했다."
    assert kinds(text, "2019-08-23", "ko") == [("dispute", "2019-08-22", "happened")]


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        (
            "ko",
            "[자료사진] 손 맞잡은 두 정상",
            "윤석열 대통령과 기시다 후미오 총리가 21일 만나 악수하고 있다.",
        ),
        ("ja", "【資料写真】両首脳", "岸田文雄首相と尹錫悦大統領は21日、ソウルで会談した。"),
        (
            "en",
            "FILE PHOTO: Yoon and Kishida",
            "President Yoon Suk Yeol and Prime Minister Fumio Kishida met in Seoul on Friday.",
        ),
    ],
)
def test_a_picture_from_the_files_tells_no_news(lang, title, text):
    assert kinds(text, "2023-04-22", lang, title) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "日中韓首脳会談が9日、東京で開かれる。先月27日に南北首脳会談があったばかりだ。"
            "安倍晋三首相は同じ日、文在寅大統領と昼食をとりながら2国間でも話し合う。",
        ),
        (
            "ko",
            "한일중 정상회의가 9일 도쿄에서 열린다. 지난달 27일 남북정상회담 이후 처음이다. "
            "문재인 대통령은 같은 날 아베 신조 총리와 따로 회담한다.",
        ),
    ],
)
def test_the_same_day_is_that_of_the_story_not_of_talks_of_others(lang, text):
    assert ("summit", "2018-05-09", "scheduled") in kinds(text, "2018-05-08", lang)


def test_a_reading_of_a_name_is_no_day():
    text = "日中韓首脳会談が9日に開かれる。李克強(りこくきょう)首相と文在寅大統領が来日する。"
    assert {day for _, day, _ in kinds(text, "2018-05-07", "ja")} == {"2018-05-09"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "岸田文雄首相は17日夜、ワシントン近郊で18日(日本時間19日未明)に行われる日米韓首脳会談に"
            "出席するため、羽田空港をたった。",
        ),
        ("ko", "윤석열 대통령은 18일 열리는 한미일 정상회의에 참석하기 위해 17일 출국했다."),
    ],
)
def test_who_has_left_for_talks_has_not_held_them(lang, text):
    assert kinds(text, "2023-08-17", lang) == [("trilateral_summit", "2023-08-18", "scheduled")]
