"""The lines that `draft_events` reads: one article a line, as a JSON object."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from news.article_file import MOST_BYTES, BadArticle, read_day
from news.pipeline import ArticleText

LANGUAGES = ("en", "ko", "ja")


class BadLine(Exception):
    """A line that is no article; the message says why."""


def read_line(line: bytes) -> ArticleText:
    """The article of one line; only `id` and `text` must be there. Raises BadLine."""
    if len(line) > MOST_BYTES:
        raise BadLine(f"larger than {MOST_BYTES // 1024 // 1024} MB; no article is")
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:
        # Without the error's own line number, which counts within this line.
        reason = getattr(error, "msg", "nested too deeply")
        raise BadLine(f"not JSON ({reason})") from error
    if not isinstance(told, dict):
        raise BadLine("not a JSON object")
    article_id = told.get("id")
    if isinstance(article_id, int) and not isinstance(article_id, bool):
        article_id = str(article_id)
    if not isinstance(article_id, str) or not article_id:
        raise BadLine("“id” is missing")
    lang = _text(told, "lang")
    if lang and lang not in LANGUAGES:
        raise BadLine(f"“lang” is {lang!r}, not one of {', '.join(LANGUAGES)}")
    return ArticleText(
        id=_storable("id", article_id),
        url=_text(told, "url"),
        outlet=_text(told, "outlet"),
        lang=lang,
        published=_day(told.get("published")),
        title=_text(told, "title"),
        text=_text(told, "text", is_needed=True),
    )


def _text(told: dict[str, Any], name: str, *, is_needed: bool = False) -> str:
    value = told.get(name)
    if value is None and not is_needed:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"“{name}” is missing" if value is None else f"“{name}” is not a text")
    if is_needed and not value.strip():
        raise BadLine(f"“{name}” is empty")
    return _storable(name, value)


def _storable(name: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadLine(f"“{name}” has half of a character at {error.start + 1}") from error
    return value


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLine("“published” is not a date")
    try:
        # A time may follow the day, as feeds write it.
        return read_day(value[:10] if value[10:11] in ("T", " ") else value)
    except BadArticle as error:
        raise BadLine(f"“published”: {error}") from error
