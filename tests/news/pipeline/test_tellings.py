"""What counts as the news of an article, rule by rule: sentences of our own, in each language."""

import pytest

from tests.news.pipeline.record_knowledge import read, reasons


def kinds(text, published, lang, title=""):
    return sorted(
        (d.kind, d.starts_on.isoformat()) for d in read(text, published, lang, title).drafts
    )


THREE_AND_TWO = [("summit", "2024-05-26"), ("trilateral_summit", "2024-05-27")]
OPENING = {
    "en": "President Yoon Suk Yeol, Prime Minister Fumio Kishida and Chinese Premier Li Qiang met "
    "in Seoul on Monday and agreed to hold their summits regularly. ",
    "ko": "윤석열 대통령과 기시다 후미오 일본 총리, 리창 중국 총리가 27일 서울에서 "
    "한일중 정상회의를 열었다. ",
    "ja": "岸田文雄首相と韓国の尹錫悦大統領、中国の李強首相は27日、"
    "ソウルで日中韓サミットを開いた。",
}


@pytest.mark.parametrize(
    ("lang", "second"),
    [
        ("en", "On Sunday Yoon met separately with Kishida and Li."),
        (
            "en",
            "In bilateral talks on Sunday, Yoon told Kishida that a dispute must not harm ties.",
        ),
        ("en", "Before that, on Sunday, Kishida and Yoon had sat down for the tenth time."),
        ("ko", "이에 앞서 26일에는 한일 정상회담과 한중 회담이 잇따라 열렸다."),
        ("ko", "윤 대통령은 전날 기시다 총리와 따로 만나 라인 사태를 논의했다."),
        ("ko", "전날 대통령실에서 이뤄진 한일 정상회담에서는 라인 문제가 거론됐다."),
        ("ja", "これに先立つ26日、岸田首相は尹大統領と会談した。"),
        ("ja", "26日には日韓、日中の首脳会談もそれぞれ行われた。"),
        ("ja", "26日午後に行われた日韓首脳会談では、尹大統領がLINEヤフー問題に触れた。"),
    ],
)
def test_talks_of_two_beside_talks_of_three_are_two_events(lang, second):
    assert kinds(OPENING[lang] + second, "2024-05-28", lang) == THREE_AND_TWO


@pytest.mark.parametrize(
    ("lang", "published", "text", "expected"),
    [
        (
            "en",
            "2020-09-25",
            "President Moon Jae-in and Prime Minister Yoshihide Suga picked up the phone on "
            "Thursday for the first time.",
            ("call", "2020-09-24"),
        ),
        (
            "ko",
            "2015-12-29",
            "아베 신조 총리는 28일 박근혜 대통령에게 전화를 걸어 사죄의 뜻을 전했다.",
            ("call", "2015-12-28"),
        ),
        (
            "ja",
            "2017-05-12",
            "安倍晋三首相は11日午後、韓国の文在寅大統領に電話し、就任への祝意を伝えた。",
            ("call", "2017-05-11"),
        ),
        (
            "en",
            "2022-09-28",
            "Prime Minister Han Duck-soo called on Prime Minister Fumio Kishida in Tokyo on "
            "Wednesday and told him that ties ought to be improved.",
            ("summit", "2022-09-28"),
        ),
        (
            "ja",
            "2011-12-19",
            "野田佳彦首相と韓国の李明博大統領は18日、京都で約1時間にわたって向き合った。",
            ("summit", "2011-12-18"),
        ),
        (
            "en",
            "2023-05-20",
            "SEOUL -- A team of South Korean experts will fly to Japan on Sunday to inspect the "
            "Fukushima plant, the government said on Friday.",
            ("visit", "2023-05-21"),
        ),
        (
            "ja",
            "2016-11-22",
            "日本と韓国の「秘密軍事情報保護協定」(GSOMIA)が23日、ソウルで署名される。",
            ("agreement", "2016-11-23"),
        ),
        (
            "ko",
            "2016-11-22",
            "한국과 일본이 군사정보보호협정(GSOMIA)에 23일 서명한다.",
            ("agreement", "2016-11-23"),
        ),
        (
            "en",
            "2013-12-27",
            "Shinzo Abe went on Thursday to the shrine where Japan's war dead are honored. South "
            "Korea could not suppress its anger.",
            ("dispute", "2013-12-26"),
        ),
        (
            "ja",
            "2005-03-17",
            "島根県議会は16日、「竹島の日」を定める条例案を可決した。韓国は強く反発した。",
            ("dispute", "2005-03-16"),
        ),
        (
            "ko",
            "2010-08-11",
            "간 나오토 일본 총리는 10일 한일 강제병합 100년을 앞두고 총리 담화를 발표했다.",
            ("statement", "2010-08-10"),
        ),
        (
            "ja",
            "2010-08-10",
            "菅直人首相は10日、29日で日韓併合から100年となるのに合わせた首相談話を発表した。",
            ("statement", "2010-08-10"),
        ),
        (
            "en",
            "2018-01-10",
            "South Korea will not ask Japan to renegotiate the deal on comfort women, Foreign "
            "Minister Kang Kyung-wha said on Tuesday.",
            ("statement", "2018-01-09"),
        ),
    ],
)
def test_words_that_tell_an_event(lang, published, text, expected):
    assert kinds(text, published, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "In Seoul, President Park Geun-hye went on Monday to a reception of the Japanese "
            "Embassy for the 50th anniversary of ties. In Tokyo, Prime Minister Shinzo Abe walked "
            "into a reception of the Korean Embassy a few hours later.",
        ),
        (
            "ja",
            "国交正常化50年の22日、安倍晋三首相は韓国大使館が開いた祝賀行事に、朴槿恵大統領は"
            "日本大使館が開いた祝賀行事に、それぞれ出席した。",
        ),
        (
            "ko",
            "박근혜 대통령은 22일 주한 일본대사관이 서울에서 연 수교 50주년 "
            "기념 리셉션에 참석하고, 아베 신조 총리도 주일 한국대사관이 "
            "도쿄에서 연 기념 리셉션에 참석했다.",
        ),
    ],
)
def test_each_leader_at_a_ceremony_of_their_own(lang, text):
    drafts = [d for d in read(text, "2015-06-23", lang).drafts if d.participants]

    assert {d.kind for d in drafts} == {"anniversary"}
    assert sorted(d.participants for d in drafts) == [("abe-shinzo",), ("park-geun-hye",)]


@pytest.mark.parametrize(
    ("lang", "published", "text"),
    [
        (
            "en",
            "2025-08-27",
            "President Lee Jae Myung and U.S. President Donald Trump got along on Monday. Lee, who "
            "had stopped over in Tokyo on Saturday to see Prime Minister Shigeru Ishiba, praised "
            "the Oval Office.",
        ),
        (
            "ja",
            "2025-08-26",
            "トランプ米大統領と韓国の李在明大統領は25日、会談した。関税も話し合った。"
            "李氏は訪米に先立って23日に東京を訪れ、石破茂首相と会談している。",
        ),
        (
            "ko",
            "2025-08-25",
            "이재명 대통령이 25일 백악관에서 도널드 트럼프 대통령과 마주 앉는다. "
            "일본에서 이시바 시게루 총리와의 회담을 마친 이 대통령은 24일 워싱턴에 도착했다.",
        ),
        (
            "en",
            "2022-09-28",
            "Han Duck-soo met business people in Tokyo on Wednesday. Fumio Kishida met reporters.",
        ),
        (
            "ko",
            "2024-09-20",
            "일본을 찾은 한국인이 18일까지 줄었다. 도쿄를 방문한 단체도 감소했다.",
        ),
        (
            "en",
            "2024-08-20",
            "Kishida mended ties with South Korea: he met President Yoon Suk Yeol eleven times.",
        ),
        (
            "ja",
            "2019-12-27",
            "茂木敏充外相は26日、中国の王毅国務委員と電話で協議した。"
            "24日に開かれた日中韓サミットの成果も評価した。",
        ),
    ],
)
def test_what_is_told_in_passing_is_no_news(lang, published, text):
    assert read(text, published, lang).drafts == ()


@pytest.mark.parametrize(
    ("lang", "text", "reason"),
    [
        (
            "en",
            "Officials are looking into whether President Yoon Suk Yeol and Prime Minister Fumio "
            "Kishida might meet on Thursday.",
            "hypothetical",
        ),
        (
            "en",
            "Prime Minister Fumio Kishida is not going to hold talks with President Yoon Suk Yeol "
            "on Thursday.",
            "denied",
        ),
        ("ko", "윤석열 대통령과 기시다 총리가 16일 회담할지 관심이 쏠린다.", "hypothetical"),
        ("ja", "岸田文雄首相と尹錫悦大統領は直接会うことを申し合わせた。", "hypothetical"),
        ("ja", "岸田文雄首相と尹錫悦大統領は一度も首脳会談を開いていない。", "denied"),
    ],
)
def test_a_doubt_governs_what_stands_beside_it(lang, text, reason):
    reading = read(text, "2023-11-10", lang)

    assert reading.drafts == ()
    assert reason in reasons(reading)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "President Yoon Suk Yeol is to meet Prime Minister Fumio Kishida in Seoul on May 26, a "
            "newspaper said. Nothing has been decided, his office said.",
        ),
        (
            "ko",
            "기시다 후미오 총리가 26일 서울에서 윤석열 대통령과 회담하는 방향으로 조율하고 있다고 "
            "언론이 보도했다. 대통령실은 결정된 바 없다고 밝혔다.",
        ),
        (
            "ja",
            "岸田文雄首相は26日にソウルで尹錫悦大統領と会談する方向だ。"
            "官房長官は何ら決まっていないと述べた。",
        ),
    ],
)
def test_what_officials_call_undecided_is_not_scheduled(lang, text):
    assert read(text, "2024-05-10", lang).drafts == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "No talks of Prime Minister Shinzo Abe and President Moon Jae-in are planned for the "
            "gathering on Friday. Abe will have 19 bilateral meetings with others.",
        ),
        (
            "ja",
            "政府は28日からのG20で安倍晋三首相と文在寅大統領の首脳会談を見送る。"
            "首相は多くの首脳と会うが、文氏とは立ち話にとどまる見通しだ。",
        ),
    ],
)
def test_what_the_opening_denies_is_not_revived(lang, text):
    assert read(text, "2019-06-25", lang).drafts == ()


def test_a_doubt_about_something_else_takes_nothing_back():
    text = (
        "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Saturday and said "
        "that the two countries could open a new age if they faced the past."
    )

    assert kinds(text, "2025-08-24", "en") == [("summit", "2025-08-23")]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Editorial: What the neighbors owe each other"),
        ("ko", "[사설] 한일 관계, 이제는 실천이다"),
        ("ja", "【社説】日韓の往来 熱が冷めぬうちに"),
    ],
)
def test_opinion_that_looks_back_is_no_news(lang, title):
    text = {
        "en": "It is easy to be angry. Some look away. Others shout. We prefer patience, and work. "
        "On May 7 President Yoon Suk Yeol met Prime Minister Fumio Kishida in Seoul.",
        "ko": "화내기는 쉽다. 외면하기도 쉽다. 어려운 것은 인내다. 그리고 실천이다. "
        "윤석열 대통령과 기시다 후미오 총리는 7일 서울에서 정상회담을 했다.",
        "ja": "怒るのは易しい。目をそらすのも易しい。難しいのは忍耐だ。そして実行である。"
        "尹錫悦大統領と岸田文雄首相は7日、ソウルで会談した。",
    }[lang]

    assert read(text, "2023-05-12", lang, title).drafts == ()
    assert len(read(text, "2023-05-12", lang).drafts) == 1


def test_coming_and_going_belong_to_the_talks():
    text = (
        "Prime Minister Fumio Kishida held talks with President Yoon Suk Yeol in Seoul on Sunday. "
        "Kishida arrived in Seoul on Saturday. He leaves for Japan on Monday."
    )

    assert kinds(text, "2023-05-08", "en") == [("summit", "2023-05-07")]


def test_a_declaration_is_part_of_the_summit_but_a_treaty_is_not():
    declared = (
        "President Kim Dae-jung and Prime Minister Keizo Obuchi held a summit in Tokyo on Thursday "
        "and signed a joint declaration."
    )
    signed = declared.replace("joint declaration", "fisheries agreement")

    assert kinds(declared, "1998-10-09", "en") == [("summit", "1998-10-08")]
    assert kinds(signed, "1998-10-09", "en") == [
        ("agreement", "1998-10-08"),
        ("summit", "1998-10-08"),
    ]
