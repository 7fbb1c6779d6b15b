"""The text of an article from its page, without the page's clutter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from news.child import ChildLimits, run_in_child
from news.parsing import PAGE
from news.parsing.charsets import decode

_LOOKS_LIKE_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article's own text; title and day where the page tells them.

    `how` says where the text is from: one of PAGE, JSON_LD, SCRIPT, SUMMARY of news.parsing.
    """

    text: str
    title: str
    published_on: date | None
    how: str = PAGE


def looks_like_html(text: str) -> bool:
    """Whether a document begins as an HTML page does."""
    return bool(_LOOKS_LIKE_HTML.match(text[:4096]))


def decode_page(body: bytes, content_type: str = "") -> str:
    """A page as text, whatever charset it is in or says it is in.

    Bytes that do not fit become U+FFFD; NUL, which no database text can hold, is left out.
    """
    return decode(body, content_type).removeprefix("\ufeff").replace("\x00", "")


def extract(
    html: str, *, url: str = "", summary: str = "", limits: ChildLimits | None = None
) -> Extracted | None:
    """The main text of a page, found in a child process; None when it has none.

    `summary` is what the feed says of the article, for a page without a text. Raises ChildFailed.
    """
    told = run_in_child(
        "news.parsing.articles",
        "read",
        html.encode("utf-8", "replace"),
        limits=limits or ChildLimits(),
        url=url,
        summary=summary,
    )
    if told is None:
        return None
    day = told.pop("published_on")
    return Extracted(published_on=date.fromisoformat(day) if day else None, **told)
