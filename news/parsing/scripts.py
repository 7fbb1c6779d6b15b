"""Article text that a page carries only as data for its scripts, as Next.js does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from news.hygiene import plain
from news.parsing.html_pages import parsed

_PUSH = re.compile(r"__next_f\.push\(\s*")
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_TAGGED = re.compile(r"[A-Z]{1,2}(?=[\[{\"])")
_LEAST_PARAGRAPH = 30
_MOST_NODES = 200_000
_MOST_STORY = 500_000
# What an entry of a list of other articles has, and a paragraph has not.
_OF_TEASERS = {"url", "href", "link", "slug", "path", "headline", "title", "articleId"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption"}
_KANA = re.compile("[\u3041-\u30fa]")
_SENTENCE = re.compile(r"[.!?。！？]|다\b|[.!?][\"'”’]?\s")


def longest_story(html: str) -> str:
    """The longest piece of prose in the page's Next.js data; empty if there is none.

    A piece is one string, or the paragraphs of one list.
    """
    best = ""
    budget = _MOST_NODES
    for root in _roots(html):
        waiting = [root]
        while waiting and budget:
            budget -= 1
            node = waiting.pop()
            story = _story(node)
            if len(story) > len(best):
                best = story
            if isinstance(node, dict):
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)
    return best


def _roots(html: str) -> Iterator[Any]:
    if "__NEXT_DATA__" not in html and "__next_f" not in html:
        return
    page = parsed(html)
    if page is None:
        return
    pushed: list[str] = []
    for script in page.iter("script"):
        text = script.text or ""
        if script.get("id") == "__NEXT_DATA__":
            yield _json(text)
        elif "__next_f" in text:
            pushed.extend(_pushed(text))
    yield from _flight("".join(pushed).encode("utf-8", "replace"))


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _pushed(script: str) -> Iterator[str]:
    """The strings that a script pushes: `self.__next_f.push([1, "…"])`."""
    decoder = json.JSONDecoder(strict=False)
    for call in _PUSH.finditer(script):
        try:
            told, _ = decoder.raw_decode(script, call.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(told, list) and len(told) > 1 and isinstance(told[1], str):
            yield told[1]


def _flight(data: bytes) -> Iterator[Any]:
    """The rows of React's wire format: `id:JSON` up to a line end, or `id:Tlength,text`."""
    at = 0
    while at < len(data):
        row = _ROW.match(data, at)
        if row and row[2]:
            end = row.end() + int(row[2], 16)
            yield data[row.end() : end].decode("utf-8", "replace")
            at = end
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if row:
            text = data[row.end() : end].decode("utf-8", "replace")
            yield _json(_TAGGED.sub("", text, count=1) if _TAGGED.match(text) else text)
        at = end + 1


def _story(node: Any) -> str:
    if isinstance(node, str):
        return _prose(node)
    if isinstance(node, list):
        paragraphs = [_paragraph(each) for each in node]
        if sum(map(bool, paragraphs)) > 1:
            return "\n".join(filter(None, paragraphs))[:_MOST_STORY]
    return ""


def _paragraph(node: Any) -> str:
    """The text of one entry of a list, if that entry is a paragraph."""
    if isinstance(node, str):
        return _prose(node)
    if isinstance(node, list):
        return _prose(_shown(node)) if _is_element(node) and node[1] in _BLOCKS else ""
    if isinstance(node, dict) and not _OF_TEASERS & node.keys():
        texts = [value for value in node.values() if isinstance(value, str) and _prose(value)]
        return _prose(texts[0]) if len(texts) == 1 else ""
    return ""


def _is_element(node: list[Any]) -> bool:
    return len(node) > 3 and node[0] == "$" and isinstance(node[1], str)


def _shown(node: Any, depth: int = 0) -> str:
    """The text that a React element shows."""
    if isinstance(node, str):
        return "" if node.startswith("$") else node
    if isinstance(node, list) and depth < 50:
        if _is_element(node):
            shown = node[3].get("children") if isinstance(node[3], dict) else ""
            return _shown(shown, depth + 1)
        return "".join(_shown(each, depth + 1) for each in node)
    return ""


def _prose(text: str) -> str:
    """The text without markup, if it reads like sentences; else nothing."""
    is_data = text.lstrip()[:1] in ("{", "[") or " " not in text.strip()
    # Japanese has no spaces, but it has letters that code has not.
    if len(text) < _LEAST_PARAGRAPH or (is_data and not _KANA.search(text)):
        return ""
    words = plain(text, _MOST_STORY)
    return words if len(words) >= _LEAST_PARAGRAPH and _SENTENCE.search(words) else ""
