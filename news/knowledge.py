"""What the record knows that helps to read an article, from the database or the shipped files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.db.models import Q

from events.models import Alias, Anniversary, AnniversaryCountry, Event, Person, Publisher, Term
from news.pipeline import Knowledge, KnownAnniversary, KnownEvent, KnownPerson, KnownTerm
from news.pipeline.dates import add_days
from news.pipeline.known_events import AHEAD, BEFORE, LONGEST

SHIPPED = Path(__file__).resolve().parent.parent / "events" / "record"
LANGUAGES = ("en", "ko", "ja")
# So many events are known whole: reading them once for many articles costs less than asking often.
MOST_EVENTS = 5_000


def from_record(published: Iterable[date | None] = (), *, at_most: int = MOST_EVENTS) -> Knowledge:
    """What the database holds, in twelve queries at most, however much that is.

    `published` are the days of the articles to be read. Without them, or as long as there are no
    more than `at_most` events, all published ones are known; else those about these days.
    """
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
    return Knowledge(people, terms, anniversaries, hosts, _known_events(published, at_most))


def _known_events(published: Iterable[date | None], at_most: int) -> tuple[KnownEvent, ...]:
    """Published events: all, or those about some days."""
    events = Event.objects.visible()
    days = {day for day in published if day is not None}
    if days and events.order_by("pk")[at_most : at_most + 1].exists():
        near = Q(pk__in=[])
        for first, last in _stretches(days):
            since = add_days(first, -(BEFORE + LONGEST).days) or date.min
            near |= Q(starts_on__range=(since, add_days(last, AHEAD.days) or date.max))
        events = events.filter(near)
    rows = events.order_by("starts_on", "slug").prefetch_related(
        "people", "involvements", "places", "topics"
    )
    return tuple(_of_row(event) for event in rows)


def _stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in stretches without gaps of more than what is looked at around a day."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] <= AHEAD:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


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


def _of_row(event: Event) -> KnownEvent:
    """An event as the database holds it; what hangs on it is prefetched."""
    involved = list(event.involvements.all())
    return KnownEvent(
        slug=event.slug,
        kind=_kind(event.kind),
        setting=event.setting.lower(),
        channel=event.channel.lower(),
        status=event.status.lower(),
        starts_on=event.starts_on,
        ends_on=event.ends_on or event.starts_on,
        precision=event.precision.lower(),
        acting=tuple(sorted(row.country_id for row in involved if row.acted)),
        countries=tuple(sorted(row.country_id for row in involved)),
        people=tuple(sorted(person.slug for person in event.people.all())),
        cities=tuple(sorted({place.city for place in event.places.all()} - {""})),
        topics=tuple(sorted(topic.slug for topic in event.topics.all())),
        titles=tuple((code, getattr(event, f"title_{code}")) for code in LANGUAGES),
    )


def _kind(name: str) -> str:
    """The pipeline's word for a kind of the record: a ceremony is told of as an anniversary."""
    return "anniversary" if name.lower() == "ceremony" else name.lower()


def _several(cell: str) -> tuple[str, ...]:
    return tuple(sorted({part for part in cell.split(";") if part}))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _once(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pair for pair in names if pair[1]))
