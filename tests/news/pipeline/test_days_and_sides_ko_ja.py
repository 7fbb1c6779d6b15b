"""Korean and Japanese tellings whose day, or whose sides, stand in another sentence."""

import pytest

from tests.news.pipeline.test_newsrooms_ko_ja import events

SUMMIT, THREE, MINISTERS = "summit", "trilateral_summit", "ministerial"


def test_the_same_day_is_that_of_the_story_whatever_day_somebody_quoted_speaks_of():
    text = (
        "윤석열 대통령과 조 바이든 미국 대통령, 기시다 후미오 총리가 18일 캠프 데이비드에서 "
        '3국 정상회의를 했다. 윤 대통령은 "오늘은 역사적인 날"이라고 말했다. '
        "이와 별개로 윤 대통령과 기시다 총리는 같은 날 20분 남짓 양자 회담을 가졌다."
    )

    assert set(events(text, "2023-08-19", "ko")) == {
        (THREE, "2023-08-18", "happened"),
        (SUMMIT, "2023-08-18", "happened"),
    }


@pytest.mark.parametrize(
    ("lang", "text", "published", "day"),
    [
        (
            "ja",
            "高市早苗首相が火曜日、安東に入り、李在明大統領と膝を突き合わせる。",
            "2026-05-17",
            "2026-05-19",
        ),
        (
            "ko",
            "다카이치 사나에 일본 총리가 화요일 안동에 들어가 이재명 대통령과 만난다.",
            "2026-05-17",
            "2026-05-19",
        ),
    ],
)
def test_a_weekday_told_in_the_present_is_to_come(lang, text, published, day):
    assert events(text, published, lang) == [(SUMMIT, day, "scheduled")]


@pytest.mark.parametrize(
    ("lang", "text", "published", "expected"),
    [
        (
            "ja",
            "石破茂首相は14日、羽田を出発した。リマでは15日、バイデン米大統領、韓国の尹錫悦大統領との"
            "3者会談に臨む。16日には尹氏と2人だけでも会う。",
            "2024-11-14",
            {(THREE, "2024-11-15"), (SUMMIT, "2024-11-16")},
        ),
        (
            "ko",
            "윤석열 대통령은 16일 기시다 후미오 일본 총리와 35분간 따로 만났다. "
            "회담에 앞서 두 정상은 조 바이든 미국 대통령과 셋이 선 채로 대화했다.",
            "2023-11-17",
            {(SUMMIT, "2023-11-16"), (THREE, "2023-11-16")},
        ),
        (
            "ja",
            "岸田文雄首相は13日午後、プノンペンで韓国の尹錫悦大統領と会談した。直前には米国のバイデン"
            "大統領も加わり、3者で北朝鮮への対応を擦り合わせた。",
            "2022-11-13",
            {(SUMMIT, "2022-11-13"), (THREE, "2022-11-13")},
        ),
        (
            "ko",
            "조태열 외교부 장관과 이와야 다케시 일본 외무상, 왕이 중국 외교부장이 22일 "
            "도쿄에 모였다. 회의에 앞서 조 장관은 이날 아침 이와야 외무상과 따로 만나 회담했다.",
            "2025-03-22",
            {(MINISTERS, "2025-03-22")},
        ),
        (
            "ja",
            "韓国の文在寅大統領が9日、東京で開かれる日中韓首脳会議に出席するため来日する。"
            "午後には安倍晋三首相と会談する。",
            "2018-05-08",
            {(THREE, "2018-05-09"), (SUMMIT, "2018-05-09")},
        ),
    ],
)
def test_talks_of_two_and_of_three_each_have_their_day(lang, text, published, expected):
    found = events(text, published, lang)

    assert {(kind, day) for kind, day, _ in found} == expected
    assert len(found) == 2


def test_a_paragraph_without_a_subject_goes_on_with_whom_the_article_is_about():
    text = (
        "윤석열 대통령이 15~16일 페루 리마에서 주변국 정상과 잇따라 마주 앉았다.\n\n"
        "조 바이든 미국 대통령은 고별 인사를 했다.\n\n"
        "16일 오후에는 이시바 총리와 50분 동안 회담했다."
    )

    assert (SUMMIT, "2024-11-16", "happened") in events(text, "2024-11-17", "ko")


def test_talks_of_officials_are_not_those_of_ministers_the_day_after():
    text = (
        "岸田文雄外相が28日、ソウルで韓国の尹炳世外相と話し合う。"
        "両国の外務省局長が27日に韓国外務省で顔を合わせる。"
    )

    assert set(events(text, "2015-12-26", "ja")) == {
        (MINISTERS, "2015-12-28", "scheduled"),
        (MINISTERS, "2015-12-27", "scheduled"),
    }


@pytest.mark.parametrize(
    ("lang", "text", "published"),
    [
        ("ja", "ハリス米副大統領は29日にソウルへ移り、尹錫悦大統領と会談する。", "2022-09-28"),
        (
            "ko",
            "이재명 대통령과 도널드 트럼프 미국 대통령이 29일 경주에서 자리를 함께했다. "
            "다카이치 사나에 일본 총리는 28일 도쿄에서 트럼프 대통령을 맞았다.",
            "2025-10-30",
        ),
        ("ja", "市民団体の約3000人が18日、日韓首脳会談に抗議してソウルに集まった。", "2023-03-20"),
        (
            "ja",
            "岸田文雄首相は14日、バイデン大統領や議長のメローニ首相とそれぞれ会う。"
            "韓国の尹錫悦大統領は中央アジアを歴訪している。",
            "2024-06-14",
        ),
        (
            "ja",
            "政府は、資産が現金化されない保証がない限り、菅義偉首相は日中韓首脳会談に出席しないとの"
            "立場を韓国側に伝えた。複数の関係者が13日までに明らかにした。",
            "2020-10-13",
        ),
        (
            "ja",
            "G20サミットで28日、安倍晋三首相は韓国の文在寅大統領を出迎え、握手を交わした。"
            "会談は設けられなかった。",
            "2019-06-29",
        ),
        (
            "ko",
            "한국은 3국 정상회의 의장국이다. 윤석열 대통령은 6일 한일중 협력의 재개를 촉구했다.",
            "2023-09-06",
        ),
        (
            "ko",
            "세 나라 정상이 모이는 한미일 정상회의를 연내에 여는 방안을 놓고 협의하고 있다고 "
            "대통령실 관계자가 1일 말했다.",
            "2024-11-01",
        ),
    ],
)
def test_others_conditions_and_greetings_make_no_event(lang, text, published):
    assert events(text, published, lang) == []


def test_what_ministers_ask_for_when_they_meet_is_no_wish_to_meet():
    text = "윤병세 장관은 21일 기시다 후미오 외무상과 만나 위안부 문제의 해결을 촉구했다."

    assert events(text, "2015-03-22", "ko") == [(MINISTERS, "2015-03-21", "happened")]


def test_who_sends_regards_is_not_there():
    text = (
        "조현 외교부 장관이 30일 도쿄에서 이시바 시게루 일본 총리를 만나 "
        "이재명 대통령의 안부를 전했다."
    )

    assert events(text, "2025-07-30", "ko") == [(MINISTERS, "2025-07-30", "happened")]


def test_a_guest_who_does_not_show_up_is_the_news_of_a_ceremony():
    text = (
        "佐渡市で24日、世界遺産「佐渡島の金山」の労働者を悼む式典があり、出席を予定していた"
        "韓国政府と遺族は姿を見せなかった。"
    )

    found = events(text, "2024-11-25", "ja", "佐渡の追悼式、韓国側が欠席")

    assert found == [("dispute", "2024-11-24", "happened")]


def test_what_three_sign_at_their_talks_has_the_day_of_these():
    text = (
        "木原稔防衛相と米国のオースティン国防長官、韓国の申源湜国防相は28日、防衛省で会談した。"
        "3氏は協力枠組みの覚書に署名した。"
    )

    assert ("agreement", "2024-07-28", "happened") in events(text, "2024-07-28", "ja")
