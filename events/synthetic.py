"""Made-up events for tests of scale, each marked as such in its title and address.

Everything about the event of a number follows from the seed and that number, so that a larger
record begins with the events of a smaller one. Countries, people, terms and topics are those of
the record that is there; what the events say is drawn from short lists of words.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from events import search
from events.models import (
    Citation,
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Publisher,
    Readout,
    SearchDocument,
    Term,
    Topic,
)
from events.models.dates import Precision

_AT_ONCE = 2_000
_PUBLISHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
_FIRST, _LAST = date(1965, 6, 22), date(2026, 12, 31)
_HOST = "synthetic.example.org"
_AUTHOR = "synthetic"

# Kind with its channels, how often it comes, and its words in three languages.
_KINDS = (
    ("CALL", ("PHONE", "VIDEO"), 8, ("telephone call", "전화 통화", "電話協議")),
    ("SUMMIT", ("IN_PERSON", "VIDEO"), 8, ("summit", "정상회담", "首脳会談")),
    (
        "TRILATERAL_SUMMIT",
        ("IN_PERSON",),
        2,
        ("trilateral summit", "3국 정상회의", "三か国会議"),
    ),
    ("VISIT", ("IN_PERSON",), 6, ("visit", "방문", "訪問")),
    ("MINISTERIAL", ("IN_PERSON", "VIDEO"), 24, ("ministers' meeting", "장관 회담", "閣僚会談")),
    ("AGREEMENT", ("",), 8, ("agreement", "협정", "協定")),
    ("STATEMENT", ("",), 20, ("statement", "성명", "声明")),
    ("DISPUTE", ("",), 14, ("protest", "항의", "抗議")),
    ("CEREMONY", ("IN_PERSON",), 5, ("ceremony", "기념식", "式典")),
    ("OTHER", ("",), 5, ("contact", "접촉", "接触")),
)
_TWO_SIDED = {"CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT", "MINISTERIAL", "AGREEMENT"}
_OF_LEADERS = {"CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT"}
_SUBJECTS = (
    ("export controls", "수출 규제", "輸出管理"),
    ("the “comfort women” issue", "위안부 문제", "慰安婦問題"),
    ("Dokdo/Takeshima", "독도 문제", "竹島問題"),
    ("fisheries", "어업", "漁業"),
    ("visas", "사증", "査証"),
    ("air routes", "항공 노선", "航空路線"),
    ("shipbuilding", "조선업", "造船"),
    ("youth exchange", "청소년 교류", "青少年交流"),
    ("currency swaps", "통화 스와프", "通貨スワップ"),
    ("textbooks", "교과서", "教科書"),
    ("maritime safety", "해상 안전", "海上安全"),
    ("semiconductors", "반도체", "半導体"),
    ("climate", "기후", "気候"),
    ("nuclear safety", "원자력 안전", "原子力安全"),
    ("taxation", "과세", "課税"),
    ("animal health", "가축 방역", "家畜防疫"),
    ("science", "과학 기술", "科学技術"),
    ("culture", "문화 교류", "文化交流"),
    ("customs", "세관", "税関"),
    ("standards", "표준", "標準"),
)
_CITIES = (
    ("Seoul", "KR"), ("Busan", "KR"), ("Jeju", "KR"), ("Gyeongju", "KR"),
    ("Tokyo", "JP"), ("Osaka", "JP"), ("Kyoto", "JP"), ("Fukuoka", "JP"),
    ("New York", "US"), ("Washington, D.C.", "US"), ("Beijing", "CN"), ("Geneva", "CH"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cast:
    """What the record holds for events to be made of."""

    seed: int
    author: User
    publisher: Publisher
    countries: Sequence[str]
    topics: Sequence[int]
    people: Sequence[int]
    terms: Sequence[Term]

    def in_office(self, day: date, country: str) -> list[int]:
        return [
            term.person_id
            for term in self.terms
            if term.office.country_id == country
            and term.starts_on <= day
            and (term.ends_on is None or day < term.ends_on)
        ]


class NothingToDrawFrom(Exception):
    """The record lacks the countries, topics, people or terms that events are made of."""


def generate(count: int, *, seed: int) -> int:
    """Make the synthetic events 1 to `count` of that seed that are not there; returns how many.

    Published, with their search documents; without history where the database lets us do without.
    Takes about a minute for 20,000.
    """
    cast = _cast(seed)
    own = Event.objects.filter(slug__startswith=f"synthetic-{seed}-").values_list("slug", flat=True)
    there = set(own)
    numbers = [n for n in range(1, count + 1) if _slug(seed, n) not in there]
    with _documents_without_an_index():
        for start in range(0, len(numbers), _AT_ONCE):
            drafts = [_Draft(cast, n) for n in numbers[start : start + _AT_ONCE]]
            with transaction.atomic(), _without_triggers():
                search.index_these(_write(drafts))
    return len(numbers)


@contextmanager
def _documents_without_an_index() -> Iterator[None]:
    """To fill an index row by row costs many times what it costs to build it at the end."""
    (index,) = SearchDocument._meta.indexes
    with connection.schema_editor() as editor:
        editor.remove_index(SearchDocument, index)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.add_index(SearchDocument, index)


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Row by row, history and rules take ten times as long as the rows; only a superuser may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may,) = cursor.fetchone()
        if may:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if may:
            cursor.execute("SET LOCAL session_replication_role = origin")


def _cast(seed: int) -> _Cast:
    terms = list(Term.objects.select_related("office").order_by("id"))
    countries = list(Country.objects.in_published_order().values_list("pk", flat=True))
    topics = list(Topic.objects.order_by("id").values_list("pk", flat=True))
    people = list(Person.objects.order_by("id").values_list("pk", flat=True))
    cities = {country for _city, country in _CITIES}
    if not (terms and topics and people and cities <= set(countries)):
        raise NothingToDrawFrom
    author, is_new = User.objects.get_or_create(username=_AUTHOR, defaults={"is_active": False})
    if is_new:
        author.set_unusable_password()
        author.save()
    publisher, _new = Publisher.objects.get_or_create(host=_HOST, defaults={"name": _HOST})
    return _Cast(seed, author, publisher, countries, topics, people, terms)


def _slug(seed: int, number: int) -> str:
    return f"synthetic-{seed}-{number:06}"


class _Draft:
    """One event and the rows that hang on it, not saved."""

    def __init__(self, cast: _Cast, number: int) -> None:
        chance = random.Random(f"{cast.seed}/{number}")
        kind, channels, words = _drawn_kind(chance)
        subject = chance.choice(_SUBJECTS)
        starts_on, dates = _drawn_date(chance)
        self.event = Event(
            slug=_slug(cast.seed, number),
            public_id=uuid.UUID(int=chance.getrandbits(128), version=4),
            kind=kind,
            channel=chance.choice(channels),
            status=_drawn_status(chance, starts_on),
            certainty=chance.choices(Event.Certainty.values, (90, 5, 5))[0],
            title_en=f"Synthetic event {number}: {words[0]} on {subject[0]}",
            title_ko=f"가상 사건 {number}: {subject[1]} {words[1]}",
            title_ja=f"架空の出来事 {number}:{subject[2]} {words[2]}",
            summary_en=f"Made up for tests of scale: a {words[0]} on {subject[0]}.",
            published_at=_PUBLISHED_AT,
            published_by=cast.author,
            **dates,
        )
        self.links = list(self._links(cast, chance, kind, starts_on, number))

    def _links(
        self, cast: _Cast, chance: random.Random, kind: str, day: date, number: int
    ) -> Iterator[Any]:
        event = self.event
        acting = ["KR", "JP"] if kind in _TWO_SIDED else [chance.choice(["KR", "JP"])]
        concerned = ["KR", "JP"]
        if kind == "TRILATERAL_SUMMIT" or chance.random() < 0.1:
            third = chance.choices(cast.countries[2:], range(len(cast.countries) - 2, 0, -1))[0]
            acting, concerned = [*acting, third], [*concerned, third]
        for code in concerned:
            yield EventCountry(event=event, country_id=code, acted=code in acting)
        for topic in chance.sample(cast.topics, chance.choices((1, 2, 3), (5, 3, 1))[0]):
            yield EventTopic(event=event, topic_id=topic)
        if kind in _TWO_SIDED or chance.random() < 0.3:
            city, country = chance.choices(_CITIES, (20, 4, 3, 2, 20, 4, 2, 2, 3, 3, 2, 1))[0]
            yield EventPlace(event=event, city=city, country_id=country)
        people: dict[int, None] = {}
        if kind in _OF_LEADERS or chance.random() < 0.2:
            for code in acting:
                heads = cast.in_office(day, code)
                people |= dict.fromkeys([chance.choice(heads)] if heads else [])
        if kind == "MINISTERIAL" or chance.random() < 0.1:
            people |= dict.fromkeys(chance.sample(cast.people, 2))
        for person in people:
            yield Participation(event=event, person_id=person)
        page = f"https://{_HOST}/{cast.seed}/{number}"
        yield Citation(event=event, url=page, publisher=cast.publisher, language="en")
        if kind in _OF_LEADERS:
            for code in chance.sample(["KR", "JP"], chance.choice((0, 1, 2))):
                yield Readout(
                    event=event,
                    slug=f"{event.slug}-{code.lower()}",
                    issuer_id=code,
                    issuing_body="Made up",
                    url=f"{page}/{code}",
                    language="en",
                    publisher=cast.publisher,
                )


def _drawn_kind(chance: random.Random) -> tuple[str, tuple[str, ...], tuple[str, str, str]]:
    kind, channels, _weight, words = chance.choices(_KINDS, [kind[2] for kind in _KINDS])[0]
    return kind, channels, words


def _drawn_date(chance: random.Random) -> tuple[date, dict[str, Any]]:
    """A day that comes later more often than earlier, as exact as most of the record's."""
    days = (_LAST - _FIRST).days
    day = _FIRST + timedelta(days=int(days * chance.random() ** 0.7))
    precision = chance.choices(Precision.values, (88, 4, 5, 3))[0]
    ends_on = None
    if precision == Precision.MONTH:
        day = day.replace(day=1)
    elif precision == Precision.YEAR:
        day = day.replace(day=1, month=1)
    elif precision == Precision.WINDOW or chance.random() < 0.1:
        ends_on = day + timedelta(days=chance.randint(1, 4))
    return day, {"starts_on": day, "ends_on": ends_on, "precision": precision}


def _drawn_status(chance: random.Random, day: date) -> str:
    if day > _PUBLISHED_AT.date():
        return Event.Status.SCHEDULED
    odd = (Event.Status.HELD, Event.Status.POSTPONED, Event.Status.CANCELLED)
    return chance.choices(odd, (96, 2, 2))[0]


def _write(drafts: Sequence[_Draft]) -> list[int]:
    """Save the events and what hangs on them, and tell that they are there; returns their ids."""
    Event.objects.bulk_create([draft.event for draft in drafts])
    links = [link for draft in drafts for link in draft.links]
    models: dict[type[Any], None] = dict.fromkeys(type(link) for link in links)
    for model in models:
        model.objects.bulk_create([link for link in links if type(link) is model])
    ids = [draft.event.pk for draft in drafts]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_eventchange (event_id, transaction, changed_at)"
            " SELECT id, pg_current_xact_id()::text::bigint, now() FROM unnest(%s::bigint[]) AS id",
            [ids],
        )
    return ids
