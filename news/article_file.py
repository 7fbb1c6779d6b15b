"""An article in a file: read, checked and, if it is a web page, extracted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from events.models.citations import ADDRESS_LENGTH
from news.child import ChildFailed
from news.extraction import decode_page, extract, looks_like_html

MOST_BYTES = 2 * 1024 * 1024
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Tabs and line ends aside, control characters mean that this is no text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


class BadArticle(Exception):
    """The article cannot be taken in; the message says why and where."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file's text as it will be stored, and the title if the file is a page with one."""

    text: str
    title: str


def read_article_file(path: Path, *, url: str = "") -> ArticleFile:
    """The article in a file: plain UTF-8 text word for word, or the main text of an HTML page.

    Raises BadArticle when the file cannot be read, is empty, too large, not text, or a page
    without an article.
    """
    body = _bytes(path)
    is_page = path.suffix.lower() in (".html", ".htm", ".xhtml")
    text = decode_page(body) if is_page else _text(body, path)
    if is_page or looks_like_html(text):
        try:
            page = extract(text, url=url)
        except ChildFailed as error:
            raise BadArticle(f"{path}: {error}") from error
        if page is None:
            raise BadArticle(_("%(file)s: no article was found on this page.") % {"file": path})
        return ArticleFile(page.text, page.title)
    return ArticleFile(text, "")


def read_day(told: str) -> date:
    """A civil date written YYYY-MM-DD. Raises BadArticle."""
    try:
        if not _DAY.fullmatch(told):
            raise ValueError(told)
        return date.fromisoformat(told)
    except ValueError as error:
        message = _("“%(told)s” is not a date that exists, written YYYY-MM-DD.")
        raise BadArticle(message % {"told": told}) from error


def checked_address(url: str) -> str:
    """The address, if it is one of the web. Raises BadArticle."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or len(url) > ADDRESS_LENGTH or re.search(r"[\s\x00-\x1f]", url):
        message = _("“%(url)s” is not an address that begins with https:// or http://.")
        raise BadArticle(message % {"url": url[:100]})
    return url


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadArticle(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": reason}
        ) from error
    if len(body) > MOST_BYTES:
        raise BadArticle(
            _("%(file)s is larger than %(most)d MB; no article is.")
            % {"file": path, "most": MOST_BYTES // 1024 // 1024}
        )
    if not body.strip():
        raise BadArticle(_("%(file)s is empty.") % {"file": path})
    return body


def _text(body: bytes, path: Path) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadArticle(
            _("%(file)s is not UTF-8 text (byte %(at)d). Save it as UTF-8 and try again.")
            % {"file": path, "at": error.start + 1}
        ) from error
    found = _CONTROL.search(text)
    if found:
        raise BadArticle(
            _("%(file)s is not text: it has a control character (U+%(code)04X) at %(at)d.")
            % {"file": path, "code": ord(found[0]), "at": found.start() + 1}
        )
    if not text.strip():
        raise BadArticle(_("%(file)s is empty.") % {"file": path})
    return text
