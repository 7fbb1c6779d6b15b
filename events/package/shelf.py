"""Where the dated packages stand: a folder of files, each with its checksum beside it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import file_digest
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings

from events.package.writing import write_package
from events.past import first_day

_NAME = re.compile(r"record-(\d{4}-\d\d-\d\d)\.zip")
# Nights that were missed are made up for within so many days.
_MADE_UP_FOR = 7


@dataclass(frozen=True, slots=True)
class Package:
    """The record as it stood at the end of a day, in a file."""

    day: date
    path: Path
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name


def packages(folder: Path | None = None) -> list[Package]:
    """All that are whole, the newest first; none where there is no such folder."""
    found = (_read(path) for path in _shelf(folder).glob("record-*.zip"))
    return sorted((one for one in found if one), key=lambda one: one.day, reverse=True)


def package_of(day: date, folder: Path | None = None) -> Package | None:
    return _read(_shelf(folder) / _name(day))


def put(day: date, *, is_over: bool, folder: Path | None = None) -> Package:
    """Write the package of that day, in the place of one that stands there. Safe to do twice.

    A day that is not over has the record as it is now, and is to be written again.
    """
    shelf = _shelf(folder)
    shelf.mkdir(parents=True, exist_ok=True)
    path = shelf / _name(day)
    handle, name = mkstemp(dir=shelf, prefix=".record-", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        write_package(part, day=day if is_over else None)
        digest = _digest(part)
        part.chmod(0o644)
        # What has no checksum beside it is not listed: nobody is given one with another's.
        _checksum_of(path).unlink(missing_ok=True)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    beside = shelf / f".{path.name}.sum"
    beside.write_text(f"{digest}  {path.name}\n", encoding="ascii")
    beside.replace(_checksum_of(path))
    return Package(day, path, path.stat().st_size, digest)


def put_what_is_due(today: date, folder: Path | None = None) -> list[Package]:
    """The package of the day before, and those of the last days that are missing."""
    first = first_day()
    return [
        put(day, is_over=True, folder=folder)
        for day in _days_before(today)
        if first is not None
        and day >= first
        and (day == today - timedelta(days=1) or package_of(day, folder) is None)
    ]


def _days_before(today: date) -> Iterator[date]:
    for ago in range(_MADE_UP_FOR, 0, -1):
        yield today - timedelta(days=ago)


def _shelf(folder: Path | None) -> Path:
    return folder or Path(settings.PACKAGES_DIR)


def _name(day: date) -> str:
    return f"record-{day.isoformat()}.zip"


def _checksum_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _read(path: Path) -> Package | None:
    """The package at that path, if it is one and whole."""
    match = _NAME.fullmatch(path.name)
    try:
        if match is None:
            return None
        digest = _checksum_of(path).read_text(encoding="ascii").split(" ")[0]
        return Package(date.fromisoformat(match[1]), path, path.stat().st_size, digest)
    except (OSError, ValueError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
