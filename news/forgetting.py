"""Letting go of what is no longer needed: old polls, and texts that nothing rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Citation
from news.models import Article, ArticleVersion, Candidate, ModelCall, ModelReading, Poll

BATCH = 500


def forget_polls(*, at: datetime, keep: timedelta) -> int:
    """Delete the polls that are older; return how many.

    The last answer of each source stays: since when it is silent is told by it.
    """
    answers = Poll.objects.filter(outcome__in=[Poll.Outcome.NEW, Poll.Outcome.NOTHING_NEW])
    last = answers.order_by("source_id", "-finished_at").distinct("source_id").values("pk")
    count = 0
    for pks in _batches(Poll.objects.filter(started_at__lt=at - keep).exclude(pk__in=last)):
        count += Poll.objects.filter(pk__in=pks).delete()[0]
    return count


def forget_texts(*, at: datetime, keep: timedelta) -> int:
    """Delete pages and texts of articles found longer ago that nothing needs; return how many.

    Needed are those that wait for a step or a decision, and those that the record cites. Title,
    address, dates and hash stay, so that no article comes back as new.
    """
    count = 0
    for pks in _batches(_not_needed(at, found_before=at - keep)):
        with transaction.atomic():
            # Locked and looked at again: an editor may decide in this moment.
            articles = Article.objects.filter(pk__in=pks).select_for_update()
            pks = list(articles.order_by("pk").values_list("pk", flat=True))
            count += (
                _not_needed(at, found_before=at - keep)
                .filter(pk__in=pks)
                .update(text="", page="", summary="", marks=None, reread_at=None, forgotten_at=at)
            )
            for rows in (ArticleVersion.objects.all(), ModelReading.objects.all()):
                rows.filter(article__in=pks, article__forgotten_at__isnull=False).delete()
    return count


def forget_answers(*, at: datetime, keep: timedelta) -> int:
    """Delete the requests to a language model that are older; return how many."""
    return ModelCall.objects.filter(asked_at__lt=at - keep).delete()[0]


def _not_needed(at: datetime, *, found_before: datetime) -> QuerySet[Article]:
    """Articles that still have a text or a page, and that nothing waits for or rests on."""
    of_article = Candidate.objects.filter(reports__article=OuterRef("pk"))
    kept = of_article.exclude(state=Candidate.State.REJECTED)
    cited = Citation.objects.filter(url=OuterRef("url"))
    return (
        Article.objects.filter(found_at__lt=found_before, is_sample=False)
        .exclude(text="", page="", summary="")
        .exclude(pk__in=Article.objects.unfinished().values("pk"))
        .filter(~Exists(kept), Q(url="") | ~Exists(cited))
    )


def _batches(rows: QuerySet[Poll] | QuerySet[Article]) -> Iterator[list[int]]:
    """The keys of rows, some at a time, in their order; each once."""
    after = 0
    while pks := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield pks
        after = pks[-1]
