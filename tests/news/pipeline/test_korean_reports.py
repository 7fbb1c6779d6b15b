"""How Korean reports date talks, tell what was said there, and name what is no news."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, title=""):
    drafts = read(text, published, "ko", title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


@pytest.mark.parametrize(
    "stay", ["내일(11일)부터 13일까지", "내일부터 13일까지", "11일부터 13일까지", "내일 ~ 13일까지"]
)
def test_talks_have_their_own_day_within_the_days_of_a_journey(stay):
    text = (
        f"조현 외교부 장관이 {stay} 일본을 방문해 모테기 도시미쓰 외무상과 회담합니다. "
        "외교부는 조 장관이 모레 도쿄에서 모테기 외무상을 만난다고 밝혔습니다."
    )

    assert events(text, "2026-03-10") == [("ministerial", "2026-03-12", "scheduled")]


@pytest.mark.parametrize(
    "text",
    [
        "외교부는 오는 12일 서울에서 한일 국장급 협의가 열린다고 10일 밝혔다.",
        "외교부는 12일 서울에서 한일 국장급 협의를 개최한다고 이날 발표했다.",
        "정부는 12일 도쿄에서 한일 차관급 전략대화를 열기로 했다고 10일 발표했다.",
    ],
)
def test_who_announces_talks_does_so_on_the_day_told_with_the_verb(text):
    assert events(text, "2026-03-10") == [("ministerial", "2026-03-12", "scheduled")]


@pytest.mark.parametrize(
    "text",
    [
        "조현 외교부 장관은 10일 서울에서 모테기 도시미쓰 일본 외무상과 회담하고 독도 영유권 "
        "주장에 강하게 항의했다. 모테기 외무상은 강제징용 판결이 국제법 위반이라고 했다.",
        "한일 외교장관이 10일 도쿄에서 만나 강제동원 배상 판결에 따른 일본 기업 자산 현금화 "
        "문제를 논의했다.",
        "한일 외교 국장들이 10일 도쿄에서 만났다. 한국 측은 수출규제 조치에 유감을 표하고 "
        "조속한 철회를 요구했다. 일본 측은 징용 배상 판결이 국제법 위반이라고 맞섰다.",
    ],
)
def test_a_quarrel_that_officials_bring_up_at_their_talks_is_no_event_beside_them(text):
    assert events(text, "2026-03-10") == [("ministerial", "2026-03-10", "happened")]


def test_who_is_summoned_on_the_day_of_talks_is_an_event_beside_them():
    text = (
        "한일 외교 국장들이 10일 도쿄에서 만났다. 외교부는 10일 오후 주한일본대사관 총괄공사를 "
        "초치해 독도 영유권 주장에 항의했다."
    )

    assert "dispute" in {kind for kind, _, _ in events(text, "2026-03-10")}


def test_ministers_of_three_who_meet_after_the_talks_of_two_are_a_second_event():
    text = (
        "구윤철 부총리 겸 재정경제부 장관은 10일 사마르칸트에서 가타야마 사쓰키 일본 재무상과 "
        "양자 면담을 가졌다. 정부는 지난 3일 금리를 내렸다. 엔화는 약세였다. 원화도 약세였다. "
        "이날 사마르칸트에서는 한·중·일 재무장관·중앙은행총재 회의도 개최됐다."
    )

    assert events(text, "2026-03-10") == [("ministerial", "2026-03-10", "happened")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "조현 외교부 장관과 모테기 도시미쓰 일본 외무상은 10일 도쿄에서 사회보장협정 개정안에 "
        "서명했다.",
        "한국과 일본의 산업 장관은 10일 도쿄에서 수소 협력 양해각서(MOU)를 체결했다.",
        "해양수산부는 10일 도쿄 한일 어업공동위원회에서 입어 협상이 최종 타결됐다고 밝혔다.",
    ],
)
def test_amendments_memoranda_and_closed_negotiations_are_agreements(text):
    assert ("agreement", "2026-03-10", "happened") in events(text, "2026-03-10")


def test_a_consultation_by_wire_is_a_call():
    text = (
        "조현 외교부 장관은 10일 마코 루비오 미국 국무장관, 모테기 도시미쓰 일본 외무상과 3자 "
        "유선협의를 갖고 대북 공조를 논의했다."
    )

    assert events(text, "2026-03-10") == [("call", "2026-03-10", "happened")]


def test_a_policy_dialogue_of_directors_is_talks():
    text = "산업부는 오는 16일 도쿄에서 한일 수출관리 정책대화를 연다고 10일 밝혔다."

    assert events(text, "2026-03-10") == [("ministerial", "2026-03-16", "scheduled")]


@pytest.mark.parametrize(
    "who",
    [
        "지난달 30일 부산에서 이재명 대통령을 만난 이시바 시게루 총리는",
        "지난달 30일 이재명 대통령과 회담한 이시바 시게루 총리는",
        "지난달 30일 이재명 대통령과 정상회담을 가진 이시바 시게루 총리는",
    ],
)
def test_whom_a_leader_met_days_ago_only_says_who_he_is(who):
    text = (
        "일본 자민당은 4일 도쿄에서 다카이치 사나에를 새 총재로 뽑았다. 결선 투표까지 갔다. "
        f"{who} 새 총리가 정해지면 물러난다."
    )

    assert events(text, "2025-10-04") == []


def test_an_act_of_weeks_ago_far_below_the_opening_is_no_news():
    text = (
        "삼성이 일본에서 반도체 투자를 넓힌다. 요코하마에 연구소를 세운다. 보조금도 신청했다. "
        "사업 환경은 나아졌다. 일본 정부는 지난달 27일 한국을 화이트리스트에 다시 넣기로 했다."
    )

    assert events(text, "2023-07-10") == []


def test_a_jubilee_of_weeks_ago_far_below_the_opening_is_no_news():
    text = (
        "일본 내각이 14일 담화를 각의에서 정했다. 총리가 저녁에 읽는다. 번역본도 나온다. "
        "두 나라는 지난 6월 22일 국교정상화 50주년을 맞았다."
    )

    assert not [e for e in events(text, "2015-08-14") if e[0] == "anniversary"]


@pytest.mark.parametrize(
    "said",
    [
        '외교부 당국자는 10일 "양국 장관이 13일 오전 서울 청사에서 회담을 갖는다"고 말했다.',
        '외교부는 10일 "조 장관이 13일 서울에서 모테기 외무상을 만날 예정"이라고 밝혔다.',
    ],
)
def test_what_an_office_is_quoted_with_announcing_has_its_day(said):
    text = "모테기 도시미쓰 일본 외무상이 오는 12~13일 한국을 방문해 조현 외교부 장관과 회담한다. "

    assert events(text + said, "2026-03-10") == [("ministerial", "2026-03-13", "scheduled")]


def test_what_somebody_else_is_quoted_with_has_no_day():
    text = '여당 의원은 10일 "양국 장관이 13일 서울에서 회담을 갖는다"고 했다.'

    assert events(text, "2026-03-10") == []
