"""Draws the picture of an event as PNG.

Only what draws imports this: the library and its fonts take memory that most processes never need.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from events.card import HEIGHT, WIDTH, Card
from events.typesetting import Face, cut, fit

_FONTS = Path(__file__).parent / "fonts"
_SERIF = Face(_FONTS / "serif.ttf", _FONTS / "serif-kerning.json")
_KOREAN = Face(_FONTS / "ko.otf")
_JAPANESE = Face(_FONTS / "ja.otf")
_HEADINGS = {"en": _SERIF, "ko": _KOREAN, "ja": _JAPANESE}
# The Latin letters of the Korean font are a sans serif.
_LABELS = {"en": _KOREAN, "ko": _KOREAN, "ja": _JAPANESE}

# The light colours of static/css/tokens.css.
_PAPER, _INK, _INK_2, _HAIRLINE = "#fbfaf7", "#16181d", "#4a505a", "#dcd8cf"
_COLOURS = {"KR": "#1d5c96", "JP": "#b23a2b", "US": "#7a5b00", "CN": "#6b4c9a"}
_OTHER = "#5c6470"

_MARGIN = 72
_ROOM = WIDTH - 2 * _MARGIN
_TITLE_TOP, _TITLE_BOTTOM = 206, 512
_SIZES = {"en": range(104, 33, -2), "ko": range(96, 31, -2), "ja": range(96, 31, -2)}
_LEADING = {"en": 1.14, "ko": 1.3, "ja": 1.3}
_MOST_LINES = 4
# In the line of countries, in ems: a shape with the space behind it, and between two countries.
_SHAPE, _GAP = 1.15, 1.1


def draw_card(card: Card) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 9), fill=_INK)
    heading = _HEADINGS[card.language]
    _write(draw, _MARGIN, 82, card.record, heading, 34, _INK)
    draw.rectangle((_MARGIN, 112, WIDTH - _MARGIN, 113), fill=_HAIRLINE)
    _write_kicker(draw, card)
    _write_title(draw, card)
    draw.rectangle((_MARGIN, 534, WIDTH - _MARGIN, 535), fill=_INK)
    _write_countries(image, draw, card)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=7)
    return stream.getvalue()


def _write(
    draw: ImageDraw.ImageDraw, x: float, y: float, text: str, face: Face, size: int, fill: str
) -> float:
    """Write from `x` along the baseline `y`; returns where the text ends."""
    font = face.at(size)
    for char, step in zip(text, face.steps(text), strict=True):
        if not char.isspace():
            draw.text((x, y), char, fill=fill, font=font, anchor="ls")
        x += step * size
    return x


def _write_kicker(draw: ImageDraw.ImageDraw, card: Card) -> None:
    face = _LABELS[card.language]
    parts = [card.kind, card.date, *([card.status] if card.status else [])]
    text = " · ".join(parts)
    size = _largest(text, face, range(30, 19, -1), _ROOM)
    text = cut(text, face, _ROOM / size)
    kind, rest = text[: len(card.kind)], text[len(card.kind) :]
    x = _write(draw, _MARGIN, 168, kind, face, size, _INK)
    _write(draw, x, 168, rest, face, size, _INK_2)


def _largest(text: str, face: Face, sizes: range, width: float) -> int:
    """The largest size at which the text is no wider; the last one if it is at all of them."""
    ems = face.width(text)
    return next((size for size in sizes if ems * size <= width), sizes[-1])


def _write_title(draw: ImageDraw.ImageDraw, card: Card) -> None:
    text, language, face = _title_that_can_be_drawn(card)
    leading = _LEADING[language]
    room = _TITLE_BOTTOM - _TITLE_TOP
    setting = fit(
        text,
        face,
        japanese=language == "ja",
        width=_ROOM,
        sizes=_SIZES[language],
        most_lines=lambda size: min(_MOST_LINES, int(room / (size * leading))),
    )
    size = setting.size
    # Capitals and Hangul stand about three quarters of the size above their baseline.
    y = _TITLE_TOP + 0.5 * (leading - 1) * size + 0.76 * size
    for line in setting.lines:
        # An opening bracket carries half its width as space before it.
        hang = 0.5 * size if line[:1] in ("「", "『", "（", "【") else 0
        _write(draw, _MARGIN - hang, y, line, face, size, _INK)
        y += leading * size


def _title_that_can_be_drawn(card: Card) -> tuple[str, str, Face]:
    """Title, its language and a font that has every letter of it; in English for want of one."""
    own = unicodedata.normalize("NFC", card.title)
    english = unicodedata.normalize("NFC", card.title_en)
    choices = [(english, "en", face) for face in (_SERIF, _KOREAN, _JAPANESE)]
    if own != english:
        choices.insert(0, (own, card.language, _HEADINGS[card.language]))
    drawn = (choice for choice in choices if choice[2].covers(choice[0]))
    return next(drawn, (english, "en", _SERIF))


def _write_countries(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Shape and name of each in its colour; an ellipsis stands for those that have no room."""
    face = _LABELS[card.language]
    names = [name for _code, name in card.countries]
    size = next((s for s in range(30, 21, -1) if _breadth(names, face) * s <= _ROOM), 22)
    x: float = _MARGIN
    for written, (code, name) in enumerate(card.countries, start=1):
        # What has to fit behind this name, if it is not the last: the ellipsis.
        rest = _GAP + face.width("…") if written < len(names) else 0
        if x + (_SHAPE + face.width(name) + rest) * size > WIDTH - _MARGIN:
            _write(draw, x, 586, "…", face, size, _INK_2)
            return
        colour = _COLOURS.get(code, _OTHER)
        _draw_shape(image, code, (round(x), round(586 - 0.78 * size)), size, colour)
        x = _write(draw, x + _SHAPE * size, 586, name, face, size, colour) + _GAP * size


def _breadth(names: Sequence[str], face: Face) -> float:
    """The width of the line of countries in ems."""
    return sum(_SHAPE + face.width(name) + _GAP for name in names) - _GAP


def _draw_shape(image: Image.Image, code: str, at: tuple[int, int], size: int, fill: str) -> None:
    side = round(0.82 * size)
    image.paste(fill, (*at, at[0] + side, at[1] + side), _shape(code, side))


@cache
def _shape(code: str, side: int) -> Image.Image:
    """The country's shape as a mask, drawn large and made smaller for smooth edges."""
    n = 8 * side
    mask = Image.new("L", (n, n), 0)
    draw = ImageDraw.Draw(mask)
    match code:
        case "KR":
            draw.ellipse((0, 0, n - 1, n - 1), fill=255)
        case "JP":
            draw.rectangle((n // 16, n // 16, n - n // 16, n - n // 16), fill=255)
        case "US":
            draw.polygon([(n // 2, 0), (n - 1, n - 1), (0, n - 1)], fill=255)
        case "CN":
            half = n // 2
            draw.polygon([(half, 0), (n - 1, half), (half, n - 1), (0, half)], fill=255)
        case _:
            draw.ellipse((0, 0, n - 1, n - 1), outline=255, width=n // 7)
    return mask.resize((side, side), Image.Resampling.LANCZOS)
