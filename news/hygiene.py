"""The one way that other people's text gets clean before it is stored. Pure."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import nh3

# Line ends of every kind; then what no text means: controls, halves of surrogate pairs, byte order
# marks, non-characters, and the overrides of direction that make text read as what it is not.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# Where markup ends a line; nh3 takes tags away without leaving anything in their place.
_BREAK = re.compile(
    r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|dd|dt|dl|blockquote|figure|figcaption"
    r"|section|article|header|footer|hr|pre)\b)",
    re.I,
)
# Markup that says nothing but how to print: to take it out needs no reader of HTML.
_PLAIN_MARKUP = re.compile(
    r"[^<>&]*(?:</?(?:p|br|b|i|u|em|strong|span|div)(?: ?/)?>[^<>&]*)*", re.I | re.A
)
_TAG = re.compile("<[^>]*>")
# Putting marks into their order takes quadratic time; Unicode's own stream-safe format has 30.
_MARKS = re.compile(r"[^\w\s\x00-\xff]{31,}")
_MOST_MARKS = 30
_EMPTY_LINES = re.compile(r"\n{3,}")
# More markup than this around one title or summary is not read.
MOST_MARKUP = 200_000


def clean(text: str) -> str:
    """A text as it may be stored: NFC, line ends as \\n, without controls and direction overrides.

    Safe to do again.
    """
    if _is_ascii_text(text):
        return text  # most addresses and ids, and half of the titles
    text = _NOT_TEXT.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _MARKS.sub(_thinned, text))


def one_line(text: str, most: int) -> str:
    """A clean text with single spaces between words, cut to `most` characters."""
    # Cut first as well, generously: most of what follows is then saved.
    return " ".join(clean(text[: most * 20]).split())[:most].rstrip()


def plain(html: str, most: int) -> str:
    """The clean text of a piece of HTML, a paragraph a line, cut to `most` characters.

    What has no tags comes back as it is, so that “a < b” stays whole. It is text, not safe HTML:
    escape it where it is shown.
    """
    text = html[:MOST_MARKUP]
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())[:most].rstrip()  # half of the titles
    if not _is_ascii_text(text):
        text = _NOT_TEXT.sub("", text)
    if "<" in text and ">" in text:
        text = _BREAK.sub("\n<", text)
        is_simple = _PLAIN_MARKUP.fullmatch(text)
        text = _TAG.sub("", text) if is_simple else nh3.clean(text, tags=set(), attributes={})
    text = "\n".join([" ".join(line.split()) for line in clean(unescape(text)).split("\n")])
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip()[:most].rstrip()


def _is_ascii_text(text: str) -> bool:
    """Whether there is nothing in it but printable ASCII and line ends."""
    return text.isascii() and text.replace("\n", "").isprintable()


def _thinned(run: re.Match[str]) -> str:
    """A run of signs with at most 30 combining marks on each."""
    kept, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
