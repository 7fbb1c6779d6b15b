from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.models import Poll, Source
from news.polling import poll, poll_due
from news.steps import read_due


class Command(BaseCommand):
    help = "Poll the sources that are due now, or the named ones, without a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="short name of a source")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["sources"]
        told = failed = 0
        for source, row in self._named(names) if names else self._due():
            told += 1
            if row is None:
                self.stdout.write(f"{source}: another worker is reading it.")
            elif not row.has_answered:
                failed += 1
                self.stderr.write(f"{source}: {row.reason}")
            else:
                line = f"{source}: {row.items} items, {row.new_articles} new. {row.reason}"
                self.stdout.write(line.rstrip())
        if not told:
            self.stdout.write("No source is due.")
        if failed:
            raise CommandError(f"{failed} of {told} sources could not be read.")

    def _named(self, names: list[str]) -> Iterator[tuple[Source, Poll | None]]:
        for source in self._chosen(names):
            yield source, poll(source, at=timezone.now())

    def _due(self) -> Iterator[tuple[Source, Poll | None]]:
        """As workers do it: first what sources offer, several at once, then their articles."""
        while rows := [*poll_due(at=timezone.now())]:
            yield from ((row.source, row) for row in rows)
        while read_due(at=timezone.now()):
            pass

    def _chosen(self, names: list[str]) -> list[Source]:
        sources = {source.name: source for source in Source.objects.filter(name__in=names)}
        unknown = [name for name in names if name not in sources]
        if unknown:
            known = ", ".join(Source.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(
                f"No source is called {', '.join(unknown)}. Known sources: {known or 'none'}."
            )
        return [sources[name] for name in dict.fromkeys(names)]
