"""Patterns of many words, tried only on texts that hold letters without which they cannot match.

Most sentences have none of the words of most patterns, and telling so by trying costs more than
all else in reading. So strings are taken from each pattern of which any match holds one, and a
sentence is looked through once for those of all patterns. That changes nothing in what matches:
a pattern from which no strings can be taken, and a text that was not looked through, is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # typeshed leaves it out
from sys import maxsize
from threading import Lock
from typing import Any, Protocol, TypeVar

_MOST = 200  # strings that are kept for one pattern
_FEW = 12  # characters of a class that are told apart
_LONG_ENOUGH = 5  # letters of a string that few texts hold
_GRAM = 3
# Letters that match "i" or "s" if case is ignored, though their lower case is another.
_ODD = re.compile("[İıſ]")
_MOST_TEXTS = 2048  # that are remembered: the sentences of many articles

# Patterns are bits of numbers: several are looked up at once. The first is of all that are
# always tried.
_ALWAYS = 1
_next = 2
_entering = Lock()
# The first letters of strings that are needed → the strings → the patterns that need them.
_needed: dict[str, dict[str, int]] = {}
# A text → the patterns that may match it, and the next one when it was looked through.
_looked_through: dict[str, tuple[int, int]] = {}


class Pattern:
    """A compiled pattern that ignores case, with those methods of `re.Pattern` that are used."""

    __slots__ = ("_whole", "bit", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._whole = re.compile(pattern, re.IGNORECASE)
        self.bit = _enter(needs(pattern))

    def search(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._whole.search(text, pos, endpos) if self._may_match(text) else None

    def match(self, text: str, pos: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._whole.match(text, pos)

    def finditer(self, text: str, pos: int = 0) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._whole.finditer(text, pos) if self._may_match(text) else iter(())

    def sub(self, by: str, text: str) -> str:
        """As `re.Pattern.sub`."""
        return self._whole.sub(by, text)

    def _may_match(self, text: str) -> bool:
        found = _looked_through.get(text)
        return found is None or bool(found[0] & self.bit) or self.bit >= found[1]


class Holder(Protocol):
    """What is told by a pattern."""

    @property
    def pattern(self) -> Pattern: ...


T = TypeVar("T", bound=Holder)


def candidates(rows: Sequence[T], text: str) -> list[T]:
    """Those of which the pattern may match a text, in their order."""
    found = look_through(text)
    return [row for row in rows if found & row.pattern.bit]


def look_through(text: str) -> int:
    """Find which patterns may match a text that many are going to be tried on, as bits.

    What is found is kept for some thousands of texts.
    """
    known = _looked_through.get(text)
    if known is not None and known[1] == _next:
        return known[0]
    if _ODD.search(text):
        return -1
    low = text.lower()
    grams = {low[at : at + _GRAM] for at in range(len(low))}
    grams.update(low, {low[at : at + 2] for at in range(len(low))})
    found = _ALWAYS
    with _entering:
        following = _next
        for gram in grams & _needed.keys():
            for string, numbers in _needed[gram].items():
                if string in low:
                    found |= numbers
    if len(_looked_through) >= _MOST_TEXTS:
        _looked_through.clear()
    _looked_through[text] = (found, following)
    return found


def _enter(strings: frozenset[str] | None) -> int:
    """The bit of a pattern that needs one of some strings, or none that is known."""
    global _next
    if strings is None:
        return _ALWAYS
    with _entering:
        bit, _next = _next, _next << 1
        for string in strings:
            told = _needed.setdefault(string[:_GRAM], {})
            told[string] = told.get(string, 0) | bit
    return bit


def needs(pattern: str) -> frozenset[str] | None:
    """Strings in lower case of which every match of a pattern holds one; None if unknown."""
    found, _ = _sequence(_parser.parse(pattern, re.IGNORECASE))
    return _best(found)


_Strings = frozenset[str]
_EMPTY: _Strings = frozenset([""])


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[list[_Strings], _Strings | None]:
    """Sets of strings, of each of which a match holds one; and all that it can be, if few."""
    found: list[_Strings] = []
    run, tail, is_whole = _EMPTY, "", True
    for op, argument in items:
        if op.name == "LITERAL" and (letter := _letter(argument)):
            tail += letter
            continue
        inner, all_of = _item(op.name, argument)
        found += inner
        if all_of is not None and len(run) * len(all_of) <= _MOST:
            run, tail = frozenset(a + tail + b for a, b in product(run, all_of)), ""
            continue
        found.append(_and(run, tail))
        run, tail, is_whole = all_of or _EMPTY, "", False
    run = _and(run, tail)
    return [*found, run], run if is_whole else None


def _and(run: _Strings, tail: str) -> _Strings:
    return frozenset(a + tail for a in run) if tail else run


def _item(op: str, argument: Any) -> tuple[list[_Strings], _Strings | None]:
    if op == "LITERAL":
        return [], _letters([argument])
    if op == "IN":
        return [], _letters(_class(argument))
    if op in ("AT", "ASSERT_NOT"):
        return [], _EMPTY
    if op == "ASSERT":
        return _sequence(argument[1])[0], _EMPTY
    if op == "SUBPATTERN":
        return _sequence(argument[3])
    if op == "ATOMIC_GROUP":
        return _sequence(argument)
    if op == "BRANCH":
        return _branches([_sequence(each) for each in argument[1]])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, items = argument
        inner, all_of = _sequence(items)
        if least == 0:
            return [], all_of | _EMPTY if all_of is not None and most == 1 else None
        return inner, all_of if most == 1 else None
    return [], None


def _class(items: Sequence[tuple[Any, Any]]) -> list[int] | None:
    """The characters of a class, if they are few."""
    codes: list[int] = []
    for op, argument in items:
        if op.name == "LITERAL":
            codes.append(argument)
        elif op.name == "RANGE" and argument[1] - argument[0] < _MOST:
            codes += range(argument[0], argument[1] + 1)
        else:
            return None
    return codes if len(codes) <= _FEW else None


def _letters(codes: Sequence[int] | None) -> _Strings | None:
    """Characters in lower case, if for each only that character matches it."""
    letters = [_letter(code) for code in codes or ()]
    return frozenset(letters) if letters and "" not in letters else None


@cache
def _letter(code: int) -> str:
    char = chr(code)
    is_plain = char.isascii() or char == char.lower() == char.upper()
    return char.lower() if is_plain else ""


def _branches(
    each: Sequence[tuple[list[_Strings], _Strings | None]],
) -> tuple[list[_Strings], _Strings | None]:
    whole = [all_of for _, all_of in each if all_of is not None]
    if len(whole) == len(each) and sum(map(len, whole)) <= _MOST:
        return [], frozenset[str]().union(*whole)
    best = [_best(found) for found, _ in each]
    some = [strings for strings in best if strings is not None]
    return ([frozenset[str]().union(*some)] if len(some) == len(best) else []), None


def _best(found: Iterable[_Strings]) -> _Strings | None:
    """The set that fewest texts hold one of, as far as lengths tell."""
    told = [strings for strings in found if strings and "" not in strings]
    if not told:
        return None
    best = max(told, key=lambda s: (min(*map(len, s), _LONG_ENOUGH), -len(s)))
    # What begins with another of them is found with that one.
    return frozenset(s for s in best if not any(s[:n] in best for n in range(1, len(s))))
