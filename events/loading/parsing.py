"""Turn the text of the files into values, or say everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from events.loading.cells import CellRefused
from events.loading.checks import CHECKS, Known, overlapping_terms
from events.loading.layouts import LAYOUT, LAYOUTS, Layout
from events.loading.rows import (
    AliasRow,
    AnniversaryRow,
    CommitmentRow,
    CountryRow,
    EventRow,
    OfficeRow,
    PersonRow,
    PhraseRow,
    PointRow,
    PublisherRow,
    ReadoutRow,
    SilenceRow,
    TermRow,
    TopicRow,
)
from events.loading.table import Problem, RecordRefused, Table, TextRow, read_table


@dataclass(frozen=True, slots=True)
class Record:
    """Every row of the curated files, checked against one another."""

    countries: tuple[CountryRow, ...]
    topics: tuple[TopicRow, ...]
    publishers: tuple[PublisherRow, ...]
    people: tuple[PersonRow, ...]
    aliases: tuple[AliasRow, ...]
    offices: tuple[OfficeRow, ...]
    terms: tuple[TermRow, ...]
    anniversaries: tuple[AnniversaryRow, ...]
    events: tuple[EventRow, ...]
    readouts: tuple[ReadoutRow, ...]
    points: tuple[PointRow, ...]
    silences: tuple[SilenceRow, ...]
    commitments: tuple[CommitmentRow, ...]
    phrases: tuple[PhraseRow, ...]


def parse_record(files: Mapping[str, bytes]) -> Record:
    """The rows of all files, given by name with their bytes.

    Raises RecordRefused with every problem of every file.
    """
    tables = {
        layout.file: read_table(layout.file, files[layout.file], layout.columns, layout.optional)
        for layout in LAYOUTS
    }
    if unreadable := [table for table in tables.values() if not table.is_readable]:
        # Without a file, every row that refers to it would be refused: that helps nobody.
        raise RecordRefused([problem for table in unreadable for problem in table.problems])
    known = Known()
    problems: list[Problem] = []
    parsed: dict[str, tuple[Any, ...]] = {}
    for layout in LAYOUTS:
        rows, wrong = _parse(layout, tables[layout.file], known, file=layout.file)
        parsed[layout.file.removesuffix(".csv")] = rows
        problems += wrong
    problems += [
        Problem("terms.csv", row.line, "term_start", reason)
        for row, reason in overlapping_terms(parsed["terms"])
    ]
    if problems:
        raise RecordRefused(problems)
    return Record(**parsed)


def parse_events(data: bytes, known: Known, *, file: str = "events.csv") -> tuple[EventRow, ...]:
    """The rows of one file with the columns of events.csv.

    `known` holds what the rows may refer to; it gains their ids. `file` is the name used in
    problems. Raises RecordRefused with every problem.
    """
    layout = LAYOUT["events.csv"]
    table = read_table(file, data, layout.columns, layout.optional)
    rows, problems = _parse(layout, table, known, file=file)
    if problems:
        raise RecordRefused(problems)
    return rows


def parse_event(
    cells: Mapping[str, str], known: Known, *, line: int, file: str = "events.csv"
) -> EventRow:
    """One row with the columns of events.csv, given as text by column; others are not looked at.

    `line` is where it stands in `file`. Raises RecordRefused with every problem.
    """
    layout = LAYOUT["events.csv"]
    missing = [name for name in layout.columns if name not in cells]
    if missing:
        raise RecordRefused(
            [Problem(file, line, name, "this column is missing") for name in missing]
        )
    given = [*layout.columns, *(name for name in layout.optional if name in cells)]
    text = TextRow(line, {name: cells[name].strip() for name in given})
    row, problems = _parse_row(layout, text, known)
    if row is None or problems:
        raise RecordRefused([Problem(file, line, column, reason) for column, reason in problems])
    return row


def _parse(
    layout: Layout, table: Table, known: Known, *, file: str
) -> tuple[tuple[Any, ...], list[Problem]]:
    # A refused row is known too, so that one mistake is not told once more by each row that
    # refers to it.
    for text in table.ragged:
        known.add(layout.file, _key(layout, text), None)
    problems = list(table.problems)
    rows = []
    first: dict[tuple[str, ...], int] = {}
    for text in table.rows:
        row, wrong = _parse_row(layout, text, known)
        key = _key(layout, text)
        if first.setdefault(key, text.line) != text.line:
            reason = f"“{' '.join(key)}” is also on line {first[key]}"
            wrong.append((layout.key[0], reason))
        problems += [Problem(file, text.line, column, reason) for column, reason in wrong]
        known.add(layout.file, key, row)
        if row is not None:
            rows.append(row)
    return tuple(rows), problems


def _key(layout: Layout, text: TextRow) -> tuple[str, ...]:
    return tuple(text.cells.get(column, "") for column in layout.key)


def _parse_row(
    layout: Layout, text: TextRow, known: Known
) -> tuple[Any | None, list[tuple[str, str]]]:
    """The values of a row (None where a cell has none), and its problems by column."""
    values: dict[str, Any] = dict.fromkeys(layout.optional)
    problems: list[tuple[str, str]] = []
    given = {c: read for c, read in layout.optional.items() if c in text.cells}
    for column, read in {**layout.columns, **given}.items():
        try:
            values[ATTRIBUTES.get(column, column)] = read(text.cells[column])
        except CellRefused as error:
            problems.append((column, str(error)))
    if problems:
        return None, problems
    row = layout.row(line=text.line, **values)
    return row, list(_checked(layout.file, row, known))


def _checked(file: str, row: Any, known: Known) -> Iterator[tuple[str, str]]:
    if check := CHECKS.get(file):
        yield from check(row, known)


ATTRIBUTES = {"class": "source_class"}
