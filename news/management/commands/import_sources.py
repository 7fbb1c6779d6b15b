from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.source_lists import Defaults, ListRefused, import_sources


class Command(BaseCommand):
    help = "Take over sources from an OPML file, all or none. A source is known by its address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.opml")
        parser.add_argument(
            "--country", default="", help="for sources that the file gives none: KR"
        )
        parser.add_argument(
            "--language",
            default="",
            choices=[code for code, _name in settings.LANGUAGES],
            help="for sources that the file gives none",
        )
        parser.add_argument("--disabled", action="store_true", help="leave new sources disabled")

    def handle(self, *args: Any, **options: Any) -> None:
        defaults = Defaults(
            country=options["country"],
            language=options["language"],
            are_enabled=not options["disabled"],
        )
        try:
            body = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        try:
            outcome = import_sources(body, defaults=defaults, at=timezone.now())
        except ListRefused as refusal:
            raise CommandError(f"{options['file']}: nothing was imported.\n{refusal}") from refusal
        for name in outcome.added:
            self.stdout.write(f"added {name}")
        for name, fields in outcome.changed.items():
            self.stdout.write(f"changed {name}: {', '.join(fields)}")
        self.stdout.write(
            f"{len(outcome.added)} added, {len(outcome.changed)} changed, "
            f"{len(outcome.unchanged)} unchanged."
        )
