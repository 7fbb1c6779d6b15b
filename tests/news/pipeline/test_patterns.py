import json
import re
from itertools import chain

import pytest

from news.pipeline.clean import normalise
from news.pipeline.lexicon import known_words, lexicon, occasions, places
from news.pipeline.patterns import Pattern, candidates, look_through, needs
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
    ],
)
def test_a_match_holds_one_of_few_strings(pattern, strings):
    assert needs(pattern) == strings


@pytest.mark.parametrize("pattern", [r"\w+", "call|", "(?:call)?", "é", "[^a]"])
def test_patterns_without_such_strings_are_always_tried(pattern):
    look_through("Élan")

    assert needs(pattern) is None
    assert Pattern(pattern).search("Élan")


@pytest.mark.parametrize("text", ["an ıssue", "an İssue", "an iſſue", "AN ISSUE"])
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


def test_candidates_are_those_whose_words_stand_in_a_text():
    rows = [_Row(Pattern(words)) for words in ("calls?", "visit(?:s|ed)", "met")]

    assert candidates(rows, "He visited and called.") == rows[:2]


class _Row:
    def __init__(self, pattern):
        self.pattern = pattern
