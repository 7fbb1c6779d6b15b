"""`manage.py backup FILE`: the whole record in one verified file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from diplomacy.backups import BackupError, Database, backup


class Command(BaseCommand):
    help = (
        "Saves the whole record (events, history, news, accounts) in FILE, in one snapshot, and "
        "reads it back. The site may be in use. An existing FILE is replaced only by a complete "
        "one. FILE holds password hashes: keep it private."
    )

    # Needed most when something is broken elsewhere.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            made = backup(Database.of(connection), file.absolute(), at=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {len(made.tables)} tables, {made.rows} rows, {made.dump_bytes} bytes; "
            "read back and complete."
        )
