from datetime import date

import pytest

from news.pipeline.clean import plain
from news.pipeline.people import Resolver, index_knowledge
from news.pipeline.values import Knowledge
from tests.news.pipeline.record_knowledge import record_knowledge


def named(text, lang, day, title=""):
    index = index_knowledge(record_knowledge())
    text = plain(text)
    resolver = Resolver.for_article(index, lang, date.fromisoformat(day), title, text)
    return [(p.slug, p.level, p.is_former) for p in resolver.mentions(text)]


def slugs(text, lang, day, title=""):
    return [slug for slug, _, _ in named(text, lang, day, title)]


@pytest.mark.parametrize(
    ("lang", "day", "text", "expected"),
    [
        ("en", "2015-03-01", "President Park spoke.", ["park-geun-hye"]),
        ("en", "2023-03-06", "Foreign Minister Park Jin spoke. Park smiled.", ["park-jin"] * 2),
        ("en", "2010-01-01", "President Lee spoke.", ["lee-myung-bak"]),
        ("en", "2025-07-01", "President Lee spoke.", ["lee-jae-myung"]),
        ("en", "2024-06-01", "Premier Li and Kishida met.", ["li-qiang", "kishida-fumio"]),
        ("en", "2015-06-01", "Premier Li met Abe.", ["li-keqiang", "abe-shinzo"]),
        ("ja", "2008-02-25", "福田首相は会談した。", ["fukuda-yasuo"]),
        ("ja", "1977-03-01", "福田首相は会談した。", ["fukuda-takeo"]),
        ("ko", "2008-02-25", "후쿠다 총리가 방한했다.", ["fukuda-yasuo"]),
        ("ko", "2023-03-16", "윤 대통령과 기시다 총리", ["yoon-suk-yeol", "kishida-fumio"]),
        ("ja", "2023-03-16", "尹氏は岸田首相と会談した。", ["yoon-suk-yeol", "kishida-fumio"]),
        ("ja", "2025-06-17", "イ・ジェミョン大統領", ["lee-jae-myung"]),
        ("en", "2005-01-01", "Koizumi spoke.", ["koizumi-junichiro"]),
    ],
)
def test_a_name_means_whom_office_and_day_say(lang, day, text, expected):
    assert slugs(text, lang, day) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Spokesperson Lee Kyu-min told a briefing."),
        ("en", "Parker and Leeds agreed."),
        ("ko", "이 문제는 윤리와 관련이 있다."),
        ("ja", "李さんの店は尹という名だ。"),
    ],
)
def test_a_surname_inside_another_name_or_word_means_nobody(lang, text):
    assert slugs(text, lang, "2025-07-01") == []


def test_a_minister_of_a_shared_surname_is_the_one_named_in_full():
    text = "Foreign Minister Cho Tae-yul left. Minister Cho returned."

    assert slugs(text, "en", "2024-10-04") == ["cho-tae-yul", "cho-tae-yul"]


def test_who_is_out_of_office_is_told_apart():
    found = named("President Park Geun-hye met former President Lee Myung-bak.", "en", "2025-06-10")

    assert [is_former for _, _, is_former in found] == [True, True]


def test_levels_follow_titles_and_terms():
    text = "President Lee Jae Myung and Foreign Minister Takeshi Iwaya"

    assert [level for _, level, _ in named(text, "en", "2025-06-20")] == ["leader", "minister"]


def test_an_office_without_a_name_means_its_holder():
    assert slugs("The Japanese prime minister left.", "en", "2023-03-16") == ["kishida-fumio"]
    assert slugs("首相は記者団に語った。", "ja", "2025-06-10") == ["ishiba-shigeru"]


def test_an_acting_president_leads_while_nobody_else_does():
    index = index_knowledge(record_knowledge())

    assert index.leaders_on(date(2025, 1, 13))["KR"] == "choi-sang-mok"
    assert index.leaders_on(date(2025, 6, 9))["KR"] == "lee-jae-myung"
    assert index.leaders_on(date(2024, 10, 1))["JP"] == "ishiba-shigeru"


def test_nobody_is_known_without_knowledge():
    index = index_knowledge(Knowledge((), (), ()))

    assert Resolver.for_article(index, "en", None, "", "Lee met Abe").mentions("Lee met Abe") == []


def test_a_leader_named_in_full_counts_though_the_terms_on_record_lag_behind():
    alone = "President Lee Jae-myung called Prime Minister Shigeru Ishiba. Lee spoke first."

    assert named(alone, "en", "2025-05-03")[0] == ("lee-jae-myung", "leader", False)


def test_a_leader_of_the_past_is_out_of_office_beside_the_one_of_today():
    both = "President Yoon Suk Yeol hosted Fumio Kishida. President Lee Jae-myung called him."

    assert named(both, "en", "2025-07-01")[0][2]
