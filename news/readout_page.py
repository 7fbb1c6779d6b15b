"""The accounts of a candidate as its page shows them, beside those that are on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from events.matrix import Account, Matrix, matrix_of
from events.models import Country, Event, Point, Readout, Silence
from news.canonical import address_key
from news.drafted import Support, text_in_parts
from news.models import Candidate, CandidateReadout
from news.models.readouts import Passage
from news.readout_forms import AccountForm, Keeps
from news.readouts import ZONES


@dataclass(frozen=True, slots=True)
class Line:
    """A point or commitment: its form, and its sentence with the words that count."""

    form: Keeps
    support: Support
    goes_on_record: bool

    @property
    def row(self) -> Passage:
        row = self.form.instance
        assert isinstance(row, Passage)
        return row

    @property
    def percent(self) -> int | None:
        """How sure the reading is."""
        return None if self.row.confidence is None else round(100 * self.row.confidence)


@dataclass(frozen=True, slots=True)
class Section:
    """One drafted account; `on_record` is the same page's account that the event has already."""

    form: AccountForm
    points: tuple[Line, ...]
    commitments: tuple[Line, ...]
    on_record: Readout | None

    @property
    def readout(self) -> CandidateReadout:
        return self.form.readout

    @property
    def new_points(self) -> int:
        """How many points go on record with the event, as it stands."""
        return self._new(self.points)

    @property
    def new_commitments(self) -> int:
        return self._new(self.commitments)

    def _new(self, lines: Sequence[Line]) -> int:
        if self.readout.is_left_out or self.on_record:
            return 0
        return sum(line.goes_on_record for line in lines)


@dataclass(frozen=True, slots=True)
class Column:
    """Whose account a column of the matrix is, and whether it is a draft."""

    country: Country
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts of a candidate, and who mentions what among them and those on record."""

    sections: tuple[Section, ...]
    columns: tuple[Column, ...] = ()
    matrix: Matrix | None = None

    def __bool__(self) -> bool:
        return bool(self.sections)

    @property
    def lacking(self) -> list[Country]:
        """Whose accounts the event compared does not have."""
        return [
            section.readout.issuer
            for section in self.sections
            if section.on_record is None and not section.readout.is_left_out
        ]


def accounts_of(
    candidate: Candidate, against: Event | None, sent: AccountForm | None = None
) -> Accounts:
    """The accounts drafted from a candidate's pages, beside those of the event `against`.

    `sent` is a form with errors, to be shown as it was sent. Costs five queries, and four more
    where there is an account; one where there is none.
    """
    drafts = list(candidate.readouts.with_parts())
    if not drafts:
        return Accounts(())
    recorded = _recorded(against)
    sections = tuple(
        _section(row, sent if sent and sent.readout.pk == row.pk else AccountForm(row), recorded)
        for row in drafts
    )
    columns = _drafted_columns(sections) + _recorded_columns(against, recorded)
    countries = {column.country.code for column, _account in columns}
    columns += [
        (Column(country, is_draft=False), Account(country, (), (), has_readout=False))
        for country in Country.objects.filter(code__in=set(ZONES) - countries).order_by("position")
    ]
    return Accounts(
        sections,
        tuple(column for column, _account in columns),
        matrix_of(account for _column, account in columns),
    )


def issuers_lacking(rows: Mapping[int, Event | None]) -> dict[int, list[Country]]:
    """For candidates, by id, the governments whose accounts they bring and the event lacks.

    Where no event is given, all whose accounts they bring. Costs two queries.
    """
    drafts = CandidateReadout.objects.filter(candidate__in=rows, is_left_out=False)
    brought: dict[int, dict[str, Country]] = defaultdict(dict)
    for draft in drafts.select_related("issuer").order_by("issuer__position", "id"):
        brought[draft.candidate_id][draft.issuer_id] = draft.issuer
    events = {event.pk for event in rows.values() if event}
    there = set(
        Readout.objects.filter(event__in=events).values_list("event_id", "issuer_id").distinct()
    )
    return {
        pk: [
            country
            for code, country in countries.items()
            if (event := rows[pk]) is None or (event.pk, code) not in there
        ]
        for pk, countries in brought.items()
    }


def _recorded(event: Event | None) -> list[Readout]:
    if event is None:
        return []
    rows = Readout.objects.filter(event=event).select_related("issuer")
    return list(rows.prefetch_related("points__topic").order_by("issuer__position", "id"))


def _section(row: CandidateReadout, form: AccountForm, recorded: Iterable[Readout]) -> Section:
    key = address_key(row.article.url) if row.article.url else ""
    same = (one for one in recorded if one.issuer_id == row.issuer_id)
    return Section(
        form,
        tuple(_line(one, row) for one in form.points),
        tuple(_line(one, row) for one in form.commitments),
        next((one for one in same if key and address_key(one.url) == key), None),
    )


def _line(form: Keeps, readout: CandidateReadout) -> Line:
    passage = form.instance
    pieces = text_in_parts(passage.sentence, [passage], passage.sentence_starts_at)
    return Line(form, Support(tuple(pieces)), passage.goes_on_record(readout.article.language))


def _drafted_columns(sections: Iterable[Section]) -> list[tuple[Column, Account]]:
    """A column for each draft that goes on record, with the points that do."""
    found = []
    for section in sections:
        row = section.readout
        if row.is_left_out or section.on_record is not None:
            continue
        points = [_as_point(line, row) for line in section.points if line.goes_on_record]
        found.append((Column(row.issuer, True), Account(row.issuer, points, (), True)))
    return found


def _as_point(line: Line, readout: CandidateReadout) -> Point:
    row = line.form.instance
    return Point(topic=row.topic, stance=row.stance, **row.texts(readout.article.language))


def _recorded_columns(
    event: Event | None, recorded: Iterable[Readout]
) -> list[tuple[Column, Account]]:
    """A column for each government that has an account on record, or is said to be silent."""
    points: dict[str, list[Point]] = defaultdict(list)
    issuers: dict[str, Country] = {}
    for readout in recorded:
        issuers[readout.issuer_id] = readout.issuer
        points[readout.issuer_id] += sorted(readout.points.all(), key=lambda one: one.position)
    silences = list(Silence.objects.filter(event=event).select_related("topic")) if event else []
    return [
        (
            Column(country, False),
            Account(
                country, points[code], [one for one in silences if one.issuer_id == code], True
            ),
        )
        for code, country in issuers.items()
    ]
