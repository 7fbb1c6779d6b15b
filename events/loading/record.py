"""Load the curated files into the database: all of them or nothing, as often as one likes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from events import search
from events.addresses import host_of
from events.history import recorded
from events.loading import mapping
from events.loading.layouts import FILES
from events.loading.parsing import Record, parse_record
from events.loading.rows import EventRow
from events.loading.table import Problem, RecordRefused
from events.loading.writing import DOOR, Outcome, Sheet, Wanted, write
from events.models import (
    Country,
    Event,
    EventSlug,
    Office,
    Person,
    Publisher,
    Readout,
    Term,
    Topic,
)

SHIPPED = Path(__file__).resolve().parent.parent / "record"
ACCOUNT = "record"
# What the record's sources have no part in, and a folder of facts may therefore lack.
_OF_OUR_OWN = ("offices.csv", "phrases.csv")
# Any number, the same in every process: two loads at once wait for one another.
_LOCK = 7_102_519_650_622


def read_files(folder: Path) -> dict[str, bytes]:
    """The bytes of the curated files of a folder, by name.

    A folder without offices.csv or phrases.csv gets the one that is shipped. Raises RecordRefused
    naming every file that is missing or cannot be read.
    """
    if not folder.is_dir():
        raise RecordRefused([Problem(str(folder), None, None, "there is no such folder")])
    files: dict[str, bytes] = {}
    problems = []
    for name in FILES:
        path = folder / name
        if name in _OF_OUR_OWN and not path.exists():
            path = SHIPPED / name
        try:
            files[name] = path.read_bytes()
        except FileNotFoundError:
            problems.append(Problem(name, None, None, f"there is no such file in {folder}"))
        except OSError as error:
            problems.append(Problem(name, None, None, f"cannot be read: {error.strerror}"))
    if problems:
        raise RecordRefused(problems)
    return files


def load_folder(folder: Path = SHIPPED, *, at: datetime) -> list[Outcome]:
    """Read, check and load a folder of curated files; see `load`."""
    return load(parse_record(read_files(folder)), at=at)


@transaction.atomic
def load(record: Record, *, at: datetime) -> list[Outcome]:
    """Make the database say what the files say, and tell what became of the rows of each.

    Rows are added and changed, never deleted. What was changed or deleted by other means than
    this verb is kept as it is, and so is a withdrawn or merged event. New events are published
    at `at` by the account `record`, which cannot sign in. Safe to run again, and at once in two
    processes. Raises RecordRefused, and has written nothing, when the rows do not go together
    with what else is in the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    account = _account()
    loading = _Loading(record)
    with recorded(door=DOOR, reason="the curated files", by=account):
        loading.names()
        loading.people()
        loading.events(by=account, at=at)
        loading.accounts()
    search.refresh()
    return loading.outcomes


class HasLine(Protocol):
    """A row of a file, which knows where it stands."""

    @property
    def line(self) -> int: ...


class _Loading:
    """One load: the files in their order, and the keys of the rows written so far."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.of = mapping.Rows()
        self.outcomes: list[Outcome] = []

    def bring(self, sheet: Sheet, rows: Iterable[HasLine], wanted: Sequence[Wanted]) -> None:
        astray = sorted({row.line for row in rows} - {want.line for want in wanted})
        with refused_by_database(sheet.file):
            self.outcomes.append(write(sheet, wanted, astray=astray))
            connection.check_constraints()

    def names(self) -> None:
        countries, topics = self.record.countries, self.record.topics
        with refused_by_database(mapping.COUNTRIES.file):
            _make_room_for_countries([row.code for row in countries])
        wanted = [mapping.country(row, position) for position, row in enumerate(countries)]
        self.bring(mapping.COUNTRIES, countries, wanted)
        self.bring(mapping.TOPICS, topics, [mapping.topic(row) for row in topics])
        self.of.topics = _ids(Topic, "slug")
        publishers = [mapping.publisher(row) for row in self.record.publishers]
        self.bring(mapping.PUBLISHERS, self.record.publishers, publishers)
        with refused_by_database(mapping.PUBLISHERS.file):
            self.of.publishers = publishers_of(_addresses(self.record))

    def people(self) -> None:
        of, record = self.of, self.record
        people = [mapping.person(row) for row in record.people]
        self.bring(mapping.PEOPLE, record.people, people)
        of.people = _ids(Person, "slug")
        aliases = [mapping.alias(row, of) for row in record.aliases if row.slug in of.people]
        self.bring(mapping.ALIASES, record.aliases, aliases)
        offices = [mapping.office(row) for row in record.offices]
        self.bring(mapping.OFFICES, record.offices, offices)
        of.offices = {
            (office.country_id, office.slug): office.pk for office in Office.objects.all()
        }
        held = [
            row
            for row in record.terms
            if row.slug in of.people and (row.country, row.office) in of.offices
        ]
        terms = mapping.terms(held, of, list(Term.objects.all()))
        self.bring(mapping.TERMS, record.terms, terms)
        anniversaries = [mapping.anniversary(row, of) for row in record.anniversaries]
        self.bring(mapping.ANNIVERSARIES, record.anniversaries, anniversaries)

    def events(self, *, by: User, at: datetime) -> None:
        rows = self.record.events
        _refuse_taken_addresses(rows)
        wanted = [
            mapping.event(row, self.of, by=by, at=at, known_as=mapping.public_id(row.id))
            for row in rows
        ]
        self.bring(mapping.EVENTS, rows, wanted)
        self.of.events = _ids(Event, "public_id")

    def accounts(self) -> None:
        of, record = self.of, self.record
        readouts = [mapping.readout(row, of) for row in record.readouts]
        self.bring(mapping.READOUTS, record.readouts, readouts)
        of.readouts = _ids(Readout, "slug")
        points = [mapping.point(row, of) for row in record.points if row.readout_id in of.readouts]
        self.bring(mapping.POINTS, record.points, points)
        silences = [mapping.silence(row, of) for row in record.silences if row.topic in of.topics]
        self.bring(mapping.SILENCES, record.silences, silences)
        commitments = [mapping.commitment(row, of) for row in record.commitments]
        self.bring(mapping.COMMITMENTS, record.commitments, commitments)
        self.bring(mapping.PHRASES, record.phrases, [mapping.phrase(row) for row in record.phrases])


@contextmanager
def refused_by_database(file: str) -> Iterator[None]:
    """Turn a refusal of the database into one of the file whose rows were being written."""
    try:
        yield
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise RecordRefused(
            [Problem(file, None, None, f"does not go with what is stored: {reason}")]
        ) from error


def publishers_of(addresses: Iterable[str]) -> dict[str, Publisher]:
    """All publishers by host; a host that none is listed for gets one under its own name."""
    known = {publisher.host: publisher for publisher in Publisher.objects.all()}
    hosts = dict.fromkeys(host_of(address) for address in addresses)
    new = [
        Publisher(host=host, name=host)
        for host in hosts
        if host not in known and host.partition(":")[0] not in known
    ]
    for publisher in Publisher.objects.bulk_create(new):
        known[publisher.host] = publisher
    return known


def _addresses(record: Record) -> Iterator[str]:
    for term in record.terms:
        yield from term.source_urls
    for anniversary in record.anniversaries:
        yield from anniversary.source_urls
    for event in record.events:
        yield from event.source_urls
    for readout in record.readouts:
        yield readout.source_url
    for commitment in record.commitments:
        yield commitment.source_url


def _ids(model: type[models.Model], name: str) -> dict[Any, Any]:
    return dict(model._default_manager.values_list(name, "pk"))


def _account() -> User:
    account = User.objects.filter(username=ACCOUNT).first()
    if account is None:
        return User.objects.create_user(ACCOUNT, is_active=False)
    if account.is_active:
        reason = f"the account “{ACCOUNT}” is of someone who can sign in: rename it first"
        raise RecordRefused([Problem(mapping.EVENTS.file, None, None, reason)])
    return account


def _make_room_for_countries(codes: Sequence[str]) -> None:
    """Move countries out of positions that the file gives to others; positions are unique."""
    position_of = {country.code: country.position for country in Country.objects.all()}
    wanted = dict(enumerate(codes))
    free = max([len(codes), *(position + 1 for position in position_of.values())])
    for code, position in position_of.items():
        if wanted.get(position, code) != code:
            Country.objects.filter(code=code).update(position=free)
            free += 1


def _refuse_taken_addresses(rows: Sequence[EventRow]) -> None:
    """A new event cannot have an address that another event has or had."""
    ids = {mapping.public_id(row.id): row for row in rows}
    known = set(Event.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
    new = {row.id: row for public_id, row in ids.items() if public_id not in known}
    taken = {
        *Event.objects.filter(slug__in=new).values_list("slug", flat=True),
        *EventSlug.objects.filter(slug__in=new).values_list("slug", flat=True),
    }
    if taken:
        reason = "another event has or had this address"
        raise RecordRefused(
            [Problem(mapping.EVENTS.file, new[slug].line, "id", reason) for slug in sorted(taken)]
        )
