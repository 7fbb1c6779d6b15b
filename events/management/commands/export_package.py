"""manage.py export_package: the whole public record as a data package."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.package.shelf import put
from events.past import NotADay, first_day, read_day
from events.periods import civil_day


class Command(BaseCommand):
    help = (
        "Write the whole public record as a Frictionless data package, with its checksum beside "
        "it: of today as it stands, or of a past day. The same record gives the same bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dir", type=Path, help="The folder; by default the one from which the site serves."
        )
        parser.add_argument("--as-of", default="", help="A day that is over, as 2026-06-09.")

    def handle(self, *args: Any, **options: Any) -> None:
        today = civil_day(timezone.now(), settings.RECORD_TIME_ZONE)
        day = _day(options["as_of"], today) if options["as_of"] else today
        try:
            package = put(day, is_over=day < today, folder=options["dir"])
        except OSError as problem:
            raise CommandError(f"Nothing was written: {problem}") from problem
        self.stdout.write(f"{package.path}  {package.bytes} bytes  sha256 {package.sha256}")


def _day(written: str, today: date) -> date:
    try:
        return read_day(written, today=today, first=first_day())
    except NotADay as refusal:
        raise CommandError(str(refusal)) from refusal
