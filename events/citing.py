"""How to cite the page of an event: a line of text, BibTeX, CSL-JSON.

Pure but for the active language, in which the text is written. The cited date is the event's own,
no more exact than it is known.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import wording
from events.models import Event
from events.models.dates import Precision
from events.spans import span_of

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"en": "british", "ko": "korean", "ja": "japanese"}

# BibTeX counts braces even behind a backslash, so an unpaired one has to be spelt out.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$%&#_"},
}


@dataclass(frozen=True, slots=True)
class PageCitation:
    """One page cited in three forms."""

    text: str
    bibtex: str
    csl_json: str


def cite(event: Event, *, address: str, read_on: date) -> PageCitation:
    """The page of the event at its permanent `address`, as it was read on that day."""
    return PageCitation(
        text=_in_words(event, address, read_on),
        bibtex=_bibtex(event, address, read_on),
        csl_json=_in_lines(_csl(event, address, read_on)),
    )


def date_of(event: Event) -> str:
    """The event's date as a sentence writes it: "9 June 2025", "June 2025"."""
    if event.precision == Precision.DAY and event.ends_on in (None, event.starts_on):
        return wording.day_in_words(event.starts_on)
    return wording.date_in_words(event.precision, event.starts_on, event.ends_on)


def _english_title(event: Event) -> str:
    """Empty where it is the title that the reader sees."""
    english: str = event.title_en  # type: ignore[attr-defined]  # one column per language
    return english if english != event.title else ""


def _in_words(event: Event, address: str, read_on: date) -> str:
    title = event.title
    if english := _english_title(event):
        title = _("%(title)s [%(english)s]") % {"title": title, "english": english}
    return _(
        "“%(title)s”, %(record)s, %(date)s, %(address)s (read on %(read_on)s), %(licence)s."
    ) % {
        "title": title,
        "record": _("Seoul–Tokyo Record"),
        "date": date_of(event),
        "address": address,
        "read_on": wording.day_in_words(read_on),
        "licence": LICENCE,
    }


def _bibtex(event: Event, address: str, read_on: date) -> str:
    """An entry for BibTeX (`year`, `month`) and for biblatex (`date`, `urldate`, `langid`)."""
    span = span_of(event)
    fields = {
        "author": _group(_("Seoul–Tokyo Record")),
        "title": _group(event.title),
        "titleaddon": _tex(_english_title(event)),
        "date": _edtf(event),
        "year": f"{span.first.year}" if span.first.year == span.last.year else "",
    }
    entry = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        entry.append(f"  month = {_MONTHS[span.first.month - 1]}")
    # An address is verbatim there: nothing in it is to be escaped.
    entry.append(f"  url = {{{re.sub(r'[{}]', '', address)}}}")
    entry.append(f"  urldate = {{{read_on.isoformat()}}}")
    entry.append(f"  langid = {{{_LANGUAGES.get(get_language() or 'en', 'british')}}}")
    entry.append(f"  note = {{{_tex(LICENCE)}}}")
    return f"@misc{{{event.slug},\n" + ",\n".join(entry) + ",\n}\n"


def _group(words: str) -> str:
    """In braces of its own: a name that is not split, a title whose capitals are kept."""
    return f"{{{_tex(words)}}}"


def _tex(words: str) -> str:
    return "".join(_TEX.get(char, char) for char in " ".join(words.split()))


def _edtf(event: Event) -> str:
    """ "2025-06-09", "2025-06", "2025", "2025-06-15/2025-06-17"."""
    parts = ["-".join(f"{number:02}" for number in part) for part in _date_parts(event)]
    return "/".join(parts)


def _date_parts(event: Event) -> list[list[int]]:
    """Year, month and day as far as they are known; two of them where the date is a range."""
    first = event.starts_on
    match event.precision:
        case Precision.YEAR:
            return [[first.year]]
        case Precision.MONTH:
            return [[first.year, first.month]]
    last = event.ends_on or first
    return [_parts(day) for day in dict.fromkeys([first, last])]


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _csl(event: Event, address: str, read_on: date) -> dict[str, Any]:
    """One item of the data schema of CSL. The record is written in English and translated."""
    item = {
        "id": event.slug,
        "type": "webpage",
        "title": event.title,
        "author": [{"literal": _("Seoul–Tokyo Record")}],
        "issued": {"date-parts": _date_parts(event)},
        "accessed": {"date-parts": [_parts(read_on)]},
        "URL": address,
        "language": get_language() or "en",
        "note": LICENCE,
    }
    if english := _english_title(event):
        item["original-title"] = english
    return item


def _in_lines(item: dict[str, Any]) -> str:
    """A list of one item as JSON, a line for each of its values."""
    lines = (
        f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in item.items()
    )
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"
