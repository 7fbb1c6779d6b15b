from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from news.canonical import address_key
from news.ingest import NewArticle, ingest_article
from news.knowledge import from_record
from news.models import Article
from news.pipeline import ArticleText
from news.predictions import BadLine, read_line

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "articles.jsonl"


class Command(BaseCommand):
    help = (
        "Fill the review queue from sample articles, written from facts of the record. Safe to run "
        "again: what is there stays as it is, decisions included."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        samples = self._samples()
        keys = [address_key(sample.url) for sample in samples]
        stored = Article.objects.of_address(*keys)
        known = set(stored.values_list("address_key", flat=True))
        new = [sample for sample in samples if address_key(sample.url) not in known]
        knowledge = from_record()
        if new and not knowledge.people:
            raise CommandError("The record is empty, so no name is known: run load_record first.")
        candidates = 0
        for sample in new:
            done = ingest_article(_told(sample), knowledge, at=timezone.now())
            candidates += len(done.candidates)
        self.stdout.write(
            f"{len(new)} sample articles added, {candidates} candidates; {len(known)} were there."
        )

    def _samples(self) -> list[ArticleText]:
        try:
            with SAMPLES.open("rb") as file:
                return [read_line(line) for line in file]
        except (OSError, BadLine) as error:
            raise CommandError(f"{SAMPLES}: {error}") from error


def _told(sample: ArticleText) -> NewArticle:
    assert sample.published is not None
    return NewArticle(
        text=sample.text,
        title=sample.title,
        url=sample.url,
        outlet=sample.outlet,
        language=sample.lang,
        published_on=sample.published,
        is_sample=True,
    )
