import json
import re
from itertools import chain

import pcre2
import pytest

from news.pipeline.clean import normalise
from news.pipeline.lexicon import known_words, lexicon, occasions, places
from news.pipeline.literals import literals
from news.pipeline.patterns import Pattern, candidates, look_through
from news.pipeline.sentences import split_sentences
from tools.score import LABELLED


def patterns_of(lang):
    words = lexicon(lang)
    rows = chain(words.triggers, occasions())
    named = (words.cues, words.countries, words.topics, words.accounts, known_words(lang), places())
    return [*(row.pattern for row in rows), *chain(*(each.values() for each in named))]


def sentences_of(lang):
    lines = (LABELLED / f"{lang}.jsonl").read_text("utf-8").splitlines()
    texts = [normalise(json.loads(line)["text"]).text for line in lines[::9]]
    return [s.text for text in texts for s in split_sentences(text, lang)][::7]


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_what_is_looked_through_matches_as_it_would_have(lang):
    for text in sentences_of(lang):
        look_through(text)
        for pattern in patterns_of(lang):
            plain = re.compile(pattern.pattern, re.IGNORECASE)
            assert [m.span() for m in pattern.finditer(text)] == [
                m.span() for m in plain.finditer(text)
            ]


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("Talks?", {"talk"}),
        (
            r"\b(?:foreign|defen[cs]e) ministers?",
            {"foreign minister", "defense minister", "defence minister"},
        ),
        (r"(?:signed|inked)\s(?:pact|treaty)", {"signed", "inked"}),
        ("(?:정상)?회담(?=했다|을)", {"회담", "정상회담"}),
        (r"summit(?! fatigue)", {"summit"}),
        (r"(?:the )?\w+ met", {" met"}),
        (r"(?:call){2,}", {"call"}),
        (r"no (?:such |formal )*talks", {"talks"}),
        (r"(?:한|일)[·-]?회담", {"회담"}),
        (r"s[ai]ts? down", {"sat down", "sats down", "sit down", "sits down"}),
    ],
)
def test_a_match_holds_one_of_few_strings(pattern, strings):
    assert literals(pattern) == strings


@pytest.mark.parametrize("pattern", [r"\w+", "call|", "(?:call)?", "é", "[^a]"])
def test_patterns_without_such_strings_are_always_tried(pattern):
    look_through("Élan")

    assert literals(pattern) is None
    assert Pattern(pattern).search("Élan")


@pytest.mark.parametrize("text", ["an iſſue", "AN ISSUE"])
def test_letters_that_only_look_alike_still_match(text):
    pattern = Pattern("issue")
    look_through(text)

    assert pattern.search(text)
    assert candidates([_Row(pattern)], text)


def test_a_pattern_that_is_newer_than_the_look_still_matches():
    look_through("They spoke of cranes.")
    pattern = Pattern("cranes")

    assert pattern.search("They spoke of cranes.")
    assert candidates([_Row(pattern)], "They spoke of cranes.")


def test_a_text_that_is_too_deep_for_pcre2_is_read_by_re():
    deep = "ab" * 100_000 + "c"

    with pytest.raises(pcre2.LibraryError):
        pcre2.compile("(?:a|b)*c").search(deep)
    assert Pattern("(?:a|b)*c").search(deep).span() == (0, len(deep))
    assert Pattern("(?:a|b)*c").match(deep).span() == (0, len(deep))
    assert [m.span() for m in Pattern("(?:a|b)*c").finditer(deep)] == [(0, len(deep))]


def test_half_a_character_is_no_match_and_no_error():
    text = "a visit \ud800 by the minister"

    assert Pattern("minister").search(text)
    assert not Pattern("president").search(text)


def test_names_are_taken_out_as_they_stand():
    assert Pattern("Seoul|Nara").sub(" ", "From SEOUL to Nara") == "From   to  "


def test_candidates_are_those_whose_words_stand_in_a_text():
    rows = [_Row(Pattern(words)) for words in ("calls?", "visit(?:s|ed)", "met")]

    assert candidates(rows, "He visited and called.") == rows[:2]


class _Row:
    def __init__(self, pattern):
        self.pattern = pattern
