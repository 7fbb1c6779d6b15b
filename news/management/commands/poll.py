from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.models import Source
from news.polling import poll


class Command(BaseCommand):
    help = "Poll the sources that are due now, or the named ones, without a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="short name of a source")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = self._chosen(options["sources"])
        if not sources:
            self.stdout.write("No source is due.")
        failed = 0
        for source in sources:
            row = poll(source, at=timezone.now())
            if row is None:
                self.stdout.write(f"{source}: another worker is reading it.")
            elif not row.has_answered:
                failed += 1
                self.stderr.write(f"{source}: {row.reason}")
            else:
                told = f"{source}: {row.items} items, {row.new_articles} new. {row.reason}"
                self.stdout.write(told.rstrip())
        if failed:
            raise CommandError(f"{failed} of {len(sources)} sources could not be read.")

    def _chosen(self, names: list[str]) -> list[Source]:
        if not names:
            return list(Source.objects.due(timezone.now()))
        sources = {source.name: source for source in Source.objects.filter(name__in=names)}
        unknown = [name for name in names if name not in sources]
        if unknown:
            known = ", ".join(Source.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(
                f"No source is called {', '.join(unknown)}. Known sources: {known or 'none'}."
            )
        return [sources[name] for name in dict.fromkeys(names)]
