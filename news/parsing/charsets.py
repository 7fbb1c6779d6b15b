"""Bytes as text, whatever their server and their first line say about them."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)
# What a page may declare but is really the wider set that includes it.
_WIDER = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
}
_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_STARTS = {b"<\0\0\0": "utf-32-le", b"\0\0\0<\0\0\0": "utf-32-be"}
_GUESSES = ("utf-8", "cp949", "cp932", "euc_jp", "cp1252")
_SAMPLE = 8 * 1024
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Below this many letters a declaration weighs more than what the letters look like.
_FEW = 8


def decode(body: bytes, content_type: str = "") -> str:
    """Bytes as text; those that fit no charset become U+FFFD.

    A mark at the beginning decides, then validity as UTF-8; else the charset that leaves the
    fewest errors and the most Hangul or kana, where a declared one has the benefit of the doubt.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if wide := _without_mark(body):
        return body.decode(wide, "replace")
    declared = _declared(body, content_type)
    if (b"\x1b$" in body or b"\x1b(" in body) and body.isascii():
        name = "iso2022_kr" if b"\x1b$)C" in body else "iso2022_jp_ext"
        return body.decode(name, "replace")
    if "utf-7" in declared and body.isascii():
        return body.decode("utf-7", "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _of_java(body) or body.decode(_likeliest(body, declared), "replace")


def _of_java(body: bytes) -> str:
    """What Java and old databases take for UTF-8: emoji as two halves; empty if it is not that."""
    try:
        halves = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_mark(body: bytes) -> str:
    """UTF-16 and UTF-32 show in their markup: most bytes of ASCII are zero."""
    for start, name in _STARTS.items():
        if body.startswith(start):
            return name
    head = body[:1024]
    if len(head) < 4 or head.count(0) * 4 < len(head):
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(body: bytes, content_type: str) -> list[str]:
    """The codecs that header and first lines name."""
    told = (content_type, body[:2048].decode("ascii", "ignore"))
    return [name for each in told if (name := _known(each))]


def _likeliest(body: bytes, declared: list[str]) -> str:
    # From the first byte beyond ASCII, which starts a letter in every charset.
    found = _BEYOND_ASCII.search(body)
    first = found.start() if found else 0
    sample = body[first : first + _SAMPLE]
    best, best_score = "utf-8", -100.0
    for name in dict.fromkeys([*declared, *_GUESSES]):
        score = _plausibility(sample, name, is_declared=name in declared)
        if score > best_score:
            best, best_score = name, score
    return best


def _known(told: str) -> str:
    """The codec of the charset that a header or a first line names; empty if there is none."""
    found = _DECLARED.search(told)
    if not found:
        return ""
    name = found[1].lower()
    name = _WIDER.get(name, name)
    try:
        "".encode(name)
    except (LookupError, UnicodeError):  # some codecs are not of text at all
        return ""
    # The bytes have no zeros, so these are lies.
    return "" if name.replace("-", "").replace("_", "").startswith(("utf16", "utf32")) else name


def _plausibility(sample: bytes, name: str, *, is_declared: bool) -> float:
    """How much a sample looks like language in a charset; about 2 is a text, below 0 is noise."""
    try:
        text = codecs.getincrementaldecoder(name)("replace").decode(sample)
    except (LookupError, UnicodeError):
        return -100.0
    letters = [letter for letter in text if letter > "\x7f"]
    if not letters:
        return 0.0
    has_kana = any("\u3041" <= letter <= "\u30fa" for letter in letters)
    ideograph = 1.0 if has_kana or is_declared else 0.2
    score = sum(_weight(letter, ideograph) for letter in letters) / len(letters)
    if is_declared:
        score += 2.0 if len(letters) < _FEW else 0.5
    return score


def _weight(letter: str, ideograph: float) -> float:
    if "\uac00" <= letter <= "\ud7a3":
        # The common syllables are those of the older charset; the rest appears in misread bytes.
        return 2.0 if _is_common(letter) else -1.0
    if "\u3041" <= letter <= "\u30fa":
        return 2.0
    if "\u4e00" <= letter <= "\u9fff":
        return ideograph
    if letter == "\ufffd":
        return -5.0
    # Single letters of Hangul (but for the one that serves as a middle dot), half-width kana,
    # private use, controls: what wrong guesses give.
    if "\u3131" <= letter <= "\u318c":
        return -4.0
    if "\uff61" <= letter <= "\uff9f" or "\ue000" <= letter <= "\uf8ff" or letter <= "\x9f":
        return -2.0
    return 0.3


def _is_common(syllable: str) -> bool:
    try:
        syllable.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    # The codec spells rare syllables out in eight bytes instead of refusing them.
    return len(syllable.encode("euc_kr")) == 2
