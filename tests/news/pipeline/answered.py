"""Answers of a language model, as tests write them."""

from __future__ import annotations

import json
from typing import Any

from news.pipeline.checking import Judged, Vocabulary
from news.pipeline.extractor import ModelExtractor
from tests.news.pipeline.record_knowledge import article, record_knowledge

WORDS = Vocabulary(
    countries=frozenset({"KR", "JP", "US", "CN"}),
    topics=frozenset({"security", "trade", "north_korea"}),
)
CALL = (
    "President Lee Jae-myung and Japanese Prime Minister Shigeru Ishiba spoke by phone on Monday, "
    "the presidential office in Seoul said. The two leaders agreed to work closely on trade. "
    "The call lasted about 25 minutes."
)
CALLED_ON = "2025-06-10"  # a Tuesday


def said(value: Any, quote: str) -> dict[str, Any]:
    return {"value": value, "quote": quote}


def call(**changes: Any) -> dict[str, Any]:
    """What a good model answers of CALL, but for `changes`."""
    return {
        "kind": said("call", "spoke by phone"),
        "status": said("happened", "spoke by phone on Monday"),
        "start": said("2025-06-09", "Monday"),
        "countries": [said("KR", "President Lee Jae-myung"), said("JP", "Japanese Prime Minister")],
        "participants": [
            said("lee-jae-myung", "Lee Jae-myung"),
            said("ishiba-shigeru", "Shigeru Ishiba"),
        ],
        "topics": [said("trade", "trade")],
        "channel": said("PHONE", "by phone"),
        "minutes": said(25, "about 25 minutes"),
        **changes,
    }


def answer(*events: Any) -> str:
    return json.dumps({"events": list(events)}, ensure_ascii=False)


def judged(answered: str, text: str = CALL, published: str = CALLED_ON, lang: str = "en") -> Judged:
    """What is kept of an answer about a text."""
    extractor = ModelExtractor(lambda question: answered, WORDS)
    return extractor(article(text, published, lang), record_knowledge())
