"""Copies of the curated files to be changed, and ways of loading them."""

import csv
import shutil
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from events.loading.layouts import FILES
from events.loading.record import SHIPPED, load_folder
from events.models import (
    Alias,
    Anniversary,
    Commitment,
    Country,
    Event,
    Office,
    Person,
    Phrase,
    Point,
    Publisher,
    Readout,
    Silence,
    Term,
    Topic,
)

CALL = "2025-06-09-ishiba-lee-call"
# The rows of the shipped files by the table they fill, in the order of the files.
COUNTS = {
    Country: 37,
    Topic: 19,
    Publisher: 490,
    Person: 141,
    Alias: 1155,
    Office: 5,
    Term: 71,
    Anniversary: 22,
    Event: 591,
    Readout: 175,
    Point: 741,
    Silence: 20,
    Commitment: 61,
    Phrase: 416,
}


class Folder:
    """A copy of the shipped files to be changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in FILES:
            shutil.copy(SHIPPED / name, path / name)

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.path / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name: str, rows: list[dict[str, str]]) -> None:
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def line(self, name: str, **key: str) -> int:
        """The line of the one row with those cells; no cell of the files has a line break."""
        lines = [
            number
            for number, row in enumerate(self.rows(name), start=2)
            if all(row[column] == cell for column, cell in key.items())
        ]
        (line,) = lines
        return line

    def change(self, name: str, line: int, **cells: str) -> None:
        rows = self.rows(name)
        rows[line - 2].update({column.strip("_"): cell for column, cell in cells.items()})
        self.write(name, rows)


def load(path: Path = SHIPPED) -> dict[str, tuple[int, int, int]]:
    """Rows added, changed and kept by file, where there were any."""
    found = {}
    for outcome in load_folder(path, at=timezone.now()):
        numbers = (outcome.added, outcome.changed, len(outcome.kept))
        if any(numbers):
            found[outcome.file] = numbers
    return found


def command(*args: str) -> str:
    out = StringIO()
    call_command("load_record", *args, stdout=out, skip_checks=True)
    return out.getvalue()
