"""What Korean newsrooms name beside their news: old talks, dropped plans, places, wishes."""

import pytest

from tests.news.pipeline.record_knowledge import read


def events(text, published, title=""):
    drafts = read(text, published, "ko", title).drafts
    return sorted((d.kind, d.starts_on.isoformat(), d.status) for d in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "전경련은 24일 일본 게이단렌과 기금 운영위원회를 열었다. 지난 16일 윤석열 대통령과 "
        "기시다 후미오 총리의 정상회담 합의에 따른 것이다.",
        "여야는 24일 외교통일위원회에서 지난 16일 한일 정상회담 결과를 놓고 공방을 벌였다.",
        "대통령실은 24일 브리핑에서 지난 16일 한일 정상회담에서 수산물 문제는 논의되지 "
        "않았다고 거듭 밝혔다.",
        "윤석열 대통령은 24일 국무회의에서 지난 16일 도쿄에서 열린 기시다 총리와의 정상회담 "
        "후속 조치를 서두르라고 지시했다.",
        "윤석열 대통령의 지지율이 35%로 떨어졌다. 16일 도쿄에서 열린 기시다 총리와의 "
        "정상회담에 대한 평가가 엇갈린 탓이다.",
    ],
)
def test_talks_some_days_old_on_which_something_else_is_built_are_no_news(text):
    assert events(text, "2023-03-24") == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "정부는 6일 관계부처 회의를 열고 지난달 30일 대법원의 강제징용 배상 판결 후속 대책을 "
            "논의했다. 일본 정부와의 협의도 검토한다.",
            "2018-11-06",
        ),
        (
            "시장은 3일 올랐다. 지난 27일 한일중 정상회의 뒤 협력 기대가 커졌다.",
            "2024-06-03",
        ),
        (
            "조사에서 이재명 대통령 지지율은 59%였다. 지난 23일 이시바 총리와 정상회담을 한 "
            "것이 영향을 줬다.",
            "2025-09-01",
        ),
    ],
)
def test_rulings_and_meetings_that_are_only_the_cause_are_no_news(text, published):
    assert events(text, published) == []


def test_what_is_settled_is_not_dated_by_the_talks_that_led_to_it():
    text = (
        "정부가 한일 지소미아 정상화 절차를 끝냈다. 외교부는 21일 종료 통보를 거둔다는 결정을 "
        "일본에 알렸다고 밝혔다. 지난 16일 한일 정상회담의 후속 조치다."
    )

    assert events(text, "2023-03-21") == [("agreement", "2023-03-21", "happened")]


def test_talks_of_the_day_before_remain_news_with_what_came_out_of_them():
    text = "정부는 16일 윤석열 대통령과 기시다 총리의 정상회담에서 나온 합의를 17일 공개했다."

    assert ("summit", "2023-03-16", "happened") in events(text, "2023-03-17")


def test_talks_a_week_old_are_no_news_where_one_later_sentence_recalls_them():
    text = (
        "경북도는 25일 하회마을 숙소를 점검했다. 이재명 대통령과 다카이치 총리는 13일 "
        "나라에서 만났다."
    )

    assert events(text, "2026-01-26") == []


@pytest.mark.parametrize(
    "text",
    [
        "다카이치 총재는 4일 야스쿠니 신사 참배에 대해 “적절히 판단하겠다”고 말했다.",
        "다카이치 총재는 4일 야스쿠니 신사를 참배할 것이냐는 질문에 답을 피했다.",
        "다카이치 총재가 4일 선출됐다. 학자들은 그가 야스쿠니 신사 참배를 미룰 것으로 봤다.",
        "다카이치 총재가 17일 야스쿠니 신사를 참배할 수 있다는 우려가 나온다.",
        "다카이치 총재가 17∼19일 야스쿠니신사를 참배하지 않을 것이라고 교도통신이 전했다.",
    ],
)
def test_a_shrine_visit_that_is_asked_about_foretold_or_left_undone_is_no_dispute(text):
    assert events(text, "2025-10-05") == []


@pytest.mark.parametrize(
    "text",
    [
        "정부는 15일 다카이치 장관의 야스쿠니 신사 참배에 대해 깊은 유감을 표명했다.",
        "다카이치 장관은 15일 야스쿠니 신사를 참배하지 않고 공물 대금을 봉납했다.",
    ],
)
def test_regret_at_a_shrine_visit_and_an_offering_instead_of_one_are_a_dispute(text):
    assert [e[:2] for e in events(text, "2025-08-16")] == [("dispute", "2025-08-15")]


@pytest.mark.parametrize(
    "text",
    [
        "이재명 대통령이 25일 고향에서 한일 회담을 해 보자고 했더니 다카이치 총리도 좋다고 했다.",
        "이재명 대통령은 25일 안동에서 다카이치 총리와 정상회담을 열면 좋겠다고 말했다.",
        "안동시가 25일 한일 정상회담 개최지로 거론되자 숙박업소를 점검했다. 다카이치 총리는 "
        "이재명 대통령에게 안동에 가 보고 싶다고 했다.",
        "안동시는 25일 한일 정상회담 유치 준비단을 꾸렸다. 이재명 대통령과 다카이치 총리의 "
        "만남이 기대된다.",
        "이재명 대통령과 다카이치 총리의 다음 정상회담 후보지로 25일 안동과 경주가 꼽혔다.",
    ],
)
def test_where_leaders_would_like_to_meet_is_no_meeting(text):
    assert events(text, "2026-01-26") == []


@pytest.mark.parametrize(
    "text",
    [
        "스가 총리와의 정상회담은 무산됐다. 한 신문은 문재인 대통령과 스가 총리가 24일 "
        "만난다고 보도했지만 오보가 됐다.",
        "한 통신사는 문재인 대통령과 스가 총리의 회담이 24일 열릴 것이라고 전했으나 결국 "
        "성사되지 않았다.",
        "문재인 대통령이 24일 도쿄에 가기로 했다고 알려졌지만 정해진 것은 없다.",
    ],
)
def test_a_meeting_that_papers_foretold_and_that_did_not_come_about_is_none(text):
    assert [e for e in events(text, "2021-07-25") if e[0] in ("summit", "visit")] == []


def test_a_headline_that_says_that_a_trip_is_not_made_tells_no_visit():
    text = (
        "문 대통령, 올림픽 방일 안 한다\n\n문재인 대통령이 일본 방문을 하지 않기로 했다. "
        "박수현 수석은 25일 이를 발표했다."
    )

    assert [e for e in events(text, "2021-07-25") if e[0] == "visit"] == []


def test_the_opening_of_games_remembers_nothing():
    text = "문재인 대통령이 30일 도쿄올림픽 개막식에 참석할지 스가 총리가 관심을 보였다."

    assert [e for e in events(text, "2021-07-25") if e[0] == "anniversary"] == []


def test_the_day_on_which_something_was_said_is_not_that_of_the_talks_it_announced():
    text = (
        "대통령실은 15일 한일 정상회담을 하기로 합의했다고 밝혔지만, 일본 정부는 정해진 "
        "것이 없다고 했다."
    )

    assert [e for e in events(text, "2022-09-16") if e[1] == "2022-09-15"] == []


def test_what_came_earlier_does_not_date_the_regret_that_is_told_before_it():
    text = (
        "일본 방위성이 28일 레이더 영상을 공개했다. 국방부는 유감을 표명했다. 앞서 20일 "
        "광개토대왕함이 초계기에 레이더를 조준했다고 일본은 주장했다."
    )

    assert events(text, "2018-12-30") == [("dispute", "2018-12-28", "happened")]


@pytest.mark.parametrize(
    "text",
    [
        "대통령실은 11일 윤석열 대통령이 15일 광복절 경축사에서 일본에 메시지를 낼 것이라고 "
        "밝혔다.",
        "윤석열 대통령이 15일 광복절 경축사에서 한일 관계의 방향을 밝힐 것으로 보인다.",
    ],
)
def test_a_speech_that_is_announced_is_given_on_its_own_day(text):
    assert events(text, "2022-08-11") == [("statement", "2022-08-15", "scheduled")]


@pytest.mark.parametrize(
    "body",
    [
        "관계 각료 회의를 열어",
        "각료회의를 갖고",
        "국가안전보장회의를 열어",
        "당정 연석회의를 열어",
    ],
)
def test_a_cabinet_that_meets_about_the_other_side_is_no_meeting_of_the_two(body):
    text = (
        f"스가 요시히데 총리가 13일 {body} 오염수를 바다에 흘려보내기로 했다. 한국 정부는 같은 날 "
        "주한 일본대사를 불러 항의했다. 문재인 대통령은 14일 내부 회의를 열어 대책을 지시했다."
    )

    assert events(text, "2021-04-14") == [("dispute", "2021-04-13", "happened")]


@pytest.mark.parametrize(
    "told",
    [
        "30일에는 캐나다와 호주 정상과도 잇따라 마주 앉았다.",
        "같은 날 베트남과 태국 총리와는 따로 만났다.",
        "이날 호주 총리와도 각각 회담했다.",
    ],
)
def test_leaders_of_other_countries_whom_one_of_the_two_saw_as_well_make_no_table_of_three(told):
    text = (
        "이재명 대통령과 다카이치 사나에 일본 총리가 30일 경주에서 정상회담을 했다. "
        f"이 대통령은 29일에는 트럼프 대통령과 회담했고, {told}"
    )

    assert events(text, "2025-10-31") == [("summit", "2025-10-30", "happened")]


@pytest.mark.parametrize(
    "told",
    [
        "JNN은 6일 문재인 대통령이 23일 일본을 방문하겠다는 뜻을 전해 왔다고 보도했다.",
        "한국일보는 6일 스가 총리가 한국을 방문하고 싶다는 의사를 내비쳤다고 보도했다.",
        "일본 정부는 6일 문 대통령이 오면 스가 총리가 정상회담에 응할 용의가 있다고 밝혔다.",
    ],
)
def test_what_somebody_would_like_or_is_willing_to_do_is_not_done(told):
    text = f"문재인 대통령과 스가 요시히데 총리의 만남을 두고 말이 많다. {told}"

    assert [e for e in events(text, "2021-07-06") if e[2] == "happened"] == []


def test_ministers_who_are_to_meet_each_year_from_now_on_have_not_met():
    text = (
        "윤석열 대통령과 기시다 후미오 총리, 리창 총리는 27일 서울에서 회의를 열어 "
        "정상회의와 외교장관회의를 끊김 없이 꾸준히 정례화하기로 했다."
    )

    assert events(text, "2024-05-28") == [("trilateral_summit", "2024-05-27", "happened")]


def test_a_weekday_of_a_headline_that_says_what_comes_is_no_day_of_last_week():
    title = "한미일 외교차관, 금요일 도쿄서 머리 맞댄다…새 정부 들어 처음"
    text = (
        "한국과 미국, 일본의 외교차관이 오는 금요일 도쿄에서 만난다. 박윤주 외교부 1차관이 17일 "
        "출국한다. 북한 문제를 논의한다.\n지난 11일에는 쿠알라룸푸르에서 3국 외교장관회의가 "
        "있었는데 이와야 다케시 외무상과 마코 루비오 국무장관이 참석했다."
    )

    assert events(text, "2025-07-16", title) == [("ministerial", "2025-07-18", "scheduled")]


def test_the_ministers_of_both_countries_are_not_those_who_argued_before():
    text = (
        "일본 정부가 2일 각의에서 한국을 백색국가에서 뺐다. 국회도 이를 규탄했다. 부총리는 "
        "맞대응을 예고했다. 시민들은 분노했다. 조세영 외교부 1차관은 나가미네 야스마사 "
        "주한 일본대사를 불러 항의했다.\n협상은 빈손으로 끝났다. 관계자들도 실망했다. "
        "양국 외교장관은 지난 목요일 방콕에서 양자회담을 했으나 입장 차만 확인했다. 강경화 "
        "장관은 결정을 미루자고 했지만 고노 다로 외무상은 답하지 않았다."
    )
    talks = [d for d in read(text, "2019-08-03", "ko").drafts if d.kind == "ministerial"]

    assert [d.participants for d in talks] == [("kang-kyung-wha", "kono-taro")]


def test_a_third_country_s_man_by_his_short_name_is_who_met_the_other_side():
    text = (
        "이재명 대통령이 1일 경주에서 시진핑 중국 국가주석과 만났다. 이 대통령은 한한령을 "
        "풀어 달라고 했다. 시 주석은 전날 다카이치 사나에 일본 총리와도 회담했다."
    )

    assert events(text, "2025-11-01") == []


@pytest.mark.parametrize(
    "text",
    [
        "청와대는 14일 문재인 대통령과 스가 총리의 약식 회담에 잠정 합의했지만 일본이 "
        "일방적으로 물렸다고 밝혔다.",
        "문재인 대통령의 방일 의사를 전달받은 일본 정부가 14일 대응을 논의했다. 스가 총리는 "
        "검토하겠다고 했다.",
    ],
)
def test_talks_that_one_side_drew_back_from_or_only_wished_for_were_not_held(text):
    assert events(text, "2021-06-15") == []


def test_talks_at_which_one_side_turned_down_a_demand_were_held():
    text = (
        "강경화 장관은 1일 방콕에서 고노 다로 외무상과 회담했지만 고노 외무상은 철회 요구에 "
        "응하지 않았다."
    )

    assert events(text, "2019-08-01") == [("ministerial", "2019-08-01", "happened")]


@pytest.mark.parametrize(
    ("deed", "count"),
    [
        ("두 정상은 다음 달 수소협력대화를 새로 띄우고, 공급망을 함께 챙기기로 했다.", 0),
        ("두 정상은 다음 달 자원협력대화와 수소협력대화를 출범시키기로 했다.", 0),
        ("양국 국장은 20일 한일 수소협력대화를 발족하고 첫 회의를 열었다.", 1),
    ],
)
def test_a_dialogue_that_leaders_set_up_has_not_met_yet(deed, count):
    text = (
        "한일중 세 나라 정상이 20일 서울에서 정상회의를 열었다. 윤석열 대통령과 기시다 후미오 "
        "총리, 리창 중국 총리가 참석했다.\n전날에는 윤 대통령과 기시다 총리가 한일 정상회담을 "
        f"했다. {deed}"
    )

    assert [kind for kind, *_ in events(text, "2024-05-21")].count("ministerial") == count


@pytest.mark.parametrize(
    "later",
    [
        "두 정상은 한일과 한미일이 힘을 합치는 일이 중요하다고 했다. 회담은 오후 6시 무렵 시작해 "
        "40분가량 진행됐다.",
        "두 사람은 지난달 한미일 정상회의에서 만난 뒤 한 달 만에 다시 만났다.",
    ],
)
def test_talks_of_two_are_not_those_of_the_three_whom_they_speak_of_or_sat_with_before(later):
    text = f"윤석열 대통령이 16일 리마에서 이시바 시게루 총리와 회담했다. {later}"

    assert events(text, "2024-11-17") == [("summit", "2024-11-16", "happened")]


def test_talks_that_one_side_puts_off_in_a_protest_are_no_event():
    text = (
        "일본 정부는 6일 부산 소녀상에 항의해 대사를 불러들이기로 했다. 스가 요시히데 "
        "관방장관은 대사를 돌아오게 하고, 고위급 경제협의를 미룬다고 발표했다. 한일 국장급 협의도 "
        "뒤로 미룰 방침이다."
    )
    told = [kind for kind, _, status in events(text, "2017-01-08") if status == "happened"]

    assert told == ["dispute"]
