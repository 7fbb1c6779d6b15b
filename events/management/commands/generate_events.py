"""manage.py generate_events: a record of any size for tests of scale."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from events.analyzing import tell_the_planner
from events.synthetic import NothingToDrawFrom, generate

_SUFFIX = "_bench"


class Command(BaseCommand):
    help = (
        "Fill a bench database up to N synthetic events, the same for the same seed. "
        f"Refuses a database whose name does not end in {_SUFFIX}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, required=True, help="How many there shall be.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other events.")

    def handle(self, *args: Any, **options: Any) -> None:
        name = str(connection.settings_dict["NAME"])
        if not name.endswith(_SUFFIX):
            raise CommandError(
                f"Synthetic events are for a database whose name ends in {_SUFFIX}; "
                f"this one is called {name}. Nothing was written."
            )
        if options["count"] < 1:
            raise CommandError("--count is at least 1.")
        try:
            made = generate(options["count"], seed=options["seed"])
        except NothingToDrawFrom as problem:
            raise CommandError(
                "The events are made of the record's countries, topics, people and terms. "
                "Load it first: python manage.py load_record"
            ) from problem
        tell_the_planner()
        self.stdout.write(f"{made} made; {options['count']} synthetic events of this seed.")
