"""What Korean stories name as a matter of talks, and words that only sound like one."""

import pytest

from tests.news.pipeline.record_knowledge import only, read
from tests.news.pipeline.test_topics import topics


@pytest.mark.parametrize(
    "more",
    [
        "두 정상은 서로 환영해 준 데 감사의 뜻을 나눴다.",
        "두 정상은 소비자 보호에서 협력하기로 했다.",
        "두 정상은 제조업 현장을 함께 둘러보기로 했다.",
        "두 정상은 예전부터 존재해 온 규제를 이원화하기로 했다.",
        "두 정상은 영화감독도 함께한 자리에서 우정을 강조했다.",
        "두 정상은 관계가 느슨해지진 않을 것이라고 강조했다.",
        "두 정상은 죽도록 노력하겠다고 약속했다.",
    ],
)
def test_a_word_inside_another_is_no_matter(more):
    assert topics("ko", more) == set()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("이시바 총리는 '독도' 문제를 꺼냈다.", "territory"),
        ("두 정상은 일본 영해 문제를 논의했다.", "territory"),
        ("두 정상은 비자 면제를 논의했다.", "people_exchange"),
        ("두 정상은 대지진 때의 협력을 평가했다.", "energy_environment"),
        ("두 정상은 원화와 엔화의 하락에 우려를 나타냈다.", "trade"),
        ("두 정상은 수소 에너지 분야에서 협력하기로 했다.", "energy_environment"),
        ("두 정상은 3자 훈련을 이어 가기로 했다.", "security"),
        ("한 신문은 두 정상이 북한 대응에서 협력하기로 했다고 전했다.", "north_korea"),
        ("회담의 의제는 정부가 지난달 6일 내놓은 강제징용 해법의 이행이었다.", "forced_labor"),
    ],
)
def test_what_is_named_by_itself_is_a_matter(more, expected):
    assert topics("ko", more) == {expected}


@pytest.mark.parametrize(
    "more",
    [
        "두 정상이 독도 문제까지 다룰 여유는 없을 것으로 보인다.",
        "한미일의 안보 협력과는 성격이 다르다고 이시바 총리는 설명했다.",
        "한 신문은 북한 문제가 부담이라고 전했다.",
    ],
)
def test_what_there_is_no_time_for_or_is_of_another_kind_is_no_matter(more):
    assert topics("ko", more) == set()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ko",
            "대법원이 강제징용 피해자에게 배상하라는 판결을 내렸다. 강경화 외교부 장관은 31일 "
            "고노 다로 일본 외무상과 전화 통화를 했다. 고노 외무상은 판결이 양국 관계의 기반을 "
            "무너뜨렸다고 말했다.",
        ),
        (
            "ja",
            "韓国最高裁が徴用工訴訟の判決で日本企業に賠償を命じた。河野太郎外相は31日、韓国の"
            "康京和外相と電話で協議した。河野氏は判決を受け入れられないと伝えた。",
        ),
        (
            "en",
            "South Korea's top court issued its ruling on wartime forced labor. Foreign Minister "
            "Kang Kyung-wha spoke by phone with Japanese Foreign Minister Taro Kono on Wednesday. "
            "Kono said the ruling could not be accepted.",
        ),
    ],
)
def test_talks_about_the_ruling_are_of_what_the_court_has_ruled_on(lang, text):
    (call,) = (d for d in read(text, "2018-10-31", lang).drafts if d.kind == "call")

    assert call.topics == ("forced_labor",)


def test_a_ruling_may_be_in_one_of_two_matters():
    text = (
        "강제징용 판결과 위안부 판결에 일본이 반발했다. 강경화 외교부 장관은 31일 고노 다로 "
        "일본 외무상과 전화 통화를 했다. 고노 외무상은 판결을 받아들일 수 없다고 말했다."
    )

    assert only(read(text, "2018-10-31", "ko")).topics == ()


@pytest.mark.parametrize("three", ["3국 장관은 앞서", "세 장관은 이에 앞서", "세 나라 장관은"])
def test_what_the_three_ministers_talked_over_is_no_matter_of_the_two(three):
    text = (
        "정의용 외교부 장관과 모테기 도시미쓰 일본 외무상이 5일 런던에서 양자 회담을 했다. "
        "회담은 토니 블링컨 미국 국무장관과의 한미일 외교장관회의가 끝난 뒤 이뤄졌다. "
        f"{three} 북핵 대응을 협의했다."
    )
    two, of_three = read(text, "2021-05-05", "ko").drafts

    assert (two.countries, two.topics) == (("KR", "JP"), ())
    assert "north_korea" in of_three.topics


def test_what_is_told_last_of_talks_that_a_long_story_tells_last_is_a_matter_of_them():
    filler = "세 장관은 3국 협력을 이어 가기로 했다. " * 9
    text = (
        "조태열 외교부 장관과 토니 블링컨 미국 국무장관, 가미카와 요코 일본 외무상이 18일 "
        f"도쿄에서 한미일 외교장관회의를 열었다. {filler}\n\n"
        "조 장관은 이날 가미카와 외무상과 별도의 한일 양자 회담도 했다. 두 장관은 소통을 "
        "이어 가기로 했다. 조 장관은 방위백서의 독도 기술에 유감을 전했다."
    )
    (two,) = (d for d in read(text, "2024-07-18", "ko").drafts if d.countries == ("KR", "JP"))

    assert "territory" in two.topics
