"""What must hold for any input whatever."""

import time
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.knowledge import from_files
from news.pipeline import ArticleText, Knowledge, read_article
from news.pipeline.clean import READ_LIMIT
from news.pipeline.date_phrases import find_dates
from news.pipeline.telling import MOST_SENTENCES
from tests.news.pipeline.record_knowledge import article, record_knowledge
from tests.news.pipeline.test_articles import CALLS, SUMMITS
from tests.news.pipeline.test_variants import PARAGRAPHS, text_of

TEXTS = [text for _, _, text, _ in CALLS + SUMMITS] + [text_of(*PARAGRAPHS)]
WORDS = sorted({word for text in TEXTS for word in text.split()})
EMPTY = Knowledge((), (), ())


@cache
def with_events() -> Knowledge:
    return replace(record_knowledge(), events=from_files().events)


pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["\n", "\r\n", "😀", "\u0301", "１６日", "「", "」", '"', "(", "31日", "오는 31일"]
    ),
    st.text(max_size=6),
)
prose = st.lists(pieces, max_size=60).map(" ".join)
days = st.none() | st.dates()
# What dates are written with, to be joined without any spaces.
PARTS_OF_DATES = [
    *"一二三四五六七八九十〇元年月日の同翌両第0129１９²、・()~",
    *("昭和", "平成", "令和", "から", "泊", "週間", "か月", "前", "後", "来", "先", "上旬", "ぶり"),
    *(
        "지난",
        "다음",
        "오는",
        "달",
        "주",
        "년",
        "월",
        "일",
        "개월",
        "이틀",
        "세",
        "초",
        "·",
        "∼",
        " ",
    ),
    *("January", "Feb.", "Monday", "next", "two", "weeks", "ago", "later", "19", "th", "-", "from"),
]
langs = st.sampled_from(["", "en", "ko", "ja", "xx"])


def holds(given_article: ArticleText, knowledge: Knowledge) -> None:
    reading = read_article(given_article, knowledge)
    text = given_article.text
    assert reading.is_relevant == bool(reading.drafts)
    for draft in reading.drafts:
        assert draft.starts_on <= draft.ends_on
        for row in draft.evidence:
            assert text[row.start : row.end] == row.quote != ""
            assert text[row.sentence_start : row.sentence_end] == row.sentence
            assert row.sentence_start <= row.start < row.end <= row.sentence_end
    for aside in reading.set_aside:
        assert text[aside.start : aside.end] == aside.sentence


@settings(max_examples=150, deadline=None)
@given(text=prose, title=prose, published=days, lang=langs)
def test_any_words_are_read_without_error(text, title, published, lang):
    for knowledge in (record_knowledge(), with_events(), EMPTY):
        holds(ArticleText("a", "", "", lang, published, title, text), knowledge)


@settings(max_examples=400, deadline=None)
@given(
    text=st.lists(st.sampled_from(PARTS_OF_DATES), min_size=2, max_size=9).map("".join),
    lang=st.sampled_from(["en", "ko", "ja"]),
)
def test_dates_written_in_any_way_are_read_without_error(text, lang):
    for phrase in find_dates(text, lang):
        assert 0 <= phrase.start < phrase.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(
    text=st.sampled_from(TEXTS),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    cut=st.integers(0, 400),
    published=days,
)
def test_evidence_stands_in_any_spelling_of_a_real_text(text, form, cut, published):
    spelled = unicodedata.normalize(form, text)
    text = f"😀{spelled[:cut]}\r\n{spelled[cut:]}"

    holds(ArticleText("a", "", "", "", published, "", text), record_knowledge())


@pytest.mark.parametrize(("lang", "published", "text", "expected"), CALLS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_text_tells_the_same(lang, published, text, expected, form):
    reading = read_article(
        article(unicodedata.normalize(form, text), published, lang), record_knowledge()
    )

    assert [d.starts_on.isoformat() for d in reading.drafts] == [expected[0]]


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_do_no_harm(published):
    for text in TEXTS:
        holds(ArticleText("a", "", "", "", published, "", text), with_events())


@pytest.mark.parametrize(
    "unit",
    [
        *("a", " ", "\n", '"', "12일 ", "1-", "한일 정상회담 ", "、して、", "\u0301", TEXTS[-1]),
        "met" + " " * 60_000,
    ],
)
def test_ten_megabytes_are_read_in_seconds(unit):
    text = (unit * (10_000_000 // len(unit) + 1))[:10_000_000]
    begun = time.process_time()

    holds(article(text, "2025-06-10"), record_knowledge())

    # Generous: a pattern that backtracks takes hours here, not seconds.
    assert time.process_time() - begun < 30


def test_what_lies_beyond_the_limit_is_not_read():
    text = "x" * READ_LIMIT + "\n" + TEXTS[0]

    assert read_article(article(text, "2024-10-03"), record_knowledge()).drafts == ()


def test_what_comes_after_very_many_sentences_is_not_read():
    text = "It rained. " * MOST_SENTENCES + TEXTS[0]

    assert read_article(article(text, "2024-10-03"), record_knowledge()).drafts == ()


def test_without_knowledge_the_countries_are_still_told_apart():
    text = "Leaders of South Korea and Japan held a summit in Seoul on June 9."

    (draft,) = read_article(article(text, "2025-06-10"), EMPTY).drafts

    assert (draft.kind, draft.participants, draft.countries) == ("summit", (), ("KR", "JP"))
