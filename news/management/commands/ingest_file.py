from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.article_file import BadArticle, checked_address, read_article_file, read_day
from news.ingest import Ingested, NewArticle, ingest_article
from news.knowledge import from_record
from news.matching import likely_anniversaries, likely_events
from news.models import Candidate

LONGEST_TITLE = 300


class Command(BaseCommand):
    help = "Take one article from a file through the whole path into the review queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="UTF-8 text, or an HTML page")
        parser.add_argument(
            "--published", required=True, metavar="DATE", help="its day, YYYY-MM-DD, at the outlet"
        )
        parser.add_argument("--lang", default="", metavar="L", help="en, ko or ja; else found out")
        parser.add_argument("--url", default="", metavar="U", help="its address on the web")
        parser.add_argument("--title", default="", metavar="T", help="its headline")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._told(options)
        except BadArticle as error:
            raise CommandError(str(error)) from error
        done = ingest_article(told, from_record([told.published_on]), at=timezone.now())
        self._report(done)

    def _told(self, options: dict[str, Any]) -> NewArticle:
        published_on = read_day(options["published"])
        languages = [code for code, _name in settings.LANGUAGES]
        if options["lang"] and options["lang"] not in languages:
            raise BadArticle(
                f"“{options['lang']}” is not a language read here: {', '.join(languages)}."
            )
        url = checked_address(options["url"]) if options["url"] else ""
        if len(options["title"]) > LONGEST_TITLE or "\x00" in options["title"]:
            raise BadArticle(f"A title has at most {LONGEST_TITLE} characters, and no NUL.")
        file = read_article_file(options["file"], url=url)
        return NewArticle(
            text=file.text,
            title=options["title"].strip() or file.title,
            url=url,
            language=options["lang"],
            published_on=published_on,
        )

    def _report(self, done: Ingested) -> None:
        article = done.article
        if not done.is_new:
            self.stdout.write(
                f"This article was there already (article {article.pk}, "
                f"{len(done.candidates)} candidates). Nothing was added."
            )
            return
        self.stdout.write(f"Article {article.pk}: {len(done.candidates)} candidates.")
        for candidate in done.candidates:
            self._report_candidate(candidate)
        for row in done.set_aside:
            self.stdout.write(f"  set aside ({row.reason}): {row.sentence}")

    def _report_candidate(self, candidate: Candidate) -> None:
        kind = "anniversary" if candidate.is_anniversary else candidate.kind.lower()
        days = " – ".join(f"{day}" for day in (candidate.starts_on, candidate.ends_on) if day)
        people = ", ".join(person.slug for person in candidate.people.order_by("slug"))
        line = f"  {candidate.pk}: {kind}, {days}, {candidate.status.lower()}"
        self.stdout.write(f"{line}: {people}" if people else line)
        for anniversary in likely_anniversaries(candidate):
            self.stdout.write(f"      anniversary on record: {anniversary.slug}")
        for match in likely_events(candidate):
            self.stdout.write(f"      on record: {match.event.slug} ({', '.join(match.reasons)})")
