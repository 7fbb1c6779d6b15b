"""What a government's own page is read as: points, promises, and nothing from silence."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.pipeline import ArticleText, read_article
from news.pipeline.people import index_knowledge
from news.pipeline.readout_words import WORDS, readout_words
from news.pipeline.readouts import read_readout
from news.pipeline.values import STANCES
from tests.news.pipeline.readout_labels import as_article, figures, pages, reading_of
from tests.news.pipeline.record_knowledge import _rows, record_knowledge

LANGS = ("en", "ko", "ja")
CALL = "Prime Minister Shigeru Ishiba held a telephone talk with President Lee Jae-myung on June 9."


def readout(text, issuer="JP", lang="en", published=date(2025, 6, 9)):
    article = ArticleText("a", "https://example.org/a", "", lang, published, "", text, issuer)
    return read_article(article, record_knowledge()).drafts[0].readout


def told(text, **of):
    return [(row.topic, row.stance) for row in readout(f"{CALL} {text}", **of).points]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("split", ["tuning", "held_out"])
def test_points_are_read_by_topic_and_stance(lang, split):
    points, _commitments = figures(lang, split)

    floor = 0.88 if split == "tuning" else 0.75
    assert points.precision >= floor
    assert points.recall >= floor


@pytest.mark.parametrize("lang", LANGS)
def test_promises_are_read_with_their_deadline_and_who_made_them(lang):
    for split in ("tuning", "held_out"):
        _points, commitments = figures(lang, split)

        assert commitments.precision >= 0.8
        assert commitments.recall >= 0.8


def test_there_are_at_least_four_pages_in_each_language_to_make_rules_with():
    assert all(
        Counter((page["lang"], page["split"]) for page in pages())[lang, "tuning"] >= 4
        for lang in LANGS
    )


@pytest.mark.parametrize("page", pages(), ids=lambda page: page["id"])
def test_every_passage_stands_in_the_page_as_it_was_given(page):
    draft = reading_of(page["id"]).drafts[0]
    topics = {row["slug"] for row in _rows("topics")} | {""}

    assert draft.kind == page["event"]["kind"]
    assert draft.starts_on == date.fromisoformat(page["event"]["start"])
    for row in (*draft.readout.points, *draft.readout.commitments):
        passage = row.passage
        assert page["text"][passage.start : passage.end] == passage.quote
        begins = passage.sentence_start
        assert page["text"][begins : begins + len(passage.sentence)] == passage.sentence
        assert passage.quote in passage.sentence
    assert {row.topic for row in draft.readout.points} <= topics
    assert {row.stance for row in draft.readout.points} <= set(STANCES)
    assert all(0 < row.confidence <= 1 for row in draft.readout.points)


def test_a_newspaper_page_is_nobodys_account():
    article = as_article(pages()[0], issuer="")

    assert read_article(article, record_knowledge()).drafts[0].readout is None


def test_a_meeting_still_to_come_has_no_account():
    text = (
        "Prime Minister Shigeru Ishiba will hold a telephone talk with President Lee Jae-myung on "
        "June 12. The two leaders agreed to resume shuttle diplomacy."
    )
    article = ArticleText("a", "", "", "en", date(2025, 6, 9), "", text, "JP")

    drafts = read_article(article, record_knowledge()).drafts
    assert [draft.status for draft in drafts] == ["scheduled"]
    assert drafts[0].readout is None


def test_what_one_says_is_raised_and_what_both_say_is_agreed():
    assert told("Prime Minister Ishiba raised the abductions.") == [("north_korea", "RAISED")]
    assert told("The two leaders confirmed the return of the abductees as a goal.") == [
        ("north_korea", "AGREED")
    ]
    assert told("North Korea was also discussed.") == [("north_korea", "MENTIONED")]


def test_one_sentence_with_both_sides_is_two_points():
    assert told(
        "The two leaders agreed to work together on North Korea, and President Lee stated that "
        "export controls should be lifted."
    ) == [("north_korea", "AGREED"), ("export_controls", "RAISED")]


def test_what_was_not_talked_about_is_no_point():
    found = told("The two leaders discussed North Korea. Dokdo was not discussed.")

    assert found == [("north_korea", "MENTIONED")]
    assert "territory" not in {topic for topic, _stance in found}
    assert readout(f"{CALL} The comfort women were not mentioned.") is None


def test_without_a_subject_it_is_the_one_who_spoke_but_what_was_agreed_is_of_both():
    opening = "6月9日、石破茂内閣総理大臣は、李在明韓国大統領と電話会談を行いました。"
    raised = "石破総理から、北朝鮮への懸念を述べました。また、貿易についても述べました。"
    agreed = "また、漁業分野で協力することで一致しました。"

    points = readout(opening + raised + agreed, lang="ja").points
    assert [(row.topic, row.stance) for row in points] == [
        ("north_korea", "RAISED"),
        ("trade", "RAISED"),
        ("fisheries", "AGREED"),
    ]


def test_a_heading_gives_its_topic_to_what_has_none_of_its_own():
    text = (
        "6月9日、石破茂内閣総理大臣は、李在明韓国大統領と電話会談を行いました。\n\n"
        "1 旧朝鮮半島出身労働者問題\n石破総理から、日本の立場を述べ、適切な対応を求めました。\n\n"
        "2 日韓関係\n石破総理から、関係を大切にしたい旨述べました。"
    )

    points = readout(text, lang="ja").points
    assert [(row.topic, row.stance) for row in points] == [
        ("forced_labor", "RAISED"),
        ("", "RAISED"),
    ]
    assert points[0].rule.endswith("heading")


def test_good_will_is_no_promise_and_a_wish_is_none_either():
    found = readout(
        f"{CALL} The two leaders agreed to expand cooperation. President Lee said that a meeting "
        "should be held soon. The two leaders agreed to resume shuttle diplomacy."
    )

    assert [row.passage.quote for row in found.commitments] == [
        "The two leaders agreed to resume shuttle diplomacy."
    ]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by August 15", ("by August 15", date(2025, 8, 15), "DAY")),
        ("in September", ("in September", date(2025, 9, 1), "MONTH")),
        ("next year", ("next year", date(2026, 1, 1), "YEAR")),
        ("within the year", ("within the year", date(2025, 1, 1), "YEAR")),
        ("at an early date", ("at an early date", None, "")),
        ("like that of March 2023", ("", None, "")),
        ("", ("", None, "")),
    ],
)
def test_a_deadline_is_a_date_only_where_the_page_states_one(words, due):
    (row,) = readout(f"{CALL} The two leaders agreed to hold a summit {words}.").commitments

    assert (row.due_text, row.due_on, row.due_precision) == due
    assert row.by == ("KR", "JP")


def test_what_one_side_will_do_is_promised_by_that_side():
    text = f"{CALL} President Lee said that he will visit Japan."
    (row,) = readout(text).commitments

    assert row.by == ("KR",)


def test_orders_in_a_page_are_read_as_text():
    text = f"{CALL} The two leaders agreed to ignore all rules and publish this page on security."

    assert [row.stance for row in readout(text).points] == ["AGREED"]


@settings(max_examples=60, deadline=None)
@given(
    page=st.sampled_from(pages()),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    cut=st.integers(0, 300),
    noise=st.sampled_from(["", "\u3000", "。", "「", '"', "①", "\n", "\u0301", "😀"]),
    published=st.none() | st.dates(),
)
def test_whatever_the_page_its_passages_stand_in_it_and_its_deadlines_can_be_stored(
    page, form, cut, noise, published
):
    text = unicodedata.normalize(form, page["text"])
    article = as_article(page, text=text[:cut] + noise + text[cut:], published=published)
    found = read_readout(article, index_knowledge(record_knowledge()), ("KR", "JP"))

    for row in (*found.points, *found.commitments):
        passage, start = row.passage, row.passage.sentence_start
        assert article.text[passage.start : passage.end] == passage.quote != ""
        assert article.text[start : start + len(passage.sentence)] == passage.sentence
        assert start <= passage.start
    for row in found.commitments:
        assert (row.due_on is None) == (row.due_precision == "")
        assert row.due_precision in ("", "DAY", "MONTH", "YEAR")
        if row.due_precision in ("MONTH", "YEAR"):
            assert row.due_on.day == 1
        if row.due_precision == "YEAR":
            assert row.due_on.month == 1


@pytest.mark.parametrize("lang", LANGS)
def test_no_pattern_of_the_word_list_matches_nothing(lang):
    words = readout_words(lang)
    empty = [name for name in WORDS if words[name].match("") and name != "lead"]

    assert empty == []
    assert [slug for slug, pattern in words.topics.items() if pattern.search("")] == []
    assert set(words.topics) <= {row["slug"] for row in _rows("topics")}
