"""What is stored is clean, and stays what it says."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.hygiene import clean, one_line, plain

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
ANY = st.text(st.characters(), max_size=200) | st.text("a\u0301\x00\u202e\ud800\r\n\x85 <b>&lt;é가")


@given(ANY)
def test_clean_text_is_normal_storable_and_clean_already(text):
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert not FORBIDDEN.search(cleaned)
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(ANY, st.integers(1, 50))
def test_one_line_has_no_line_end_and_fits(text, most):
    line = one_line(text, most)

    assert len(line) <= most
    assert line == " ".join(line.split())


@given(ANY)
def test_plain_text_of_any_markup_is_clean_too(html):
    text = plain(f"<p>{html}</p>", 100)

    assert len(text) <= 100
    assert clean(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Leaders &amp; <b>ministers</b> speak", "Leaders & ministers speak"),
        ("One<br>two<p>three</p>", "One\ntwo\nthree"),
        ("a < b", "a < b"),
        ("a < b & c > d", "a < b & c > d"),
        ("<한일 정상회담> 개최", "<한일 정상회담> 개최"),
        ("<script>alert(1)</script>text<style>p{}</style>", "text"),
        ("<img src=x onerror=alert(1)>picture", "picture"),
        ("<!-- note --><p>한일&nbsp;정상</p>", "한일 정상"),
        ("&lt;b&gt;", "<b>"),
        ("👩\u200d👩\u200d👧 🇰🇷", "👩\u200d👩\u200d👧 🇰🇷"),
        ("\u1112\u1161\u11ab\u202eabc\u2069", "한abc"),
    ],
)
def test_markup_is_stripped_and_words_stay_apart(html, text):
    assert plain(html, 1000) == text


def test_a_text_of_any_size_is_cut():
    assert len(one_line("가" * 100_000, 300)) == 300
    assert one_line("a" + "\u0301\u0316" * 100_000, 300).startswith("á")
    assert len(plain("<p>" * 100_000 + "text" * 100_000, 5000)) <= 5000
