from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.source_lists import export_sources


class Command(BaseCommand):
    help = "Write all sources as OPML, to a file or to the output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        opml = export_sources(at=timezone.now())
        if options["file"] is None:
            self.stdout.write(opml, ending="")
            return
        try:
            options["file"].write_text(opml, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
