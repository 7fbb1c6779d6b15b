"""Say which drafts, of one article or of many, tell of the same event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from news.pipeline.values import Draft, Reading

_FAMILY = {
    "summit": "meeting",
    "visit": "meeting",
    "agreement": "policy",
    "dispute": "policy",
    "statement": "policy",
}
_NEAR_DAYS = 1  # a policy is told of on the day and on the next


def own_key(draft: Draft) -> str:
    """The key of a draft by itself: family, first day, countries."""
    family = _FAMILY.get(draft.kind, draft.kind)
    return f"{family}:{draft.starts_on.isoformat()}:{'-'.join(draft.countries)}"


def with_keys(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Drafts carrying their own keys."""
    return tuple(replace(draft, cluster_key=own_key(draft)) for draft in drafts)


def share_keys(readings: list[Reading]) -> list[Reading]:
    """Readings of one run, with equal keys for drafts of one event.

    The key of the first draft of an event is taken for all of them.
    """
    heads: list[Draft] = []
    by_family: dict[str, list[Draft]] = {}
    result: list[Reading] = []
    for reading in readings:
        drafts: list[Draft] = []
        for draft in reading.drafts:
            family = _FAMILY.get(draft.kind, draft.kind)
            known = by_family.setdefault(family, [])
            head = next((d for d in known if same_event(d, draft)), None)
            if head is None:
                known.append(draft)
                heads.append(draft)
                head = draft
            drafts.append(replace(draft, cluster_key=head.cluster_key))
        key = drafts[0].cluster_key if drafts else ""
        result.append(replace(reading, drafts=tuple(drafts), cluster_key=key))
    return result


def same_event(one: Draft, other: Draft) -> bool:
    """Whether two drafts of one family tell of one event."""
    family = _FAMILY.get(one.kind, one.kind)
    if family != _FAMILY.get(other.kind, other.kind):
        return False
    slack = _NEAR_DAYS if family == "policy" else 0
    gap = max((one.starts_on - other.ends_on).days, (other.starts_on - one.ends_on).days)
    if gap > slack:
        return False
    people, others = set(one.participants), set(other.participants)
    if people and others and family not in ("policy", "anniversary"):
        return bool(people & others)
    if family == "policy":
        return (
            not set(one.topics)
            or not set(other.topics)
            or bool(set(one.topics) & set(other.topics))
        )
    return set(one.countries) == set(other.countries)
