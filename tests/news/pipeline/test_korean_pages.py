"""What long Korean pages tell beside their news: others, remarks, tables of two and of three."""

import pytest

from tests.news.pipeline.record_knowledge import read


def drafts(text, published, title=""):
    return read(text, published, "ko", title).drafts


def events(text, published, title=""):
    found = drafts(text, published, title)
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in found)


THREE_MINISTERS = (
    "조태열 외교부 장관과 이와야 다케시 일본 외무상, 왕이 중국 외교부장이 22일 도쿄에서 한일중 "
    "외교장관회의를 했다. "
)


def test_the_chinese_minister_is_known_by_his_surname_and_office():
    text = THREE_MINISTERS + "조 장관은 회의에 앞서 21일 왕 부장과 50분간 양자회담을 했다."

    assert events(text, "2025-03-23") == [("ministerial", "2025-03-22", "happened")]


def test_whom_one_of_three_then_saw_alone_makes_talks_of_two():
    text = THREE_MINISTERS + (
        "조 장관은 앞서 호텔에 들렀다. 이어 22일 오후에는 이와야 외무상과 회담해 수교 60주년 "
        "사업을 점검했다."
    )

    tables = [(d.countries, "normalization" in d.topics) for d in drafts(text, "2025-03-23")]
    assert tables == [(("KR", "JP", "CN"), False), (("KR", "JP"), True)]


def test_officials_who_meet_apart_do_so_on_the_days_of_the_table_of_three():
    text = (
        "한국과 미국, 일본의 외교차관이 18일 도쿄에서 만난다. 박윤주 외교부 1차관은 한미일 "
        "외교차관협의회에 참석하려고 17∼18일 일본을 방문한다고 외교부가 밝혔다. 이 협의체가 "
        "열리기는 처음이다. 2015년에 시작됐다. 올해로 10년이 됐다.\n박 차관은 도쿄에 머무는 "
        "동안 후나코시 다케히로 사무차관과 따로 한일 외교차관 협의도 할 예정이다."
    )

    tables = {d.countries for d in drafts(text, "2025-07-16")}
    assert tables == {("KR", "JP", "US"), ("KR", "JP")}


@pytest.mark.parametrize(
    "more",
    [
        "취임 뒤 박 대통령과 아베 총리가 마주 앉은 것은 처음이다.",
        '아베 총리는 "박근혜 대통령님, 만나서 반갑습니다"라고 인사했다.',
        "박 대통령과 아베 총리가 마주 앉은 것은 처음이다. 북한은 회담이 끝날 무렵 미사일을 쐈다.",
    ],
)
def test_what_is_remarked_on_talks_of_three_makes_none_of_two(more):
    text = (
        "박근혜 대통령과 오바마 미국 대통령, 아베 신조 일본 총리가 25일 헤이그에서 45분간 "
        f"한미일 정상회담을 했다. {more}"
    )

    assert events(text, "2014-03-26") == [("trilateral_summit", "2014-03-25", "happened")]


@pytest.mark.parametrize(
    "more",
    [
        "문재인 대통령과 아베 총리는 말을 아꼈다. 판문점에서는 30일 남북미 정상이 만났다.",
        "문재인 대통령은 아베 총리와 달리 말을 아꼈다. 30일에는 피폭자들을 만났다.",
    ],
)
def test_whom_others_met_that_week_is_no_summit_of_the_two(more):
    text = (
        "일본 정부가 1일 한국에 대한 반도체 소재 수출규제를 발표했다. 조현 외교부 1차관은 주한 "
        f"일본대사를 초치해 항의했다. {more}"
    )

    assert [e for e in events(text, "2019-07-02") if e[0] != "dispute"] == []


def test_a_summit_hoped_for_beside_next_months_gathering_is_not_of_tomorrow():
    text = (
        "강경화 외교부 장관과 모테기 도시미쓰 외무상이 23일 나고야에서 회담할 예정이다. 다음 달 "
        "청두에서 열리는 한중일 정상회의를 계기로 한일 정상회담을 여는 방안도 조율하고 있다."
    )

    assert [e for e in events(text, "2019-11-22") if e[1] == "2019-11-23"] == [
        ("ministerial", "2019-11-23", "scheduled")
    ]


def test_a_dialogue_that_is_to_be_taken_up_again_is_not_held():
    text = (
        "정부가 22일 한일 군사정보보호협정 종료 통보의 효력을 정지하기로 했다. 경제산업성은 "
        "수출관리 정책 대화를 국장급으로 재개한다고 발표했다. 강경화 장관은 23일 나고야에서 "
        "모테기 도시미쓰 외무상과 회담할 예정이다."
    )

    assert ("agreement", "2019-11-22", "happened") in events(text, "2019-11-23")


def topics(text, published, kind):
    return {t for d in drafts(text, published) if d.kind == kind for t in d.topics}


def test_what_two_leaders_once_argued_about_is_no_topic_of_a_protest_of_now():
    text = (
        "이명박 대통령이 10일 독도를 방문했다. 겐바 고이치로 외무상은 주일대사를 불러 항의했다. "
        "두 정상은 지난해 12월 교토에서 위안부 문제를 놓고 맞섰다."
    )

    assert topics(text, "2012-08-11", "dispute") == {"territory"}


@pytest.mark.parametrize(
    "more",
    [
        "두 정상은 신뢰를 강조했지만 독도 문제는 꺼내지 않았다.",
        "윤석열 전 대통령은 2023년 3월 도쿄를 찾아 기시다 후미오 당시 총리와 회담하고 강제징용 "
        "해법을 설명했다.",
        "아베 총리는 지난해 12월 26일 야스쿠니신사를 참배했다. 스가 장관은 고노 담화를 "
        "검증하겠다고 했다.",
    ],
)
def test_what_was_not_brought_up_and_old_quarrels_are_no_topics(more):
    text = (
        "이재명 대통령이 17일 캐나다에서 이시바 시게루 일본 총리와 정상회담을 했다. 두 정상은 "
        f"공급망 협력을 논의했다.\n{more}"
    )

    assert topics(text, "2025-06-18", "summit") == {"trade"}


def test_what_follows_a_rite_and_talks_told_in_one_sentence_is_of_the_talks():
    text = (
        "윤석열 대통령은 21일 기시다 후미오 총리와 한국인 원폭 희생자 위령비에 나란히 헌화한 뒤 "
        "35분간 정상회담을 했다. 두 정상은 공급망 협력을 이어가기로 했다."
    )

    assert topics(text, "2023-05-22", "anniversary") == {"history"}


def test_a_paper_named_for_its_reporter_does_not_make_a_sentence_one_of_the_press():
    text = (
        "박근혜 대통령과 아베 신조 총리가 2일 청와대에서 정상회담을 했다. 아베 총리는 "
        "자유무역협정과 관련해 귀를 기울이겠다고 했고, 산케이신문 전 지국장 기소 문제를 꺼냈다."
    )

    assert "trade" in topics(text, "2015-11-03", "summit")


def test_three_countries_whose_work_two_leaders_agree_on_do_not_sit_with_them():
    text = (
        "문재인 대통령과 아베 신조 일본 총리가 24일 청두에서 45분간 정상회담을 했다. 문 대통령은 "
        "수출규제를 되돌려 달라고 했다. 아베 총리는 답을 내놓으라고 했다. 두 정상은 북핵 문제에서 "
        "한미일 공조가 중요하다는 데 뜻을 같이했다. 앞서 두 정상은 리커창 중국 총리와 제8차 "
        "한중일 정상회의를 했다."
    )

    found = drafts(text, "2019-12-25", "문 대통령·아베 45분 회담")
    assert [d.countries for d in found] == [("KR", "JP"), ("KR", "JP", "CN")]


def test_who_rings_to_say_something_has_called():
    text = (
        "윤병세 외교부 장관과 기시다 후미오 일본 외무상이 28일 위안부 문제에 합의했다. 아베 신조 "
        "총리는 이날 저녁 박근혜 대통령과 15분간 통화해 사죄의 뜻을 전했다."
    )

    assert ("call", "2015-12-28", "happened") in events(text, "2015-12-29")


def test_officials_of_three_who_meet_on_security_hold_talks():
    text = (
        "국방부는 한미일 안보회의를 14일 워싱턴에서 연다고 12일 밝혔다. 허태근 국방정책실장이 "
        "참석한다."
    )

    assert events(text, "2023-04-12") == [("ministerial", "2023-04-14", "scheduled")]


def test_talks_that_go_on_after_three_countries_were_spoken_of_are_of_the_two():
    text = (
        "문재인 대통령과 아베 신조 일본 총리가 24일 청두에서 45분간 정상회담을 했다. 한일 "
        "정상회담은 지난해 9월 뉴욕 이후 15개월 만이다. 두 정상은 한미일 협력을 재확인했다. "
        "회담에 이어 만찬에서는 안동소주가 나왔다."
    )

    assert events(text, "2019-12-25") == [("summit", "2019-12-24", "happened")]


def test_what_one_did_then_is_of_the_day_told_last_and_not_of_tomorrow():
    text = (
        "리창 중국 총리가 26일 서울에 도착해 윤석열 대통령과 회담했다. 양측은 대화를 신설한다. "
        "윤 대통령은 이어 기시다 후미오 일본 총리와 50분간 정상회담을 했다. 세 정상은 27일 "
        "한일중 정상회의를 연다."
    )

    assert events(text, "2024-05-27") == [
        ("summit", "2024-05-26", "happened"),
        ("trilateral_summit", "2024-05-27", "scheduled"),
    ]


@pytest.mark.parametrize(
    "more",
    [
        "다카이치 후보는 '다케시마의 날' 행사에 각료를 보내자고 강조했다.",
        "정경두 국방부 장관은 지소미아가 아직 유효하다고 강조했다.",
    ],
)
def test_what_somebody_who_was_not_there_calls_for_is_no_topic(more):
    text = (
        "강경화 외교부 장관이 26일 뉴욕에서 모테기 도시미쓰 일본 외무상과 회담했다. 강 장관은 "
        f"수출규제를 거두라고 했다.\n{more}"
    )

    assert topics(text, "2019-09-27", "ministerial") == {"trade"}


def test_officials_whose_talks_come_after_a_row_over_a_radar_do_not_speak_of_defence():
    text = (
        "이와야 다케시 방위상은 21일 한국 해군이 20일 초계기에 레이더를 비췄다고 발표했다. "
        "외무성은 항의했다. 24일 서울에서는 한일 국장급 협의가 강제징용 판결을 놓고 열린다."
    )

    assert topics(text, "2018-12-22", "ministerial") == {"forced_labor"}


def test_an_accord_called_by_its_year_does_not_make_what_is_said_of_it_old():
    text = (
        "문재인 대통령은 28일 2015년 위안부 합의에 대해 절차와 내용에 흠결이 있다며 이 합의로 "
        "문제가 해결될 수 없다고 밝혔다. 외교부 태스크포스는 전날 보고서를 냈다. 고노 다로 "
        "외무상은 담화를 냈다. 일본 정부는 항의했다. 강경화 장관은 19일 도쿄에서 고노 외무상과 "
        "회담했다."
    )

    assert [d.participants for d in drafts(text, "2017-12-28")] == [("moon-jae-in",)]


def test_what_a_speaker_said_as_well_is_a_matter_of_the_speech():
    text = (
        "문재인 대통령은 15일 광복절 경축식에서 일본이 나온다면 손을 잡을 것이라고 했다. 과거를 "
        "성찰하는 것은 매달리는 것이 아니라고도 했다."
    )

    assert topics(text, "2019-08-16", "statement") == {"history"}
