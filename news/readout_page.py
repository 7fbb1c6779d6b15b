"""The accounts of a candidate as its page shows them, beside those that are on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from events.matrix import Account, Matrix, matrix_of
from events.models import Country, Event, Point, Readout, Silence
from news.canonical import address_key
from news.drafted import text_in_parts
from news.models import Candidate, CandidateReadout
from news.models.readouts import Passage
from news.readout_forms import AccountForm, Keeps
from news.readouts import ZONES

# A quote that is more of its sentence lacks but a number or a link before it.
MOST_OF_IT = 0.85


@dataclass(frozen=True, slots=True)
class Line:
    """A point or commitment: its form, and its sentence with the words that count.

    `by` are those who undertake a commitment.
    """

    form: Keeps
    pieces: tuple[tuple[str, bool], ...]
    goes_on_record: bool
    by: tuple[Country, ...] = ()

    @property
    def row(self) -> Passage:
        row = self.form.instance
        assert isinstance(row, Passage)
        return row

    @property
    def percent(self) -> int | None:
        """How sure the reading is."""
        return None if self.row.confidence is None else round(100 * self.row.confidence)

    @property
    def is_part(self) -> bool:
        """Whether its sentence says something besides."""
        return len(self.row.quote) < MOST_OF_IT * len(self.row.sentence)


@dataclass(frozen=True, slots=True)
class Section:
    """One drafted account.

    `on_record` is the same page's account that the event has already; `is_further` is whether it
    has another one of this government.
    """

    form: AccountForm
    points: tuple[Line, ...]
    commitments: tuple[Line, ...]
    on_record: Readout | None
    is_further: bool

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
        """The governments of which the event compared has no account."""
        found = [
            section.readout.issuer
            for section in self.sections
            if not (section.on_record or section.is_further or section.readout.is_left_out)
        ]
        return list({country.code: country for country in found}.values())


def accounts_of(
    candidate: Candidate, against: Event | None, sent: AccountForm | None = None
) -> Accounts:
    """The accounts drafted from a candidate's pages, beside those of the event `against`.

    `sent` is a form with errors, to be shown as it was sent. Costs eleven queries, one where
    there is no account.
    """
    drafts = list(candidate.readouts.with_parts())
    if not drafts:
        return Accounts(())
    recorded, countries = _recorded(against), _countries(drafts)
    sections = tuple(
        _section(
            row,
            sent if sent and sent.readout.pk == row.pk else AccountForm(row),
            recorded,
            countries,
        )
        for row in drafts
    )
    columns = _drafted_columns(sections) + _recorded_columns(against, recorded)
    told = {column.country.code for column, _account in columns}
    columns += [
        (Column(countries[code], is_draft=False), Account(countries[code], (), (), False))
        for code in ZONES
        if code in countries and code not in told
    ]
    return Accounts(
        sections,
        tuple(column for column, _account in columns),
        matrix_of(account for _column, account in columns),
    )


def _countries(drafts: Iterable[CandidateReadout]) -> dict[str, Country]:
    """Those whose accounts are compared, and those that promise something, by code."""
    codes = {code for row in drafts for one in row.commitments.all() for code in one.by}
    return Country.objects.in_bulk([*ZONES, *codes])


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


def _section(
    row: CandidateReadout,
    form: AccountForm,
    recorded: Iterable[Readout],
    countries: Mapping[str, Country],
) -> Section:
    key = address_key(row.article.url) if row.article.url else ""
    own = [one for one in recorded if one.issuer_id == row.issuer_id]
    on_record = next((one for one in own if key and address_key(one.url) == key), None)
    return Section(
        form,
        tuple(_line(one, row) for one in form.points),
        tuple(
            _line(one, row, tuple(countries[code] for code in one.instance.by if code in countries))
            for one in form.commitments
        ),
        on_record,
        is_further=bool(own) and on_record is None,
    )


def _line(form: Keeps, readout: CandidateReadout, by: tuple[Country, ...] = ()) -> Line:
    passage = form.instance
    pieces = text_in_parts(passage.sentence, [passage], passage.sentence_starts_at)
    goes_on_record = passage.goes_on_record(readout.article.language)
    return Line(form, tuple(pieces), goes_on_record, by)


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
