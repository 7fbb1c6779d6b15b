"""Fill the fields of a draft from the mentions of one event, with evidence."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.borrowed import is_said_at_other_talks
from news.pipeline.counterparts import is_of_officials, is_of_talks, is_official
from news.pipeline.counts import find_counts
from news.pipeline.dates import Days
from news.pipeline.evidence import make_evidence
from news.pipeline.lexicon import places
from news.pipeline.mentions import Mention
from news.pipeline.merge import Group
from news.pipeline.people import IndexedKnowledge, NameMention
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.status import find_status
from news.pipeline.stays import stretch
from news.pipeline.telling import Telling
from news.pipeline.titles import make_title
from news.pipeline.topics import find_topics
from news.pipeline.values import Draft, Evidence

_ORDER = ("KR", "JP", "US", "CN")
_THIRDS = frozenset({"US", "CN"})
_CONFIDENCE = {
    "clause": 0.9,
    "sentence": 0.7,
    "reporting": 0.6,
    "lead": 0.6,
    "edition": 0.6,
}


def make_draft(
    group: Group, telling: Telling, index: IndexedKnowledge, groups: tuple[Group, ...]
) -> Draft:
    """The draft of one event among `groups`, the events of the article."""
    kind = group.kind
    days = stretch(group, telling)
    status, tense_row = find_status(group, days, telling)
    people = _people(group, kind, index, days, telling)
    participants = tuple(dict.fromkeys(p.value for p in people))
    countries = _countries(group, kind, participants, index)
    topics, topic_rows = find_topics(group, telling, countries, groups)
    city, city_rows = _city(group, telling)
    occasion, occasion_rows = _occasion(group, telling)
    channel = _channel(group, kind)
    counts = find_counts(_sentences(group), telling, kind, is_held=status == "happened")
    rows = [
        *_kind_rows(group, telling, kind),
        *_date_rows(group, telling, days),
        *([_status_row(tense_row, telling, status)] if tense_row else []),
        *people,
        *_country_rows(group, telling, countries),
        *city_rows,
        *topic_rows,
        *occasion_rows,
        *counts.rows,
    ]
    return Draft(
        kind=kind,
        starts_on=days.first,
        ends_on=days.last,
        precision=_precision(group, days, kind, occasion),
        status=status,
        participants=participants,
        countries=countries,
        city=city,
        topics=topics,
        occasion=occasion,
        channel=channel,
        minutes=counts.minutes,
        anniversary="",
        title=make_title(kind, participants, countries, city, occasion, index),
        evidence=tuple(rows),
        cluster_key="",
        ordinal=counts.ordinal,
    )


def _sentences(group: Group) -> list[Spoken]:
    seen: dict[int, Spoken] = {}
    for mention in group.mentions:
        seen.setdefault(mention.spoken.sentence.index, mention.spoken)
    return [seen[key] for key in sorted(seen)]


def _people(
    group: Group, kind: str, index: IndexedKnowledge, days: Days, telling: Telling
) -> list[Evidence]:
    """One row per participant: those named at the trigger, else who holds the office."""
    rows: dict[str, Evidence] = {}
    wanted = _wanted_countries(group, kind)
    level = group.level if kind in ("call", "summit") else ""
    for mention in _best_first(group):
        if kind == "agreement" and mention.kind == "statement":
            continue  # who is to apologise has not signed
        for person in mention.people:
            if person.country not in wanted or person.slug in rows:
                continue
            if not _suits(person, kind, level, group):
                continue
            spoken = _home(person, mention, telling)
            if spoken is None:
                continue
            rows[person.slug] = make_evidence(
                telling,
                spoken,
                (person.start, person.end),
                "participants",
                person.slug,
                "named",
                0.9,
            )
    is_of_ministers = kind == "call" and group.level == "minister"
    if not rows and (is_of_ministers or kind in (*POLICIES, "anniversary", "ministerial")):
        _add_nearby(rows, group, kind, telling)
    if kind in ("summit", "trilateral_summit") or (kind == "call" and group.level == "leader"):
        _fill_offices(rows, group, wanted, index, days, telling)
    return list(rows.values())


def _add_nearby(rows: dict[str, Evidence], group: Group, kind: str, telling: Telling) -> None:
    """Who announced or attended, when the sentence after says so."""
    at = (group.dated_by or group.mentions[0]).spoken.sentence.rank
    is_dated_before = kind == "dispute" and group.source in ("lead", "reporting")
    before = 1 if kind in ("statement", "anniversary") or is_dated_before else 0
    before = 2 if kind == "ministerial" else before
    after = 6 if telling.lang == "en" and kind in ("agreement", "dispute") else 3
    near = [s for s in telling.spoken if at - before <= s.sentence.rank <= at + after]
    for spoken in sorted(near, key=lambda s: (s.sentence.rank < at, s.sentence.index)):
        if spoken.sentence.role != "body" or is_of_talks(spoken, kind, telling):
            continue
        if spoken.sentence.rank < at and kind == "ministerial" and rows:
            return
        for person in spoken.scene.people:
            if person.is_former or person.country not in PAIR or person.slug in rows:
                continue
            if person.level == "leader" and kind in ("agreement", "ministerial", "call"):
                continue
            is_apt = not is_of_officials(group) or is_official(spoken.sentence.text, person.end)
            if person.level == "minister" and not is_apt:
                continue
            rows[person.slug] = make_evidence(
                telling,
                spoken,
                (person.start, person.end),
                "participants",
                person.slug,
                "nearby",
                0.5,
            )
        if rows and kind in POLICIES:
            return
    if kind == "dispute":
        _add_who_objects(rows, group, telling)


def _add_who_objects(rows: dict[str, Evidence], group: Group, telling: Telling) -> None:
    """Who protests further down, where those who did what is protested at are not named."""
    for mention in telling.mentions:
        spoken = mention.spoken
        is_theirs = spoken.sentence.segment == group.segment and not mention.reason
        is_theirs = is_theirs and not is_said_at_other_talks(group, mention, telling)
        if rows or mention.kind != "dispute" or not is_theirs:
            continue
        for person in spoken.scene.people:
            if not person.is_former and person.country in PAIR:
                rows[person.slug] = make_evidence(
                    telling,
                    spoken,
                    (person.start, person.end),
                    "participants",
                    person.slug,
                    "nearby",
                    0.5,
                )


def _wanted_countries(group: Group, kind: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for mention in group.mentions:
        found |= mention.countries
    if kind in ("summit", "visit"):
        return PAIR
    return found & frozenset(_ORDER) - _strangers(group)


def _strangers(group: Group) -> frozenset[str]:
    """Of the United States and China the one that a meeting of three is not with."""
    for mention in (group.dated_by or group.mentions[0], *group.mentions):
        third = mention.countries & _THIRDS
        if len(third) == 1:
            return _THIRDS - third
    return frozenset()


def _best_first(group: Group) -> list[Mention]:
    return sorted(
        group.mentions, key=lambda m: (m is not group.dated_by, -m.weight, m.spoken.sentence.index)
    )


def _suits(person: NameMention, kind: str, level: str, group: Group) -> bool:
    """Whether a person can take part in an event of this kind."""
    leader = person.level == "leader"
    if kind in ("summit", "trilateral_summit"):
        return leader
    if kind == "ministerial":
        return not leader or not any(
            p.level != "leader"
            for m in group.mentions
            for p in m.people
            if p.country == person.country
        )
    if kind == "call" and level == "leader":
        return leader
    if kind == "call" and level == "minister":
        return not leader
    return True


def _home(person: NameMention, mention: Mention, telling: Telling) -> Spoken | None:
    """The sentence a person was named in: the mention's, or one before it."""
    if person in mention.spoken.scene.people:
        return mention.spoken
    for spoken in reversed(telling.spoken):
        if spoken.sentence.index < mention.spoken.sentence.index and person in spoken.scene.people:
            return spoken
    return None


def _fill_offices(
    rows: dict[str, Evidence],
    group: Group,
    wanted: frozenset[str],
    index: IndexedKnowledge,
    days: Days,
    telling: Telling,
) -> None:
    """Add who leads a side that the text only calls by office or country."""
    leaders = index.leaders_on(min(days.first, telling.anchor or days.first))
    have = {index.countries.get(slug) for slug in rows}
    for country in _ORDER[:2] if not wanted - PAIR else _ORDER:
        slug = leaders.get(country)
        if country in have or country not in wanted or slug is None:
            continue
        named = _named_elsewhere(slug, telling)
        if named is not None:
            spoken, person = named
            rows[slug] = make_evidence(
                telling, spoken, (person.start, person.end), "participants", slug, "named", 0.7
            )
            continue
        mention = group.dated_by or group.mentions[0]
        rows[slug] = make_evidence(
            telling,
            mention.spoken,
            (mention.start, mention.end),
            "participants",
            slug,
            "in office",
            0.5,
        )


def _named_elsewhere(slug: str, telling: Telling) -> tuple[Spoken, NameMention] | None:
    for spoken in telling.spoken:
        for person in spoken.scene.people:
            if person.slug == slug and not person.is_former:
                return (spoken, person)
    return None


def _countries(
    group: Group, kind: str, participants: tuple[str, ...], index: IndexedKnowledge
) -> tuple[str, ...]:
    found = set(PAIR)
    if kind not in ("summit", "visit", *POLICIES):
        for mention in group.mentions:
            found |= mention.countries & set(_ORDER) if not mention.is_inherited else set()
        found -= _strangers(group)
        found |= {index.countries.get(slug, "") for slug in participants} & set(_ORDER)
    return tuple(c for c in _ORDER if c in found)


def _kind_rows(group: Group, telling: Telling, kind: str) -> list[Evidence]:
    ranked = sorted(group.mentions, key=lambda m: (m.kind != kind, m.spoken.sentence.index))
    return [
        make_evidence(telling, m.spoken, (m.start, m.end), "kind", kind, m.kind, 0.3 * m.weight)
        for m in ranked[:2]
    ]


def _date_rows(group: Group, telling: Telling, days: Days) -> list[Evidence]:
    """The words that say when; for a gathering's own days, its name."""
    by = group.dated_by or group.mentions[0]
    timed = group.timed
    spoken, span, rule = by.spoken, (by.start, by.end), group.source
    if timed is not None and timed.owner != "edition":
        home = next((s for s in telling.spoken if any(t is timed for t in s.dates)), None)
        if home is not None:
            spoken, span = home, (timed.phrase.start, timed.phrase.end)
    elif timed is not None and by.gathering is not None:
        span = (by.gathering.start, by.gathering.end)
    confidence = _CONFIDENCE.get(group.source, 0.5)
    return [
        make_evidence(telling, spoken, span, name, day.isoformat(), rule, confidence)
        for name, day in (("start", days.first), ("end", days.last))
    ]


def _status_row(mention: Mention, telling: Telling, status: str) -> Evidence:
    clause = next(
        ((a, b) for a, b in mention.spoken.clauses if a <= mention.start < b),
        (mention.start, mention.end),
    )
    return make_evidence(
        telling, mention.spoken, clause, "status", status, mention.tense or "date", 0.8
    )


def _country_rows(group: Group, telling: Telling, countries: tuple[str, ...]) -> list[Evidence]:
    rows: dict[str, Evidence] = {}
    spokens = _sentences(group) + list(telling.spoken)
    for spoken in spokens:
        spans = [(b.start, b.end, b.countries) for b in spoken.scene.blocs] + [
            (c.start, c.end, frozenset({c.country})) for c in spoken.scene.countries
        ]
        spans += [(p.start, p.end, frozenset({p.country})) for p in spoken.scene.people]
        for start, end, named in spans:
            for country in countries:
                if country in named and country not in rows:
                    rows[country] = make_evidence(
                        telling, spoken, (start, end), "countries", country, "named", 0.9
                    )
    return [rows[country] for country in countries if country in rows]


def _city(group: Group, telling: Telling) -> tuple[str, list[Evidence]]:
    """Where it happens, from the sentences of the event."""
    for spoken in _sentences(group):
        skip = spoken.sentence.dateline_end
        best: tuple[int, int, str] | None = None
        for name, pattern in places().items():
            for m in pattern.finditer(spoken.sentence.text, skip):
                if telling.lang == "en" and not re.search(
                    r"\b(?:in|to|at|outside|near)\s(?:[\w']+\s)?$",
                    spoken.sentence.text[: m.start()],
                ):
                    continue
                if best is None or m.start() < best[0]:
                    best = (m.start(), m.end(), name)
        if best is not None and group.kind != "call":
            row = make_evidence(telling, spoken, best[:2], "city", best[2], "place", 0.6)
            return (best[2], [row])
    return ("", [])


def _occasion(group: Group, telling: Telling) -> tuple[str, list[Evidence]]:
    for mention in _best_first(group):
        gathering = mention.gathering
        if (
            gathering is not None
            and not mention.is_inherited
            or gathering
            and mention is group.dated_by
        ):
            row = make_evidence(
                telling,
                mention.spoken,
                (gathering.start, gathering.end),
                "occasion",
                gathering.name,
                "gathering",
                0.7,
            )
            return (gathering.name, [row])
    return ("", [])


def _channel(group: Group, kind: str) -> str:
    for mention in group.mentions:
        if mention.channel:
            return mention.channel if kind in ("call", "summit", "ministerial") else ""
    return "IN_PERSON" if kind in ("summit", "trilateral_summit", "visit", "ministerial") else ""


def _precision(group: Group, days: Days, kind: str, occasion: str) -> str:
    if days.precision != "DAY":
        return days.precision
    stays = any(m.kind == "visit" for m in group.mentions)
    if days.last > days.first and occasion and not stays and kind in ("summit", "ministerial"):
        return "WINDOW"
    return "DAY"
