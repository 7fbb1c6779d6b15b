"""Rows of the record for tests: each builder writes what its noun needs and nothing more.

Names, dates and addresses are of real people and pages only where a test passes them; the
defaults are plainly made up (`example.org`).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from accounts.models import User
from events.models import (
    Alias,
    Anniversary,
    AnniversaryCountry,
    Citation,
    Commitment,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Office,
    Participation,
    Person,
    Point,
    Publisher,
    Readout,
    Term,
    Topic,
)

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)

# In the published order of countries.
COUNTRIES = {
    "KR": ("Republic of Korea", "대한민국", "韓国"),
    "JP": ("Japan", "일본", "日本"),
    "US": ("United States", "미국", "米国"),
    "CN": ("China", "중국", "中国"),
}
CHANNELS = {"CALL": "PHONE", "SUMMIT": "IN_PERSON", "TRILATERAL_SUMMIT": "IN_PERSON"}

_numbers = count(1)


def make_user(name: str = "editor", **fields: Any) -> User:
    """An account of that name, made once; without a password unless one is given."""
    known = User.objects.filter(username=name).first()
    return known or User.objects.create_user(name, **fields)


def make_country(code: str = "KR", **fields: Any) -> Country:
    """The country of that code, made once."""
    known = Country.objects.filter(code=code).first()
    if known:
        return known
    en, ko, ja = COUNTRIES.get(code, (code, code, code))
    codes = list(COUNTRIES)
    position = codes.index(code) if code in codes else 100 + next(_numbers)
    values = {"name_en": en, "name_ko": ko, "name_ja": ja, "position": position, **fields}
    return Country.objects.create(code=code, **values)


def make_topic(slug: str = "security", **fields: Any) -> Topic:
    """The topic of that slug, made once; its names are the slug in words unless given."""
    known = Topic.objects.filter(slug=slug).first()
    if known:
        return known
    name = slug.replace("_", " ").capitalize()
    values = {"name_en": name, "name_ko": name, "name_ja": name, **fields}
    return Topic.objects.create(slug=slug, **values)


def make_person(
    slug: str = "lee-jae-myung",
    country: str = "KR",
    *,
    aliases: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Person:
    """The person of that slug, made once; `aliases` are pairs of language and form."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        name = slug.replace("-", " ").title()
        values = {"name_en": name, "name_ko": name, "name_ja": name, **fields}
        person = Person.objects.create(slug=slug, country=make_country(country), **values)
    for language, form in aliases:
        Alias.objects.get_or_create(person=person, language=language, form=form)
    return person


def make_office(slug: str = "president", country: str = "KR", **fields: Any) -> Office:
    """The office of that slug in that country, made once."""
    known = Office.objects.filter(slug=slug, country=country).first()
    if known:
        return known
    name = slug.replace("_", " ").capitalize()
    values = {"name_en": name, "name_ko": name, "name_ja": name, **fields}
    return Office.objects.create(slug=slug, country=make_country(country), **values)


def make_term(
    person: Person | None = None,
    *,
    office: Office | None = None,
    starts_on: date = date(2025, 6, 4),
    ends_on: date | None = None,
    **fields: Any,
) -> Term:
    """A term, by default of a president of the person's country."""
    person = person or make_person()
    office = office or make_office(country=person.country_id)
    return Term.objects.create(
        person=person, office=office, starts_on=starts_on, ends_on=ends_on, **fields
    )


def make_publisher(host: str = "example.org", **fields: Any) -> Publisher:
    """The publisher at that host, made once; not identified unless named."""
    known = Publisher.objects.filter(host=host).first()
    return known or Publisher.objects.create(host=host, **{"name": host, **fields})


def make_citation(**fields: Any) -> Citation:
    """A citation of the `event`, `anniversary` or `term` given."""
    values = {"url": f"https://example.org/{next(_numbers)}", **fields}
    return Citation.objects.create(**{"publisher": make_publisher(), **values})


def _cite(urls: int | Sequence[str], **owner: Any) -> None:
    addresses = [None] * urls if isinstance(urls, int) else urls
    for position, url in enumerate(addresses):
        make_citation(position=position, **({"url": url} if url else {}), **owner)


@transaction.atomic
def make_event(
    by: User | None = None,
    *,
    at: datetime = NOW,
    published: bool = True,
    slug: str | None = None,
    kind: str = "CALL",
    channel: str | None = None,
    starts_on: date = date(2025, 6, 9),
    countries: Sequence[str] = ("KR", "JP"),
    actors: Sequence[str] | None = None,
    people: Iterable[Person | str] = (),
    topics: Iterable[Topic | str] = (),
    places: Iterable[tuple[str, str]] = (),
    citations: int | Sequence[str] = 1,
    **fields: Any,
) -> Event:
    """An event with everything named, in one transaction; published by `by` unless told not to.

    `countries` are codes of all concerned, of which `actors` acted (all, if None). `people` and
    `topics` are rows or slugs (a new person by slug is of KR), `places` pairs of city and country
    code, `citations` a number or addresses. The channel follows the kind unless given. `at` is
    the time of publication; without `by`, an account `editor` publishes.
    """
    number = next(_numbers)
    slug = slug or f"{starts_on:%Y-%m-%d}-event-{number}"
    if published:
        fields = {"published_at": at, "published_by": by or make_user(), **fields}
    titles = {f"title_{code}": f"Event {number}" for code in ("en", "ko", "ja")}
    if "host" in fields and isinstance(fields["host"], str):
        fields["host"] = make_country(fields["host"])
    event = Event.objects.create(
        slug=slug,
        kind=kind,
        channel=CHANNELS.get(kind, "") if channel is None else channel,
        starts_on=starts_on,
        **{**titles, **fields},
    )
    for code in countries:
        acted = actors is None or code in actors
        EventCountry.objects.create(event=event, country=make_country(code), acted=acted)
    for person in people:
        row = make_person(person) if isinstance(person, str) else person
        Participation.objects.create(event=event, person=row)
    for topic in topics:
        row_of_topic = make_topic(topic) if isinstance(topic, str) else topic
        EventTopic.objects.create(event=event, topic=row_of_topic)
    for position, (city, code) in enumerate(places):
        EventPlace.objects.create(
            event=event, city=city, country=make_country(code), position=position
        )
    _cite(citations, event=event)
    return event


@transaction.atomic
def make_readout(
    event: Event,
    issuer: str = "KR",
    *,
    points: Iterable[tuple[str | None, str, str]] = (),
    **fields: Any,
) -> Readout:
    """A readout of the event by `issuer`; `points` are topic slug or None, stance, English text."""
    number = next(_numbers)
    values = {
        "slug": f"readout-{number}",
        "issuing_body": "Presidential office",
        "url": f"https://example.org/readout/{number}",
        "language": "en",
        **fields,
    }
    values.setdefault("publisher", make_publisher())
    readout = Readout.objects.create(event=event, issuer=make_country(issuer), **values)
    for position, (topic, stance, text) in enumerate(points, start=1):
        Point.objects.create(
            readout=readout,
            position=position,
            topic=make_topic(topic) if topic else None,
            stance=stance,
            text_en=text,
        )
    return readout


def make_commitment(event: Event, **fields: Any) -> Commitment:
    """Something agreed at the event; open unless told otherwise."""
    number = next(_numbers)
    values = {
        "slug": f"commitment-{number}",
        "text_en": "resume regular talks",
        "url": f"https://example.org/commitment/{number}",
        **fields,
    }
    values.setdefault("publisher", make_publisher())
    return Commitment.objects.create(event=event, **values)


@transaction.atomic
def make_anniversary(
    slug: str = "normalization-treaty",
    *,
    origin_on: date = date(1965, 6, 22),
    countries: Sequence[str] = ("KR", "JP"),
    citations: int | Sequence[str] = 1,
    **fields: Any,
) -> Anniversary:
    """A recurring day marked in those countries, with citations."""
    name = slug.replace("-", " ").capitalize()
    values = {"title_en": name, "title_ko": name, "title_ja": name, **fields}
    anniversary = Anniversary.objects.create(slug=slug, origin_on=origin_on, **values)
    for code in countries:
        AnniversaryCountry.objects.create(anniversary=anniversary, country=make_country(code))
    _cite(citations, anniversary=anniversary)
    return anniversary


def make_some_events() -> None:
    """Five events of several kinds, countries, places and people, 2022 to 2025."""
    lee, ishiba = make_person("lee-jae-myung", "KR"), make_person("ishiba-shigeru", "JP")
    yoon = make_person("yoon-suk-yeol", "KR")
    make_event(
        slug="call",
        starts_on=date(2025, 6, 9),
        people=[lee, ishiba],
        topics=["security"],
    )
    make_event(
        slug="summit",
        kind="SUMMIT",
        starts_on=date(2025, 8, 23),
        ends_on=date(2025, 8, 24),
        people=[lee, ishiba],
        topics=["history", "security"],
        places=[("Tokyo", "JP")],
    )
    make_event(
        slug="protest",
        kind="DISPUTE",
        starts_on=date(2024, 2, 22),
        actors=["KR"],
        topics=["territory"],
        places=[("Seoul", "KR")],
    )
    make_event(
        slug="camp-david",
        kind="TRILATERAL_SUMMIT",
        starts_on=date(2023, 8, 18),
        countries=["KR", "JP", "US"],
        people=[yoon],
        topics=["security"],
        places=[("Camp David", "US")],
    )
    make_event(
        slug="both-places",
        kind="CEREMONY",
        starts_on=date(2022, 1, 1),
        precision="YEAR",
        status="POSTPONED",
        places=[("Seoul", "KR"), ("Jeju", "KR"), ("Tokyo", "JP")],
    )
