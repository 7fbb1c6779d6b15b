"""How well drafted events tell what the labels of an article say: the definitions, pure.

Labels and predictions are the JSON objects of `tests/news/data/labelled` and of `draft_events`.
A label and a prediction are one event if their kinds go together, their days overlap and they
share somebody; each is matched once, and as many as possible are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

Row = Mapping[str, Any]
# Kinds that two careful readers may well give to one event.
KINDRED = (
    {"summit", "visit"},
    {"agreement", "statement"},
    {"dispute", "statement"},
)


@dataclass
class Tally:
    """True and false positives and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, predicted: Iterable[str], labelled: Iterable[str]) -> None:
        """Count two sets of words against each other."""
        ours, theirs = set(predicted), set(labelled)
        self.hits += len(ours & theirs)
        self.false += len(ours - theirs)
        self.missed += len(theirs - ours)

    @property
    def precision(self) -> float:
        found = self.hits + self.false
        return self.hits / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        wanted = self.hits + self.missed
        return self.hits / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        whole = 2 * self.hits + self.false + self.missed
        if not whole:
            return 1.0
        return 2 * self.hits / whole


@dataclass
class Score:
    """The figures of a set of articles. `exact` counts matches with the right day and status."""

    articles: int = 0
    relevance: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    participants: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    clusters: Tally = field(default_factory=Tally)
    exact: int = 0
    spans: Tally = field(default_factory=Tally)

    @property
    def strict_f1(self) -> float:
        """F1 over all events where a match counts only with the exact day and status."""
        e = self.events
        whole = 2 * e.hits + e.false + e.missed
        return 2 * self.exact / whole if whole else 1.0


def score(
    articles: Sequence[Row], predictions: Mapping[str, Row], *, by_people: bool = True
) -> Score:
    """All figures of articles with labels against the predictions by their ids.

    Without `by_people` an event that names nobody may stand for the two countries.
    """
    result = Score(articles=len(articles))
    for article in articles:
        _score_article(article, predictions.get(article["id"], {}), result, by_people)
    ours = {a["id"]: predictions.get(a["id"], {}).get("cluster_key") for a in articles}
    theirs = {a["id"]: a.get("cluster") for a in articles}
    result.clusters.add(_pairs(ours), _pairs(theirs))
    return result


def _score_article(article: Row, told: Row, result: Score, by_people: bool) -> None:
    events = told.get("events") or []
    labels, optional = article["events"], article.get("optional", [])
    wanted = {"yes"} if article["is_relevant"] else set()
    result.relevance.add({"yes"} if told.get("is_relevant") else set(), wanted)
    pairs = match(events, labels, by_people)
    rest = [event for number, event in enumerate(events) if number not in pairs]
    # What hits an optional label is neither rewarded nor punished.
    ignored = len(match(rest, optional, by_people))
    result.events.hits += len(pairs)
    result.events.false += len(rest) - ignored
    result.events.missed += len(labels) - len(pairs)
    for mine, other in pairs.items():
        event, label = events[mine], labels[other]
        result.participants.add(event["participants"], label["participants"])
        result.topics.add(event["topics"], label["topics"])
        result.exact += is_exact(event, label)
    for event in events:
        for row in event.get("evidence", {}).values():
            stands = article["text"][row["start"] : row["end"]] == row["quote"]
            result.spans.hits += stands
            result.spans.false += not stands


def is_exact(event: Row, label: Row) -> bool:
    """Whether a matched event has the label's first day and status."""
    is_day = event["start"] in (label["start"], *(label.get("start_alts") or ()))
    return is_day and bool(label.get("status_any") or event["status"] == label["status"])


def match(events: Sequence[Row], labels: Sequence[Row], by_people: bool = True) -> dict[int, int]:
    """Event number → label number: as many pairs as can be, the best first."""
    wishes = {
        one: sorted(
            (two for two, label in enumerate(labels) if _is_same(event, label, by_people)),
            key=lambda two, event=event: _likeness(event, labels[two]),  # type: ignore[misc]
            reverse=True,
        )
        for one, event in enumerate(events)
    }
    holder: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        """Give an event a label, moving others to their next wish where it helps."""
        for two in wishes[one]:
            if two in seen:
                continue
            seen.add(two)
            if two not in holder or place(holder[two], seen):
                holder[two] = one
                return True
        return False

    none = (False, False, 0, False)
    keen = {
        one: max((_likeness(events[one], labels[two]) for two in wished), default=none)
        for one, wished in wishes.items()
    }
    for one in sorted(wishes, key=lambda one: keen[one], reverse=True):
        place(one, set())
    return {one: two for two, one in holder.items()}


def _likeness(event: Row, label: Row) -> tuple[bool, bool, int, bool]:
    return (
        event["start"] == label["start"],
        event["kind"] == label["kind"],
        len(set(event["participants"]) & set(label["participants"])),
        event["end"] == label["end"],
    )


def _is_same(event: Row, label: Row, by_people: bool) -> bool:
    return (
        _kinds_agree(event, label)
        and _days_meet(event, label)
        and _actors_agree(event, label, by_people)
    )


def _kinds_agree(event: Row, label: Row) -> bool:
    allowed = (label["kind"], *(label.get("kind_alts") or ()))
    return any(event["kind"] == kind or {event["kind"], kind} in KINDRED for kind in allowed)


def _days_meet(event: Row, label: Row) -> bool:
    first, last = _days(event)
    spans = [_days(label)]
    spans += [(date.fromisoformat(d),) * 2 for d in label.get("start_alts") or ()]
    return any(first <= end and start <= last for start, end in spans)


def _days(row: Row) -> tuple[date, date]:
    return (date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or row["start"]))


def _actors_agree(event: Row, label: Row, by_people: bool) -> bool:
    """Whether somebody takes part in both; countries count where nobody is named."""
    people, wanted = set(event["participants"]), set(label["participants"])
    if wanted and (people or by_people):
        return bool(people & wanted)
    return len(set(event["countries"]) & set(label["countries"])) >= 2


def _pairs(keys: Mapping[str, str | None]) -> set[str]:
    """Pairs of articles that tell of one main event."""
    groups: dict[str, list[str]] = defaultdict(list)
    for article, key in keys.items():
        if key is not None:
            groups[key].append(article)
    return {"\n".join(p) for ids in groups.values() for p in combinations(sorted(ids), 2)}
