"""Read one CSV file into rows of text; say what is wrong with it, and where."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, a row or a cell is refused. `line` counts from 1; the header is line 1."""

    file: str
    line: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        return ": ".join(part for part in (place, self.column, self.reason) if part)


class RecordRefused(Exception):
    """The files hold something that cannot be loaded; nothing has been written."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row as text, by column, with the line on which it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file; those without a cell for each column are in `ragged` instead.

    `is_readable` is false where the file as a whole could not be split into rows.
    """

    rows: tuple[TextRow, ...] = ()
    ragged: tuple[TextRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_readable: bool = True


def read_table(
    file: str, data: bytes, columns: Collection[str], optional: Collection[str] = ()
) -> Table:
    """Split a CSV file into rows that have all of `columns`, any of `optional`, and no others.

    The file is UTF-8, with or without a byte order mark. Cells lose the blanks around them; empty
    lines are passed over. `file` is the name used in problems.
    """
    try:
        text = data.decode("utf-8-sig")
        lines = _lines(text)
        line, header = next(lines, (1, []))
        header = [name.strip() for name in header]
        if not header:
            return _unreadable(Problem(file, None, None, "the file is empty"))
        if wrong := list(_bad_header(header, columns, optional)):
            return _unreadable(*(Problem(file, line, name, reason) for name, reason in wrong))
        return _rows(file, header, list(lines))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start]
        reason = f"this is not UTF-8 text (byte 0x{bad:02X}); save the file as UTF-8"
        return _unreadable(Problem(file, line, None, reason))
    except _NotCsv as error:
        return _unreadable(Problem(file, error.line, None, f"not readable as CSV: {error}"))


def _unreadable(*problems: Problem) -> Table:
    return Table(problems=problems, is_readable=False)


def _rows(file: str, header: list[str], lines: list[tuple[int, list[str]]]) -> Table:
    rows: list[TextRow] = []
    ragged: list[TextRow] = []
    problems: list[Problem] = []
    for line, cells in lines:
        stripped = (cell.strip() for cell in cells)
        row = TextRow(line, dict(zip(header, stripped, strict=False)))
        if len(cells) == len(header):
            rows.append(row)
        else:
            ragged.append(row)
            reason = f"the row has {len(cells)} cells, the header has {len(header)}"
            problems.append(Problem(file, line, None, reason))
    return Table(tuple(rows), tuple(ragged), tuple(problems))


class _NotCsv(Exception):
    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; a quoted cell may span several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins_at = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _NotCsv(begins_at, str(error)) from error
        if cells is None:
            return
        if cells:
            yield begins_at, cells


def _bad_header(
    header: list[str], columns: Collection[str], optional: Collection[str]
) -> Iterator[tuple[str | None, str]]:
    if not set(header) & set(columns):
        yield None, f"the first line does not name the columns: {', '.join(columns)}"
        return
    for name in columns:
        if name not in header:
            yield name, "this column is missing"
    for name in dict.fromkeys(header):
        if name not in columns and name not in optional:
            yield name or "(no name)", "this column is not known"
        elif header.count(name) > 1:
            yield name, "this column is there twice"
