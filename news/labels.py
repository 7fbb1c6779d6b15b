"""Editors' decisions as labelled articles: what the pipeline should have drafted, and what not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from events.models import Anniversary, Event
from news.models import Article, Candidate, Report
from news.pipeline import Draft
from news.pipeline.values import CALLED_OFF
from news.readout_labels import account_labels

COUNTRIES = ("KR", "JP", "US", "CN")
State, Reason = Candidate.State, Candidate.RejectReason


def labelled_articles() -> Iterator[dict[str, Any]]:
    """Each article of which all candidates are decided, the oldest first, with what was decided.

    In the form of tests/news/data/labelled; `accounts`, `rejected` and `is_sample` are added. An
    article whose text has been forgotten is left out.
    """
    candidates = Candidate.objects.filter(reports__article=OuterRef("pk"))
    articles = (
        Article.objects.filter(Exists(candidates), ~Exists(candidates.pending()), ~Q(text=""))
        .select_related("source")
        .order_by("pk")
    )
    for article in articles.iterator(chunk_size=100):
        yield _labelled(article)


def _labelled(article: Article) -> dict[str, Any]:
    rows = list(
        article.reports.in_order()
        .select_related("candidate__event", "candidate__made_anniversary")
        .prefetch_related("evidence", "candidate__decisions", "candidate__reports")
    )
    confirmed = [row for row in rows if row.candidate.state in (State.ACCEPTED, State.MERGED)]
    rejected = [row for row in rows if row.candidate.state == State.REJECTED]
    events = [_label(row) for row in confirmed if row.draft.status not in CALLED_OFF]
    doubles = [_drafted(r) for r in rejected if r.candidate.reject_reason == Reason.DUPLICATE]
    # The same as another candidate, or a plan that is off: neither to be rewarded nor punished.
    optional = doubles + [_drafted(row) for row in confirmed if row.draft.status in CALLED_OFF]
    return {
        "id": f"article-{article.pk}",
        "url": article.url,
        "outlet": article.outlet,
        "source": article.source.name if article.source else "",
        "lang": article.language,
        "published": article.published_on.isoformat() if article.published_on else None,
        "title": article.title,
        "text": article.text,
        "is_relevant": bool(events or doubles),
        "events": events,
        "accounts": account_labels(article),
        "optional": optional,
        "background": [
            _drafted(row) for row in rejected if row.candidate.reject_reason == Reason.BACKGROUND
        ],
        "rejected": [
            {
                **_drafted(row),
                "reason": row.candidate.reject_reason.lower(),
                "note": row.candidate.note,
            }
            for row in rejected
            if row.candidate.reject_reason != Reason.DUPLICATE
        ],
        "cluster": events[0]["cluster"] if events else f"article-{article.pk}",
        "is_sample": article.is_sample,
    }


def _label(row: Report) -> dict[str, Any]:
    """What an editor confirmed: the values of the record where the article bears them out."""
    candidate, draft = row.candidate, row.draft
    if candidate.event is None:
        assert candidate.made_anniversary is not None
        return {
            **_drafted(row),
            "status": _told_status(draft),
            "countries": _countries(candidate.made_anniversary),
            "city": draft.city,
            "topics": [],
            "evidence": _evidence(row),
            "cluster": candidate.made_anniversary.slug,
        }
    event = candidate.event
    people = {person.slug for person in event.people.all()}
    topics = {topic.slug for topic in event.topics.all()}
    cities = [place.city for place in event.places.order_by("position", "id") if place.city]
    if candidate.state == State.MERGED or len(candidate.reports.all()) > 1:
        # The record may know more, from other articles, than this one tells.
        people = people & set(draft.participants) or people
        topics = topics & set(draft.topics)
        cities = [city for city in cities if city == draft.city]
    is_corrected = any(
        "status" in one.corrected for one in candidate.decisions.all() if one.undone_at is None
    )
    return {
        "kind": _kind(event.kind.lower()),
        "start": event.starts_on.isoformat(),
        "end": event.last_possible_on.isoformat(),
        "status": _status(event.status) if is_corrected else _told_status(draft),
        "participants": sorted(people),
        "countries": _countries(event),
        "city": cities[0] if cities else "",
        "topics": sorted(topics),
        "evidence": _evidence(row),
        "cluster": event.slug,
    }


def _drafted(row: Report) -> dict[str, Any]:
    draft = row.draft
    return {
        "kind": _kind(draft.kind),
        "start": draft.starts_on.isoformat(),
        "end": draft.ends_on.isoformat(),
        "participants": sorted(draft.participants),
    }


def _kind(kind: str) -> str:
    return "anniversary" if kind == "ceremony" else kind


def _told_status(draft: Draft) -> str:
    return "happened" if draft.status == "happened" else "scheduled"


def _status(status: str) -> str:
    return "happened" if status == Event.Status.HELD else "scheduled"


def _countries(owner: Event | Anniversary) -> list[str]:
    there = {country.pk for country in owner.countries.all()}
    return [code for code in COUNTRIES if code in there]


def _evidence(row: Report) -> str:
    """The sentence that tells what happened; empty where the editor found it by other words."""
    told = sorted(row.evidence.all(), key=lambda one: (one.field != "kind", one.starts_at))
    return told[0].sentence if told else ""
