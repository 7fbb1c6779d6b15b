"""What editors made of drafted accounts, as labels for the reading of accounts."""

from __future__ import annotations

from typing import Any

from events.models import Topic
from news.models import Article, Candidate, CandidateReadout

DECIDED = (Candidate.State.ACCEPTED, Candidate.State.MERGED)


def account_labels(article: Article) -> list[dict[str, Any]]:
    """The accounts drafted from an article that became part of the record, in the form of
    tests/news/data/accounts; `rejected` are the points that an editor left out.

    An account that was left out as a whole is none.
    """
    drafts = CandidateReadout.objects.with_parts().filter(
        article=article, candidate__state__in=DECIDED, readout__isnull=False
    )
    return [_label(row) for row in drafts]


def _label(row: CandidateReadout) -> dict[str, Any]:
    points = sorted(row.points.all(), key=lambda one: one.position)
    promises = sorted(row.commitments.all(), key=lambda one: one.position)
    return {
        "issuer": row.issuer_id,
        "points": [
            _point(one.point.topic, one.point.stance, one.quote)
            for one in points
            if one.point is not None
        ],
        "rejected": [
            _point(one.drafted_topic, one.drafted_stance, one.quote)
            for one in points
            if one.is_left_out
        ],
        "commitments": [
            {
                "quote": one.quote,
                "due_text": one.due_text,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "due_precision": one.due_precision,
                "by": one.by,
            }
            for one in promises
            if one.commitment is not None
        ],
    }


def _point(topic: Topic | None, stance: str, quote: str) -> dict[str, Any]:
    return {"topic": topic.slug if topic else "", "stance": stance.lower(), "quote": quote}
