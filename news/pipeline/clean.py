"""Make a text easy to match without losing where each character came from.

Newspapers write one thing in many ways: full-width digits, decomposed Hangul,
curly quotes, five kinds of dash. The grammars read a normalised copy; spans
found in it are mapped back to the text as given before anyone sees them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

# What lies beyond is not read: no news article is longer, and a bound keeps
# the worst page (10 MB) as cheap as a long one.
READ_LIMIT = 120_000

_SIMPLE = {
    "\u00a0": " ",
    "\u3000": " ",
    "\t": " ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u223c": "~",
    "\u301c": "~",
    "\uff5e": "~",
    "\u318d": "·",
    "\u30fb": "·",
    "\u2022": "·",
    "\u2027": "·",
    "\uff65": "·",
    "\u2026": "…",
    "\u24d2": "©",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
    "\u200b": " ",
    "\ufeff": " ",
    "\uff61": "。",
    "。": "。",
}
# Compatibility forms that NFKC would spell out and so change the meaning.
_KEEP = frozenset("…™®½¼¾©")
_JOINING_MARKS = frozenset("\u3099\u309a\uff9e\uff9f")
# Runs of characters that stay as they are, each by itself. The last one is left out if what
# follows may join it.
_LATER = "ぁ-ゖァ-ヺー一-\u9fa5가-힣、。「」『』"
_AS_THEY_ARE = re.compile(rf"[\x00-\x08\n-\x0c\x0e-\x7f{_LATER}]+(?![^\x00-\u02ff{_LATER}])")


@dataclass(frozen=True, slots=True)
class Working:
    """The normalised copy, and for each of its characters its source span."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that a span of the copy came from."""
        if not self.text:
            return (0, 0)
        if end <= start:
            at = self.starts[start] if start < len(self.starts) else self.ends[-1]
            return (at, at)
        return (self.starts[start], self.ends[end - 1])


def normalise(text: str, limit: int = READ_LIMIT) -> Working:
    """A copy of the first `limit` characters in one spelling, with its origins."""
    pieces: list[str] = []
    starts: array[int] = array("l")
    ends: array[int] = array("l")
    at = 0
    size = min(len(text), limit)
    while at < size:
        run = _AS_THEY_ARE.match(text, at, size)
        if run is not None:
            pieces.append(run[0])
            starts.extend(range(at, run.end()))
            ends.extend(range(at + 1, run.end() + 1))
            at = run.end()
            continue
        stop = at + 1
        while stop < size and _continues(text[stop]):
            stop += 1
        plain = _plain(text[at:stop])
        pieces.append(plain)
        for _ in plain:
            starts.append(at)
            ends.append(stop)
        at = stop
    return Working("".join(pieces), starts, ends)


def plain(text: str) -> str:
    """A short string (a name, a title) in the spelling of the working copy."""
    return normalise(text, len(text)).text


def _continues(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    if char < "\u0300":
        return False
    return (
        "\u1160" <= char <= "\u11ff" or char in _JOINING_MARKS or unicodedata.combining(char) != 0
    )


def _plain(cluster: str) -> str:
    if len(cluster) == 1:
        if cluster < "\u0080" and cluster != "\t" and cluster != "\r":
            return cluster
        simple = _SIMPLE.get(cluster)
        if simple is not None:
            return simple
        if cluster in _KEEP:
            return cluster
    folded = unicodedata.normalize("NFKC", cluster)
    return "".join(_SIMPLE.get(c, c) for c in folded)
