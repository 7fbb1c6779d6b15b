"""The accounts that governments publish of an event, as drafted from their own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from events.addresses import host_of
from events.models import Publisher, Topic
from news.models import (
    Article,
    Candidate,
    CandidateCommitment,
    CandidatePoint,
    CandidateReadout,
    Report,
    Source,
)
from news.pipeline import DraftReadout, Knowledge
from news.pipeline.values import Passage

# The governments whose accounts the record compares, and the clocks they publish by.
ZONES = {"KR": "Asia/Seoul", "JP": "Asia/Tokyo"}
MOST_NAME, MOST_DUE = 120, 80


def issuer_of(article: Article, knowledge: Knowledge) -> str:
    """The country whose government published the article on its own site; else empty.

    That is told by the class of its source or by the host, where the record knows it as official.
    """
    source = article.source
    if source is not None and source.source_class == Source.Class.OFFICIAL:
        return source.country_id if source.country_id in ZONES else ""
    host = host_of(article.url).partition(":")[0] if article.url else ""
    country = dict(knowledge.official_hosts).get(host, "")
    return country if country in ZONES else ""


def store_readout(candidate: Candidate, article: Article, draft: DraftReadout | None) -> None:
    """Hang a drafted account on its candidate, in place of an earlier draft from the same article.

    One that an editor has edited stays as it is. Raises ValueError when a quote is not in the
    article's text where it says. To be called in a transaction.
    """
    earlier = CandidateReadout.objects.filter(candidate=candidate, article=article)
    if earlier.filter(edited_by__isnull=False).exists():
        return
    earlier.delete()
    if draft is None:
        return
    readout = CandidateReadout.objects.create(
        candidate=candidate,
        article=article,
        issuer_id=draft.issuer,
        issuing_body=_issuing_body(article),
        is_whole=False if article.text_from == Article.TextFrom.SUMMARY else None,
        **_published(article, draft.issuer),
    )
    topics = Topic.objects.in_bulk({row.topic for row in draft.points} - {""}, field_name="slug")
    CandidatePoint.objects.bulk_create(_points(readout, draft, topics))
    CandidateCommitment.objects.bulk_create(_commitments(readout, draft))


def follow(reports: Iterable[Report], home: Candidate, to: Candidate) -> list[int]:
    """Put the accounts in the articles of reports that left `home` for `to` there too; their ids.

    One stays where another report of its article does, and where `to` has one from it already.
    """
    articles = {report.article_id for report in reports}
    articles -= set(home.reports.values_list("article_id", flat=True))
    there = CandidateReadout.objects.filter(candidate=to).values("article_id")
    going = CandidateReadout.objects.filter(candidate=home, article__in=articles)
    moved = list(going.exclude(article__in=there).values_list("pk", flat=True))
    CandidateReadout.objects.filter(pk__in=moved).update(candidate=to)
    return moved


def forget(report: Report, home: Candidate) -> None:
    """Drop the account in the article of a report that is gone, unless another report has it."""
    if not home.reports.filter(article=report.article_id).exists():
        home.readouts.filter(article=report.article_id).delete()


def _points(
    readout: CandidateReadout, draft: DraftReadout, topics: Mapping[str, Topic]
) -> Iterable[CandidatePoint]:
    for position, row in enumerate(draft.points, start=1):
        topic = topics.get(row.topic)
        yield CandidatePoint(
            readout=readout,
            position=position,
            topic=topic,
            drafted_topic=topic,
            stance=row.stance,
            drafted_stance=row.stance,
            rule=row.rule[:60],
            confidence=row.confidence,
            **_words(readout.article, row.passage),
        )


def _commitments(readout: CandidateReadout, draft: DraftReadout) -> Iterable[CandidateCommitment]:
    for position, row in enumerate(draft.commitments, start=1):
        yield CandidateCommitment(
            readout=readout,
            position=position,
            by=list(row.by),
            due_text=row.due_text[:MOST_DUE],
            due_on=row.due_on,
            due_precision=row.due_precision,
            **_words(readout.article, row.passage),
        )


def _words(article: Article, passage: Passage) -> dict[str, Any]:
    if article.text[passage.start : passage.end] != passage.quote:
        raise ValueError(f"The quote {passage.quote!r} is not in the text at {passage.start}.")
    return {
        "quote": passage.quote,
        "starts_at": passage.start,
        "ends_at": passage.end,
        "sentence": passage.sentence,
        "sentence_starts_at": passage.sentence_start,
    }


def _issuing_body(article: Article) -> str:
    """The name of the office that publishes there, as far as the record knows it."""
    host = host_of(article.url).partition(":")[0] if article.url else ""
    known = Publisher.objects.filter(host=host).exclude(name=host).first() if host else None
    return (known.name if known else article.outlet)[:MOST_NAME]


def _published(article: Article, issuer: str) -> dict[str, date | time | str | None]:
    """The day and, where the page tells a time, the time by the clocks of its government."""
    at = article.published_at
    if at is None:
        return {"published_on": article.published_on}
    local = at.astimezone(ZoneInfo(ZONES[issuer]))
    if local.time() == time():
        # A day that was stored as a moment: no page is published by the stroke of midnight.
        return {"published_on": local.date()}
    return {
        "published_on": local.date(),
        "published_time": local.time().replace(second=0, microsecond=0),
        "time_zone": ZONES[issuer],
    }
