import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from news.knowledge import from_files, from_record
from news.pipeline import ArticleText, Knowledge, read_batch, to_json
from news.predictions import BadLine, read_line


class Command(BaseCommand):
    help = (
        "Draft events from articles: JSON lines in (id, url, outlet, lang, published, title, "
        "text), JSON lines out. Writes no rows; works without a database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False
    # What to read instead of stdin; tests and other commands may set it.
    articles: BinaryIO | None = None

    def handle(self, *args: Any, **options: Any) -> None:
        articles, bad_lines = [], 0
        for number, line in enumerate(self.articles or sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                articles.append(read_line(line))
            except BadLine as error:
                bad_lines += 1
                self.stderr.write(f"line {number}: {error}")
        broken: list[str] = []

        def failed(article: ArticleText, error: Exception) -> None:
            broken.append(article.id)
            self.stderr.write(f"{article.id}: the rules break on it ({error!r})")

        if articles:
            readings = read_batch(articles, self._knowledge(articles), failed=failed)
            for article, reading in zip(articles, readings, strict=True):
                told = {"id": article.id, **to_json(reading)}
                self.stdout.write(json.dumps(told, ensure_ascii=False))
        if bad_lines or broken:
            unread = bad_lines + len(broken)
            raise CommandError(f"Lines that could not be read: {unread}. The others were.")

    def _knowledge(self, articles: list[ArticleText]) -> Knowledge:
        """The record's own, or the shipped files' where there is no record yet."""
        try:
            known = from_record(article.published for article in articles)
            reason = "" if known.people else "The record is empty"
        except DatabaseError as error:
            reason = f"The record cannot be read ({str(error).strip().splitlines()[0]})"
        if not reason:
            return known
        folder = Path("events") / "record"
        self.stderr.write(f"{reason}: names and anniversaries come from {folder}/.")
        return from_files()
