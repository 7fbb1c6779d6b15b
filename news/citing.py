"""An article as a source of the record: its citation, publisher and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from events.models import Anniversary, Citation, Event, Evidence, Publisher
from news.models import Article, CandidateEvidence


@dataclass(frozen=True, slots=True)
class Cited:
    """What citing has added: the citation, if it is new, and ids of evidence."""

    citation: Citation
    is_new: bool
    is_new_publisher: bool
    evidence: tuple[int, ...]


def cite(
    owner: Event | Anniversary, article: Article, rows: Iterable[CandidateEvidence], *, url: str
) -> Cited:
    """Cite the article at `url` with these rows; a page cited already only gains the rows.

    An article without an address keeps this one. To be called in a transaction.
    """
    article.take_address(url)
    citations = Citation.objects.filter(**_as_owner(owner))
    citation = citations.filter(url=url).first()
    is_new, is_new_publisher = citation is None, False
    if citation is None:
        publisher = Publisher.objects.at(url, **_about_publisher(article, url))
        is_new_publisher = not citations.filter(publisher=publisher).exists()
        last = citations.aggregate(last=Max("position"))["last"]
        citation = Citation.objects.create(
            **_as_owner(owner),
            url=url,
            publisher=publisher,
            title=article.title,
            language=article.language,
            published_on=article.published_on,
            position=0 if last is None else last + 1,
        )
    before = set(citation.evidence.values_list("pk", flat=True))
    Evidence.objects.bulk_create(
        [
            Evidence(
                citation=citation,
                field=row.field,
                value=row.value,
                sentence=row.sentence,
                quote=row.quote,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                text_sha256=article.text_sha256,
                language=article.language,
                rule=row.rule,
                confidence=row.confidence,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    after = citation.evidence.order_by("pk").values_list("pk", flat=True)
    added = tuple(pk for pk in after if pk not in before)
    return Cited(citation, is_new, is_new_publisher, added)


def take_back(
    owner: Event | Anniversary, citation: int, evidence: Iterable[int], *, with_citation: bool
) -> bool:
    """Delete these rows of evidence and, if asked to and it is then bare, the citation.

    Returns whether its publisher is no longer among the owner's. To be called in a transaction;
    the database refuses to leave a published event without a source.
    """
    citations = Citation.objects.filter(**_as_owner(owner))
    found = citations.filter(pk=citation).first()
    if found is None:
        return False
    found.evidence.filter(pk__in=list(evidence)).delete()
    if not with_citation or found.evidence.exists():
        return False
    found.delete()
    return not citations.filter(publisher=found.publisher_id).exists()


def _about_publisher(article: Article, url: str) -> dict[str, str]:
    """What the article's outlet and source tell of whoever publishes at its own address."""
    if article.url != url:
        return {}
    about = {"name": article.outlet} if article.outlet else {}
    if source := article.source:
        about |= {
            "source_class": source.source_class,
            "country_code": source.country_id,
            "languages": source.language,
        }
    return about


def _as_owner(owner: Event | Anniversary) -> dict[str, Event | Anniversary]:
    return {"event" if isinstance(owner, Event) else "anniversary": owner}
