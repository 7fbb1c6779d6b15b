"""Patterns of many words, tried only on texts that hold letters without which they cannot match.

Most sentences have none of the words of most patterns, and telling so by trying costs more than
all else in reading. So strings are taken from each pattern of which any match holds one, and a
sentence is looked through once for those of all patterns. That changes nothing in what matches:
a pattern from which no strings can be taken, and a text that was not looked through, is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from sys import maxsize
from threading import Lock
from typing import Any, Protocol, TypeVar

import ahocorasick
import pcre2

from news.pipeline.literals import Strings, literals

_LONG_S = "ſ"  # it matches "s" if case is ignored, though its lower case is another
_MOST_TEXTS = 2048  # that are remembered: the sentences of many articles

# Patterns are bits of numbers: several are looked up at once. The first is of all that are
# always tried.
_ALWAYS = 1
_next = 2
_entering = Lock()
# Strings that are needed, and the patterns that need them; all are looked for in one go.
_needed = ahocorasick.Automaton()
# A text → the patterns that may match it, and the next one when it was looked through.
_looked_through: dict[str, tuple[int, int]] = {}

# A text that needs too many steps or too deep ones, or that is no Unicode text.
_GIVES_UP = (pcre2.LibraryError, UnicodeEncodeError)

Found = re.Match[str]


class Pattern:
    """A pattern that ignores case, with those methods of `re.Pattern` that are used.

    PCRE2 tries it, and `re` where that gives up (ADR 30).
    """

    __slots__ = ("_compiled", "bit", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: Any = None
        self.bit = _enter(literals(pattern))

    def search(self, text: str, pos: int = 0, endpos: int = maxsize) -> Found | None:
        """As `re.Pattern.search`."""
        if not self._may_match(text):
            return None
        try:
            found: Found | None = self._quick().search(text, pos, endpos)
        except _GIVES_UP:
            return self._plain().search(text, pos, endpos)
        return found

    def match(self, text: str, pos: int = 0) -> Found | None:
        """As `re.Pattern.match`."""
        try:
            found: Found | None = self._quick().match(text, pos)
        except _GIVES_UP:
            return self._plain().match(text, pos)
        return found

    def finditer(self, text: str, pos: int = 0) -> Iterator[Found]:
        """As `re.Pattern.finditer`."""
        if not self._may_match(text):
            return iter(())
        try:
            return iter(list(self._quick().finditer(text, pos)))
        except _GIVES_UP:
            return self._plain().finditer(text, pos)

    def sub(self, by: str, text: str) -> str:
        """As `re.Pattern.sub`, by something that is taken as it stands."""
        for m in reversed(list(self.finditer(text))):
            text = text[: m.start()] + by + text[m.end() :]
        return text

    def _quick(self) -> Any:
        if self._compiled is None:
            self._compiled = pcre2.compile(self.pattern, pcre2.IGNORECASE)
        return self._compiled

    def _plain(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

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
    if _LONG_S in text or not _needed:
        return -1
    found = _ALWAYS
    with _entering:
        following = _next
        if _needed.kind != ahocorasick.AHOCORASICK:
            _needed.make_automaton()
        for _, numbers in _needed.iter(text.lower()):
            found |= numbers
    if len(_looked_through) >= _MOST_TEXTS:
        _looked_through.clear()
    _looked_through[text] = (found, following)
    return found


def _enter(strings: Strings | None) -> int:
    """The bit of a pattern that needs one of some strings, or none that is known."""
    global _next
    if strings is None:
        return _ALWAYS
    with _entering:
        bit, _next = _next, _next << 1
        for string in strings:
            _needed.add_word(string, _needed.get(string, 0) | bit)
    return bit
