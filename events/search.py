"""Text search in three languages at once.

PostgreSQL's parsers cut neither Korean nor Japanese into words, and the embedded server has no
extension that does. So both sides are cut here: Latin words stay whole, a run of Hangul, kana or
Han becomes its overlapping pairs of characters, and the `simple` vector keeps their positions. A
run of the query is then found inside a longer run (관세 in 관세를, 関税 in mid-sentence), and
nothing is found that is not there letter by letter.

People are known under many names. A word of the query that is a form of somebody's name stands
for every form of it, so that 石破, 이시바 and Ishiba find the same events.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from events.models import Alias, Event, EventPlace, EventTopic, Participation, Person, Phrase
from events.models.events import EventQuerySet

LONGEST_QUERY = 200
_MOST_TERMS = 12
# Shorter words would find too much as beginnings of others: "UN" is not "under".
_SHORTEST_PREFIX = 4
_AT_ONCE = 500
# Between two texts, so that no phrase reaches from one into the next.
_GAP = 20
# What a tsvector can number; later words are found, but not as part of a phrase.
_LAST_POSITION = 16_383

_CJK = "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUNS = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>[^\W_{_CJK}]+)")
_TERMS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a pair of characters, and its place in the text."""

    word: str
    position: int
    may_continue: bool = False
    """Whether it stands for every word that begins so."""


def plain(text: str) -> str:
    """Text as it is compared: one form of each character, no case, no accents on Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if "\u00c0" <= letter <= "\u024f" else letter
        for letter in folded
    )


def tokens_of_text(text: str, *, start: int = 1) -> list[Token]:
    """What a text is found by. A run of n characters takes n places: its pairs and its last."""
    found: list[Token] = []
    position = start
    for run in _RUNS.finditer(plain(text)):
        if cjk := run["cjk"]:
            found += [Token(cjk[i : i + 2], position + i) for i in range(len(cjk))]
            position += len(cjk)
        else:
            found.append(Token(run["word"], position))
            position += 1
    return found


def tokens_of_query(text: str, *, whole_words: bool = False) -> list[Token]:
    """The same for words that are looked for: a run is its pairs, one character any that begin so.

    The last Latin word may continue ("control" finds "controls") unless `whole_words`.
    """
    found: list[Token] = []
    position = 0
    for run in _RUNS.finditer(plain(text)):
        if cjk := run["cjk"]:
            pairs = [Token(cjk[i : i + 2], position + i) for i in range(len(cjk) - 1)]
            found += pairs or [Token(cjk, position, may_continue=True)]
            position += len(cjk)
        else:
            found.append(Token(run["word"], position))
            position += 1
    if found and not whole_words and run["word"] and len(run["word"]) >= _SHORTEST_PREFIX:
        found[-1] = Token(found[-1].word, found[-1].position, may_continue=True)
    return found


def as_vector(texts: Iterable[str]) -> str:
    """The literal of a tsvector of those texts."""
    places: dict[str, list[int]] = {}
    position = 1
    for text in texts:
        for token in tokens_of_text(text, start=position):
            places.setdefault(token.word, []).append(min(token.position, _LAST_POSITION))
            position = token.position + 1
        position += _GAP
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def _as_phrase(tokens: Sequence[Token]) -> str:
    """The literal of a tsquery for tokens at exactly these distances; empty for none."""
    written = ""
    for token, before in zip(tokens, [None, *tokens], strict=False):
        if before is not None:
            written += f" <{token.position - before.position}> "
        written += f"'{token.word}'" + (":*" if token.may_continue else "")
    return written


class _Literal(SearchQuery):
    """A query that is cut already: PostgreSQL must not cut it again."""

    template = "(%(expressions)s)::tsquery"


def terms_of(query: str) -> list[str]:
    """The words of a query; words in quotation marks are one."""
    cut = query[:LONGEST_QUERY].replace("“", '"').replace("”", '"')
    found = [quoted or word for quoted, word in _TERMS.findall(cut)]
    return [term for term in found if _RUNS.search(plain(term))][:_MOST_TERMS]


def _forms_by_name(names: Iterable[str]) -> Mapping[str, set[str]]:
    """For each of the names that is a form of somebody's: every form of everybody it may mean."""
    wanted = {name.casefold() for name in names}
    like = Alias.objects.annotate(like=Lower("form")).filter(like__in=wanted)
    owners: dict[str, set[int]] = {}
    for person, form in like.values_list("person_id", "like"):
        owners.setdefault(form, set()).add(person)
    named = Person.objects.annotate(
        en=Lower("name_en"), ko=Lower("name_ko"), ja=Lower("name_ja")
    ).filter(Q(en__in=wanted) | Q(ko__in=wanted) | Q(ja__in=wanted))
    for person, *own in named.values_list("pk", "en", "ko", "ja"):
        for form in wanted.intersection(own):
            owners.setdefault(form, set()).add(person)
    if not owners:
        return {}
    everybody = set().union(*owners.values())
    forms: dict[int, set[str]] = {person: set() for person in everybody}
    for person, form in Alias.objects.filter(person__in=everybody).values_list("person_id", "form"):
        forms[person].add(form)
    for person, *own in Person.objects.filter(pk__in=everybody).values_list(
        "pk", "name_en", "name_ko", "name_ja"
    ):
        forms[person].update(own)
    return {name: set().union(*(forms[one] for one in people)) for name, people in owners.items()}


def _as_query(query: str) -> str:
    """The literal of a tsquery for what a reader typed; empty where there is nothing to find."""
    whole = " ".join(query.split())
    terms = terms_of(query)
    known = _forms_by_name([whole, *terms]) if terms else {}
    if whole.casefold() in known:
        terms = [whole]
    parts = []
    for term in terms:
        forms = known.get(term.casefold())
        # A family name of one character begins too many other words to stand for the person.
        ways = [term] if forms is None else [term, *sorted(form for form in forms if form[1:])]
        cut = (tokens_of_query(way, whole_words=forms is not None) for way in ways)
        phrases = dict.fromkeys(phrase for tokens in cut if (phrase := _as_phrase(tokens)))
        parts.append("(" + " | ".join(f"({phrase})" for phrase in phrases) + ")")
    return " & ".join(parts)


def matching(events: EventQuerySet, query: str) -> EventQuerySet:
    """The events whose texts, people, places or topics have all words of the query.

    Costs up to four small queries, which find the names in it. A query without a letter or a
    digit finds nothing.
    """
    literal = _as_query(query)
    if not literal:
        return events.none()
    return events.filter(search_document__words=_Literal(literal))


# --- The documents -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Texts:
    """The texts of one event, each once."""

    found: dict[str, None] = field(default_factory=dict)

    def add(self, *texts: str | None) -> None:
        self.found.update((text, None) for text in texts if text)


def _in_all_languages(name: str) -> tuple[str, str, str]:
    return (f"{name}_en", f"{name}_ko", f"{name}_ja")


def _texts(ids: Sequence[int]) -> dict[int, _Texts]:
    """What the events with those ids are found by; six queries."""
    texts: dict[int, _Texts] = {}
    columns = (*_in_all_languages("title"), *_in_all_languages("summary"), "occasion")
    occasions: dict[str, list[int]] = {}
    for pk, *found in Event.objects.filter(pk__in=ids).values_list("pk", *columns):
        texts.setdefault(pk, _Texts()).add(*found)
        occasions.setdefault(found[-1], []).append(pk)
    linked: Iterator[tuple[Any, str]] = iter(
        [
            (Participation.objects, "person__name"),
            (EventTopic.objects, "topic__name"),
            (EventPlace.objects, "country__name"),
        ]
    )
    for manager, name in linked:
        rows = manager.filter(event__in=ids).values_list("event_id", *_in_all_languages(name))
        for pk, *found in rows:
            texts[pk].add(*found)
    for pk, city in EventPlace.objects.filter(event__in=ids).values_list("event_id", "city"):
        texts[pk].add(city)
        occasions.setdefault(city, []).append(pk)
    phrases = Phrase.objects.filter(text_en__in=[words for words in occasions if words])
    for phrase in phrases:
        for pk in occasions[phrase.text_en]:
            texts[pk].add(phrase.text_ko, phrase.text_ja)
    return texts


def _index(ids: Sequence[int]) -> None:
    documents = {pk: as_vector(texts.found) for pk, texts in _texts(ids).items()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO events_searchdocument (event_id, words)
            SELECT id, words::tsvector FROM unnest(%s::bigint[], %s::text[]) AS made (id, words)
            ON CONFLICT (event_id) DO UPDATE SET words = EXCLUDED.words
            """,
            [list(documents), list(documents.values())],
        )


def refresh() -> int:
    """Index every event whose words have changed; returns how many. Safe to run at once twice.

    Costs one query when nothing has changed.
    """
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            # An event that is being changed right now is listed again by that change.
            cursor.execute(
                """
                DELETE FROM events_searchstale WHERE id IN (
                    SELECT id FROM events_searchstale ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                ) RETURNING event_id
                """,
                [_AT_ONCE],
            )
            ids = {pk for (pk,) in cursor.fetchall()}
            if not ids:
                return done
            _index(sorted(ids))
            done += len(ids)
