"""The record's own people, terms and anniversaries, as the pipeline wants them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from news.pipeline import (
    ArticleText,
    Draft,
    Knowledge,
    KnownAnniversary,
    KnownPerson,
    KnownTerm,
    Reading,
    read_article,
)

RECORD = Path(__file__).resolve().parents[3] / "events" / "record"


@cache
def record_knowledge() -> Knowledge:
    names = defaultdict(list)
    for row in _rows("people"):
        for lang in ("en", "ko", "ja"):
            names[row["slug"]].append((lang, row[f"name_{lang}"]))
    for row in _rows("aliases"):
        names[row["slug"]].append((row["lang"], row["alias"]))
    return Knowledge(
        people=tuple(
            KnownPerson(row["slug"], row["country"], tuple(dict.fromkeys(names[row["slug"]])))
            for row in _rows("people")
        ),
        terms=tuple(
            KnownTerm(
                row["slug"],
                row["country"],
                row["office"],
                date.fromisoformat(row["term_start"]),
                date.fromisoformat(row["term_end"]) if row["term_end"] else None,
            )
            for row in _rows("terms")
        ),
        anniversaries=tuple(
            KnownAnniversary(
                row["slug"],
                date.fromisoformat(row["origin_date"]),
                row["calendar"],
                tuple(row["countries"].split(";")),
                tuple((lang, row[f"title_{lang}"]) for lang in ("en", "ko", "ja")),
            )
            for row in _rows("anniversaries")
        ),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (RECORD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def article(
    text: str, published: str | None = None, lang: str = "", title: str = ""
) -> ArticleText:
    day = date.fromisoformat(published) if published else None
    return ArticleText("a", "https://news.example/a", "Example", lang, day, title, text)


def read(text: str, published: str | None = None, lang: str = "", title: str = "") -> Reading:
    return read_article(article(text, published, lang, title), record_knowledge())


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    """What a test compares: (kind, first day, last day, status) of each draft."""
    return [
        (d.kind, d.starts_on.isoformat(), d.ends_on.isoformat(), d.status) for d in reading.drafts
    ]


def only(reading: Reading) -> Draft:
    (draft,) = reading.drafts
    return draft


def reasons(reading: Reading) -> set[str]:
    return {row.reason for row in reading.set_aside}
