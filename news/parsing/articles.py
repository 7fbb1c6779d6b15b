"""The text of an article from its page, by the first way that gives a plausible one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import trafilatura

from news.hygiene import clean, one_line, plain
from news.parsing import JSON_LD, PAGE, SCRIPT, SUMMARY
from news.parsing.dates import effective
from news.parsing.html_pages import parsed, without_huge_tags
from news.parsing.scripts import longest_story

MOST_TEXT = 500_000
MOST_TITLE = 300
# A shorter text is a teaser, or a request to switch JavaScript on; ideographs and Hangul count two.
PLAUSIBLE = 200
# Two megabytes of script cost trafilatura a second, and it looks into JSON-LD only.
_SCRIPT = re.compile(r"<(script|style)\b([^>]{0,1000})>.*?</\1\s*>", re.I | re.S)


def read(
    body: bytes, *, url: str, summary: str, time_zone: str, fetched_at: str
) -> dict[str, Any] | None:
    """The article of a page given as UTF-8; None when neither it nor the summary has any text.

    The first plausible text counts; if none is, the longest. `how` says where it is from. The day
    is the first believable one, in `time_zone`; `date_problem` says what was wrong with it.
    """
    html = without_huge_tags(body.decode("utf-8", "replace"))
    document = _by_trafilatura(html, url)
    notes = list(_notes(html))
    noted = max((_words(note, "articleBody") for note in notes), key=len, default="")
    told = clean(getattr(document, "text", None) or "").strip()[:MOST_TEXT]
    zone = ZoneInfo(time_zone)
    moment, problem = effective(
        _dates(document, notes), zone, fetched_at=datetime.fromisoformat(fetched_at)
    )
    best_how, best = "", ""
    for how, text in _ways(told, noted, html, summary):
        if _weight(text) > _weight(best):
            best_how, best = how, text
        if _weight(text) >= PLAUSIBLE:
            break
    if not best:
        return None
    return {
        "text": best,
        "title": _title(document, notes),
        "published_on": moment.astimezone(zone).date().isoformat() if moment else None,
        "date_problem": problem,
        "how": best_how,
    }


def _ways(told: str, noted: str, html: str, summary: str) -> Iterator[tuple[str, str]]:
    yield PAGE, told
    yield JSON_LD, noted
    yield SCRIPT, longest_story(html)[:MOST_TEXT]
    yield SUMMARY, clean(summary).strip()


def _by_trafilatura(html: str, url: str) -> Any:
    # It falls back on the texts of JSON-LD, all of them in a row, and does not say so.
    html = _SCRIPT.sub(_only_notes, html).replace("articleBody", "_articleBody")
    try:
        found = trafilatura.bare_extraction(
            html, url=url or None, include_comments=False, include_tables=False, with_metadata=True
        )
        return found or trafilatura.extract_metadata(html)
    except MemoryError:
        raise
    except Exception:  # it has met more pages than we can name, and every library has a bad day
        return None


def _only_notes(script: re.Match[str]) -> str:
    return script[0] if "ld+json" in script[2].lower() else ""


def _title(document: Any, notes: list[dict[str, Any]]) -> str:
    headline = next(filter(None, (_words(note, "headline") for note in notes)), "")
    return one_line(getattr(document, "title", None) or headline, MOST_TITLE)


def _dates(document: Any, notes: list[dict[str, Any]]) -> list[str]:
    """The dates that a page gives itself, as written, the likeliest first."""
    # Those with a text are of this article, others may be of a list of further ones.
    notes = sorted(notes, key=lambda note: "articleBody" not in note)
    told = [str(note["datePublished"]) for note in notes if note.get("datePublished")]
    # trafilatura makes a day of what is none, so it is asked only where the page notes no date.
    return told or [str(getattr(document, "date", None) or "")]


def _notes(html: str) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that have a headline or a text."""
    page = parsed(html) if "ld+json" in html else None
    if page is None:
        return
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                if isinstance(node.get("articleBody") or node.get("headline"), str):
                    yield node
                waiting.extend(reversed(node.values()))
            elif isinstance(node, list):
                waiting.extend(reversed(node))


def _words(note: dict[str, Any], name: str) -> str:
    value = note.get(name)
    return plain(value, MOST_TEXT) if isinstance(value, str) else ""


def _weight(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
