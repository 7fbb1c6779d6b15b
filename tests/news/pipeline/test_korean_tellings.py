"""What Korean newsrooms tell without a word for it, in sentences of our own."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, title=""):
    drafts = read(text, published, "ko", title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "윤석열 대통령과 기시다 후미오 총리가 16일 도쿄 총리 관저에서 84분을 함께 보냈다.",
        "16일 오후 도쿄의 관저. 윤석열 대통령과 기시다 총리에게 허락된 시간은 100분이었다.",
        "윤석열 대통령과 기시다 총리의 첫 담판은 16일 30분으로 끝났다.",
        "16일 밤 긴자의 오므라이스집에 윤석열 대통령과 기시다 총리가 어깨를 나란히 했다.",
        "윤석열 대통령은 16일 도쿄의 한 식당에서 공급망 협의체를 함께 꾸리자고 했고 "
        "기시다 후미오 총리는 실무진을 곧 보내겠다고 화답했다.",
        "윤석열 대통령이 16일 도쿄에서 기시다 총리의 안내로 정원을 둘러봤다.",
        "윤석열 대통령이 16일 긴자의 호텔에서 기시다 총리에게 강제징용 해법을 풀어놓았다.",
    ],
)
def test_leaders_in_one_place_have_met_whatever_they_did_there(text):
    assert events(text, "2023-03-17") == [("summit", "2023-03-16", "happened")]


def test_the_two_leaders_may_be_named_only_in_the_sentence_behind():
    text = (
        "20일 저녁 서울 성북동의 한옥에서 두 나라 정상이 네 시간을 함께했다. 이재명 "
        "대통령은 다카이치 총리의 잔을 채웠다."
    )

    assert events(text, "2026-08-21") == [("summit", "2026-08-20", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "이재명 대통령은 11일 국무회의에서 다카이치 총리와 쌓은 신뢰를 잇자고 말했다.",
        "다카이치 총리는 11일 중의원에서 이재명 대통령과의 관계를 묻는 질문에 좋다고 답했다.",
        "이재명 대통령이 11일 다카이치 총리에게 연하장을 보냈다.",
        "다카이치 총리는 11일 도쿄에서 멜로니 이탈리아 총리와 80분을 함께했다. 한국도 화제였다.",
        "박근혜 대통령은 서울의 행사에서 과거사의 짐을 내려놓자고 했고 아베 총리는 "
        "11일 도쿄의 리셉션에서 힘을 모으겠다고 화답했다.",
    ],
)
def test_who_speaks_of_the_other_or_meets_a_third_has_not_met_him(text):
    assert [e for e in events(text, "2026-08-12") if e[0] == "summit"] == []


@pytest.mark.parametrize(
    "text",
    [
        "시민단체 20곳이 10일 이재명 대통령과 다카이치 총리가 마주 앉아 강제동원 "
        "문제를 풀라고 요구했다.",
        "야당 의원 42명이 10일 성명을 내고 이재명 대통령과 다카이치 총리가 머리를 "
        "맞대라고 촉구했다.",
        "한 신문이 10일 사설에서 이재명 대통령과 다카이치 총리의 회담이 기대에 못 "
        "미칠 것이라고 내다봤다.",
        "이재명 대통령과 다카이치 총리를 닮은 두 배우가 10일 대학로 무대에서 만났다.",
        "이재명 대통령과 다카이치 총리가 10일 제주에서 만났다는 영상이 퍼졌으나 "
        "대통령실은 조작이라고 밝혔다.",
        "만일 이재명 대통령과 다카이치 총리가 10일 판문점에서 만난다면 무슨 말을 나눌까.",
        "이재명 대통령과 다카이치 총리의 회담을 통역한 A씨가 10일 특강에서 뒷이야기를 풀어놓았다.",
        "트럼프 대통령이 10일 이재명 대통령에게 전화를 걸어 다카이치 총리와 나눈 "
        "이야기를 들려줬다.",
        "한국이 10일 도쿄에서 일본에 졌다. 감독이 마운드에서 투수와 가진 "
        "'정상회담'은 12초 만에 끝났다.",
        "다카이치 총리는 10일 이재명 대통령을 다시 만나고 싶다고 기자들에게 말했다.",
    ],
)
def test_what_others_ask_foretell_or_make_up_is_no_meeting(text):
    assert events(text, "2026-08-11") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "조현 외교부 장관과 모테기 외무상을 잇는 전화가 17일 저녁 25분간 이어졌다.",
            ("call", "2026-04-17", "happened"),
        ),
        (
            "조현 장관이 17일 모테기 외무상과 유선으로 북한 정세를 협의했다.",
            ("call", "2026-04-17", "happened"),
        ),
        (
            "조현 장관과 모테기 외무상의 통화는 17일 밤에 이뤄졌다. 외교부는 18일 낸 "
            "자료에서 통화가 20여 분간 이어졌다고 설명했다.",
            ("call", "2026-04-17", "happened"),
        ),
        (
            "한일 수산 당국 국장들이 17일 후쿠오카에서 열 시간 가까이 밀고 당겼으나 "
            "어획량을 정하지 못했다.",
            ("ministerial", "2026-04-17", "happened"),
        ),
        (
            "외교부는 박윤주 1차관이 20일 센다이에서 후나코시 다케히로 사무차관과 "
            "전략대화를 한다고 18일 예고했다.",
            ("ministerial", "2026-04-20", "scheduled"),
        ),
        (
            "강제동원 피해자 유족이 낸 소송에서 일본제철의 배상 책임이 17일 대법원에서 굳어졌다.",
            ("dispute", "2026-04-17", "happened"),
        ),
        (
            "다카이치 총리의 이름이 적힌 공물이 17일 야스쿠니 신사에 도착했다. "
            "정부는 유감을 나타냈다.",
            ("dispute", "2026-04-17", "happened"),
        ),
        (
            "한일 핵심광물 협정이 18일 국무회의를 통과했다. 서명은 20일 도쿄 외무성에서 한다.",
            ("agreement", "2026-04-20", "scheduled"),
        ),
        (
            "법무부는 한일 수형자 이송 협정을 두 나라 법무장관이 20일 서울에서 "
            "맺는다고 18일 밝혔다.",
            ("agreement", "2026-04-20", "scheduled"),
        ),
        (
            "김민석 국무총리가 17일 나고야에 내려 아시안게임 개회식을 지켜봤다.",
            ("visit", "2026-04-17", "happened"),
        ),
        (
            "스가 요시히데 전 총리가 17일 청와대를 예방해 이재명 대통령에게 다카이치 "
            "총리의 뜻을 전했다.",
            ("visit", "2026-04-17", "happened"),
        ),
    ],
)
def test_each_kind_is_read_in_words_that_name_none(text, told):
    assert events(text, "2026-04-18") == [told]


@pytest.mark.parametrize(
    "text",
    [
        "서울중앙지법은 17일 일본 게임사가 표절 소송에서 국내 업체에 3억원을 물어 주라고 판결했다.",
        "전문가들은 17일 세미나에서 다카이치 총리가 야스쿠니를 참배하면 이재명 "
        "대통령이 방일을 접을 수 있다고 봤다.",
        "이재명 대통령은 17일 국군의날 기념사에서 한미일 협력을 다지겠다고 했다.",
    ],
)
def test_a_ruling_on_games_and_a_supposed_rite_are_no_dispute(text):
    assert events(text, "2026-04-18") == []


def test_a_guest_of_the_morning_is_no_part_of_the_talks_of_the_day_before():
    text = (
        "이재명 대통령이 24일 오전 숙소에서 스가 요시히데 전 일본 총리의 예방을 "
        "받았다. 이 대통령은 전날 이시바 총리와 총리 관저에서 회담했다."
    )

    assert events(text, "2025-08-24") == [
        ("summit", "2025-08-23", "happened"),
        ("visit", "2025-08-24", "happened"),
    ]


def test_a_ceremony_that_ministers_talk_about_is_not_held():
    text = (
        "조현 장관은 4일 제주에서 모테기 외무상과 한 시간 동안 걸으며 사도광산 추도식 "
        "문제를 꺼냈다."
    )

    assert events(text, "2026-08-05") == [("ministerial", "2026-08-04", "happened")]
