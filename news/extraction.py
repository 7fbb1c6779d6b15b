"""The text of an article from its page, without the page's clutter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import trafilatura

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)")
_LOOKS_LIKE_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# What a page may declare but is really the wider set that includes it.
_WIDER = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932", "sjis": "cp932"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article's own text; title and day where the page tells them."""

    text: str
    title: str
    published_on: date | None


def looks_like_html(text: str) -> bool:
    """Whether a document begins as an HTML page does."""
    return bool(_LOOKS_LIKE_HTML.match(text[:4096]))


def decode_page(body: bytes, content_type: str = "") -> str:
    """A page as text: by the charset that its header or its first lines name, else UTF-8.

    Bytes that do not fit become U+FFFD; NUL, which no database text can hold, is left out.
    """
    told = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("ascii", "ignore"))
    name = told[1].lower() if told else "utf-8"
    try:
        text = body.decode(_WIDER.get(name, name), "replace")
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\x00", "")


def extract(html: str, *, url: str = "") -> Extracted | None:
    """The main text of a page; None when it has none."""
    document = trafilatura.bare_extraction(
        html, url=url or None, include_comments=False, include_tables=False, with_metadata=True
    )
    text = (getattr(document, "text", None) or "").replace("\x00", "").strip()
    if not text:
        return None
    title = (getattr(document, "title", None) or "").replace("\x00", "").strip()
    try:
        published_on = date.fromisoformat(getattr(document, "date", None) or "")
    except ValueError:
        published_on = None
    return Extracted(text=text, title=" ".join(title.split())[:300], published_on=published_on)
