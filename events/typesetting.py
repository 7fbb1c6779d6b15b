"""Text set in a font: how wide it is, where its lines may end, which size fits. Pure.

Widths come from the font in thousandths of the size and letters are placed one by one, kerned by a
table of ours, because what Pillow itself does with them depends on libraries of the machine.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from PIL import ImageFont

_EM = 1000
_ELLIPSIS = "…"

# Japanese lines neither begin nor end with these (JIS X 4051).
_NO_START = (
    "、。，．・：；？！）］｝」』】〕〉》〟ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ"
    "゛゜ヽヾゝゞ々〻‐–—…～％%,.:;?!)]}”’"
)
_NO_END = "（［｛「『【〔〈《〝([{“‘¥￥＄"
_PHRASE_END = "、。，．・：；？！）］」』】〕》…–— "
_KANA_RUN = r"[ァ-ヿー]+"
_NUMBER_OR_WORD = r"[0-9０-９A-Za-zÀ-ɏ.,%°'’&/–-]+[年月日時分回次度周人件カ国ヵ]*"
_WORDS_OF_JAPANESE = re.compile(rf"{_NUMBER_OR_WORD}|{_KANA_RUN}|.", re.DOTALL)
_HIRAGANA = re.compile(r"[ぁ-ゖ]")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file with its pairs of letters that stand closer or wider than their widths say."""

    path: Path
    kerning: Path | None = None

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.path, size)

    def covers(self, text: str) -> bool:
        """Whether the font has a picture of every letter."""
        return all(_has(self.path, char) for char in set(text))

    def steps(self, text: str) -> list[float]:
        """How far each letter leads to the next, in ems."""
        pairs = _pairs(self.kerning) if self.kerning else {}
        return [
            (_advance(self.path, char) + pairs.get((char, following), 0)) / _EM
            for char, following in zip_longest(text, text[1:], fillvalue="")
        ]

    def width(self, text: str) -> float:
        """In ems."""
        return sum(self.steps(text))


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(path: Path, char: str) -> float:
    return _font(path, _EM).getlength(char)


@cache
def _has(path: Path, char: str) -> bool:
    # A letter that is not there is drawn as the font's own sign for it.
    font = _font(path, 40)
    return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))


@cache
def _pairs(path: Path) -> dict[tuple[str, str], int]:
    table: dict[str, dict[str, int]] = json.loads(path.read_text("utf-8"))
    return {
        (first, second): value
        for first, row in table.items()
        for seconds, value in row.items()
        for second in seconds
    }


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of a text and the size, in pixels, at which they fit."""

    lines: tuple[str, ...]
    size: int


def fit(
    text: str,
    face: Face,
    *,
    japanese: bool,
    width: int,
    sizes: Sequence[int],
    most_lines: Callable[[int], int],
) -> Setting:
    """The text at the largest of `sizes` at which it takes no more than `most_lines` of that size.

    Where even the last size leaves too little room, the last line ends in an ellipsis.
    """
    text = " ".join(text.split())
    units = _japanese_units(text) if japanese else re.findall(r"\S+\s*", text)
    for size in sizes:
        pieces = _made_to_fit(units, face, width / size, japanese=japanese)
        lines = _filled(pieces, face, width / size)
        if len(lines) <= most_lines(size):
            return Setting(tuple(_balanced(pieces, face, width / size, lines)), size)
    kept = lines[: most_lines(size)]
    kept[-1] = cut(kept[-1] + _ELLIPSIS, face, width / size)
    return Setting(tuple(kept), size)


def cut(text: str, face: Face, width: float) -> str:
    """The text, in `width` ems; what is too long ends in an ellipsis, at a space if there is one
    near."""
    if face.width(text) <= width:
        return text
    kept = text.rstrip(_ELLIPSIS)
    while kept and face.width(kept + _ELLIPSIS) > width:
        kept = kept[:-1]
    words, space, rest = kept.rpartition(" ")
    if space and len(rest) < 20:
        kept = words
    return kept.rstrip(" ,;:–-、，") + _ELLIPSIS


def _filled(pieces: list[str], face: Face, width: float) -> list[str]:
    """Lines with as many pieces as each has room for."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and face.width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _balanced(pieces: list[str], face: Face, width: float, lines: list[str]) -> list[str]:
    """The same number of lines, of lengths as equal as can be."""
    low, high = max((face.width(piece.rstrip()) for piece in pieces), default=0), width
    while high - low > 0.1:
        middle = (low + high) / 2
        tried = _filled(pieces, face, middle)
        if len(tried) == len(lines):
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _made_to_fit(units: list[str], face: Face, width: float, *, japanese: bool) -> list[str]:
    """The units, with those that are wider than a line taken apart: at last between any letters."""
    fitting: list[str] = []
    for unit in units:
        if face.width(unit.rstrip()) <= width:
            fitting.append(unit)
        elif japanese:
            for part in _joined(_WORDS_OF_JAPANESE.findall(unit)):
                fitting += [part] if face.width(part) <= width else _letters(part, face, width)
        else:
            fitting += list(unit)
    return fitting


def _letters(part: str, face: Face, width: float) -> list[str]:
    kept_together = _joined(part)
    return kept_together if max(map(face.width, kept_together)) <= width else list(part)


def _japanese_units(text: str) -> list[str]:
    """Runs that read as one: something and the hiragana that follow it, with its brackets.

    No dictionary is asked; a compound of kanji stays whole while a line has room for it.
    """
    units: list[str] = []
    for word in _WORDS_OF_JAPANESE.findall(text):
        follows = units and (
            _HIRAGANA.match(word)
            or not (_HIRAGANA.match(units[-1][-1]) or units[-1][-1] in _PHRASE_END)
        )
        if follows and word[0] not in _NO_END:
            units[-1] += word
        else:
            units.append(word)
    return _joined(units)


def _joined(units: Iterable[str]) -> list[str]:
    """The units, none of which ends or begins with what no line may end or begin with."""
    joined: list[str] = []
    for unit in units:
        if joined and (unit[0] in _NO_START or joined[-1][-1] in _NO_END):
            joined[-1] += unit
        else:
            joined.append(unit)
    return joined
