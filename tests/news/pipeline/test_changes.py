"""Versions compared word by word."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.pipeline import changes
from news.pipeline.changes import LOST, NEW, SAME, changed_lines, compare, words

texts = st.lists(st.sampled_from(["a", "b", "한국", "は", "9", ". ", " ", "\n"]), max_size=40).map(
    "".join
)


def changed(before, after):
    return [(p.kind, p.text.strip()) for p in compare(before, after) if p.kind != SAME]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (
            "Lee met Ishiba on June 9 in Seoul.",
            "Lee will meet Ishiba on June 10 in Seoul.",
            [(LOST, "met"), (NEW, "will meet"), (LOST, "9"), (NEW, "10")],
        ),
        (
            "이재명 대통령은 9일 통화했다.",
            "이재명 대통령은 10일 통화했다.",
            [(LOST, "9"), (NEW, "10")],
        ),
        ("首相は電話会談した。", "首相は会談した。", [(LOST, "電話会談"), (NEW, "会談")]),
        ("One.\nTwo.", "One.\nThree.\nTwo.", [(NEW, "Three.")]),
        ("Same words", "Same  words", []),
        ("", "All new", [(NEW, "All new")]),
    ],
)
def test_what_changed_is_told_in_words(before, after, change):
    assert changed(before, after) == change


@given(texts, texts)
def test_the_pieces_give_both_texts(before, after):
    pieces = compare(before, after)

    assert "".join(p.text for p in pieces if p.kind != LOST) == after
    old = "".join(p.text for p in pieces if p.kind != NEW)
    assert "".join(old.split()) == "".join(before.split())


@given(texts)
def test_a_text_is_the_same_as_itself(text):
    assert {piece.kind for piece in compare(text, text)} <= {SAME}


def vocabulary(size):
    return [f"w{number:x}" for number in range(size)]


def many(size, seed):
    drawn = random.Random(seed)
    return " ".join(drawn.choices(vocabulary(size), k=500_000 // 6))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (many(20_000, 1), many(20_000, 2)),
        (many(2, 1), many(2, 2)),
        ("漢あ" * 125_000, "あ漢" * 125_000),
        (many(90_000, 1), " ".join(reversed(many(90_000, 1).split()))),
        ("." * 250_000, ".," * 125_000),
    ],
    ids=["all different", "two words", "no spaces", "reversed", "punctuation"],
)
def test_texts_of_half_a_megabyte_are_compared_in_bounded_steps(before, after):
    alignment = changes._Alignment(words(before), words(after))

    for a, b, size in alignment.blocks():
        assert alignment.old[a : a + size] == alignment.new[b : b + size]
    assert alignment.steps > -changes._MOST_CHANGES  # without a bound, 10,000 times as many


def test_a_few_changes_in_a_long_text_are_all_found():
    before = many(20_000, 1).split()
    after = before.copy()
    for at in range(0, len(after), 997):
        after[at] = "other"

    pieces = compare(" ".join(before), " ".join(after))

    assert sum(piece.text.count("other") for piece in pieces if piece.kind == NEW) == 84


def test_lines_that_moved_are_not_changed():
    assert changed_lines("One\nTwo\nThree", "Three\nOne\nTwo\nFour") == ([], ["Four"])
