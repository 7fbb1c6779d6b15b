"""Firsts and counts of the record, each with the rule by which it was counted.

Values in, values out: `events/counting.py` loads the entries. A claim is made only where the
record can carry it: it has no number where the order of two entries is not known, and no “first
since” where the time between reaches back to before the coverage.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from events import ordinal_words as words
from events.ordinal_words import Rule, WordsOfVisits

COVERAGE_BEGINS = date(1998, 1, 1)
"""The record holds contacts of leaders selectively before 1998 (events/record/README.md), so
that a missing one could change any count that reaches further back."""

VISITS_OF_ANY_PURPOSE_BEGIN = date(2013, 1, 1)
"""Until 2012 a trip to a multilateral gathering is recorded only where the two leaders talked:
those of Japanese prime ministers to Seoul in November 2010 (G20) and March 2012 (Nuclear Security
Summit) have no entry."""

LONG_GAP_MONTHS = 24
"""Shuttle diplomacy means about a visit a year each way: within two years a “first since” says
nothing that its ordinary pace does not."""

KINDS_WITH_CLAIMS = frozenset({"CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT"})
KINDS_OF_TALKS = frozenset({"SUMMIT", "VISIT"})
KINDS_OF_PRESENCE = KINDS_OF_TALKS | {"TRILATERAL_SUMMIT", "CEREMONY", "AGREEMENT", "OTHER"}
VISITORS = {"KR": "JP", "JP": "KR"}
"""Whose president or prime minister visits, by the country that receives."""

_CAPITALS = {"KR": "Seoul", "JP": "Tokyo"}


@dataclass(frozen=True, slots=True)
class Leader:
    """Korea's president or Japan's prime minister, in office on the day of an entry."""

    person: str
    name: str
    country: str
    since: date
    """The first day on which this person ever held the office."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that readers may see, as far as the rules look at it."""

    id: int
    slug: str
    title_en: str
    title_ko: str
    title_ja: str
    kind: str
    setting: str
    channel: str
    status: str
    certainty: str
    precision: str
    starts_on: date
    ends_on: date | None
    last_possible_on: date
    clock: datetime | None
    host: str | None
    cities: tuple[str, ...]
    """Places in the host country."""
    leaders: tuple[Leader, ...]

    @property
    def title(self) -> str:
        """In the reader's language; English where that title is not written."""
        return getattr(self, f"title_{(get_language() or 'en')[:2]}", "") or self.title_en

    @property
    def is_day(self) -> bool:
        return self.precision == "DAY"

    @property
    def is_of_both(self) -> bool:
        """Whether the president and the prime minister both took part."""
        return {"KR", "JP"} <= {leader.country for leader in self.leaders}

    def leader_of(self, country: str) -> Leader | None:
        return next((leader for leader in self.leaders if leader.country == country), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be said of an event: its number, or since when it is the first of its kind."""

    headline: str
    rule: Rule
    counted: tuple[Entry, ...]
    """Oldest first; the last one is the event itself."""
    number: int | None = None
    since: Entry | None = None
    months: int = 0
    """Full months since then."""

    @property
    def about(self) -> str:
        return self.counted[-1].slug


@dataclass(frozen=True, slots=True)
class _Stay:
    """One trip of a leader to the other country: all the entries about it."""

    entries: tuple[Entry, ...]

    @property
    def first_on(self) -> date:
        return self.entries[0].starts_on

    @property
    def last_on(self) -> date:
        return max(entry.last_possible_on for entry in self.entries)

    @property
    def is_bilateral(self) -> bool | None:
        """None where no entry says so and one of them does not tell its setting."""
        settings = {entry.setting for entry in self.entries if entry.kind in KINDS_OF_TALKS}
        if "BILATERAL" in settings:
            return True
        return None if "" in settings else False

    @property
    def is_bilateral_outside_the_capital(self) -> bool | None:
        cities = {city for entry in self.entries for city in entry.cities}
        if self.is_bilateral and not cities:
            return None
        return self.is_bilateral and cities != {_CAPITALS.get(self.entries[0].host or "")}

    def shown_as(self) -> Entry:
        """The entry that says most about the trip: talks of the two leaders, if there are any."""
        ranks = ("VISIT", "SUMMIT", "TRILATERAL_SUMMIT")

        def rank(entry: Entry) -> tuple[bool, int]:
            kind = ranks.index(entry.kind) if entry.kind in ranks else len(ranks)
            return not entry.is_of_both, kind

        return min(self.entries, key=rank)


def claims(this: Entry, entries: Sequence[Entry], *, complete: bool = True) -> list[Claim]:
    """What can be said of `this`, the most telling first: long gaps, then numbers.

    `entries` hold `this`, all meetings or calls of the same two leaders up to it and all visits to
    the same host; others among them do not matter. They may be the newest of these only: then
    they are not `complete`, and nothing gets a number.
    """
    if this.status != "HELD" or this.kind not in KINDS_WITH_CLAIMS:
        return []
    return [*_gap_claims(this, entries), *(_number_claims(this, entries) if complete else [])]


def full_months(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _number_claims(this: Entry, entries: Iterable[Entry]) -> list[Claim]:
    president, minister = this.leader_of("KR"), this.leader_of("JP")
    if president is None or minister is None:
        return []
    # The two cannot have shared office before both had first taken it.
    if max(president.since, minister.since) < COVERAGE_BEGINS:
        return []
    pair = (president, minister)
    found = []
    for applies, headline, rule in (
        (_is_meeting, words.nth_meeting, words.rule_of_meetings),
        (_is_call, words.nth_call, words.rule_of_calls),
    ):
        if not applies(this):
            continue
        population = [e for e in entries if applies(e) and _is_between(e, *pair)]
        counted = _counted_up_to(this, population)
        if counted:
            said = rule(president.name, minister.name, COVERAGE_BEGINS)
            number = len(counted)
            found.append(Claim(headline(number), said, tuple(counted), number=number))
    return found


def _is_between(entry: Entry, *pair: Leader) -> bool:
    taking_part = {leader.person for leader in entry.leaders}
    return entry.status == "HELD" and taking_part.issuperset(one.person for one in pair)


def _is_meeting(entry: Entry) -> bool:
    among_two = entry.setting not in ("TRILATERAL", "MULTILATERAL")
    return entry.kind in KINDS_OF_TALKS and among_two and _in_person(entry)


def _is_call(entry: Entry) -> bool:
    return entry.kind == "CALL" and entry.setting not in ("TRILATERAL", "MULTILATERAL")


def _in_person(entry: Entry) -> bool:
    # A visit is made in person, even where nobody has entered that.
    return entry.channel == "IN_PERSON" or entry.kind == "VISIT" and not entry.channel


def _counted_up_to(this: Entry, population: Iterable[Entry]) -> list[Entry]:
    """The entries up to `this`, oldest first; none where the order of one to it is not known."""
    earlier = []
    for entry in population:
        if entry.id == this.id:
            continue
        order = _order(entry, this)
        if order is None:
            return []
        if order < 0:
            earlier.append(entry)
    return _counted_once(earlier, this)


def _order(one: Entry, other: Entry) -> int | None:
    """Negative if `one` came before `other`, positive if after, None if that is not known."""
    one_last = one.starts_on if one.is_day else one.last_possible_on
    other_last = other.starts_on if other.is_day else other.last_possible_on
    if one_last < other.starts_on:
        return -1
    if other_last < one.starts_on:
        return 1
    if not (one.is_day and other.is_day):
        return None
    # A visit begins before the talks held during it.
    visits = (other.kind == "VISIT") - (one.kind == "VISIT")
    if visits or one.clock is None or other.clock is None or one.clock == other.clock:
        return visits or None
    return -1 if one.clock < other.clock else 1


def _counted_once(earlier: Iterable[Entry], this: Entry) -> list[Entry]:
    """Without visits whose talks have an entry of their own: each of the talks stands for one
    visit."""
    in_order = sorted(earlier, key=lambda e: (e.last_possible_on, not e.is_day, e.id))
    talks = [entry for entry in [*in_order, this] if entry.kind != "VISIT" and entry.is_day]
    talks.sort(key=lambda e: e.starts_on)
    kept = []
    # Those that end first choose first, so that as many as can be find talks of their own.
    for entry in in_order:
        if entry.kind == "VISIT" and entry.is_day:
            days = (entry.starts_on, entry.last_possible_on)
            during = next((t for t in talks if days[0] <= t.starts_on <= days[1]), None)
            if during is not None:
                talks.remove(during)
                continue
        kept.append(entry)
    kept.sort(key=lambda e: (e.starts_on if e.is_day else e.last_possible_on, e.id))
    return [*kept, this]


def _gap_claims(this: Entry, entries: Iterable[Entry]) -> list[Claim]:
    host = this.host or ""
    if not _is_presence(this, host):
        return []
    stays = _stays([entry for entry in entries if _is_presence(entry, host)], host)
    stay = next((one for one in stays if this in one.entries), None)
    # An entry beside the talks, such as a call on somebody else, is not the visit's own.
    if stay is None or not (this.is_of_both or stay.shown_as() == this):
        return []
    found: list[Claim] = []
    for belongs, begins, kind in _VISIT_RULES:
        before = _those_before(stay, stays, belongs, begins)
        months = full_months(before[-1].last_on, stay.first_on) if before else 0
        since = before[-1].shown_as() if before else None
        # The first of all visits since one is also the first of the narrower kinds.
        if since is None or months < LONG_GAP_MONTHS or any(c.since == since for c in found):
            continue
        headline = kind.headline(
            host, since=since.starts_on, precision=since.precision, months=months
        )
        counted = (*(one.shown_as() for one in before), this)
        rule = kind.rule(host, begins)
        found.append(Claim(headline, rule, counted, since=since, months=months))
    return sorted(found, key=lambda claim: -claim.months)


_VISIT_RULES: tuple[tuple[Callable[[_Stay], bool | None], date, WordsOfVisits], ...] = (
    (lambda _stay: True, VISITS_OF_ANY_PURPOSE_BEGIN, words.VISITS_OF_ANY_PURPOSE),
    (lambda stay: stay.is_bilateral, COVERAGE_BEGINS, words.BILATERAL_VISITS),
    (
        lambda stay: stay.is_bilateral_outside_the_capital,
        COVERAGE_BEGINS,
        words.BILATERAL_VISITS_OUTSIDE_THE_CAPITAL,
    ),
)


def _is_presence(entry: Entry, host: str) -> bool:
    """Whether the other country's leader was there."""
    visitor = entry.leader_of(VISITORS[host]) if host in VISITORS else None
    if visitor is None or entry.host != host or entry.status != "HELD":
        return False
    return entry.kind in KINDS_OF_PRESENCE and _in_person(entry)


def _stays(entries: Iterable[Entry], host: str) -> list[_Stay]:
    """Entries of one leader on the same days, or on days that follow, are about one trip.

    A coarse date is a trip of its own: to which other it may belong is not known.
    """
    trips: list[list[Entry]] = []
    last_of: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.starts_on, e.id)):
        leader = entry.leader_of(VISITORS[host])
        person = leader.person if leader else ""
        trip = last_of.get(person) if entry.is_day else None
        if trip and (entry.starts_on - max(e.last_possible_on for e in trip)).days <= 1:
            trip.append(entry)
            continue
        trips.append([entry])
        if entry.is_day:
            last_of[person] = trips[-1]
    return [_Stay(tuple(trip)) for trip in trips]


def _those_before(
    stay: _Stay, stays: Iterable[_Stay], belongs: Callable[[_Stay], bool | None], begins: date
) -> list[_Stay]:
    """The stays of a kind before this one within the coverage, oldest first.

    None at all where it is not sure that `stay`, or the last one before it, is of that kind. The
    last one is the one that may have ended latest, even after `stay` began: that leaves no gap.
    """
    if belongs(stay) is not True:
        return []
    possible = [
        one
        for one in stays
        if one is not stay and one.first_on <= stay.last_on and belongs(one) is not False
    ]
    possible.sort(key=lambda one: (one.last_on, one.first_on))
    if not possible or belongs(possible[-1]) is None:
        return []
    return [one for one in possible if belongs(one) and one.first_on >= begins]
