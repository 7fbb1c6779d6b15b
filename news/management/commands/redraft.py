from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from news.knowledge import from_record
from news.redrafting import redraft_all, to_redraft


class Command(BaseCommand):
    help = (
        "Draft anew the candidates that wait, where an older version of the pipeline has drafted "
        "them. Decisions stay, and what was rejected does not come back. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="whatever version has drafted them: for when the record has learned new names",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = redraft_all(to_redraft(whatever_version=options["all"]), from_record())
        self.stdout.write(
            f"{done.articles} articles read again: {done.rewritten} candidates written anew, "
            f"{done.removed} removed, {done.added} added."
        )
