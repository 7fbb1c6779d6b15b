"""Cut texts of three languages into what the search can find: values in, values out.

PostgreSQL's parsers cut neither Korean nor Japanese into words, and the embedded server has no
extension that does. So texts and queries are cut here, in the same way: words of other scripts
stay whole, a run of Hangul, kana or Han becomes its overlapping pairs of characters. Every
character of a run takes a place and so does every break, such as the end of a sentence; a query
is then found where its characters stand next to each other, and nowhere else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

# Shorter words would find too much as beginnings of others: "UN" is not "under".
_SHORTEST_PREFIX = 4
# Between two texts, so that no phrase reaches from one into the next.
_GAP = 20
# What a tsvector can number, and how long a word (in bytes) may be for that many of them to fit
# into the megabyte that it can hold.
_LAST_POSITION = 16_383
_LONGEST_WORD = 48

_HANGUL = "\uac00-\ud7a3"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
# Without the middle dots of Japanese (U+30FB) and of Korean (U+318D), which separate.
_CJK = (
    f"{_HANGUL}{_KATAKANA}\u1100-\u11ff\u3005-\u3007\u3041-\u309f\u3131-\u318c\u318e\ua960-\ua97f"
    "\u3400-\u4dbf\u4e00-\u9fff\ud7a4-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>[^\W_{_CJK}]+)")
_IN_CJK = re.compile(f"[{_CJK}]+")
_IN_HANGUL = re.compile(f"[{_HANGUL}]+")
_BEGINNINGS = re.compile(f"[{_HANGUL}]+|[{_KATAKANA}]+")
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_SENTENCE_ENDS = re.compile(r"[。!?\n]|[.:;][\"'”’)]*\s")
# Accents, and what is not seen: soft hyphens, joiners, variation selectors, fillers.
_DROPPED = re.compile(
    "[\u0300-\u036f\u00ad\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_COUNTRIES = "한일미중북남러日韓米中朝露"
# 한·일 and 日・韓 are said and looked for as one word, and written as one word as often.
_DOTTED_COUNTRIES = re.compile(rf"(?<![{_CJK}])([{_COUNTRIES}])[·・](?=[{_COUNTRIES}])")

_BREAK = "."
_BEGINNING = "^"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a pair of characters or a break, and its place in the text."""

    word: str
    position: int
    may_continue: bool = False
    """Whether it stands for every word that begins so."""
    may_split: bool = False
    """Whether a space may stand between its two characters."""
    must_begin: bool = False
    """Whether no character of the same script may stand before it."""


@dataclass(frozen=True, slots=True)
class _Run:
    letters: str
    position: int
    is_cjk: bool


def plain(text: str) -> str:
    """Text as it is compared: one form of each character, no case, no accents, nothing unseen."""
    # NFKC would make a vowel of Korean's middle dot.
    folded = unicodedata.normalize("NFKC", text.replace("\u318d", "·")).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", folded))
    return _DOTTED_COUNTRIES.sub(r"\1", unicodedata.normalize("NFC", bare))


def has_words(text: str) -> bool:
    """Whether there is anything in it to look for."""
    return _RUNS.search(plain(text)) is not None


def _runs(text: str, position: int) -> Iterator[_Run]:
    """The runs of a text and the breaks between them; the first is at `position`."""
    folded = plain(text)
    before = None
    for found in _RUNS.finditer(folded):
        if before is not None:
            between = folded[before.end() : found.start()]
            # Words may be joined by anything: COVID-19, 3·1절. Of two runs, only a space leaves
            # open whether they are one word: Korean is written both ways.
            is_word = found["word"] or before["word"]
            if _SENTENCE_ENDS.search(between) or not (is_word or between.isspace()):
                yield _Run(_BREAK, position, is_cjk=False)
                position += 1
        if cjk := found["cjk"]:
            yield _Run(cjk, position, is_cjk=True)
            position += len(cjk)
        else:
            short = found["word"].encode()[:_LONGEST_WORD].decode(errors="ignore")
            yield _Run(short, position, is_cjk=False)
            position += 1
        before = found


def tokens_of_text(text: str, *, start: int = 1) -> list[Token]:
    """What a text is found by. A run of n characters takes n places: its pairs and its last.

    Where Hangul or katakana begins, that is marked with a token of its own.
    """
    found: list[Token] = []
    for run in _runs(text, start):
        if not run.is_cjk:
            found.append(Token(run.letters, run.position))
            continue
        pairs = (run.letters[i : i + 2] for i in range(len(run.letters)))
        found += [Token(pair, run.position + i) for i, pair in enumerate(pairs)]
        found += [
            Token(_BEGINNING + part[0][0], run.position + part.start())
            for part in _BEGINNINGS.finditer(run.letters)
        ]
    return sorted(found, key=lambda token: token.position)


def tokens_of_query(text: str, *, whole_words: bool = False) -> list[Token]:
    """The same for words that are looked for: a run is its pairs, one character any that begin so.

    The last word may continue ("control" finds "controls") unless `whole_words`, and four or more
    characters of Hangul may be divided by a space into words of two or more (정상회담 finds
    정상 회담).
    """
    found: list[Token] = []
    is_word = False
    for run in _runs(text, 0):
        is_word = not run.is_cjk
        if is_word:
            found.append(Token(run.letters, run.position))
        elif len(run.letters) == 1:
            found.append(Token(run.letters, run.position, may_continue=True))
        else:
            found += _pairs(run)
    if is_word and not whole_words and len(found[-1].word) >= _SHORTEST_PREFIX:
        found[-1] = replace(found[-1], may_continue=True)
    return found


def _pairs(run: _Run) -> Iterator[Token]:
    last = len(run.letters) - 2
    for i in range(last + 1):
        pair = run.letters[i : i + 2]
        may_split = 0 < i < last and _IN_HANGUL.fullmatch(pair) is not None
        yield Token(pair, run.position + i, may_split=may_split)


def tokens_of_name(form: str) -> list[Token]:
    """The same for a name, which is whole: スタンフォード has no フォード, "parking" no Park.

    What stands before Han stays open: 次安倍内閣 tells of 安倍.
    """
    found = tokens_of_query(form, whole_words=True)
    if found and _BEGINNINGS.match(found[0].word):
        found[0] = replace(found[0], must_begin=True)
    return found


@lru_cache(maxsize=8192)
def as_name(form: str) -> str:
    """A name as it is compared: only its words, and a space only where a reader needs one."""
    words = (run.letters for run in _runs(form, 0) if run.letters != _BREAK)
    return _BETWEEN_CJK.sub("", " ".join(words))


def has_name(longer: str, shorter: str) -> bool:
    """Whether a shorter name is found wherever the longer one is: Ishiba for Shigeru Ishiba."""
    whole, part = as_name(longer), as_name(shorter)
    if whole == part:
        return False
    begins = _IN_CJK.fullmatch(part) is not None and whole.startswith(part)
    return begins or f" {part} " in f" {whole} "


def as_vector(texts: Iterable[str]) -> str:
    """The literal of a tsvector of those texts. What it cannot hold of a huge text is left out."""
    places: dict[str, list[int]] = {}
    position = 1
    # The shortest first, so that no text crowds out a name.
    for text in sorted(texts, key=len):
        for token in tokens_of_text(text, start=position):
            position = token.position + 1
            if position > _LAST_POSITION:
                break
            places.setdefault(token.word, []).append(token.position)
        position += _GAP
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def as_phrase(tokens: Sequence[Token]) -> str:
    """The literal of a tsquery for tokens at exactly these distances; empty for none."""
    written = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None:
            written += f" <{token.position - before.position}> "
        if token.must_begin:
            written += f"'{_BEGINNING}{token.word[0]}' <0> "
        if token.may_split:
            written += f"('{token.word}' | '{token.word[0]}')"
        else:
            written += f"'{token.word}'" + (":*" if token.may_continue else "")
    return written
