import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from news.labels import labelled_articles
from news.precision import Share, corrections, decided, shares

GROUPS = ("source", "language", "kind")


class Command(BaseCommand):
    help = (
        "Print editors' decisions as labelled articles, one JSON object a line: articles of which "
        "every candidate is decided. With --report: how often editors agreed with the drafts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--report",
            action="store_true",
            help="print precision by source, language and kind instead, and what was corrected",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["report"]:
            for line in _report():
                self.stdout.write(line)
            return
        for article in labelled_articles():
            self.stdout.write(json.dumps(article, ensure_ascii=False))


def _report() -> Iterator[str]:
    rows = decided()
    if not rows:
        yield "Nothing has been decided yet."
        return
    for group in GROUPS:
        yield from _table(group, shares(rows, group))
    yield "corrected before accepting"
    for field, number, accepted in corrections():
        yield f"  {field:<28}{number:>5} of {accepted}"


def _table(group: str, found: Iterable[Share]) -> Iterator[str]:
    yield f"{group:<30}{'accepted':>9}{'merged':>8}{'rejected':>9}{'doubles':>8}  precision"
    for one in found:
        share = "–" if one.precision is None else f"{one.precision:.2f}"
        yield (
            f"  {one.name[:27]:<28}{one.accepted:>9}{one.merged:>8}{one.rejected:>9}"
            f"{one.duplicates:>8}  {share:>9}"
        )
    yield ""
