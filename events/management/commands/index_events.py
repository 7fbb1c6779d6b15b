"""manage.py index_events: bring the search up to date without a worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import search


class Command(BaseCommand):
    help = "Index the events whose words have changed for the search, and say how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="Every event, whether changed or not; after an upgrade that changes how texts "
            "are cut.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number = search.index_all() if options["all"] else search.refresh()
        self.stdout.write(f"Indexed {number} {'event' if number == 1 else 'events'}.")
