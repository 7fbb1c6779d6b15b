"""The fields of a draft that retells an event of the record, each by words of the article."""

from __future__ import annotations

from dataclasses import replace

from news.pipeline.actors import PAIR
from news.pipeline.evidence import make_evidence
from news.pipeline.known_groups import RetoldGroup
from news.pipeline.lexicon import known_words
from news.pipeline.merge import Group
from news.pipeline.people import IndexedKnowledge
from news.pipeline.retold import Retold, Support, body_of
from news.pipeline.telling import Telling
from news.pipeline.titles import make_title
from news.pipeline.topics import TRILATERAL
from news.pipeline.values import Draft, Evidence

_RULE = "record"
_OF_LEADERS = ("call", "summit", "trilateral_summit")


def put_right(draft: Draft, group: Group, telling: Telling, index: IndexedKnowledge) -> Draft:
    """The draft of a group; one that the record knows with what the text says of that event."""
    if not isinstance(group, RetoldGroup) or group.retold is None:
        return draft
    told = group.retold
    people, people_rows = _people(draft, told, telling, index)
    city, city_rows = _city(draft, told, telling)
    countries = _countries(draft, told, people, index)
    third_rows = _of_thirds(draft, people_rows, countries, index)
    told_topics = [row.value for row in third_rows if row.field == "topics"]
    return replace(
        draft,
        status=_status(draft, telling),
        participants=people,
        countries=countries,
        topics=tuple(dict.fromkeys((*draft.topics, *told_topics))),
        city=city,
        channel=_channel(draft, told, telling),
        title=make_title(draft.kind, people, countries, city, draft.occasion, index),
        evidence=(*_kept(draft, people, countries, city), *people_rows, *city_rows, *third_rows),
        known_as=told.event.slug,
    )


def _countries(
    draft: Draft, told: Retold, people: tuple[str, ...], index: IndexedKnowledge
) -> tuple[str, ...]:
    """Those of the draft and of the people that the record has at the table."""
    kept = [c for c in draft.countries if c in told.event.countries]
    sent = {index.countries.get(slug) for slug in people}
    kept += [c for c in told.event.countries if c in sent and c not in kept]
    return tuple(kept) or draft.countries


def _of_thirds(
    draft: Draft, people_rows: list[Evidence], countries: tuple[str, ...], index: IndexedKnowledge
) -> list[Evidence]:
    """Evidence for a third country, and for its topic, of which only its people tell."""
    sent: dict[str, Evidence] = {}
    for row in people_rows:
        country = index.countries.get(row.value, "")
        if country in TRILATERAL and country in countries and country not in draft.countries:
            sent.setdefault(country, row)
    return [
        replace(row, field=field, value=value, rule="took part")
        for country, row in sent.items()
        for field, value in (("countries", country), ("topics", TRILATERAL[country]))
    ]


def _kept(
    draft: Draft, people: tuple[str, ...], countries: tuple[str, ...], city: str
) -> list[Evidence]:
    """The evidence of a draft for what it still says."""
    values = {"participants": people, "countries": countries, "city": (city,)}
    return [
        row for row in draft.evidence if row.field not in values or row.value in values[row.field]
    ]


def _row(support: Support, field: str, value: str, telling: Telling, sure: float) -> Evidence:
    return make_evidence(telling, support.spoken, support.span, field, value, _RULE, sure)


def _people(
    draft: Draft, told: Retold, telling: Telling, index: IndexedKnowledge
) -> tuple[tuple[str, ...], list[Evidence]]:
    """Who took part by both the text and the record; of leaders nobody else."""
    named = {s.value: s for s in told.of("person")}
    event = told.event
    sides = {index.countries.get(slug) for slug in event.people}
    kept = [
        slug
        for slug in draft.participants
        if slug in event.people
        or not (event.kind in _OF_LEADERS and index.countries.get(slug) in sides)
    ]
    if not (kept or named) and event.kind not in _OF_LEADERS:
        named = _in_office(told, telling)
    added = [slug for slug in named if slug not in kept]
    rows = [_row(named[slug], "participants", slug, telling, 0.7) for slug in added]
    return (*kept, *added), rows


def _in_office(told: Retold, telling: Telling) -> dict[str, Support]:
    """Whom "the two ministers" are, where a story names one of each side and no leader acts."""
    words = telling.words.cues["ministers"].search(told.core.sentence.text)
    if words is None:
        return {}
    found = {
        person.slug: Support(
            "person", person.slug, spoken, (person.start, person.end), 0, None, person
        )
        for spoken in reversed(body_of(telling))
        for person in spoken.scene.people
        if person.level != "leader" and not person.is_former
    }
    sides = sorted(s.person.country for s in found.values() if s.person)
    return found if sides == sorted(PAIR) else {}


def _city(draft: Draft, told: Retold, telling: Telling) -> tuple[str, list[Evidence]]:
    places = told.of("place")
    if not places or draft.city in told.event.cities:
        return draft.city, []
    city = places[0].value
    return city, [_row(places[0], "city", city, telling, 0.6)]


def _status(draft: Draft, telling: Telling) -> str:
    """By the day of publication; on the day itself by the tense, as the draft has it."""
    if telling.anchor is None:
        return draft.status
    if draft.ends_on < telling.anchor:
        return "happened"
    return "scheduled" if draft.starts_on > telling.anchor else draft.status


def _channel(draft: Draft, told: Retold, telling: Telling) -> str:
    """By telephone or video where the words say so."""
    channel = told.event.channel.upper()
    if channel not in ("PHONE", "VIDEO"):
        return draft.channel
    words = known_words(telling.lang)["call"]
    is_told = any(words.search(s.sentence.text) for s in (told.core, *told.around))
    return channel if is_told else draft.channel
