"""Governments' accounts with labels, and how many of their points and promises are read."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from news.pipeline import ArticleText, Reading, read_article
from tests.news.pipeline.record_knowledge import record_knowledge

LABELS = Path(__file__).resolve().parents[1] / "data" / "accounts"


@cache
def pages() -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in sorted(LABELS.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]


@cache
def reading_of(page_id: str) -> Reading:
    page = next(row for row in pages() if row["id"] == page_id)
    return read_article(as_article(page), record_knowledge())


def as_article(page: dict[str, Any], **changes: Any) -> ArticleText:
    values = {
        "id": page["id"],
        "url": page["url"],
        "outlet": "",
        "lang": page["lang"],
        "published": date.fromisoformat(page["published"]),
        "title": page["title"],
        "text": page["text"],
        "issuer": page["issuer"],
        **changes,
    }
    return ArticleText(**values)


@dataclass(slots=True)
class Figures:
    """How many were drafted, how many are labelled, and how many are both."""

    right: int = 0
    drafted: int = 0
    labelled: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.drafted

    @property
    def recall(self) -> float:
        return self.right / self.labelled


def figures(lang: str, split: str) -> tuple[Figures, Figures]:
    """(of points, of commitments). A drafted point is right if a labelled one of its topic and
    stance lies in its words; a commitment, if one with its deadline and its countries does."""
    points, commitments = Figures(), Figures()
    for page in pages():
        if (page["lang"], page["split"]) != (lang, split):
            continue
        readout = reading_of(page["id"]).drafts[0].readout
        drafted = [
            ((row.topic, row.stance.lower()), row.passage)
            for row in (readout.points if readout else ())
        ]
        labels = [((row["topic"], row["stance"]), row["quote"]) for row in page["points"]]
        _count(points, drafted, labels)
        drafted = [
            ((str(row.due_on or ""), row.due_precision, sorted(row.by)), row.passage)
            for row in (readout.commitments if readout else ())
        ]
        labels = [
            ((row["due_on"] or "", row["due_precision"], sorted(row["by"])), row["quote"])
            for row in page["commitments"]
        ]
        _count(commitments, drafted, labels)
    return points, commitments


def _count(into: Figures, drafted: list[Any], labels: list[Any]) -> None:
    into.drafted += len(drafted)
    into.labelled += len(labels)
    left = list(drafted)
    for value, quote in labels:
        hit = next((row for row in left if row[0] == value and quote in row[1].quote), None)
        if hit is not None:
            left.remove(hit)
            into.right += 1


if __name__ == "__main__":
    for one in ("tuning", "held_out"):
        for code in ("en", "ko", "ja"):
            for name, found in zip(("points", "commitments"), figures(code, one), strict=True):
                print(one, code, name, f"P {found.precision:.2f} R {found.recall:.2f}", found)
