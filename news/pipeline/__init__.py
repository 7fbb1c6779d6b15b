"""Read a news article and draft the Korea-Japan events it tells of.

Pure: values in, values out. No Django, no network, no clock.
"""

from news.pipeline.reading import read_article, read_batch, to_json
from news.pipeline.values import (
    ArticleText,
    Draft,
    DraftReadout,
    Evidence,
    Knowledge,
    KnownAnniversary,
    KnownEvent,
    KnownPerson,
    KnownTerm,
    Reading,
    SetAside,
)

__all__ = [
    "ArticleText",
    "Draft",
    "DraftReadout",
    "Evidence",
    "Knowledge",
    "KnownAnniversary",
    "KnownEvent",
    "KnownPerson",
    "KnownTerm",
    "Reading",
    "SetAside",
    "read_article",
    "read_batch",
    "to_json",
]
