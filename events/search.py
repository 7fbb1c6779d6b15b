"""Text search over titles, summaries, people, places and topics, in three languages at once.

How texts and queries are cut is told in `events.tokens`; here are the documents made of them, and
the names in a query. People are known under many: a form of somebody's name stands for every form
of it, so that 石破, 이시바 and Ishiba find the same events.
"""

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Aggregate, BinaryField, Model, QuerySet

from events.models import (
    Alias,
    Country,
    Event,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Phrase,
    SearchDocument,
    SearchStale,
    Topic,
    stale,
)
from events.models.events import EventQuerySet
from events.past import day_in_force
from events.tokens import (
    as_name,
    as_phrase,
    as_vector,
    has_name,
    has_words,
    tokens_of_name,
    tokens_of_query,
)

LONGEST_QUERY = 200
_MOST_TERMS = 12
_MOST_WORDS_OF_A_NAME = 5
# Rows of the list of stale events, of which each event may have several.
_AT_ONCE = 500
# Any number, the same in every process.
_INDEXING = 7_102_519_650_624

_QUOTES = str.maketrans(dict.fromkeys("“”„＂«»「」『』", '"'))
_TERMS = re.compile(r'"([^"]*)"|(\S+)')


def _changed_since(model: type[Model], events: str) -> str:
    """SQL for the events among whose words a row was that has changed since the day in force.

    Read on that day, the tables in `events` (events/models/stale.py) are those of that day.
    """
    history: Any = model._meta.get_field("history").related_model
    return f"""
        SELECT found.id FROM {history._meta.db_table} h
        CROSS JOIN LATERAL ({events.replace("ROW.", "h.")}) AS found (id)
        WHERE h.pgh_created_at >= current_setting('record.as_of')::timestamptz"""


_CHANGED_SINCE = " UNION ".join(
    [
        "SELECT event_id FROM events_searchstale",
        _changed_since(Event, stale.EVENT),
        *(
            # Its event of today, and the one it was of that day.
            _changed_since(
                part,
                f"{stale.ITS_EVENT} UNION "
                f"SELECT event_id FROM {part._meta.db_table} WHERE id = ROW.id",
            )
            for part in (EventPlace, EventTopic, Participation)
        ),
        _changed_since(Person, stale.OF_A_PERSON),
        _changed_since(Topic, stale.OF_A_TOPIC),
        _changed_since(Country, stale.IN_A_COUNTRY),
        _changed_since(Phrase, stale.WITH_A_PHRASE),
    ]
)


class _Literal(SearchQuery):
    """A query that is cut already: PostgreSQL must not cut it again."""

    template = "(%(expressions)s)::tsquery"


class _Packed(Aggregate):
    """All values of a column of big integers as one run of bytes, eight for each.

    Thousands come so in half the time that rows take, and a quarter of the processor's.
    """

    template = "string_agg(int8send(%(expressions)s), '')"
    output_field = BinaryField()


def matching(events: EventQuerySet, query: str) -> EventQuerySet:
    """The events whose texts, people, places or topics have all words of the query.

    Words in quotation marks are looked for side by side. Costs one small query, which finds the
    names in it. A query without a letter or a digit finds nothing; words after the twelfth are
    not looked for.
    """
    literal = _as_query(query, KnownNames.read())
    if not literal:
        return events.none()
    if day_in_force():
        return events.filter(pk__in=_ids_that_day(literal))
    return events.filter(search_document__words=_Literal(literal))


def ids_matching(query: str, names: "KnownNames") -> Sequence[int]:
    """The ids of those events, also of what readers do not see; costs one query.

    On a past day up to eight: documents are kept of today's words only.
    """
    literal = _as_query(query, names)
    if not literal:
        return ()
    if day_in_force():
        return _ids_that_day(literal)
    found = SearchDocument.objects.filter(words=_Literal(literal))
    packed = found.aggregate(ids=_Packed("event_id"))["ids"]
    ids = array("q", bytes(packed or b""))
    if sys.byteorder == "little":
        ids.byteswap()  # PostgreSQL sends the highest byte first
    return ids


def found_among(ids: Collection[int], queries: Collection[str]) -> dict[str, set[int]]:
    """For each query the events with those ids that it finds, of today's words.

    Two queries, however many there are. A query without a letter or a digit finds nothing.
    """
    names = KnownNames.read()
    literals = {query: literal for query in queries if (literal := _as_query(query, names))}
    found: dict[str, set[int]] = {query: set() for query in queries}
    asked = list(literals)
    with connection.cursor() as cursor:
        # Each literal is read and each document unpacked once, not once for every pair.
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (
                SELECT number, literal::tsquery AS words
                FROM unnest(%s::text[]) WITH ORDINALITY AS given (literal, number)
            ), known AS MATERIALIZED (
                SELECT event_id, words || ''::tsvector AS words
                FROM events_searchdocument WHERE event_id = ANY (%s::bigint[])
            )
            SELECT asked.number, known.event_id FROM asked JOIN known ON known.words @@ asked.words
            """,
            [list(literals.values()), list(ids)],
        )
        for number, pk in cursor.fetchall():
            found[asked[number - 1]].add(pk)
    return found


def _ids_that_day(literal: str) -> list[int]:
    """The same by the words of the day in force.

    Where they have not changed since, today's document has them; of the other events documents
    are made here and now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_SINCE)
        changed = [pk for (pk,) in cursor.fetchall()]
        made = _documents(Event.objects.visible().order_by().filter(pk__in=changed).values("pk"))
        cursor.execute(
            """
            SELECT event_id FROM events_searchdocument
            WHERE words @@ %s::tsquery AND event_id <> ALL (%s::bigint[])
            UNION ALL
            SELECT id FROM unnest(%s::bigint[], %s::text[]) AS made (id, words)
            WHERE words::tsvector @@ %s::tsquery
            """,
            [literal, changed, list(made), list(made.values()), literal],
        )
        return [pk for (pk,) in cursor.fetchall()]


def terms_of(query: str) -> list[str]:
    """The words of a query; words in quotation marks are one."""
    found = _TERMS.findall(query[:LONGEST_QUERY].translate(_QUOTES))
    terms = (quoted or word for quoted, word in found)
    return [term for term in terms if has_words(term)][:_MOST_TERMS]


def _as_query(query: str, names: "KnownNames") -> str:
    """The literal of a tsquery for what a reader typed; empty where there is nothing to find."""
    terms = terms_of(query)
    if not terms:
        return ""
    parts = []
    while terms:
        length = names.length_at_start_of(terms)
        if length:
            forms = names.forms_meant_by(" ".join(terms[:length]))
            ways = [as_phrase(tokens_of_name(form)) for form in forms]
        else:
            ways = [as_phrase(tokens_of_query(terms[0]))]
        parts.append(" | ".join(f"({way})" for way in dict.fromkeys(ways)))
        terms = terms[length or 1 :]
    return " & ".join(f"({part})" for part in parts)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Who is meant by a form of a name, and the forms of everybody's name."""

    people: Mapping[str, set[int]]
    forms: Mapping[int, set[str]]

    @classmethod
    def read(cls) -> "KnownNames":
        """Read all of them, in one query: they are few, and PostgreSQL could not compare them."""
        people: dict[str, set[int]] = defaultdict(set)
        forms: dict[int, set[str]] = defaultdict(set)
        own = [
            Person.objects.values_list("pk", column)
            for column in (*_in_all_languages("name"), "family_name_en")
        ]
        for person, form in Alias.objects.values_list("person_id", "form").union(*own, all=True):
            # One character begins too many other words to stand for a person.
            if len(as_name(form)) > 1:
                for way in _in_both_orders(form):
                    people[as_name(way)].add(person)
                    forms[person].add(way)
        return cls(people, forms)

    def length_at_start_of(self, terms: Sequence[str]) -> int:
        """How many of the first terms are a name together: as many as possible, 0 for none."""
        longest = min(len(terms), _MOST_WORDS_OF_A_NAME)
        lengths = range(longest, 0, -1)
        return next((n for n in lengths if as_name(" ".join(terms[:n])) in self.people), 0)

    def forms_meant_by(self, name: str) -> list[str]:
        """Every form that can mean nobody but the people that `name` may mean.

        So "Park" finds every Park, and 박근혜 does not find each of them by way of "Park". Forms
        that say no more than a shorter one are left out.
        """
        meant = self.people[as_name(name)]
        forms = {
            form
            for person in meant
            for form in self.forms[person]
            if self.people[as_name(form)] <= meant
        }
        return sorted(form for form in forms if not any(has_name(form, other) for other in forms))


def _in_both_orders(form: str) -> list[str]:
    """A name as it is written, and with its first word last: Ishiba Shigeru, Shigeru Ishiba."""
    first, _space, others = form.partition(" ")
    return [form, f"{others} {first}"] if others else [form]


def refresh(*, at_most: int | None = None) -> int:
    """Index the events whose words have changed, the latest changes first; returns how many.

    Stops after `at_most` events or a few more. Costs one query when nothing has changed. Safe to
    run at once twice.
    """
    done = 0
    while (at_most is None or done < at_most) and SearchStale.objects.exists():
        done += _refresh_some()
    return done


def index_all() -> int:
    """Index every event, whether its words have changed or not; returns how many."""
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    index_these(ids)
    return len(ids)


def index_these(ids: Sequence[int]) -> None:
    """Index the events with those ids, whether their words have changed or not."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with transaction.atomic():
            _one_at_a_time()
            SearchStale.objects.filter(event__in=some).delete()
            _index(some)


def _one_at_a_time() -> None:
    """Wait until nobody else writes documents, until the end of the transaction.

    Of two at once the one that has read older words could else write last.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_INDEXING])


def _refresh_some() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        _one_at_a_time()
        # What is being changed right now is listed again by that change.
        cursor.execute(
            """
            DELETE FROM events_searchstale WHERE event_id IN (
                SELECT event_id FROM (
                    SELECT event_id FROM events_searchstale ORDER BY id DESC LIMIT %s
                ) AS latest
            ) RETURNING event_id
            """,
            [_AT_ONCE],
        )
        return _index({pk for (pk,) in cursor.fetchall()})


def _index(ids: Collection[int]) -> int:
    """Write the documents of the events with those ids, eight queries; returns how many."""
    made = _documents(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO events_searchdocument (event_id, words)
            SELECT id, words::tsvector FROM unnest(%s::bigint[], %s::text[]) AS made (id, words)
            ON CONFLICT (event_id) DO UPDATE SET words = EXCLUDED.words
            """,
            [list(made), list(made.values())],
        )
    # A draft that has been deleted has no words.
    SearchDocument.objects.filter(event__in=set(ids) - made.keys()).delete()
    return len(made)


def _documents(ids: Collection[int] | QuerySet[Any]) -> dict[int, str]:
    """The words of the events with those ids, each as a tsvector is written; six queries."""
    texts: dict[int, dict[str, None]] = defaultdict(dict)  # each text once
    for pk, text in _texts(ids):
        texts[pk][text] = None
    return {pk: as_vector(of_event) for pk, of_event in texts.items()}


def _in_all_languages(name: str) -> tuple[str, str, str]:
    return (f"{name}_en", f"{name}_ko", f"{name}_ja")


def _texts(ids: Collection[int] | QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """What the events with those ids are found by, with their ids; six queries."""
    phrases: dict[str, set[int]] = defaultdict(set)
    columns = (*_in_all_languages("title"), *_in_all_languages("summary"))
    events = Event.objects.filter(pk__in=ids).values_list("pk", "occasion", *columns)
    for pk, occasion, *texts in events:
        phrases[occasion].add(pk)
        yield from ((pk, text) for text in (occasion, *texts))
    links = [
        (EventPlace.objects.all(), "country"),
        (EventTopic.objects.all(), "topic"),
        (Participation.objects.all(), "person"),
    ]
    for rows, name in links:
        names = _in_all_languages(f"{name}__name")
        for pk, *texts in rows.filter(event__in=ids).values_list("event_id", *names):
            yield from ((pk, text) for text in texts)
    for pk, city in EventPlace.objects.filter(event__in=ids).values_list("event_id", "city"):
        phrases[city].add(pk)
        yield pk, city
    translated = Phrase.objects.filter(text_en__in=list(phrases))
    for en, *texts in translated.values_list("text_en", *_in_all_languages("text")):
        yield from ((pk, text) for pk in phrases[en] for text in texts)
