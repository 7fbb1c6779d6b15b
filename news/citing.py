"""An article as a source of the record: its citation, publisher and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

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
        publisher = publisher_of(url, article)
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


def publisher_of(url: str, article: Article) -> Publisher:
    """Who publishes at the host of `url`; a new host is added with what its source tells."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    with_port = parts.netloc.rpartition("@")[2].lower()
    known = {row.host: row for row in Publisher.objects.filter(host__in=[with_port, host])}
    if known:
        return known.get(with_port) or known[host]
    source = article.source if article.url == url else None
    values = {
        "name": article.outlet if article.url == url and article.outlet else host[:120],
        "source_class": source.source_class if source else Publisher.Class.UNKNOWN,
        "country_code": source.country_id if source else "",
        "languages": source.language if source else "",
    }
    return Publisher.objects.get_or_create(host=host[:120], defaults=values)[0]


def _as_owner(owner: Event | Anniversary) -> dict[str, Event | Anniversary]:
    return {"event" if isinstance(owner, Event) else "anniversary": owner}
