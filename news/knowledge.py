"""What the record knows that helps to read an article, from the database or the shipped files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from events.models import Alias, Anniversary, AnniversaryCountry, Person, Publisher, Term
from news.pipeline import Knowledge, KnownAnniversary, KnownEvent, KnownPerson, KnownTerm

SHIPPED = Path(__file__).resolve().parent.parent / "events" / "record"
LANGUAGES = ("en", "ko", "ja")


def from_record() -> Knowledge:
    """What the database holds, in six queries however much that is."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    aliases = Alias.objects.order_by("id").values_list("person__slug", "language", "form")
    for slug, language, form in aliases:
        names[slug].append((language, form))
    people = tuple(
        KnownPerson(
            person.slug,
            person.country_id,
            _once(
                [
                    *((code, getattr(person, f"name_{code}")) for code in LANGUAGES),
                    *names[person.slug],
                ]
            ),
        )
        for person in Person.objects.order_by("slug")
    )
    terms = tuple(
        KnownTerm(
            term.person.slug, term.office.country_id, term.office.slug, term.starts_on, term.ends_on
        )
        for term in Term.objects.select_related("person", "office").order_by("starts_on", "id")
    )
    marked_in: dict[int, list[str]] = defaultdict(list)
    links = AnniversaryCountry.objects.order_by("id").values_list("anniversary_id", "country_id")
    for anniversary_id, country in links:
        marked_in[anniversary_id].append(country)
    anniversaries = tuple(
        KnownAnniversary(
            row.slug,
            row.origin_on,
            row.calendar.lower(),
            tuple(marked_in[row.pk]),
            tuple((code, getattr(row, f"title_{code}")) for code in LANGUAGES),
        )
        for row in Anniversary.objects.order_by("slug")
    )
    official = Publisher.objects.filter(source_class=Publisher.Class.OFFICIAL).exclude(
        country_code=""
    )
    hosts = tuple(official.order_by("host").values_list("host", "country_code"))
    return Knowledge(people, terms, anniversaries, hosts)


def from_files(folder: Path = SHIPPED) -> Knowledge:
    """What the shipped CSV files of the record hold. Raises OSError when one is missing."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(folder / "aliases.csv"):
        names[row["slug"]].append((row["lang"], row["alias"]))
    people = tuple(
        KnownPerson(
            row["slug"],
            row["country"],
            _once([*((code, row[f"name_{code}"]) for code in LANGUAGES), *names[row["slug"]]]),
        )
        for row in sorted(_rows(folder / "people.csv"), key=lambda row: row["slug"])
    )
    terms = tuple(
        KnownTerm(
            row["slug"],
            row["country"],
            row["office"],
            date.fromisoformat(row["term_start"]),
            date.fromisoformat(row["term_end"]) if row["term_end"] else None,
        )
        for row in sorted(_rows(folder / "terms.csv"), key=lambda row: row["term_start"])
    )
    anniversaries = tuple(
        KnownAnniversary(
            row["slug"],
            date.fromisoformat(row["origin_date"]),
            row["calendar"],
            tuple(row["countries"].split(";")),
            tuple((code, row[f"title_{code}"]) for code in LANGUAGES),
        )
        for row in sorted(_rows(folder / "anniversaries.csv"), key=lambda row: row["slug"])
    )
    events = tuple(_event(row) for row in _rows(folder / "events.csv"))
    return Knowledge(people, terms, anniversaries, events=events)


def _event(row: dict[str, str]) -> KnownEvent:
    """An event as its row tells it."""
    starts_on = date.fromisoformat(row["start_date"])
    return KnownEvent(
        slug=row["id"],
        kind=_kind(row["kind"]),
        setting=row["setting"],
        channel=row["channel"],
        status=row["status"],
        starts_on=starts_on,
        ends_on=date.fromisoformat(row["end_date"]) if row["end_date"] else starts_on,
        precision=row["date_precision"],
        acting=_several(row["actors"]),
        countries=_several(row["countries"]),
        people=_several(row["participants"]),
        cities=_several(row["city"]),
        topics=_several(row["topics"]),
        titles=tuple((code, row[f"title_{code}"]) for code in LANGUAGES),
    )


def _kind(name: str) -> str:
    """The pipeline's word for a kind of the record: a ceremony is told of as an anniversary."""
    return "anniversary" if name.lower() == "ceremony" else name.lower()


def _several(cell: str) -> tuple[str, ...]:
    return tuple(sorted(part for part in cell.split(";") if part))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _once(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pair for pair in names if pair[1]))
