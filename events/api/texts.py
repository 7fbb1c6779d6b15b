"""Texts of the record in its three languages, as the API gives them."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.models import Phrase

LANGUAGES = ("en", "ko", "ja")

Text = dict[str, str | None]


def text_of(row: Any, name: str = "name") -> Text | None:
    """The text `name` of a row, or of a mapping, in each language; None where there is none.

    A translation that is not written yet is None, never the English text.
    """
    get = row.get if isinstance(row, Mapping) else lambda key: getattr(row, key, None)
    texts = {code: get(f"{name}_{code}") or None for code in LANGUAGES}
    return texts if any(texts.values()) else None


class Phrases:
    """The translations of English phrases that rows hold (cities, occasions …)."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """One query for all of them; none where there are none."""
        wanted = {phrase for phrase in phrases if phrase}
        rows = Phrase.objects.filter(text_en__in=wanted) if wanted else ()
        self._known = {row.text_en: row for row in rows}

    def text(self, phrase: str) -> Text | None:
        if not phrase:
            return None
        known = self._known.get(phrase)
        return text_of(known, "text") if known else {"en": phrase, "ko": None, "ja": None}
