"""Days and people that only what stands beside them tells."""

from datetime import date

from tests.news.pipeline.record_knowledge import only, read


def test_on_the_same_day_is_the_day_that_lies_ahead_not_that_of_the_announcement():
    text = (
        "이재명 대통령이 30일 일본으로 떠난다. 31일에는 이시바 시게루 일본 총리, "
        "도널드 트럼프 미국 대통령과 셋이 만난다고 대통령실이 29일 밝혔다.\n"
        "이 대통령은 같은 날 이시바 총리와 양자 회담도 한다."
    )

    drafts = {d.kind: d for d in read(text, "2025-07-29", "ko").drafts}

    assert drafts["summit"].starts_on == date(2025, 7, 31)


def test_a_minister_of_the_two_whom_the_record_lacks_is_no_stranger():
    text = (
        "岩屋毅外相は24日未明、韓国のパク・ミンジュン外相とおよそ50分間会談しました。"
        "北朝鮮への対応で連携することを確かめました。"
    )

    draft = only(read(text, "2025-07-24", "ja"))

    assert (draft.kind, draft.countries) == ("ministerial", ("KR", "JP"))


def test_talks_told_as_past_on_the_day_of_the_paper_were_held_though_more_is_to_come():
    text = (
        "退任を控えた石破茂首相は30日、釜山に入り、李在明大統領との会談に臨んだ。"
        "双方に共通する悩みを話し合う協議の場を設けると記した文書をまとめた。首相は1日に帰国する。"
    )

    assert only(read(text, "2025-09-30", "ja")).status == "happened"


def test_the_same_day_as_something_past_is_none_that_lies_ahead():
    text = (
        "Foreign Ministers Cho Hyun and Takeshi Iwaya held talks in Tokyo on Thursday. They are to "
        "meet again on Aug. 25. On the same day President Lee Jae-myung and Prime Minister Shigeru "
        "Ishiba spoke by phone."
    )

    days = {d.kind: d.starts_on for d in read(text, "2025-08-15", "en").drafts}

    assert days["call"] == date(2025, 8, 14)
