"""An article as a source of the record: its citation, publisher and evidence."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from events.models import Anniversary, Citation, Event, Evidence, Publisher
from news.models import Article, CandidateEvidence


def cite(
    owner: Event | Anniversary, article: Article, rows: Iterable[CandidateEvidence], *, url: str
) -> bool:
    """Cite the article at `url` with these rows; a page cited already only gains the rows.

    An article without an address keeps this one. Returns whether its publisher is new among the
    owner's. To be called in a transaction.
    """
    article.take_address(url)
    citations = Citation.objects.filter(**_as_owner(owner))
    citation = citations.filter(url=url).first()
    is_new_publisher = False
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
    return is_new_publisher


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
