"""What differs between two versions of a text: word by word, and how much it matters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, LOST, NEW = "same", "lost", "new"

# Words, numbers, and runs of one script: Japanese has no spaces, and Korean writes numbers and
# foreign letters without one. The blanks behind a word belong to it.
_TOKEN = re.compile(
    r"(?:\d+(?:[.,]\d+)*|[가-힣]+|[一-龥々〆]+|[ぁ-ゟ]+|[゠-ヿ]+"
    r"|(?:(?![가-힣一-龥々〆ぁ-ゟ゠-ヿ])[^\W\d_])+(?:['’-][^\W\d_]+)*|\S)\s*|\s+"
)
# Work is bounded, not the length of the texts: a part that would cost more is told as replaced.
_MOST_CHANGES = 300
_MOST_STEPS = 1_000_000
_MOST_DEPTH = 12
_SHORT = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have (SAME), only the first (LOST) or the second."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The way from one text to the other in words; joined again, the pieces give both texts.

    The time grows with the texts, not with their product: 500 KB take a few seconds at worst.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    at, to = 0, 0
    for i, j, size in [*_Alignment(old, new).blocks(), (len(old), len(new), 0)]:
        # The words are equal, the blanks behind them need not be: the later ones count.
        if at < i and to and not new[to - 1][-1:].isspace():
            _add(pieces, LOST, [old[at - 1][len(old[at - 1].rstrip()) :]])
        _add(pieces, LOST, old[at:i])
        _add(pieces, NEW, new[to:j])
        _add(pieces, SAME, new[j : j + size])
        at, to = i + size, j + size
    return tuple(pieces)


def words(text: str) -> list[str]:
    """The text in the pieces that are compared, without blanks."""
    return [token.strip() for token in _TOKEN.findall(text) if token.strip()]


def letters(text: str) -> str:
    """Only letters and digits, in one spelling and case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that only one of two texts has; a line that has moved is in neither."""
    old, new = _lines(before), _lines(after)
    lost, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return _taken(old, lost), _taken(new, added)


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(each.split()) for each in text.split("\n")) if line]


def _taken(lines: list[str], wanted: Counter[str]) -> list[str]:
    left, taken = wanted.copy(), []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
            taken.append(line)
    return taken


def _add(pieces: list[Piece], kind: str, tokens: Sequence[str]) -> None:
    text = "".join(tokens)
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        text = pieces.pop().text + text
    pieces.append(Piece(kind, text))


Block = tuple[int, int, int]
Part = tuple[int, int, int, int]


class _Alignment:
    """Which words of two texts are the same ones.

    Common ends first; then the shortest way where it is short; else the words that each has once,
    in their order, and the same again between them.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old = [token.strip() or token for token in old]
        self.new = [token.strip() or token for token in new]
        self.steps = _MOST_STEPS

    def blocks(self) -> Iterator[Block]:
        """Stretches of equal words: where in the old, where in the new, how many; in order."""
        yield from self._between((0, len(self.old), 0, len(self.new)), _MOST_DEPTH)

    def _between(self, part: Part, depth: int) -> Iterator[Block]:
        a, a_end, b, b_end = part
        old, new = self.old, self.new
        size = 0
        while a + size < a_end and b + size < b_end and old[a + size] == new[b + size]:
            size += 1
        if size:
            yield a, b, size
            a, b = a + size, b + size
        tail = 0
        while (
            a < a_end - tail and b < b_end - tail and old[a_end - tail - 1] == new[b_end - tail - 1]
        ):
            tail += 1
        a_end, b_end = a_end - tail, b_end - tail
        if a < a_end and b < b_end and depth:
            yield from self._inside((a, a_end, b, b_end), depth)
        if tail:
            yield a_end, b_end, tail

    def _inside(self, part: Part, depth: int) -> Iterator[Block]:
        a, a_end, b, b_end = part
        if a_end - a + b_end - b <= _SHORT and self.steps > 0:
            pairs = self._shortest(part)
            if pairs is not None:
                yield from ((a + i, b + j, 1) for i, j in pairs)
                return
        for i, j in [*self._anchors(part), (a_end, b_end)]:
            if (i, j) == (a_end, b_end) and (a, b) == (part[0], part[2]):
                return  # no anchor at all
            yield from self._between((a, i, b, j), depth - 1)
            a, b = i, j

    def _anchors(self, part: Part) -> list[tuple[int, int]]:
        """Words that both parts have just once, as far as their order is the same."""
        a, a_end, b, b_end = part
        old, new = _once(self.old, a, a_end), _once(self.new, b, b_end)
        pairs = [(i, new[word]) for word, i in old.items() if word in new]
        return _longest_rising(pairs)

    def _shortest(self, part: Part) -> list[tuple[int, int]] | None:
        """The equal words on the shortest way (Myers 1986); None if it is too long."""
        a, a_end, b, b_end = part
        old, new = self.old[a:a_end], self.new[b:b_end]
        reach = {1: 0}
        trace: list[dict[int, int]] = []
        for d in range(min(_MOST_CHANGES, len(old) + len(new)) + 1):
            trace.append(reach.copy())
            self.steps -= d + 1
            for k in range(-d, d + 1, 2):
                down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
                x = reach[k + 1] if down else reach[k - 1] + 1
                while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                    x += 1
                reach[k] = x
                if x >= len(old) and x - k >= len(new):
                    return _walked_back(trace, len(old), len(new))
            if self.steps <= 0:
                break
        return None


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for d in range(len(trace) - 1, -1, -1):
        reach, k = trace[d], x - y
        down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = reach[from_k] if d else 0
        from_y = from_x - from_k if d else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    return pairs[::-1]


def _once(tokens: list[str], start: int, end: int) -> dict[str, int]:
    places: dict[str, int] = {}
    several: set[str] = set()
    for at in range(start, end):
        if tokens[at] in places:
            several.add(tokens[at])
        places[tokens[at]] = at
    return {word: at for word, at in places.items() if word not in several}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both numbers; they rise in the first already."""
    ends: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for at, (_i, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last_of[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            last_of.append(at)
        else:
            ends[place], last_of[place] = j, at
    run: list[tuple[int, int]] = []
    at = last_of[-1] if last_of else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
