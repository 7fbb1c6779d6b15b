"""Reading articles anew with a better pipeline: what waits is drafted again, decisions stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from news.dispatches import not_drafted_yet, one_at_a_time
from news.ingest import read
from news.models import Article, Candidate, Report
from news.pipeline import Draft, Knowledge, Reading
from news.pipeline.checking import MODEL
from news.pipeline.version import VERSION
from news.replanning import Stored, kind_of, plan
from news.reporting import drop, file_drafts, fingerprint, rejoin, retell

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Redrafted:
    """How many reports of how many articles were written anew, removed and added."""

    articles: int = 0
    rewritten: int = 0
    removed: int = 0
    added: int = 0

    def __add__(self, other: Redrafted) -> Redrafted:
        return Redrafted(
            self.articles + other.articles,
            self.rewritten + other.rewritten,
            self.removed + other.removed,
            self.added + other.added,
        )


def to_redraft(*, whatever_version: bool = False) -> QuerySet[Article]:
    """Articles with candidates that wait, drafted by an older pipeline; the oldest first.

    `whatever_version`: also by this one, for when the record has learned new names.
    """
    waiting = Candidate.objects.pending().filter(reports__article=OuterRef("pk"))
    found = Article.objects.select_related("source").filter(
        Exists(waiting), stage=Article.Stage.DRAFTED
    )
    if not whatever_version:
        found = found.filter(pipeline_version__lt=VERSION)
    return found.order_by("pk")


def redraft_all(
    articles: QuerySet[Article], knowledge: Knowledge, *, at_most: int | None = None
) -> Redrafted:
    """Redraft each; one that cannot be read is logged and left as it is."""
    done = Redrafted()
    for article in articles[:at_most].iterator(chunk_size=100):
        try:
            done += redraft(article, read(article, knowledge))
        except SoftTimeLimitExceeded:
            raise
        except Exception:  # one article must not keep the others from being drafted
            log.exception("article not redrafted", article=article.pk)
    return done


@transaction.atomic
def redraft(article: Article, reading: Reading) -> Redrafted:
    """Bring what an article reports to candidates that wait in line with a new reading of it.

    Decided candidates are never touched, nor come back what was rejected. A report that is now of
    another event leaves those that it was put to, unless an editor put it there. Safe to run
    again: the same reading then changes nothing but ids of evidence.
    """
    one_at_a_time()
    of_article = Candidate.objects.filter(reports__article=article).values("pk")
    locked = Candidate.objects.select_for_update(of=("self",)).filter(pk__in=of_article)
    list(locked.order_by("pk").values_list("pk"))
    reports = {row.pk: row for row in _reports(article)}
    Article.objects.select_for_update().filter(pk=article.pk).update(pipeline_version=VERSION)
    drafts = {fingerprint(draft): draft for draft in reading.drafts}
    planned = plan([_stored(row) for row in reports.values()], drafts)
    for pk, draft in planned.rewrite:
        retell(reports[pk], draft)
    for pk in planned.remove:
        drop(reports[pk])
    for pk, _draft in planned.rewrite:
        if reports[pk].candidate.assigned_to_id is None:
            rejoin(reports[pk])
    new: Sequence[Draft] = planned.add
    if article.dispatch is not None:
        # What the same text in another outlet has drafted is in the queue, or was decided.
        new = not_drafted_yet(new, article.dispatch)
    file_drafts(article, new)
    return Redrafted(1, len(planned.rewrite), len(planned.remove), len(new))


def _reports(article: Article) -> QuerySet[Report]:
    rows = article.reports.in_order().select_related("candidate__event")
    return rows.prefetch_related("evidence", "candidate__decisions")


def _stored(row: Report) -> Stored:
    candidate, draft = row.candidate, row.draft
    spans = [(draft.starts_on, draft.ends_on)]
    if candidate.event is not None:
        spans.append((candidate.event.starts_on, candidate.event.last_possible_on))
    return Stored(
        pk=row.pk,
        fingerprint=row.fingerprint,
        kind=kind_of(draft),
        spans=tuple(spans),
        sentences=frozenset(
            one.sentence_starts_at for one in row.evidence.all() if one.field == "kind"
        ),
        is_fixed=(
            row.is_placed
            or candidate.state != Candidate.State.PENDING
            or bool(candidate.decisions.all())
        ),
        is_rejected=candidate.state == Candidate.State.REJECTED,
        # What only a language model found is not for the rules to take away.
        is_taken=(
            candidate.assigned_to_id is not None
            or {one.rule for one in row.evidence.all()} == {MODEL}
        ),
    )
