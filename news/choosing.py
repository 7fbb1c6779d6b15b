"""What reports of one event tell together: a value for each field, and where they contradict.

Pure: drafts in, a draft or contradictions out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from news.pipeline import Draft
from news.pipeline.one_event import family_of

# Who is believed first. All other classes come after, alike.
RANKS = {"OFFICIAL": 0, "WIRE": 1}
LAST_RANK = 2
_COARSE = ("WINDOW", "MONTH")
_SINGLE = ("kind", "countries", "city", "occasion", "channel", "minutes", "ordinal", "anniversary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One report: its draft, when its article appeared, and by rank how far it is believed."""

    pk: int
    draft: Draft
    rank: int = LAST_RANK
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field that reports tell differently: each value, the chosen one first, and who tells it."""

    field: str
    values: tuple[tuple[Draft, tuple[int, ...]], ...]


def choose(reports: Sequence[Reported]) -> Draft:
    """The draft that reports make together, in the order in which they came; without evidence.

    For each field: what an official source tells before a wire service before others; then what
    the most of them tell; then what came first. Of days the more precise is taken where it does
    not contradict the others; a status from the latest article. A name or topic is kept if half of
    the reports have it that have any, or an official one.
    """
    first = reports[0].draft
    values = {name: _voted(reports, name) for name in _SINGLE}
    precision, starts_on, ends_on = _days(reports)
    chosen = replace(
        first,
        **values,
        precision=precision,
        starts_on=starts_on,
        ends_on=ends_on,
        status=_status(reports),
        participants=_names(reports, "participants"),
        topics=_names(reports, "topics"),
        evidence=(),
    )
    return replace(chosen, title=_title(reports, chosen))


def contradictions(reports: Sequence[Reported]) -> list[Contradiction]:
    """The fields in which not all reports can be right. One that tells less contradicts none."""
    chosen = choose(reports)
    found = []
    for field, (key, clash) in _CLASHES.items():
        told = [one for one in reports if key(one.draft)]
        if any(clash(one, other) for at, one in enumerate(told) for other in told[at + 1 :]):
            groups: dict[Hashable, list[Reported]] = {}
            for one in told:
                groups.setdefault(key(one.draft), []).append(one)
            values = [(group[0].draft, tuple(one.pk for one in group)) for group in groups.values()]
            values.sort(key=lambda pair: key(pair[0]) != key(chosen))
            found.append(Contradiction(field, tuple(values)))
    return found


def _voted(reports: Sequence[Reported], name: str) -> Any:
    return _first_of(reports, lambda one: getattr(one.draft, name), getattr(reports[0].draft, name))


def _first_of(
    reports: Sequence[Reported], value_of: Callable[[Reported], Any], default: Any
) -> Any:
    """The value of the best rank, then of the most reports, then of the first; empty ones apart."""
    backers: dict[Any, list[Reported]] = {}
    for one in reports:
        if value_of(one):
            backers.setdefault(value_of(one), []).append(one)
    if not backers:
        return default
    # The order of a dict is that in which its keys came, and `min` keeps the first of equals.
    return min(
        backers, key=lambda value: (min(o.rank for o in backers[value]), -len(backers[value]))
    )


def _days(reports: Sequence[Reported]) -> tuple[str, date, date]:
    finest = [
        one for one in reports if not any(_is_coarser(one.draft, other.draft) for other in reports)
    ]
    return _first_of(finest, lambda one: _span(one.draft), _span(reports[0].draft))


def _is_coarser(one: Draft, other: Draft) -> bool:
    """Whether the second tells more exactly what the first leaves open."""
    return one.precision in _COARSE and _holds(one, other) and _span(one) != _span(other)


def _status(reports: Sequence[Reported]) -> str:
    latest = max(one.published or date.min for one in reports)
    newest = [one for one in reports if (one.published or date.min) == latest]
    # Of one day: that it was planned was true before.
    later = [one for one in newest if one.draft.status != "scheduled"]
    return str(_first_of(later or newest, lambda one: one.draft.status, ""))


def _names(reports: Sequence[Reported], field: str) -> tuple[str, ...]:
    told = [one for one in reports if getattr(one.draft, field)]
    counts = Counter(name for one in told for name in getattr(one.draft, field))
    official = {name for one in told if one.rank == 0 for name in getattr(one.draft, field)}
    return tuple(name for name in counts if 2 * counts[name] >= len(told) or name in official)


def _title(reports: Sequence[Reported], chosen: Draft) -> str:
    """The working title of the report that is most like what was chosen."""

    def unlike(one: Reported) -> tuple[bool, int, bool]:
        differing = set(one.draft.participants) ^ set(chosen.participants)
        return one.draft.kind != chosen.kind, len(differing), one.draft.city != chosen.city

    return min(reports, key=unlike).draft.title


def _span(draft: Draft) -> tuple[str, date, date]:
    return draft.precision, draft.starts_on, draft.ends_on


def _holds(wide: Draft, narrow: Draft) -> bool:
    return wide.starts_on <= narrow.starts_on and narrow.ends_on <= wide.ends_on


def _differ(name: str) -> Callable[[Reported, Reported], bool]:
    return lambda one, other: getattr(one.draft, name) != getattr(other.draft, name)


def _is_another_kind(one: Reported, other: Reported) -> bool:
    return family_of(one.draft) != family_of(other.draft)


def _is_another_day(one: Reported, other: Reported) -> bool:
    return not _holds(one.draft, other.draft) and not _holds(other.draft, one.draft)


def _is_another_status(one: Reported, other: Reported) -> bool:
    """What was planned may have come about, or not, by the time of a later article."""
    if one.draft.status == other.draft.status:
        return False
    plan, result = sorted((one, other), key=lambda each: each.draft.status != "scheduled")
    is_development = plan.draft.status == "scheduled" and (
        (plan.published or date.min) <= (result.published or date.max)
    )
    return not is_development


def _are_other_people(one: Reported, other: Reported) -> bool:
    people, others = set(one.draft.participants), set(other.draft.participants)
    return not people <= others and not others <= people


# The fields that can be contradicted, in the order in which they are shown; what is empty is not.
_CLASHES: dict[str, tuple[Callable[[Draft], Hashable], Callable[[Reported, Reported], bool]]] = {
    "date": (_span, _is_another_day),
    "status": (lambda draft: draft.status, _is_another_status),
    "minutes": (lambda draft: draft.minutes, _differ("minutes")),
    "ordinal": (lambda draft: draft.ordinal, _differ("ordinal")),
    "city": (lambda draft: draft.city, _differ("city")),
    "people": (lambda draft: frozenset(draft.participants), _are_other_people),
    "countries": (lambda draft: frozenset(draft.countries), _differ("countries")),
    "kind": (lambda draft: draft.kind, _is_another_kind),
    "channel": (lambda draft: draft.channel, _differ("channel")),
    "occasion": (lambda draft: draft.occasion, _differ("occasion")),
}
