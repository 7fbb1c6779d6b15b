from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.source_lists import ListRefused, load_shipped


class Command(BaseCommand):
    help = (
        "Add the sources that come with the site (news/sources.toml), disabled: nothing is asked "
        "of them until an operator enables them. Those that are there stay as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = load_shipped()
        except ListRefused as refusal:
            raise CommandError(
                f"Nothing was added. Has load_record been run? It brings the countries.\n{refusal}"
            ) from refusal
        for name in outcome.added:
            self.stdout.write(f"added {name}")
        self.stdout.write(
            f"{len(outcome.added)} sources added, disabled; {len(outcome.unchanged)} were there."
        )
