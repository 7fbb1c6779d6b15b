"""What the cells of a row must mean together, and what a row may refer to."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from events.loading.rows import (
    AliasRow,
    AnniversaryRow,
    CommitmentRow,
    CountryRow,
    EventRow,
    OfficeRow,
    PersonRow,
    PointRow,
    PublisherRow,
    ReadoutRow,
    SilenceRow,
    TermRow,
)

# By column, why it is refused.
Found = Iterator[tuple[str, str]]

# The clocks that governments stamp their own pages with.
ZONES = {"KR": "Asia/Seoul", "JP": "Asia/Tokyo"}


@dataclass(slots=True)
class Known:
    """What rows may refer to: by id, and what is needed of it for a check.

    A country of None means that the row itself was refused.
    """

    countries: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    people: dict[str, str | None] = field(default_factory=dict)
    offices: set[tuple[str, str]] = field(default_factory=set)
    events: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    readouts: set[str] = field(default_factory=set)

    def add(self, file: str, key: tuple[str, ...], row: Any | None) -> None:
        """Learn a row of `file` by the text of its key; `row` is None where it was refused."""
        match file:
            case "countries.csv":
                self.countries.add(key[0])
            case "topics.csv":
                self.topics.add(key[0])
            case "people.csv":
                self.people[key[0]] = row.country if row else None
            case "offices.csv":
                self.offices.add((key[0], key[1]))
            case "events.csv":
                self.events[key[0]] = row.countries if row else None
            case "readouts.csv":
                self.readouts.add(key[0])


def _unknown(column: str, names: Iterable[str], known: Collection[str], noun: str) -> Found:
    for name in names:
        if name and name not in known:
            yield column, f"“{name}” is not a known {noun}"


def _check_country(row: CountryRow, known: Known) -> Found:
    if not (len(row.code) == 2 and row.code.isalpha() and row.code.isupper()):
        yield "code", f"“{row.code}” is not two capital letters"


def _check_publisher(row: PublisherRow, known: Known) -> Found:
    if row.host != row.host.lower() or "/" in row.host:
        yield "host", f"“{row.host}” is not a host in lower case"
    if row.country and not (row.country.isalpha() and row.country.isupper()):
        yield "country", f"“{row.country}” is not two capital letters"
    if len(";".join(row.language)) > 40:
        yield "language", "too many languages: at most 40 characters fit"


def _check_person(row: PersonRow, known: Known) -> Found:
    yield from _unknown("country", [row.country], known.countries, "country")


def _check_alias(row: AliasRow, known: Known) -> Found:
    yield from _unknown("slug", [row.slug], known.people, "person")


def _check_office(row: OfficeRow, known: Known) -> Found:
    yield from _unknown("country", [row.country], known.countries, "country")


def _check_term(row: TermRow, known: Known) -> Found:
    yield from _unknown("slug", [row.slug], known.people, "person")
    yield from _unknown("country", [row.country], known.countries, "country")
    home = known.people.get(row.slug)
    if home and home != row.country:
        yield "country", f"“{row.slug}” is of {home}"
    if row.country in known.countries and (row.country, row.office) not in known.offices:
        yield "office", f"“{row.office}” is not a known office of {row.country}"
    if row.term_end and row.term_end < row.term_start:
        yield "term_end", f"{row.term_end} is before its start, {row.term_start}"


def overlapping_terms(terms: Iterable[TermRow]) -> Iterator[tuple[TermRow, str]]:
    """Terms that begin before the one of the same office before them ends.

    A term may begin on the day on which another ends.
    """

    def office(term: TermRow) -> tuple[str, str]:
        return term.country, term.office

    in_order = sorted(terms, key=lambda term: (office(term), term.term_start, term.line))
    for _, of_one_office in groupby(in_order, key=office):
        latest: TermRow | None = None
        for term in of_one_office:
            # A term of no length, begun and ended on one day, overlaps none.
            if term.term_end == term.term_start:
                continue
            if latest and (latest.term_end or date.max) > term.term_start:
                yield (
                    term,
                    f"this overlaps the term of {latest.slug} on line {latest.line}"
                    f" ({latest.term_start} to {latest.term_end or 'today'})",
                )
            if not latest or (term.term_end or date.max) > (latest.term_end or date.max):
                latest = term


def _check_anniversary(row: AnniversaryRow, known: Known) -> Found:
    yield from _unknown("countries", row.countries, known.countries, "country")


def _check_event(row: EventRow, known: Known) -> Found:
    yield from _check_event_dates(row)
    yield from _check_event_places(row, known)
    for column, codes in (("countries", row.countries), ("actors", row.actors)):
        yield from _unknown(column, codes, known.countries, "country")
    for code in row.actors:
        if code not in row.countries:
            yield "actors", f"“{code}” acted but is not among the countries concerned"
    yield from _unknown("host", [row.host], known.countries, "country")
    yield from _unknown("participants", row.participants, known.people, "person")
    yield from _unknown("topics", row.topics, known.topics, "topic")
    if row.kind == "call" and row.channel not in ("phone", "video"):
        yield "channel", "a call is by phone or by video"
    if row.kind in ("summit", "trilateral_summit") and row.channel not in ("in_person", "video"):
        yield "channel", "a summit is in_person or by video"


def _check_event_dates(row: EventRow) -> Found:
    precision, start, end = row.date_precision, row.start_date, row.end_date
    if end and end < start:
        yield "end_date", f"{end} is before the start, {start}"
    if precision == "window" and not (end and end > start):
        yield "end_date", "a window needs a last day after its first"
    if precision in ("month", "year"):
        yield from _check_first_day("start_date", start, precision)
        if end:
            yield "end_date", f"a date known to the {precision} has no end"


def _check_first_day(column: str, day: date, precision: str) -> Found:
    first = day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)
    if precision in ("month", "year") and day != first:
        yield column, f"a date known to the {precision} is written as its first day, {first}"


def _check_event_places(row: EventRow, known: Known) -> Found:
    yield from _unknown("place_country", row.place_country, known.countries, "country")
    if row.city and len(row.city) != len(row.place_country):
        yield (
            "place_country",
            f"{len(row.place_country)} countries for {len(row.city)} cities: one for each",
        )
        return
    places = row.places()
    for place in dict.fromkeys(places):
        if places.count(place) > 1:
            yield "city", f"“{' '.join(place).strip()}” is there twice"


def _check_concerned(event_id: str, issuer: str, known: Known) -> Found:
    yield from _unknown("event_id", [event_id], known.events, "event")
    yield from _unknown("issuer", [issuer], known.countries, "country")
    concerned = known.events.get(event_id)
    if concerned is not None and issuer in known.countries and issuer not in concerned:
        yield "issuer", f"{issuer} is not a country that “{event_id}” concerns"


def _check_readout(row: ReadoutRow, known: Known) -> Found:
    yield from _check_concerned(row.event_id, row.issuer, known)
    stamp = row.published_on
    if not isinstance(stamp, datetime):
        return
    if row.issuer not in ZONES:
        yield "published_on", f"the zone of a clock time of {row.issuer} is not known: give the day"
    elif clock_of(row).utcoffset() != stamp.utcoffset():
        yield "published_on", f"the clock of {ZONES[row.issuer]} was not at that offset then"


def clock_of(row: ReadoutRow) -> datetime:
    """The clock time of a readout in its issuer's zone; it must have one."""
    assert isinstance(row.published_on, datetime)
    return row.published_on.astimezone(ZoneInfo(ZONES[row.issuer]))


def _check_point(row: PointRow, known: Known) -> Found:
    yield from _unknown("readout_id", [row.readout_id], known.readouts, "readout")
    yield from _unknown("topic", [row.topic], known.topics, "topic")


def _check_silence(row: SilenceRow, known: Known) -> Found:
    yield from _check_concerned(row.event_id, row.issuer, known)
    yield from _unknown("topic", [row.topic], known.topics, "topic")


def _check_commitment(row: CommitmentRow, known: Known) -> Found:
    yield from _unknown("event_id", [row.event_id], known.events, "event")
    fulfilling = row.fulfilled_by_event_id
    yield from _unknown("fulfilled_by_event_id", [fulfilling], known.events, "event")
    if row.status == "fulfilled" and not fulfilling:
        yield "fulfilled_by_event_id", "fulfilled, but the event that did it is not named"
    if row.due_on and not row.due_precision:
        yield "due_precision", "a deadline needs its precision"
    if row.due_precision and not row.due_on:
        yield "due_on", "a precision without its deadline"
    if row.due_on and row.due_precision:
        yield from _check_first_day("due_on", row.due_on, row.due_precision)


CHECKS: dict[str, Callable[[Any, Known], Found]] = {
    "countries.csv": _check_country,
    "publishers.csv": _check_publisher,
    "people.csv": _check_person,
    "aliases.csv": _check_alias,
    "offices.csv": _check_office,
    "terms.csv": _check_term,
    "anniversaries.csv": _check_anniversary,
    "events.csv": _check_event,
    "readouts.csv": _check_readout,
    "points.csv": _check_point,
    "silences.csv": _check_silence,
    "commitments.csv": _check_commitment,
}
