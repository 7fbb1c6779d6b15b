"""`manage.py restore FILE`: puts back what `backup` saved."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from diplomacy.backups import BackupError, Database, restore


class Command(BaseCommand):
    help = (
        "Makes the database hold exactly what FILE holds, verified by counts and checksums, in "
        "one transaction: a failure changes nothing. FILE's contents are run as SQL: restore only "
        "files that you made. Stop web, worker and beat first."
    )

    # Needed most when something is broken elsewhere.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete everything that the database holds and put the backup in its place",
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        known = set(MigrationLoader(None).disk_migrations or {})
        try:
            put_back = restore(
                file.absolute(), Database.of(connection), replace=replace, migrations=known
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {len(put_back.tables)} tables, {put_back.rows} rows, saved at "
            f"{put_back.created_at:%Y-%m-%d %H:%M} UTC; every count and checksum agrees."
        )
        missing = sorted(known - set(put_back.migrations))
        if missing:
            self.stdout.write(
                f"The backup is older than this version ({len(missing)} migrations to apply): "
                "run `python manage.py migrate`."
            )
