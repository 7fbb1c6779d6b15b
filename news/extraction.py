"""The text of an article from its page, without the page's clutter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from news.child import ChildLimits, run_in_child
from news.hygiene import clean
from news.parsing import PAGE
from news.parsing.charsets import decode

_LOOKS_LIKE_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article's own text; title and day where the page tells them.

    `how` says where the text is from: one of PAGE, JSON_LD, SCRIPT, SUMMARY of news.parsing.
    `date_problem` is empty, or a code of news.parsing.dates.
    """

    text: str
    title: str
    published_on: date | None
    how: str = PAGE
    date_problem: str = ""


def looks_like_html(text: str) -> bool:
    """Whether a document begins as an HTML page does."""
    return bool(_LOOKS_LIKE_HTML.match(text[:4096]))


def decode_page(body: bytes, content_type: str = "") -> str:
    """A page as text that may be stored, whatever charset it is in or says it is in.

    Bytes that do not fit become U+FFFD.
    """
    return clean(decode(body, content_type))


def extract(
    html: str,
    *,
    url: str = "",
    summary: str = "",
    time_zone: str = "UTC",
    at: datetime | None = None,
    limits: ChildLimits | None = None,
) -> Extracted | None:
    """The main text of a page, found in a child process; None when it has none.

    `summary` is what the feed says of the article, for a page without a text; `time_zone` is for
    times that name none; `at` is when it was fetched, since nothing is published later: by default,
    this moment. Raises ChildFailed.
    """
    told = run_in_child(
        "news.parsing.articles",
        "read",
        html.encode("utf-8", "replace"),
        limits=limits or ChildLimits(),
        url=url,
        summary=summary,
        time_zone=time_zone,
        fetched_at=(at or datetime.now(UTC)).isoformat(),
    )
    if told is None:
        return None
    day = told.pop("published_on")
    return Extracted(published_on=date.fromisoformat(day) if day else None, **told)
