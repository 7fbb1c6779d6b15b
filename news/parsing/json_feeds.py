"""JSON Feed, version 1 and 1.1."""

from __future__ import annotations

import json
from typing import Any

from news.parsing.items import Told


def read_json(text: str, url: str) -> list[Told] | None:
    """The items of a JSON Feed; None if the text is none."""
    try:
        told = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or "jsonfeed.org/version/" not in str(told.get("version")):
        return None
    items = told.get("items")
    if not isinstance(items, list):
        return None
    return [_item(item, url) for item in items if isinstance(item, dict)]


def _item(item: dict[str, Any], url: str) -> Told:
    guid = _text(item, "id")
    links = [_text(item, "url"), guid if guid.startswith(("http://", "https://")) else ""]
    return Told(
        base=url,
        links=[link for link in [*links, _text(item, "external_url")] if link],
        guid=guid,
        title=_text(item, "title"),
        dates=[_text(item, name) for name in ("date_published", "date_modified")],
        bodies=[_text(item, name) for name in ("content_html", "content_text", "summary")],
    )


def _text(item: dict[str, Any], name: str) -> str:
    """A member as text; ids are numbers in some feeds, which the format allows for."""
    value = item.get(name)
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""
