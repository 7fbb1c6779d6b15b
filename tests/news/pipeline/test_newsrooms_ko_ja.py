"""How other newsrooms in Korea and Japan put things, class by class, in sentences of our own."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, lang, title=""):
    drafts = read(text, published, lang, title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


def people(text, published, lang, title=""):
    return [set(d.participants) for d in read(text, published, lang, title).drafts]


SUMMIT = [("summit", "2025-10-30", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "高市早苗首相と韓国の李在明大統領は30日、博物館の一室で向かい合い、菓子を分けた。"),
        ("ja", "高市早苗首相は30日、韓国の李在明大統領とソファに並んで座り約20分間対話した。"),
        ("ja", "高市首相は30日、慶州で韓国の李在明大統領と40分ほど話し、来春の再会を約束した。"),
        ("ja", "高市早苗首相と韓国の李在明大統領が30日、ひざ詰めで議論した。"),
        ("ko", "이재명 대통령과 다카이치 총리가 30일 경주에서 20분간 단독으로 이야기했다."),
        ("ko", "이재명 대통령은 30일 경주에서 다카이치 사나에 일본 총리와 처음으로 마주했다."),
    ],
)
def test_leaders_meet_in_many_words(lang, text):
    assert events(text, "2025-10-31", lang) == SUMMIT


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "高市早苗首相は3日、韓国の李在明大統領との間で電話による首脳会談を行った。"),
        ("ja", "高市早苗首相は3日、韓国の李在明大統領からお祝いの電話を受けた。"),
        ("ko", "다카이치 총리와 이재명 대통령이 통화했다고 교도통신이 3일 보도했다."),
    ],
)
def test_calls_are_told_by_voice_and_by_papers(lang, text):
    assert events(text, "2025-12-03", lang) == [("call", "2025-12-03", "happened")]


@pytest.mark.parametrize(
    ("lang", "text", "published", "slug"),
    [
        (
            "ja",
            "玄葉光一郎外相は9日、訪日した韓国の金星煥外相と会談した。",
            "2012-01-10",
            "gemba-koichiro",
        ),
        ("ja", "韓国の朴振外相は18日、東京で林外相と会談した。", "2022-07-19", "hayashi-yoshimasa"),
        (
            "ja",
            "菅首相は24日、韓国の文在寅大統領と電話で協議した。",
            "2020-09-24",
            "suga-yoshihide",
        ),
        (
            "ko",
            "윤병세 장관이 아니라 오카다 외상이 11일 유명환 외교부 장관과 회담했다.",
            "2010-02-12",
            "okada-katsuya",
        ),
    ],
)
def test_a_surname_is_known_that_the_record_does_not_list(lang, text, published, slug):
    assert any(slug in who for who in people(text, published, lang))


def test_a_pair_of_surnames_shares_one_title():
    text = (
        "石破茂首相、バイデン米大統領、尹錫悦大統領は15日、リマで会談した。"
        "石破、尹両氏は翌16日、個別に会談した。"
    )

    assert events(text, "2024-11-17", "ja") == [
        ("summit", "2024-11-16", "happened"),
        ("trilateral_summit", "2024-11-15", "happened"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "岸田文雄首相と韓国の尹錫悦大統領は13日、プノンペンで会談した。これに先立ち、"
            "バイデン米大統領を交えた3者会談もあり、情報を共有することを確認した。",
        ),
        (
            "ko",
            "윤석열 대통령과 기시다 총리가 13일 프놈펜에서 회담했다. 이에 앞서 바이든 대통령과 "
            "함께 한미일 정상회담을 열고 정보를 공유하기로 했다.",
        ),
    ],
)
def test_a_third_leader_joins_and_makes_another_event(lang, text):
    assert [kind for kind, *_ in events(text, "2022-11-14", lang)] == [
        "summit",
        "trilateral_summit",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "トランプ米大統領が27日から来日する。28日には高市早苗首相と会談する。"
            "韓国政府も注視している。",
        ),
        (
            "ko",
            "트럼프 미국 대통령이 27일 일본을 찾는다. 28일에는 다카이치 총리와 회담한다. "
            "한국 정부도 지켜본다.",
        ),
        ("ja", "韓国の李在明大統領は17日、アブダビに着いた。18日にムハンマド大統領と会談する。"),
    ],
)
def test_who_is_left_out_may_be_a_stranger(lang, text):
    assert events(text, "2025-10-26", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "世界遺産「佐渡島の金山」の労働者を悼む式典が24日、佐渡市で開かれた。"
            "韓国政府は前日、日本側に欠席を通告した。",
        ),
        (
            "ko",
            "일본 사도시에서 사도광산 추도식이 24일 열렸다. 한국 정부는 전날 불참을 통보했다.",
        ),
    ],
)
def test_staying_away_is_dated_by_the_ceremony(lang, text):
    assert events(text, "2024-11-25", lang) == [("dispute", "2024-11-24", "happened")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "石破茂首相は24日からハーグで開かれるNATO首脳会議への出席を取りやめた。"
            "韓国の李在明大統領も欠席を決めている。",
        ),
        (
            "ko",
            "이재명 대통령은 24일 개막하는 나토 정상회의에 가지 않기로 했다. "
            "이시바 총리도 불참한다.",
        ),
    ],
)
def test_staying_away_from_others_offends_nobody(lang, text):
    assert events(text, "2025-06-24", lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "韓国の国会議員が13日、竹島に上陸した。外務省の局長は在日韓国大使館の次席公使に"
            "電話で抗議した。",
        ),
        ("ko", "외교부 차관은 13일 주한 일본대사를 만나 독도 영유권 주장에 강한 유감을 전했다."),
    ],
)
def test_an_envoy_seen_or_rung_in_protest_is_a_dispute(lang, text):
    assert events(text, "2024-05-14", lang) == [("dispute", "2024-05-13", "happened")]


def test_an_official_received_makes_no_summit():
    text = "菅義偉首相は10日、来日中の韓国の朴智元・国家情報院長と官邸で面会した。"

    assert [kind for kind, *_ in events(text, "2020-11-10", "ja")] == ["ministerial"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ja",
            "韓国の尹錫悦大統領は15日、光復節の演説で関係の回復を訴えた。"
            "岸田文雄首相は同じ日、靖国神社に玉串料を納めた。",
        ),
        (
            "ko",
            "윤석열 대통령은 15일 광복절 경축식에서 관계 회복을 말했다. "
            "같은 날 기시다 총리는 야스쿠니신사에 공물 대금을 봉납했다.",
        ),
    ],
)
def test_a_speech_and_a_rite_of_one_day_are_two_events(lang, text):
    assert events(text, "2022-08-16", lang) == [
        ("dispute", "2022-08-15", "happened"),
        ("statement", "2022-08-15", "happened"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "published", "day"),
    [
        (
            "ja",
            "岸田文雄外相と韓国の尹炳世外相は28日、慰安婦問題を最終的に解決することで合意した。"
            "両外相は報道陣の前に並んだ。発表は短かった。質問はなかった。合意文は公表された。"
            "安倍晋三首相は朴槿恵大統領に電話をかけ、おわびを伝えた。",
            "2015-12-29",
            "2015-12-28",
        ),
    ],
)
def test_a_call_further_down_is_of_the_day_of_the_story(lang, text, published, day):
    assert ("call", day, "happened") in events(text, published, lang)


def test_a_treaty_to_be_signed_is_dated_by_its_signing():
    text = (
        "韓国国防省は22日、日本との軍事情報包括保護協定（GSOMIA）について、"
        "23日に同省で署名すると発表した。"
    )

    assert events(text, "2016-11-22", "ja") == [("agreement", "2016-11-23", "scheduled")]


@pytest.mark.parametrize(
    "text",
    [
        "石破茂首相は4日、記者団に「韓国との首脳会談はなるべく早く行いたい」と述べた。",
        "自民党の高市早苗総裁は靖国神社への参拝を見送る方針を固め、韓国側も8日、注視した。",
        "日韓・韓日議員連盟の合同総会が15日、東京で開かれ、共同声明を採択した。",
    ],
)
def test_what_is_only_weighed_or_wished_is_no_event(text):
    assert events(text, "2025-10-08", "ja") == []


def test_the_weight_of_a_pact_is_no_pact():
    text = "岸田文雄外相は6日、韓国の尹炳世外相と会談し、GSOMIA締結の重要性を確認した。"

    assert [kind for kind, *_ in events(text, "2016-10-07", "ja")] == ["ministerial"]


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        (
            "ja",
            "日中韓サミット閉幕",
            "鳩山由紀夫首相と李明博大統領、中国の温家宝首相は30日、済州での日程を終えた。",
        ),
        (
            "ko",
            "한일중 정상회의 폐막",
            "이명박 대통령과 하토야마 총리, 원자바오 중국 총리는 30일 제주 일정을 매듭지었다.",
        ),
    ],
)
def test_the_headline_says_what_the_lead_tells_in_other_words(lang, title, text):
    kinds = [kind for kind, *_ in events(text, "2010-05-30", lang, title)]

    assert kinds == ["trilateral_summit"]


def test_a_chronicle_is_dated_by_its_day_lines():
    text = (
        "▽23日\n12:40 羽田空港。李在明大統領の専用機が到着。\n16:50 首相官邸。石破茂首相が出迎え、"
        "少人数の会談が始まる。\n▽24日\n10:30 大統領、ワシントンへ出発。"
    )

    found = events(text, "2025-08-24", "ja", "日韓首脳会談ドキュメント")

    assert found == [("summit", "2025-08-23", "happened")]


def test_days_from_now_count_from_the_paper():
    text = "다카이치 사나에 일본 총리가 나흘 뒤 안동을 찾는다. 이재명 대통령과 회담한다."

    assert [day for _, day, _ in events(text, "2026-05-15", "ko")] == ["2026-05-19"]
