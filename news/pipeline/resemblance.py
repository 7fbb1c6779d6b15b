"""How much of one text stands in another, and marks by which to look such texts up."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

# Newspapers cut an agency's text at the end and change a title or a phrase; two reports of their
# own of one event share quotations, which is far less.
NEARLY_ALL = 0.7
# Texts with fewer runs of words, or of signs, are too alike by themselves.
LEAST_OF_WORDS, LEAST_OF_SIGNS = 40, 100
MOST_MARKS = 256

_MOST_READ = 120_000
_WORDS = 4
_SIGNS = 8
_ONE_IN = 8
_WORD = re.compile(r"[a-z0-9]+")


def shingles(text: str, language: str) -> frozenset[int]:
    """Every run of four words (English) or eight signs (Korean, Japanese), as 64-bit numbers.

    Case, spaces, punctuation and widths do not count. Empty for a text that is too short to be told
    apart from others.
    """
    plain = unicodedata.normalize("NFKC", text[:_MOST_READ]).casefold()
    if language == "en":
        words = _WORD.findall(plain)
        runs = {" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1)}
    else:
        signs = "".join(filter(str.isalnum, plain))
        runs = {signs[at : at + _SIGNS] for at in range(len(signs) - _SIGNS + 1)}
    least = LEAST_OF_WORDS if language == "en" else LEAST_OF_SIGNS
    return frozenset(map(_number, runs)) if len(runs) >= least else frozenset()


def marks(runs: frozenset[int]) -> list[int]:
    """A fixed sample of the runs: the same run is a mark of every text that has it, or of none.

    Texts that share most of their runs share marks, so an index over marks finds them.
    """
    return sorted(run for run in runs if run % _ONE_IN == 0)[:MOST_MARKS]


def share(part: frozenset[int], whole: frozenset[int]) -> float:
    """How much of the first stands in the second, from 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0


def is_one_text(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether the shorter of two texts stands nearly all in the longer one."""
    return max(share(one, other), share(other, one)) >= NEARLY_ALL


def _number(run: str) -> int:
    # Signed, as PostgreSQL has them.
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
