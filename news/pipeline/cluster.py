"""Give articles of one main event, and drafts of one event, the same key within a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from news.pipeline.one_event import family_of, is_one_event
from news.pipeline.values import Draft, Reading

_DAY = timedelta(days=1)
# A main event of one of these that names nobody may have been read as the wrong one of them.
_CONFUSED = ("meeting", "ministerial", "policy")


def own_key(draft: Draft) -> str:
    """The key of a draft by itself: the record's name of its event, or family, day, countries."""
    if draft.known_as:
        return draft.known_as
    return f"{family_of(draft)}:{draft.starts_on.isoformat()}:{'-'.join(draft.countries)}"


def with_keys(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Drafts carrying their own keys."""
    return tuple(replace(draft, cluster_key=own_key(draft)) for draft in drafts)


def share_keys(readings: Sequence[Reading]) -> list[Reading]:
    """Readings of one run, with equal keys for articles of one main event, and for its drafts.

    The first draft of an article is its main event, whatever else it tells: an article of talks of
    two that tells of those of three as well is not one of those, unless both are still to come. One
    that is not relevant has no key.
    """
    drafts = [draft for reading in readings for draft in reading.drafts]
    of_one = _Groups(len(drafts))
    for one, other in _neighbours(drafts):
        if _is_one(drafts[one], drafts[other]):
            of_one.join(one, other)
    for same in _by_record(drafts):
        for other in same[1:]:
            of_one.join(same[0], other)
    starts = _starts(readings)
    mains = [start for start, reading in zip(starts, readings, strict=True) if reading.is_relevant]
    told = {
        start: {of_one.first(start + at) for at in range(len(reading.drafts))}
        for start, reading in zip(starts, readings, strict=True)
    }
    articles = _main_groups(mains, drafts, of_one)
    _join_plans(articles, mains, told, drafts, of_one)
    keys = _distinct(of_one, drafts)
    return [
        replace(
            reading,
            drafts=tuple(
                replace(draft, cluster_key=keys[of_one.first(start + at)])
                for at, draft in enumerate(reading.drafts)
            ),
            cluster_key=keys[of_one.first(articles.first(start))] if reading.is_relevant else "",
        )
        for start, reading in zip(starts, readings, strict=True)
    ]


def _is_one(one: Draft, other: Draft) -> bool:
    """Whether two drafts are of one event; if the record knows both, it says so."""
    if one.known_as and other.known_as:
        return one.known_as == other.known_as
    return is_one_event(one, other)


def _by_record(drafts: Sequence[Draft]) -> Iterator[list[int]]:
    """The numbers of the drafts of each event that the record knows."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        if draft.known_as:
            found[draft.known_as].append(at)
    yield from found.values()


def _main_groups(mains: Sequence[int], drafts: Sequence[Draft], of_one: _Groups) -> _Groups:
    """Articles, by the number of their main draft, in groups of one main event."""
    groups = _Groups(len(drafts))
    for main in mains:
        groups.join(of_one.first(main), main)
    for one, other in _neighbours([drafts[main] for main in mains]):
        if _may_be_misread(drafts[mains[one]], drafts[mains[other]]):
            groups.join(mains[one], mains[other])
    return groups


def _join_plans(
    articles: _Groups,
    mains: Sequence[int],
    told: Mapping[int, set[int]],
    drafts: Sequence[Draft],
    of_one: _Groups,
) -> None:
    """Put articles together that announce the same two events, of one journey, in another order.

    Only one that is alone in what it puts first: where several lead with each, there are two.
    """
    size = Counter(articles.first(main) for main in mains)
    plans = [
        main
        for main in mains
        if drafts[main].status == "scheduled" and drafts[main].kind != "anniversary"
    ]
    by_event: dict[int, list[int]] = defaultdict(list)
    for plan in plans:
        for event in told[plan]:
            by_event[event].append(plan)
    links = [
        (one, other)
        for one in plans
        if size[articles.first(one)] == 1
        for other in by_event[of_one.first(one)]
        if of_one.first(other) in told[one]
    ]
    for one, other in links:
        articles.join(one, other)


def _may_be_misread(one: Draft, other: Draft) -> bool:
    """Whether two main events of one day are one, the kind of which was read twice.

    The same two people do not meet, speak by telephone and sign at different times of a day,
    or newspapers tell of it as of one thing. Where one of them names nobody, little else than
    the matter tells the kind.
    """
    if one.countries != other.countries or "anniversary" in (one.kind, other.kind):
        return False
    if (
        one.starts_on == other.starts_on
        and len(set(one.participants) & set(other.participants)) > 1
    ):
        return True
    return (
        not (one.participants and other.participants)
        and (one.starts_on, one.ends_on) == (other.starts_on, other.ends_on)
        and family_of(one) in _CONFUSED
        and family_of(other) in _CONFUSED
        and bool(set(one.topics) & set(other.topics))
    )


class _Groups:
    """Numbers in groups; the least of each stands for it."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def first(self, one: int) -> int:
        while self._up[one] != one:
            self._up[one] = self._up[self._up[one]]
            one = self._up[one]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.first(one), self.first(other)))
        self._up[second] = first


def _neighbours(drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Pairs of drafts at most a day apart, each once, in time that grows with the pairs."""
    on_day: dict[date, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        near: set[int] = set()
        for day in _days(draft.starts_on - _DAY, draft.ends_on + _DAY):
            near.update(on_day[day])
        for day in _days(draft.starts_on, draft.ends_on):
            on_day[day].append(at)
        yield from ((other, at) for other in sorted(near))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _starts(readings: Sequence[Reading]) -> list[int]:
    """Where the drafts of each reading begin among those of all."""
    starts, at = [], 0
    for reading in readings:
        starts.append(at)
        at += len(reading.drafts)
    return starts


def _distinct(of_one: _Groups, drafts: Sequence[Draft]) -> dict[int, str]:
    """A key for each group of drafts, numbered where another group has it.

    It is that of the first that the record knows, else that of the first.
    """
    keys: dict[int, str] = {}
    taken: dict[str, int] = defaultdict(int)
    known: dict[int, str] = {}
    for at, draft in enumerate(drafts):
        if draft.known_as:
            known.setdefault(of_one.first(at), draft.known_as)
    for at, draft in enumerate(drafts):
        if of_one.first(at) == at:
            key = known.get(at) or own_key(draft)
            taken[key] += 1
            keys[at] = key if taken[key] == 1 else f"{key}:{taken[key]}"
    return keys
