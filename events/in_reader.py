"""SQL for texts in the reader's language, so that a list needs no query for the names in it."""

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from events.models import Phrase


def reader_language() -> str:
    """ "en", "ko" or "ja"."""
    language = (get_language() or "en")[:2]
    return language if language in ("en", "ko", "ja") else "en"


def in_reader(name: str) -> Combinable:
    """The column `name` of the active language; English where that text is not written."""
    language = reader_language()
    if language == "en":
        return F(f"{name}_en")
    return Coalesce(NullIf(F(f"{name}_{language}"), Value("")), F(f"{name}_en"))


def phrase_in_reader(column: str) -> Combinable:
    """The reader's words for the English phrase in `column`; empty where it has none yet.

    Also empty for a reader of English, who reads the phrase itself.
    """
    language = reader_language()
    if language == "en":
        return Value("", output_field=CharField())
    said = Phrase.objects.filter(text_en=OuterRef(column)).values(f"text_{language}")[:1]
    return Coalesce(Subquery(said), Value(""), output_field=CharField())
