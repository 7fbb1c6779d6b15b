"""What stands beside talks in Korean and Japanese stories: demands, quotations, preparations."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, lang):
    return sorted(
        (d.kind, d.starts_on.isoformat(), d.status) for d in read(text, published, lang).drafts
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "강경화 장관은 21일 고노 다로 외무상에게 수출규제 철회를 거듭 촉구했다."),
        ("ko", "시민단체는 21일 일본 정부에 수출규제를 철회하라고 요구했다."),
        ("ja", "韓国政府は21日、輸出管理の強化措置の撤回を日本側に求めた。"),
    ],
)
def test_a_measure_that_somebody_wants_undone_is_not_undone(lang, text):
    assert "agreement" not in [kind for kind, *_rest in events(text, "2019-08-22", lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "「極めて遺憾だ」。上川陽子外相は26日、釜山で朴振外相と会談し、慰安婦判決の是正を"
            "求めた。",
        ),
        (
            "ko",
            '"매우 유감이다." 가미카와 요코 외무상은 26일 부산에서 박진 외교부 장관과 회담을 하고 '
            "위안부 판결의 시정을 요구했다.",
        ),
    ],
)
def test_words_quoted_before_the_talks_they_were_said_at_are_no_quarrel(lang, text):
    assert events(text, "2023-11-27", lang) == [("ministerial", "2023-11-26", "happened")]


def test_a_protest_that_opens_with_a_quotation_remains_one():
    text = "「断じて受け入れられない」。外務省は26日、駐日韓国大使を呼び、竹島での訓練に抗議した。"

    assert events(text, "2025-11-27", "ja") == [("dispute", "2025-11-26", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "韓国の尹炳世外相が21日、就任後初めて来日し、岸田文雄外相と約2時間にわたり会談。",
        "岸田文雄外相は21日、都内で韓国の尹炳世外相と約2時間会談。世界遺産で歩み寄った。",
        "岸田文雄外相は21日、韓国の尹炳世外相と協議。世界遺産をめぐり意見を交わした。",
    ],
)
def test_a_sentence_may_end_on_the_noun_for_talks(text):
    assert events(text, "2015-06-22", "ja") == [("ministerial", "2015-06-21", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "조현 외교부 장관은 29일 경주에서 모테기 도시미쓰 외무상과 만나 정상회담 준비 상황을 "
        "점검했다.",
        "조현 외교부 장관과 모테기 도시미쓰 외무상이 29일 경주에서 회담하고 정상회담 의제를 "
        "조율했다.",
    ],
)
def test_ministers_who_prepare_a_summit_hold_none(text):
    assert events(text, "2025-10-30", "ko") == [("ministerial", "2025-10-29", "happened")]


def test_officials_meet_on_the_day_before_their_ministers():
    text = (
        "岸田文雄外相が28日にソウルを訪れ、尹炳世外相と会談することが決まった。"
        "政府が25日発表した。慰安婦問題の年内決着を図る。新たな基金を設ける案がある。"
        "少女像の扱いも話し合われる見通しだ。総額は1億円を超える。"
        "これに先立ち27日には、双方の局長が詰めの協議を行う。"
    )

    assert events(text, "2015-12-26", "ja") == [
        ("ministerial", "2015-12-27", "scheduled"),
        ("ministerial", "2015-12-28", "scheduled"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "박근혜 대통령은 22일 서울에서 일본대사관이 마련한 수교 50주년 행사에 참석했다."),
        ("ko", "박근혜 대통령은 22일 주한 일본대사관이 연 국교 정상화 50주년 모임에 나갔다."),
        ("ja", "朴槿恵大統領は22日、ソウルで日本大使館が開いた国交50年の催しに出席した。"),
    ],
)
def test_what_an_embassy_gives_for_a_jubilee_is_its_ceremony(lang, text):
    assert events(text, "2015-06-23", lang) == [("anniversary", "2015-06-22", "happened")]


def test_the_same_day_of_a_plan_is_still_to_come():
    text = (
        "박근혜 대통령이 22일 서울에서 열리는 일본대사관 리셉션에 참석한다고 청와대가 밝혔습니다. "
        "아베 신조 총리도 같은 날 도쿄에서 한국대사관이 여는 기념 행사에 자리하기로 했습니다."
    )

    assert {e[1:] for e in events(text, "2015-06-21", "ko")} == {("2015-06-22", "scheduled")}


def test_an_envoy_is_sent_to_an_inauguration():
    text = "政府は7日、ソウルで10日に開かれる就任式に林芳正外相を首相特使として派遣すると決めた。"

    assert events(text, "2022-05-08", "ja") == [("visit", "2022-05-10", "scheduled")]
