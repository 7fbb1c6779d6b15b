"""Drafts of the pipeline as plain data in a row, and back.

Processes that answer readers load the models of the news and never read a draft. The pipeline comes
with all its words, so it is loaded here, when the first draft is made of a row.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from news.pipeline import Draft

_DAYS = ("starts_on", "ends_on")
_LISTS = ("participants", "countries", "topics")


def told_of(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it."""
    values = asdict(draft)
    values |= {name: values[name].isoformat() for name in _DAYS}
    return values | {name: list(values[name]) for name in _LISTS}


def draft_of(told: dict[str, Any]) -> Draft:
    """The draft again; what an older or newer pipeline told besides is left out."""
    from news.pipeline import Draft, Evidence

    known = {field.name for field in fields(Draft)}
    values = {name: value for name, value in told.items() if name in known}
    values |= {name: date.fromisoformat(values[name]) for name in _DAYS}
    values |= {name: tuple(values[name]) for name in _LISTS}
    values["evidence"] = tuple(Evidence(**row) for row in told.get("evidence", ()))
    return Draft(**values)
