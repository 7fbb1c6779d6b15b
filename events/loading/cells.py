"""What a cell of a CSV file may hold: each kind of cell turns text into a value or refuses it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from events.addresses import host_of

Reader = Callable[[str], Any]

ADDRESS_LENGTH = 1000
HOST_LENGTH = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?[+-]\d{2}:\d{2}")


class CellRefused(ValueError):
    """The text of a cell is not what its column holds; the message says why."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text up to `limit` characters."""

    limit: int
    required: bool = False

    def __call__(self, cell: str) -> str:
        if self.required and not cell:
            raise CellRefused("this must not be empty")
        if len(cell) > self.limit:
            raise CellRefused(f"{len(cell)} characters, at most {self.limit} fit")
        if control := _CONTROL.search(cell):
            code = ord(control.group())
            raise CellRefused(f"a line break or control character (U+{code:04X})")
        return cell


@dataclass(frozen=True, slots=True)
class Slug:
    """An id of letters, digits, hyphens and underscores."""

    limit: int
    required: bool = True

    def __call__(self, cell: str) -> str:
        Text(self.limit, self.required)(cell)
        if cell and not _SLUG.fullmatch(cell):
            raise CellRefused(f"“{cell}”: an id has only letters, digits, - and _")
        return cell


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words given."""

    words: tuple[str, ...]
    required: bool = True

    def __call__(self, cell: str) -> str:
        if not cell and not self.required:
            return cell
        if cell not in self.words:
            raise CellRefused(f"“{cell}” is not one of {', '.join(self.words)}")
        return cell


@dataclass(frozen=True, slots=True)
class Day:
    """A civil date, YYYY-MM-DD."""

    required: bool = True

    def __call__(self, cell: str) -> date | None:
        if not cell:
            if self.required:
                raise CellRefused("this must not be empty")
            return None
        if not _DAY.fullmatch(cell):
            raise CellRefused(f"“{cell}” is not a date like 2025-06-09")
        try:
            return date.fromisoformat(cell)
        except ValueError as error:
            raise CellRefused(f"“{cell}” is a date that does not exist") from error


@dataclass(frozen=True, slots=True)
class DayOrMoment:
    """A date, or a date and clock time with the offset from UTC that applied there; or nothing."""

    def __call__(self, cell: str) -> date | datetime | None:
        if "T" not in cell:
            return Day(required=False)(cell)
        if not _MOMENT.fullmatch(cell):
            raise CellRefused(f"“{cell}” is not a time like 2025-06-09T12:00+09:00")
        try:
            return datetime.fromisoformat(cell)
        except ValueError as error:
            raise CellRefused(f"“{cell}” is a date or time that does not exist") from error


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` up to 32767, or nothing."""

    least: int = 0
    required: bool = False

    def __call__(self, cell: str) -> int | None:
        if not cell and not self.required:
            return None
        if not (cell.isascii() and cell.isdigit()) or not self.least <= int(cell[:9]) <= 32767:
            raise CellRefused(f"“{cell}” is not a whole number of {self.least} or more")
        return int(cell)


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes, no, or (where that may be) unknown."""

    required: bool = True

    def __call__(self, cell: str) -> bool | None:
        Choice(("yes", "no"), self.required)(cell)
        return {"yes": True, "no": False}.get(cell)


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a source, with its scheme."""

    limit: int = ADDRESS_LENGTH

    def __call__(self, cell: str) -> str:
        Text(self.limit, required=True)(cell)
        if not cell.startswith(("https://", "http://")):
            raise CellRefused(f"“{cell}”: an address begins with https:// or http://")
        try:
            host = host_of(cell)
        except ValueError:
            host = ""
        if not host or len(host) > HOST_LENGTH or re.search(r"\s", cell):
            raise CellRefused(f"“{cell}” is not an address")
        return cell


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values separated by “;”; none twice unless `repeats`, none empty unless `blanks`."""

    each: Reader
    required: bool = False
    repeats: bool = False
    blanks: bool = False

    def __call__(self, cell: str) -> tuple[Any, ...]:
        if not cell:
            if self.required:
                raise CellRefused("this must not be empty")
            return ()
        parts = [part.strip() for part in cell.split(";")]
        if "" in parts and not self.blanks:
            raise CellRefused("two “;” with nothing between, or one at an end")
        values = tuple(self.each(part) for part in parts)
        twice = [value for value in dict.fromkeys(values) if values.count(value) > 1]
        if twice and not self.repeats:
            raise CellRefused(f"“{twice[0]}” is there twice")
        return values
