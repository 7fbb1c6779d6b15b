"""manage.py load_record: the curated CSV files become the record."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.analyzing import tell_the_planner
from events.loading.record import SHIPPED, load_folder
from events.loading.table import RecordRefused
from events.loading.writing import Outcome

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Load the curated CSV files into the record: all rows or none, and nothing twice. "
        "Rows that an editor changed or deleted since are kept as the editor left them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dir",
            type=Path,
            default=SHIPPED,
            help="The folder of the files; by default the one that is shipped.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcomes = load_folder(options["dir"], at=timezone.now())
        except RecordRefused as refusal:
            raise CommandError(_refusal(refusal)) from refusal
        tell_the_planner()
        self.stdout.write("\n".join(_report(outcomes)))


def _refusal(refusal: RecordRefused) -> str:
    problems = refusal.problems
    lines = [f"Nothing was loaded: {_counted(len(problems), 'problem')}."]
    lines += [str(problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"… and {len(problems) - SHOWN} more.")
    return "\n".join(lines)


def _report(outcomes: Sequence[Outcome]) -> list[str]:
    """A table of the files, a line of totals, and what an editor's work was kept for."""
    columns = ("rows", "added", "changed", "unchanged", "kept", "unlisted")
    lines = [" ".join([f"{'file':<18}", *(f"{column:>9}" for column in columns)])]
    totals = dict.fromkeys(columns, 0)
    for outcome in outcomes:
        counts = {**{c: getattr(outcome, c) for c in columns}, "kept": len(outcome.kept)}
        lines.append(" ".join([f"{outcome.file:<18}", *(f"{counts[c]:>9}" for c in columns)]))
        totals = {column: totals[column] + counts[column] for column in columns}
    lines.append(" ".join([f"{'all':<18}", *(f"{totals[c]:>9}" for c in columns)]))
    lines.append(f"{_counted(totals['added'] + totals['changed'], 'change')}.")
    if totals["kept"]:
        kept_rows = _counted(totals["kept"], "row")
        lines.append(f"{kept_rows} kept as an editor left them; the files differ there:")
        kept = [f"  {o.file}:{line}" for o in outcomes for line in sorted(o.kept)]
        lines += kept[:SHOWN]
        if len(kept) > SHOWN:
            lines.append(f"  … and {len(kept) - SHOWN} more.")
    if totals["unlisted"]:
        unlisted = _counted(totals["unlisted"], "row")
        lines.append(f"{unlisted} in the database only (unlisted); left alone.")
    return lines


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
