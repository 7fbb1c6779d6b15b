from datetime import date

import pytest

from news.pipeline.actors import split_clauses
from news.pipeline.clean import plain
from news.pipeline.date_phrases import find_dates
from news.pipeline.dates import Days, resolve
from news.pipeline.lexicon import lexicon
from news.pipeline.timing import Recent, read_dates

TUESDAY = date(2025, 6, 10)


def days_in(text, lang, tense="", before=None):
    """(first, last) of each phrase as ISO days, in text order."""
    text = plain(text)
    found = [resolve(p, TUESDAY, tense, before) for p in find_dates(text, lang)]
    return [(d.first.isoformat(), d.last.isoformat()) for d in found if d]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on June 9", "2025-06-09", "2025-06-09"),
        ("on 9 June 2025", "2025-06-09", "2025-06-09"),
        ("the 22nd of this month", "2025-06-22", "2025-06-22"),
        ("on the 27th of last month", "2025-05-27", "2025-05-27"),
        ("on the 9th of June", "2025-06-09", "2025-06-09"),
        ("2025-06-09", "2025-06-09", "2025-06-09"),
        ("from June 15 to 17", "2025-06-15", "2025-06-17"),
        ("June 15–17", "2025-06-15", "2025-06-17"),
        ("from June 30 to July 2", "2025-06-30", "2025-07-02"),
        ("on Dec. 23 and 24, 2019", "2019-12-23", "2019-12-24"),
        ("Nov. 2, 2015", "2015-11-02", "2015-11-02"),
        ("on Monday", "2025-06-09", "2025-06-09"),
        ("yesterday", "2025-06-09", "2025-06-09"),
        ("in September last year", "2024-09-01", "2024-09-30"),
        ("on Christmas Eve", "2024-12-24", "2024-12-24"),
        ("next week", "2025-06-16", "2025-06-22"),
        ("last month", "2025-05-01", "2025-05-31"),
        ("on the 5th and 6th", "2025-06-05", "2025-06-06"),
        ("from the 5th to the 7th", "2025-06-05", "2025-06-07"),
        ("Sunday and Monday", "2025-06-08", "2025-06-09"),
        ("Friday of last week", "2025-06-06", "2025-06-06"),
        ("last autumn", "2024-01-01", "2024-12-31"),
        ("on the evening before", "2025-06-09", "2025-06-09"),
        ("last night", "2025-06-09", "2025-06-09"),
    ],
)
def test_english_dates(text, first, last):
    assert days_in(text, "en", tense="past") == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("지난 9일", "2025-06-09", "2025-06-09"),
        ("오는 29일", "2025-06-29", "2025-06-29"),
        ("오는 26∼27일", "2025-06-26", "2025-06-27"),
        ("15일부터 17일까지", "2025-06-15", "2025-06-17"),
        ("6월 15~17일(현지시간)", "2025-06-15", "2025-06-17"),
        ("지난달 10일", "2025-05-10", "2025-05-10"),
        ("다음 달 3일", "2025-07-03", "2025-07-03"),
        ("내달 2일", "2025-07-02", "2025-07-02"),
        ("지난 3월 16일", "2025-03-16", "2025-03-16"),
        ("2015년 11월 2일", "2015-11-02", "2015-11-02"),
        ("2019년 12월", "2019-12-01", "2019-12-31"),
        ("어제", "2025-06-09", "2025-06-09"),
        ("전날", "2025-06-09", "2025-06-09"),
        ("다음 주 월요일", "2025-06-16", "2025-06-16"),
        ("지난 6월", "2025-06-01", "2025-06-30"),
        ("21일부터 이틀간", "2025-06-21", "2025-06-22"),
        ("30일~7월 2일", "2025-06-30", "2025-07-02"),
        ("98년 10월 8일", "1998-10-08", "1998-10-08"),
        ("사흘 전", "2025-06-07", "2025-06-07"),
        ("지난가을", "2024-01-01", "2024-12-31"),
        ("지난 주말", "2025-06-02", "2025-06-08"),
        ("하루 전", "2025-06-09", "2025-06-09"),
    ],
)
def test_korean_dates(text, first, last):
    assert days_in(text, "ko") == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("９日", "2025-06-09", "2025-06-09"),
        ("今月22日", "2025-06-22", "2025-06-22"),
        ("来月3日", "2025-07-03", "2025-07-03"),
        ("10日から12日まで", "2025-06-10", "2025-06-12"),
        ("15～17日", "2025-06-15", "2025-06-17"),
        ("12、13日", "2025-06-12", "2025-06-13"),
        ("3月16日", "2025-03-16", "2025-03-16"),
        ("2011年12月", "2011-12-01", "2011-12-31"),
        ("令和6年5月3日", "2024-05-03", "2024-05-03"),
        ("きょう", "2025-06-10", "2025-06-10"),
        ("来週の火曜日", "2025-06-17", "2025-06-17"),
        ("昨年11月", "2024-11-01", "2024-11-30"),
        ("13、14の両日", "2025-06-13", "2025-06-14"),
        ("7日から1泊2日の日程", "2025-06-07", "2025-06-08"),
        ("八日", "2025-06-08", "2025-06-08"),
        ("先月二十五日", "2025-05-25", "2025-05-25"),
        ("一九九八年十月八日", "1998-10-08", "1998-10-08"),
        ("一九七三年八月", "1973-08-01", "1973-08-31"),
        ("61年5月16日", "1961-05-16", "1961-05-16"),
        ("明治38年2月22日", "1905-02-22", "1905-02-22"),
        ("昨秋", "2024-01-01", "2024-12-31"),
        ("一昨日", "2025-06-08", "2025-06-08"),
        ("前日", "2025-06-09", "2025-06-09"),
    ],
)
def test_japanese_dates(text, first, last):
    assert days_in(text, "ja") == [(first, last)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("67일 만의 회담", "ko"),
        ("3일간 머문다", "ko"),
        ("52日での会談", "ja"),
        ("31日本では", "ja"),
        ("3日間の日程", "ja"),
        ("就任から5日という早さ", "ja"),
        ("わずか3日で", "ja"),
        ("불과 3일", "ko"),
        ("뜻을 전달했다", "ko"),
        ("the 15th round of talks", "en"),
        ("for the 10th straight year", "en"),
        ("the day before his visit", "en"),
        ("he may go and the troops march", "en"),
        ("on June 31", "en"),
    ],
)
def test_what_only_looks_like_a_date_means_no_day(text, lang):
    assert days_in(text, lang) == []


def test_a_date_relative_to_another_counts_from_it():
    before = Days(date(2025, 6, 22), date(2025, 6, 22), "DAY")

    assert days_in("two months later", "en", before=before) == [("2025-08-22", "2025-08-22")]
    assert days_in("이틀 뒤", "ko", before=before) == [("2025-06-24", "2025-06-24")]
    assert days_in("翌日", "ja", before=before) == [("2025-06-23", "2025-06-23")]


def test_the_same_year_is_that_of_the_date_before():
    before = Days(date(2015, 11, 2), date(2015, 11, 2), "DAY")

    assert days_in("같은 해 12월 28일", "ko", before=before) == [("2015-12-28", "2015-12-28")]
    assert days_in("同年12月28日", "ja", before=before) == [("2015-12-28", "2015-12-28")]


def test_the_tense_decides_which_thursday():
    assert days_in("Thursday", "en", tense="past") == [("2025-06-05", "2025-06-05")]
    assert days_in("Thursday", "en", tense="future") == [("2025-06-12", "2025-06-12")]


def test_an_article_dated_a_day_early_still_finds_its_past_day():
    assert days_in("Wednesday", "en", tense="past") == [("2025-06-11", "2025-06-11")]


def test_without_a_day_of_publication_only_a_full_date_is_known():
    phrases = find_dates("on June 9 and on Nov. 2, 2015", "en")

    assert [resolve(p, None, "past") for p in phrases] == [
        None,
        Days(date(2015, 11, 2), date(2015, 11, 2), "DAY"),
    ]


def owners(text, lang):
    words = lexicon(lang)
    text = plain(text)
    found = read_dates(text, words, TUESDAY, Recent(), split_clauses(text, words))
    return {text[t.phrase.start : t.phrase.end]: t.owner for t in found}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Lee will meet Ishiba on June 15, his office said Monday.",
            {"June 15": "event", "Monday": "reporting"},
        ),
        (
            "ko",
            "두 정상이 오는 15일 만난다고 대통령실이 9일 밝혔다.",
            {"오는 15일": "event", "9일": "reporting"},
        ),
        ("ko", "교도통신은 9일 두 정상이 만난다고 보도했다.", {"9일": "media"}),
        (
            "ja",
            "政府は9日、両首脳が15日に会談すると発表した。",
            {"15日": "event", "9日": "reporting"},
        ),
        ("en", "It is the first visit since December 2011.", {"December 2011": "background"}),
        ("en", "They met during a two-day visit.", {"two-day": "length"}),
        ("ja", "8日(日本時間9日)に会談した。", {"8日": "event", "9日": "aside"}),
        (
            "en",
            "They spoke on Monday after North Korea fired a missile on Sunday.",
            {"Monday": "event", "Sunday": "aside"},
        ),
        ("en", "The two launched a dialogue in Seoul on Friday.", {"Friday": "event"}),
        ("ko", "두 정상은 9일 북한 미사일 발사와 관련해 통화했다.", {"9일": "event"}),
        ("ja", "両外相は9日、ミサイル発射を受けて協議した。", {"9日": "event"}),
        ("ja", "9日のミサイル発射を受けて協議した。", {"9日": "aside"}),
        ("en", "The pact must be renewed by Aug. 24.", {"Aug. 24": "deadline"}),
        ("en", "The truce lasts until Friday.", {"Friday": "deadline"}),
        ("en", "Lee, elected on June 3, met Ishiba.", {"June 3": "background"}),
        ("ko", "정상회담을 닷새 앞둔 16일 제주는 분주했다.", {"16일": "aside"}),
        ("ko", "북한이 지난 8일 미사일을 쐈다.", {"지난 8일": "aside"}),
        ("ko", "양국은 24일까지 답하기로 했다.", {"24일": "deadline"}),
        ("ko", "두 정상은 13일부터 14일까지 만난다.", {"13일부터 14일": "event"}),
        ("ja", "北朝鮮が8日に弾道ミサイルを発射した。", {"8日": "aside"}),
        ("ja", "24日までに回答する。", {"24日": "deadline"}),
        ("ja", "4日に就任してから初めて会った。", {"4日": "background"}),
        ("ja", "首相は9日に就任後初めて電話で会談した。", {"9日": "event"}),
        ("ja", "22日に迎える国交正常化50年の準備を話し合う。", {"22日": "aside"}),
        ("ko", "22일로 다가온 수교 60주년을 논의한다.", {"22일": "aside"}),
        ("en", "They will discuss the June 22 anniversary.", {"June 22": "aside"}),
        ("ko", "지난 4일 취임한 대통령이 회담했다.", {"지난 4일": "background"}),
        ("ko", "9일 오전에는 총리와 취임 후 첫 회담을 했다.", {"9일": "event"}),
        ("ko", "9일 새로 취임한 총리와 회담했다.", {"9일": "event"}),
        ("ko", "9일 정상회담 이후 만찬을 했다.", {"9일": "event"}),
    ],
)
def test_each_date_has_an_owner(lang, text, expected):
    assert owners(text, lang) == expected


def days_told(lang, *sentences):
    """The days of the last sentence, the others read before it."""
    words, recent, found = lexicon(lang), Recent(), []
    for sentence in sentences:
        text = plain(sentence)
        found = read_dates(text, words, TUESDAY, recent, split_clauses(text, words))
        for timed in found:
            recent = recent.after(timed, TUESDAY)
    return [t.days.first.isoformat() for t in found if t.days]


@pytest.mark.parametrize(
    ("lang", "sentences", "expected"),
    [
        ("en", ["They met on June 7.", "A dinner was held on the evening before."], ["2025-06-06"]),
        ("ko", ["두 정상은 7일 만났다.", "전날 만찬에서 합의했다."], ["2025-06-06"]),
        (
            "ko",
            ["두 정상은 7일 만났다.", "총리는 전날 도착했다.", "이날 서명했다."],
            ["2025-06-07"],
        ),
        ("ko", ["회담이 7일 열렸다.", "다음은 21일에 열린다.", "이날 서명했다."], ["2025-06-07"]),
        ("ko", ["다음 회담은 21일에 열린다.", "이날 회담에서 서명한다."], ["2025-06-21"]),
        ("ja", ["昨年8月23日に会い、9月30日にも会った。"], ["2024-08-23", "2024-09-30"]),
        ("ja", ["昨年12月24日に会い、1月13日にも会った。"], ["2024-12-24", "2025-01-13"]),
        ("en", ["Tokyo gave notice on Jan. 23 that it would end the pact."], ["2025-01-23"]),
        ("en", ["Lee left on Monday, a day after he met Ishiba."], ["2025-06-09", "2025-06-08"]),
        ("ja", ["首相が15日に韓国を訪れることが決まった。"], ["2025-06-15"]),
        ("ko", ["총리가 15일 방한하는 것으로 확정됐다."], ["2025-06-15"]),
        ("en", ["They agreed on Thursday to meet on Saturday."], ["2025-06-05", "2025-06-14"]),
    ],
)
def test_a_day_leans_on_what_was_told_and_on_its_own_verb(lang, sentences, expected):
    assert days_told(lang, *sentences) == expected
