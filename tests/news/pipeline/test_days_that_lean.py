"""Days told by leaning on another day, and what never took place on any."""

from datetime import date

import pytest

from tests.news.pipeline.record_knowledge import only, read


def drafts(text: str, published: str, lang: str = "en"):
    return {d.kind: d for d in read(text, published, lang).drafts}


def test_a_day_earlier_leans_on_the_day_of_the_plan_and_not_on_that_of_the_paper():
    text = (
        "President Park Geun-hye will receive Prime Minister Shinzo Abe in Seoul on Nov. 2, her "
        "office announced on Wednesday. A day earlier, Park is to chair a meeting with Abe and "
        "Chinese Premier Li Keqiang."
    )

    found = drafts(text, "2015-10-28")

    assert found["summit"].starts_on == date(2015, 11, 2)
    assert found["trilateral_summit"].starts_on == date(2015, 11, 1)


def test_the_same_afternoon_is_that_of_the_visit_and_not_of_who_announced_it():
    text = (
        "President Lee Jae Myung crosses to Japan next week. He arrives in Nara on Tuesday for two "
        "days, the presidential office said on Friday, and sits down the same afternoon with Prime "
        "Minister Sanae Takaichi."
    )

    draft = only(read(text, "2026-01-09", "en"))

    assert (draft.starts_on, draft.status) == (date(2026, 1, 13), "scheduled")


def test_a_stay_that_opens_on_tuesday_is_to_come_though_it_was_made_known_on_friday():
    text = (
        "Prime Minister Sanae Takaichi arrives in Andong for a two-day stay that opens with a "
        "summit with President Lee Jae Myung on Tuesday, both governments made known on Friday."
    )

    assert only(read(text, "2026-05-15", "en")).starts_on == date(2026, 5, 19)


def test_this_day_in_a_schedule_is_the_day_of_the_schedule():
    text = (
        "핵안보정상회의에 참석하는 박근혜 대통령이 31일 미국, 일본 정상과 차례로 만난다. "
        "청와대가 29일 공개한 일정을 보면 박 대통령은 이날 오전 버락 오바마 대통령, 아베 신조 "
        "총리와 3국 정상회의를 열어 제재 이행을 논의한다."
    )

    assert drafts(text, "2016-03-29", "ko")["trilateral_summit"].starts_on == date(2016, 3, 31)


def test_a_past_verb_takes_a_day_of_the_past_over_one_months_ahead():
    text = (
        "安倍晋三首相は26日、東京・九段北の靖国神社に参拝した。韓国政府は強く反発した。"
        "春と秋の例大祭では、首相は4月21日と10月17日に供え物の「真榊」を納め、8月15日には代理を"
        "通じて玉串料を納めるにとどめていた。"
    )

    assert [d.starts_on for d in read(text, "2013-12-27", "ja").drafts] == [date(2013, 12, 26)]


def test_a_bare_day_takes_the_month_named_before_it():
    text = (
        "Thursday marks 60 years since Korea and Japan normalized their ties, and Japan's embassy "
        "in Seoul will hold a reception. Larger ceremonies took place in June, in Seoul on the "
        "16th and in Tokyo on the 19th, when Prime Minister Shigeru Ishiba attended."
    )

    assert [d.starts_on for d in read(text, "2025-12-17", "en").drafts] == [date(2025, 12, 18)]


def test_where_a_minister_heads_next_gives_his_talks_no_day():
    text = (
        "Cho Hyun, in office since last week, went to Tokyo and spent Tuesday evening with his "
        "Japanese counterpart.\nTakeshi Iwaya thanked him for the choice. Over talks and a working "
        "dinner the ministers decided to go on with the leaders' visits. They promised closer "
        "three-way work with the United States, where Cho heads on Wednesday, and compared their "
        "readings of North Korea."
    )

    assert [d.starts_on for d in read(text, "2025-07-29", "en").drafts] == [date(2025, 7, 29)]


@pytest.mark.parametrize(
    "text",
    [
        "There will be no one-on-one meeting between President Moon Jae-in and Prime Minister "
        "Shinzo Abe when world leaders gather in Osaka this week, an official said on Tuesday.",
        "Prime Minister Shinzo Abe has never received President Moon Jae-in, nor been received by "
        "him. Both held parties at home on Monday evening.",
    ],
)
def test_what_never_took_place_or_will_not_is_no_meeting(text):
    assert not read(text, "2019-06-25", "en").drafts


def test_a_treaty_of_fifty_years_earlier_was_not_signed_on_the_evening_of_the_party():
    text = (
        "President Park Geun-hye walked into a Seoul ballroom on Monday evening as guest of the "
        "Japanese ambassador at a reception for the 50th anniversary of ties. Fifty years earlier "
        "the two countries had signed the treaty that gave them diplomatic relations."
    )

    assert "agreement" not in drafts(text, "2015-06-23")


def test_an_initialling_is_an_event_while_it_is_fresh():
    text = "한국과 일본은 14일 도쿄에서 한일 군사비밀정보보호협정에 가서명했다고 국방부가 밝혔다."

    assert only(read(text, "2016-11-14", "ko")).kind == "agreement"


def test_the_day_of_an_arrival_is_that_of_the_visit():
    text = (
        "SEOUL, Jan. 9 — President Lee Jae Myung leaves for Japan on Tuesday for a two-day stay in "
        "Nara, the home ground of Prime Minister Sanae Takaichi, his office said Friday.\nThe two "
        "are to sit down on the day of his arrival, followed by dinner and some time together on "
        "Wednesday morning at a local temple."
    )

    assert drafts(text, "2026-01-09")["summit"].starts_on == date(2026, 1, 13)


def test_what_is_to_come_after_talks_leaves_the_talks_held():
    text = (
        "Under the arrangement that Foreign Minister Yun Byung-se and his Japanese visitor, Fumio "
        "Kishida, made public after their talks on Monday, Japan will put one billion yen into a "
        "foundation for the survivors."
    )

    assert {d.status for d in read(text, "2015-12-28", "en").drafts} == {"happened"}


def test_a_concert_called_summit_is_none():
    text = (
        "두 나라를 대표하는 재즈 피아니스트가 한 무대에 오른다. 공연 제목은 '정상회담'. 다음 달 "
        "5일 서울에서 열린다. 기획사는 지난해 8월 윤석열 대통령과 기시다 후미오 총리가 나란히 걷는 "
        "사진을 보고 제목을 떠올렸다고 한다."
    )

    assert not read(text, "2024-03-12", "ko", title="재즈 '한일 정상회담' 무대에").drafts
