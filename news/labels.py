"""Editors' decisions as labelled articles: what the pipeline should have drafted, and what not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from events.models import Anniversary, Event
from news.models import Article, Candidate
from news.readout_labels import account_labels
from news.tellings import as_told

COUNTRIES = ("KR", "JP", "US", "CN")
State, Reason = Candidate.State, Candidate.RejectReason


def labelled_articles() -> Iterator[dict[str, Any]]:
    """Each article of which all candidates are decided, the oldest first, with what was decided.

    In the form of tests/news/data/labelled; `accounts`, `rejected` and `is_sample` are added. An
    article whose text has been forgotten is left out.
    """
    candidates = Candidate.objects.filter(article=OuterRef("pk"))
    articles = (
        Article.objects.filter(Exists(candidates), ~Exists(candidates.pending()), ~Q(text=""))
        .select_related("source")
        .order_by("pk")
    )
    for article in articles.iterator(chunk_size=100):
        yield _labelled(article)


def _labelled(article: Article) -> dict[str, Any]:
    rows = list(
        article.candidates.select_related("event", "made_anniversary")
        .prefetch_related("people", "topics", "evidence", "decisions")
        .order_by("pk")
    )
    confirmed = [row for row in rows if row.state in (State.ACCEPTED, State.MERGED)]
    rejected = [row for row in rows if row.state == State.REJECTED]
    events = [_label(row) for row in confirmed]
    # The same as another candidate: neither to be rewarded nor punished.
    optional = [_drafted(row) for row in rejected if row.reject_reason == Reason.DUPLICATE]
    return {
        "id": f"article-{article.pk}",
        "url": article.url,
        "outlet": article.outlet,
        "source": article.source.name if article.source else "",
        "lang": article.language,
        "published": article.published_on.isoformat() if article.published_on else None,
        "title": article.title,
        "text": article.text,
        "is_relevant": bool(events or optional),
        "events": events,
        "accounts": account_labels(rows),
        "optional": optional,
        "background": [_drafted(r) for r in rejected if r.reject_reason == Reason.BACKGROUND],
        "rejected": [
            {**_drafted(row), "reason": row.reject_reason.lower(), "note": row.note}
            for row in rejected
            if row.reject_reason != Reason.DUPLICATE
        ],
        "cluster": events[0]["cluster"] if events else f"article-{article.pk}",
        "is_sample": article.is_sample,
    }


def _label(row: Candidate) -> dict[str, Any]:
    """What an editor confirmed: the values of the record where the article bears them out."""
    if row.event is None:
        assert row.made_anniversary is not None
        return {
            **_drafted(row),
            "status": _status(row.status),
            "countries": _countries(row.made_anniversary),
            "city": row.city,
            "topics": [],
            "evidence": _evidence(row),
            "cluster": row.made_anniversary.slug,
        }
    event, is_merged = row.event, row.state == State.MERGED
    people = {person.slug for person in event.people.all()}
    topics = {topic.slug for topic in event.topics.all()}
    cities = [place.city for place in event.places.order_by("position", "id") if place.city]
    if is_merged:
        # The record may know more, from other sources, than this article tells.
        people = people & {person.slug for person in row.people.all()} or people
        topics = topics & {topic.slug for topic in row.topics.all()}
        cities = [city for city in cities if city == row.city]
    is_corrected = any(
        "status" in one.corrected for one in row.decisions.all() if one.undone_at is None
    )
    return {
        "kind": "anniversary" if event.kind == Event.Kind.CEREMONY else event.kind.lower(),
        "start": event.starts_on.isoformat(),
        "end": event.last_possible_on.isoformat(),
        "status": _status(event.status if is_corrected else row.status),
        "participants": sorted(people),
        "countries": _countries(event),
        "city": cities[0] if cities else "",
        "topics": sorted(topics),
        "evidence": _evidence(row),
        "cluster": event.slug,
    }


def _drafted(row: Candidate) -> dict[str, Any]:
    return {
        "kind": "anniversary" if row.kind == Event.Kind.CEREMONY else row.kind.lower(),
        "start": row.starts_on.isoformat(),
        "end": as_told(row).last_day.isoformat(),
        "participants": sorted(person.slug for person in row.people.all()),
    }


def _status(status: str) -> str:
    return "happened" if status == Event.Status.HELD else "scheduled"


def _countries(owner: Event | Anniversary) -> list[str]:
    there = {country.pk for country in owner.countries.all()}
    return [code for code in COUNTRIES if code in there]


def _evidence(row: Candidate) -> str:
    """The sentence that tells what happened; empty where the editor found it by other words."""
    told = sorted(row.evidence.all(), key=lambda one: (one.field != "kind", one.starts_at))
    return told[0].sentence if told else ""
