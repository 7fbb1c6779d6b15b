"""Korean reports of officials' bodies, complaints, courts, curbs and flags between the two."""

import pytest

from tests.news.pipeline.record_knowledge import read

PUBLISHED = "2026-03-11"


def events(text, title=""):
    drafts = read(text, PUBLISHED, "ko", title).drafts
    return sorted((d.kind, d.starts_on.isoformat()) for d in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "한국과 일본이 10일 서울에서 대륙붕 공동개발협정에 따른 공동위원회를 열었다.",
        "한일 어업공동위원회가 10일 부산에서 개최됐다.",
        "제5차 한일 사이버정책협의회가 10일 서울에서 열렸다.",
        "국토교통부는 10일 도쿄에서 열린 한일 항공회담에서 노선을 늘리기로 했다고 11일 밝혔다.",
        "한국과 일본이 10일 서울에서 배타적경제수역 경계획정 회담을 열었으나 성과가 없었다.",
        "한·일 중남미 정책협의회가 10일 서울에서 개최됐다.",
        "해양수산부와 일본 수산청은 10일 제주에서 지도단속 실무협의회를 개최했다고 밝혔다.",
    ],
)
def test_bodies_in_which_officials_of_both_sit_are_talks(text):
    assert events(text) == [("ministerial", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "한국 해양경찰청과 일본 해상보안청이 10일 인천에서 정례회의를 가졌다.",
        "기획재정부 국제경제관리관과 일본 재무성 재무관이 10일 서울에서 만났다.",
        "한국 금융위원회와 일본 금융청이 10일 도쿄에서 제9차 셔틀미팅을 가졌다.",
        "해군참모총장이 10일 도쿄에서 일본 해상막료장과 회담을 갖고 교류를 논의했다.",
        "환경부 장관이 10일 도쿄에서 일본 환경상과 만나 미세먼지 저감 방안을 논의했다.",
        "한일 해운당국이 10일 부산에서 회담을 열고 다음 달 1일부터 여객선을 다시 띄우기로 했다.",
    ],
)
def test_agencies_and_authorities_that_meet_hold_talks(text):
    assert events(text) == [("ministerial", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "한일 항공당국이 10일 화상회의를 열어 운항 횟수를 논의했다.",
        "질병관리청은 일본 국립감염증연구소와 10일 화상으로 회의를 열어 정보를 교환했다.",
    ],
)
def test_officials_before_screens_hold_talks_and_no_call(text):
    assert events(text) == [("ministerial", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "더불어민주당은 10일 정부와 정책협의회를 열고 일본 수산물 대책을 논의했다.",
        "한일 노동조합총연합 대표들이 10일 서울에서 정례회의를 가졌다.",
        "한국과 중국은 10일 베이징에서 제20차 어업공동위원회를 열었다.",
        "포스코와 일본제철은 10일 도쿄에서 협력위원회를 열고 지분 교환을 논의했다.",
        "일본 정부는 10일 도쿄에서 원자력규제위원회를 열고 원전 재가동을 심사했다.",
    ],
)
def test_parties_companies_and_others_have_bodies_of_their_own(text):
    assert events(text) == []


def test_the_day_from_which_fishing_ends_is_not_the_day_of_the_talks_that_failed():
    text = (
        "한국과 일본의 어업협상이 깨져 양국 어선은 4월 1일부터 상대 수역에서 조업할 수 없게 됐다. "
        "해양수산부는 9일부터 10일까지 도쿄에서 열린 제2차 소위원회가 성과 없이 끝났다고 11일 "
        "발표했다."
    )

    assert events(text) == [("ministerial", "2026-03-09")]


def test_negotiators_of_three_meet_for_a_round():
    text = "한중일 자유무역협정(FTA) 제17차 공식협상이 10일 서울에서 열렸다."

    assert events(text) == [("ministerial", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "일본 정부가 10일 한국의 조선 보조금을 놓고 세계무역기구(WTO) 분쟁해결 절차에 들어갔다.",
        "산업통상부는 10일 일본의 철강 관세와 관련해 세계무역기구에 양자협의를 요청했다고 밝혔다.",
        "일본이 10일 한국의 철강 조치를 다룰 분쟁해결패널 설치를 WTO에 요청했다고 외교부가 전했다.",
    ],
)
def test_each_step_of_a_complaint_at_the_trade_body_is_a_dispute(text):
    assert events(text) == [("dispute", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "강제동원 피해자 유족이 일본 기업을 상대로 낸 소송에서 졌다. 서울중앙지법은 10일 원고 패소 "
        "판결을 내렸다. 일본 정부 관방장관은 당연하다고 말했다.",
        "서울중앙지법은 10일 강제동원 피해자들이 일본 기업들을 상대로 낸 소송을 각하했다.",
        "대법원이 10일 일본 쓰시마의 절에서 훔쳐 온 불상의 소유권이 일본 절에 있다고 판결했다. "
        "관방장관은 환영했다.",
        "일본 절이 낸 불상 인도 소송에서 대법원은 10일 원고 패소로 판결한 원심을 뒤집었다. 일본 "
        "정부는 환영했다.",
    ],
)
def test_courts_that_dismiss_overturn_or_award_are_told_as_those_that_grant(text):
    assert events(text) == [("dispute", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "서울고법은 10일 일본인 유학생을 때린 남성의 항소를 기각했다.",
        "헌법재판소는 10일 선거구 획정 헌법소원을 각하했다. 일본에도 비슷한 판결이 있다.",
    ],
)
def test_courts_at_home_are_no_quarrel(text):
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "정부는 10일 일본 국민에 대한 비자 면제를 중단하고 특별입국절차를 적용한다고 발표했다.",
        "정부는 일본의 입국 제한에 맞서 10일 일본인 사증 면제를 정지하기로 했다.",
        "일본 초계기가 10일 남해에서 한국 구축함에 저공으로 위협 비행을 했다고 국방부가 밝혔다.",
        "강제동원 피해자 측이 10일 일본 기업의 공탁금을 처음 받았다. 일본 정부는 항의했다.",
        "일본 해상보안청 순시선이 10일 동해에서 한국 어선을 나포했다.",
        "일본 해상자위대가 욱일기 게양 자제 요청을 거부하고 10일 관함식에 함정을 보내지 "
        "않겠다고 통보했다.",
    ],
)
def test_curbs_on_entry_seizures_and_flags_are_disputes(text):
    assert events(text) == [("dispute", "2026-03-10")]


@pytest.mark.parametrize(
    "text",
    [
        "일본 정부는 10일 모든 외국인의 입국을 제한한다고 발표했다.",
        "법무부는 10일 일본 야쿠자 조직원의 입국을 금지했다.",
    ],
)
def test_one_government_by_itself_is_not_both(text):
    assert events(text) == []


def test_a_shrine_that_is_shunned_is_not_visited():
    text = (
        "다카이치 사나에 일본 총리가 10일 야스쿠니신사에 공물을 바쳤다. 외교부는 유감을 표했다. "
        "다카이치 총리는 다음 달 9일 도쿄에서 열리는 한중일 정상회의를 앞두고 있어 참배를 "
        "피한 것으로 풀이된다."
    )

    assert [kind for kind, _ in events(text)].count("dispute") == 1


@pytest.mark.parametrize(
    "text",
    [
        "한국과 일본이 10일 여객선 운항을 다음 달부터 재개하기로 합의했다.",
        "한일 양국은 10일 워킹홀리데이 참가 횟수를 두 번으로 늘리기로 합의했다고 11일 밝혔다.",
        "한국과 일본은 10일 갈치 어획 할당량을 늘리는 데 합의했다.",
        "한일 양국 정부가 10일 단기 방문자의 사증 면제를 다시 시행하기로 했다.",
    ],
)
def test_what_the_two_settle_of_going_to_and_fro_or_fishing_is_an_agreement(text):
    assert events(text) == [("agreement", "2026-03-10")]


def test_a_symposium_for_a_jubilee_of_ties_is_its_celebration():
    text = (
        "한일 국교정상화 60주년을 기념하는 심포지엄이 10일 도쿄에서 열렸다. 주일 한국대사는 "
        "축사에서 교류를 늘리자고 했다."
    )

    assert ("anniversary", "2026-03-10") in events(text)


def test_a_leader_who_tells_of_the_call_of_the_day_before_called_then():
    text = (
        "이재명 대통령은 11일 기자들에게 전날 다카이치 사나에 총리와 나눈 통화 내용을 소개하며 "
        "생각이 같았다고 말했다."
    )

    assert events(text) == [("call", "2026-03-10")]


def test_talks_of_two_on_the_occasion_of_those_of_three_are_their_own():
    text = (
        "이재명 대통령과 다카이치 사나에 총리는 20일 베이징에서 한중일 정상회의를 계기로 "
        "정상회담을 할 예정이다."
    )

    assert ("summit", "2026-03-20") in events(text)


def topics(text):
    return set(read(text, PUBLISHED, "ko").drafts[0].topics)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        (
            "한국과 일본은 10일 서울에서 7광구 공동위원회를 열고 탐사 재개를 논의했다.",
            "energy_environment",
        ),
        ("한중일 문화장관회의가 10일 교토에서 열렸다.", "culture"),
        ("한일 관광 당국이 10일 부산에서 관광진흥협의회를 열었다.", "people_exchange"),
        ("일본 해상보안청이 10일 한국 어선을 나포했다. 외교부는 석방을 요구했다.", "fisheries"),
        ("일본이 10일 한국의 조선업 지원을 놓고 세계무역기구 분쟁해결 절차에 들어갔다.", "trade"),
    ],
)
def test_the_body_or_the_complaint_says_what_it_was_of(text, matter):
    assert matter in topics(text)


def test_a_zone_that_boats_may_not_enter_is_no_quarrel_over_land():
    text = (
        "한일 어업협상이 10일 도쿄에서 열렸으나 깨졌다. 양국 어선은 상대국 "
        "배타적경제수역(EEZ)에서 조업할 수 없다."
    )

    assert topics(text) == {"fisheries"}


def test_what_a_leader_would_not_say_was_talked_about_is_no_topic():
    text = (
        "이재명 대통령은 10일 다카이치 사나에 총리와 통화하고 공급망 협력을 논의했다. 이 대통령은 "
        "강제징용 문제가 거론됐느냐는 물음에는 구체적으로 답하지 않았다."
    )

    assert topics(text) == {"trade"}


def test_a_round_of_talks_that_is_to_be_sped_up_is_not_held():
    text = (
        "한중일 정상은 10일 서울에서 정상회의를 갖고 자유무역협정(FTA) 협상에 속도를 내기로 했다."
    )

    assert [kind for kind, _ in events(text)] == ["trilateral_summit"]


def test_a_summit_of_two_trades_is_only_called_so():
    text = '두 배우가 10일 부산에서 무대에 올랐다. 사회자는 "한일 연극의 정상회담"이라고 소개했다.'

    assert events(text) == []


@pytest.mark.parametrize(
    "meeting",
    ["한중일 경제통상장관회의", "한일중 산업·통상장관회의", "한중일 과학기술장관 회의"],
)
def test_ministers_of_two_fields_hold_talks_of_three(meeting):
    drafts = read(f"{meeting}가 30일 서울에서 열린다.", "2025-03-27", "ko").drafts

    assert [(d.kind, d.starts_on.day, len(d.countries)) for d in drafts] == [("ministerial", 30, 3)]


def test_a_column_on_this_day_in_history_is_no_news():
    text = "46년 전 오늘 광복절 기념식이 열린 서울의 극장에서 두 나라 사이를 흔든 총성이 울렸다."

    assert not read(text, "2020-08-15", "ko", "[오늘의 역사] 극장의 총성").drafts
