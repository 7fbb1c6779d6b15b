"""Days in Japanese stories: of plans, of who tells of them, of what is added from the files."""

from datetime import date

import pytest

from news.pipeline.dates import resolve
from news.pipeline.dates_ja import find
from tests.news.pipeline.record_knowledge import read


def events(text, published, title=""):
    return sorted(
        (d.kind, d.starts_on.isoformat(), d.ends_on.isoformat(), d.status)
        for d in read(text, published, "ja", title).drafts
        if d.status in ("happened", "scheduled")
    )


def people(text, published):
    return [set(d.participants) for d in read(text, published, "ja").drafts]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("来月上旬", "2025-12-01", "2025-12-10"),
        ("来月初め", "2025-12-01", "2025-12-10"),
        ("来月前半", "2025-12-01", "2025-12-15"),
        ("来年1月中旬", "2026-01-11", "2026-01-20"),
        ("12月半ば", "2025-12-11", "2025-12-20"),
        ("今月下旬", "2025-11-21", "2025-11-30"),
        ("今月末", "2025-11-21", "2025-11-30"),
        ("2026年2月末", "2026-02-21", "2026-02-28"),
    ],
)
def test_a_part_of_a_month_is_those_days_of_it(words, first, last):
    phrase = next(iter(find(words)))

    days = resolve(phrase, date(2025, 11, 20), "future")

    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)
    assert days.precision == "WINDOW"


def test_a_whole_month_is_one():
    days = resolve(next(iter(find("来月"))), date(2025, 11, 20), "future")

    assert days.precision == "MONTH"


@pytest.mark.parametrize(
    "told",
    [
        "18日の記者会見で、",
        "18日午前の定例会見で、",
        "18日の閣議後会見で",
        "18日、臨時のブリーフィングで、",
    ],
)
def test_the_day_of_a_press_conference_is_not_that_of_the_talks_it_announces(told):
    text = (
        f"岩屋毅外相は{told}日中韓外相会談を22日に東京で開催すると発表した。岩屋氏が議長を務める。"
    )

    assert events(text, "2025-03-18") == [
        ("ministerial", "2025-03-22", "2025-03-22", "scheduled"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("高市首相は27日、李在明大統領と来月中旬に奈良で会談する方向で最終調整に入った。", 11, 20),
        ("韓国の李在明大統領は27日、来月の訪日で高市首相と会談する予定だと語った。", 1, 31),
        ("李在明大統領が来月下旬に日本を訪問する方向で調整していることが27日、分かった。", 21, 31),
    ],
)
def test_what_is_planned_for_weeks_ahead_is_not_on_the_day_of_the_plan(text, first, last):
    found = events(text, "2025-11-27")

    assert [each[1:] for each in found] == [
        (f"2025-12-{first:02}", f"2025-12-{last:02}", "scheduled"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "石破茂首相は30日にも韓国を訪れ、釜山で李在明大統領と会談する方向だ。",
        "石破茂首相が30日にも釜山で李在明大統領と会談する見通しとなった。",
    ],
)
def test_as_early_as_a_day_is_a_day_to_come(text):
    assert events(text, "2025-09-03") == [("summit", "2025-09-30", "2025-09-30", "scheduled")]


@pytest.mark.parametrize("told", ["就任からわずか9日後の", "発足から9日後という", "わずか9日後の"])
def test_days_counted_from_something_else_are_no_day_of_talks(told):
    text = (
        "李在明大統領は30日、慶州で高市早苗首相と首脳会談を行う。"
        f"会談は、高市首相の{told}実現となり、対面は初めてだ。"
    )

    assert [each[1] for each in events(text, "2025-10-29")] == ["2025-10-30"]


@pytest.mark.parametrize(
    "text",
    [
        "高市早苗首相と李在明大統領の会談を来年1月13、14両日に奈良市で開く方向で両政府が調整している。",
        "高市早苗首相と李在明大統領の会談を来年1月13、14両日に奈良市で開催することが固まった。",
        "高市早苗首相と李在明大統領の会談が来年1月13、14両日に奈良市で行われることになった。",
    ],
)
def test_day_and_place_may_stand_between_talks_and_their_verb(text):
    assert events(text, "2025-12-16") == [("summit", "2026-01-13", "2026-01-14", "scheduled")]


@pytest.mark.parametrize("day", ["昨年4月に", "4月に", "4月21日に"])
@pytest.mark.parametrize("verb", ["取りやめている", "中止しています", "見送っている"])
def test_a_journey_given_up_in_spring_is_not_ahead_in_winter(day, verb):
    text = (
        "安倍晋三首相が26日、靖国神社を参拝し、韓国政府は抗議した。"
        f"{day}麻生太郎副総理が参拝した際は、尹炳世外相が直後の訪日を{verb}。"
    )

    assert events(text, "2013-12-26") == [("dispute", "2013-12-26", "2013-12-26", "happened")]


@pytest.mark.parametrize("verb", ["会談している", "言葉を交わしています", "会っている"])
def test_a_meeting_added_from_the_files_is_no_news(verb):
    text = (
        "茂木敏充外相と韓国の趙顕外相は5日、電話で協議した。"
        f"高市首相は10月30日、慶州で李在明大統領と{verb}。"
    )

    assert events(text, "2025-11-06") == [("call", "2025-11-05", "2025-11-05", "happened")]


@pytest.mark.parametrize(
    "planned", ["失効する予定だった", "期限を迎えるはずだった", "終わる見通しだった"]
)
def test_the_day_on_which_a_pact_was_to_end_is_not_that_of_keeping_it(planned):
    text = (
        f"韓国政府は22日、23日午前0時に{planned}日韓の軍事情報包括保護協定の"
        "終了通告の効力を停止すると発表した。"
    )

    assert [each[1] for each in events(text, "2019-11-23")] == ["2019-11-22"]


@pytest.mark.parametrize("verb", ["見送られた", "見送りとなった", "見送られている"])
def test_a_summit_that_was_passed_over_did_not_take_place(verb):
    text = (
        "茂木敏充外相は26日、康京和外相とニューヨークで会談した。"
        f"国連総会に合わせた安倍首相と文在寅大統領の首脳会談は{verb}。"
    )

    assert [each[0] for each in events(text, "2019-09-27")] == ["ministerial"]


@pytest.mark.parametrize(
    "words",
    [
        "の就任式に林芳正外相を派遣する方針を固めた。就任式は10日に行われる。",
        "の就任式に林芳正外相が出席する方向で調整に入った。就任式は10日に行われる。",
        "の10日の就任式に林芳正外相が参列すると発表した。",
    ],
)
def test_who_is_sent_to_an_inauguration_visits(words):
    text = f"政府は2日、韓国の尹錫悦次期大統領{words}"

    assert events(text, "2022-05-02") == [("visit", "2022-05-10", "2022-05-10", "scheduled")]


@pytest.mark.parametrize(
    "words",
    [
        "所感は10日に発表されたもので、石破首相は「教訓を胸に刻む」としていた。",
        "石破首相は10日に所感を公表し、植民地支配にも触れた。",
        "10日に出された所感は、先の大戦に至った経緯を省みた。",
        "所感を10日に示した石破首相は、教訓を語った。",
    ],
)
def test_remarks_have_the_day_on_which_they_were_made(words):
    text = f"韓国外務省は11日、石破茂首相の戦後80年の所感に注目していると論評した。\n{words}"

    assert events(text, "2025-10-11")[0][:2] == ("statement", "2025-10-10")


@pytest.mark.parametrize(
    "asked", ["への閣僚出席について問われ", "に出るかどうかを聞かれ", "への対応を尋ねられ"]
)
def test_a_ceremony_that_a_minister_is_asked_about_is_no_quarrel(asked):
    text = f"茂木敏充外相は20日の会見で、「竹島の日」の式典{asked}「適切に判断する」と述べた。"

    assert events(text, "2025-12-20") == []


@pytest.mark.parametrize(
    "guests",
    [
        "韓日議員連盟の代表団と官邸で",
        "韓国の国会議員団と首相官邸で",
        "「韓国訪問団」と官邸で約20分間",
    ],
)
def test_a_delegation_received_is_no_summit(guests):
    text = f"高市首相は5日、{guests}面会した。"

    assert people(text, "2025-12-05") == [{"takaichi-sanae"}]


@pytest.mark.parametrize("how", ["35分ほど", "ソウルで", "初めて", "1時間半"])
def test_a_sentence_may_close_with_the_noun_for_talks(how):
    text = f"林芳正外相は18日夜、朴振韓国外相と{how}会談。徴用工問題を取り上げた。"

    assert [each[:2] for each in events(text, "2023-02-19")] == [("ministerial", "2023-02-18")]


@pytest.mark.parametrize(
    "deed",
    [
        "李在明大統領との会談に向け、岩屋毅外相らと官邸で協議した。",
        "韓国の李在明大統領との会談を前に、岩屋外相と対応を話し合った。",
        "李在明大統領を迎える準備について岩屋毅外相と協議した。",
    ],
)
def test_a_premier_and_his_minister_are_no_summit(deed):
    text = f"石破茂首相は19日、{deed}日韓首脳会談は23日に開かれる。"

    assert events(text, "2025-08-19") == [("summit", "2025-08-23", "2025-08-23", "scheduled")]


def test_a_premier_and_his_minister_may_meet_the_other_side_together():
    text = "石破茂首相は19日、韓国の李在明大統領、趙顕外相と会談した。"

    assert [each[:2] for each in events(text, "2025-08-19")] == [("summit", "2025-08-19")]


@pytest.mark.parametrize("stayed", ["日本を訪れず、ロンドンで", "来日せず、第三国で"])
def test_who_does_not_come_may_be_met_elsewhere(stayed):
    text = f"茂木敏充外相は5日、韓国の鄭義溶外相とは{stayed}会談した。"

    assert [each[:2] for each in events(text, "2021-05-06")] == [("ministerial", "2021-05-05")]
