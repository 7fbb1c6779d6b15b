"""Strings of which every match of a pattern holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# A run of letters that stand for themselves, an escape, a class, how a group begins or ends, a
# bar, how often. A letter that is followed by how often stands alone.
_TOKEN = re.compile(
    r"[^\\\[(){}|*+?.^$]+(?![*+?{])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\((?:\?(?:<?[=!]|[:>]|-?[a-z]+:))?|\)|\||(?:[*+?]|\{\d*,?\d*\})[?+]?|.",
    re.DOTALL,
)
_OFTEN = re.compile(r"[*+?]|\{.")
_AT_LEAST_ONCE = re.compile(r"\+|\{[1-9]")
_PLAIN_CLASS = re.compile(r"\[([^\\^-]{1,12})\]")
_MOST = 200  # strings that are kept for one alternative
_LONG_ENOUGH = 5  # letters of a string that few texts hold

Strings = frozenset[str]
# Strings of which a match of a part holds one, and all that it can be; None if not known.
_Part = tuple[Strings | None, Strings | None]
_NOTHING = frozenset([""])
_NO_ROOM: _Part = (None, _NOTHING)
_UNKNOWN: _Part = (None, None)


def literals(pattern: str) -> Strings | None:
    """Strings in lower case of which every match holds one, if case is ignored; None if unknown.

    What is looked at before or behind a match counts as well: it stands in the same text.
    """
    best, _ = _read(iter(_TOKEN.findall(pattern)))
    if best is None:
        return None
    # What begins with another of them is found with that one.
    return frozenset(s for s in best if not any(s[:n] in best for n in range(1, len(s))))


def _read(tokens: Iterator[str]) -> _Part:
    """What follows up to the end of a group, or of the pattern."""
    alternatives: list[list[_Part]] = [[]]
    for token in tokens:
        parts = alternatives[-1]
        if token == ")":
            break
        if token == "|":
            alternatives.append([])
        elif token[0] == "(":
            parts.append(_group(token, _read(tokens)))
        elif _OFTEN.match(token):
            parts[-1] = _repeated(parts[-1], token)
        else:
            parts.append(_one(token))
    return _either([_sequence(parts) for parts in alternatives])


def _group(opening: str, inner: _Part) -> _Part:
    if opening in ("(?!", "(?<!"):
        return _NO_ROOM
    if opening in ("(?=", "(?<="):
        return inner[0], _NOTHING
    return inner


def _repeated(part: _Part, often: str) -> _Part:
    """A part that may come several times, or not at all."""
    best, all_of = part
    if often[0] == "?":
        return None, all_of | _NOTHING if all_of is not None else None
    return (best, None) if _AT_LEAST_ONCE.match(often) else _UNKNOWN


@lru_cache(maxsize=4096)
def _one(token: str) -> _Part:
    """Letters, a class, an escape or a place."""
    if token in ("^", "$", r"\b", r"\B"):
        return _NO_ROOM
    if token[0] == "\\":
        return _UNKNOWN if token[1].isalnum() else _letters([token[1]])
    if token[0] == "[" and (m := _PLAIN_CLASS.fullmatch(token)):
        return _letters(m[1])
    return _UNKNOWN if token[0] in ".[" else _letters([token])


def _letters(strings: Iterable[str]) -> _Part:
    """Strings in lower case, if only they match them where case is ignored."""
    for string in strings:
        if not string.isascii() and any(
            not c.isascii() and not c == c.lower() == c.upper() for c in string
        ):
            return _UNKNOWN
    own = frozenset(string.lower() for string in strings)
    return own, own


def _sequence(parts: list[_Part]) -> _Part:
    """Parts one after the other."""
    if len(parts) == 1 and parts[0][0] is parts[0][1]:
        return parts[0]
    runs: list[Strings] = []
    others: list[Strings] = []
    run, is_whole = _NOTHING, True
    for best, all_of in parts:
        is_joined = all_of is not None and len(run) * len(all_of) <= _MOST
        if best is not None and not (is_joined and all_of is not _NOTHING):
            others.append(best)
        if all_of is not None and is_joined:
            run = frozenset(a + b for a in run for b in all_of)
        else:
            runs.append(run)
            run, is_whole = all_of or _NOTHING, False
    return _best([*runs, run, *others]), run if is_whole else None


def _either(parts: list[_Part]) -> _Part:
    """One of several parts."""
    if len(parts) == 1:
        return parts[0]
    found: list[Strings] = []
    whole: list[Strings] = []
    for best, all_of in parts:
        found += [best] if best is not None else []
        whole += [all_of] if all_of is not None else []
    union = frozenset[str]().union
    is_whole = len(whole) == len(parts) and sum(map(len, whole)) <= _MOST
    return union(*found) if len(found) == len(parts) else None, union(*whole) if is_whole else None


def _best(found: Iterable[Strings]) -> Strings | None:
    """The set that fewest texts hold one of, as far as lengths tell."""
    told = [strings for strings in found if strings and "" not in strings]
    return max(told, key=lambda s: (min(*map(len, s), _LONG_ENOUGH), -len(s)), default=None)
