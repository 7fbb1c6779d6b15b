"""Whom an English article calls somebody's counterpart, where the record has no such name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.mentions import Mention
from news.pipeline.telling import Telling

_NAME = r"(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2})"
_HIS = r"(?:his|her) (?:(?:new|visiting|then|South|Korean|Japanese) )*counterpart"
# "His South Korean counterpart in that role, Kim Gunn", "Kim Gunn, her counterpart".
_NAMED = re.compile(
    rf"\b{_HIS}(?: (?:in|from|for|at) [^,.;]{{1,40}})?,? ({_NAME})|({_NAME}), {_HIS}\b"
)


def is_with_counterpart(mention: Mention, telling: Telling) -> bool:
    """Whether an official whom we do not know sees "his counterpart" on a day told with it."""
    says = telling.words.cues["counterpart"].search(mention.spoken.sentence.text)
    return telling.lang == "en" and mention.date_source == "clause" and bool(says)


def is_with_another(mentions: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether somebody meets a counterpart by name of whom other mentions do not tell."""
    told = "\n".join(m.spoken.sentence.text for m in others)
    texts = (m.spoken.sentence.text for m in mentions if m.date_source == "clause")
    named = [m.group(1) or m.group(2) for text in texts for m in _NAMED.finditer(text)]
    return any(name.split()[-1] not in told for name in named)
