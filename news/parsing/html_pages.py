"""Web pages as trees."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

# Tens of thousands of attributes take parsers seconds to minutes; no text is in them.
_HUGE_TAG = re.compile(r"<([A-Za-z][\w:.-]{0,60})\s[^<>]{20000,}(?:>|$)")


def without_huge_tags(text: str) -> str:
    """The page with those of its tags bare that have more attributes than any page needs."""
    return _HUGE_TAG.sub(r"<\1>", text)


def parsed(text: str) -> Any | None:
    """The tree of an HTML page; None if there is nothing in it."""
    if not text.strip():
        return None
    body = without_huge_tags(text).encode("utf-8", "replace")
    # As bytes: lxml refuses a string that names its own charset.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
