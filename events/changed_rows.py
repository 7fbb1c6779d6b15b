"""The rows of history that made a visible difference to an event's page; one query.

Every table of the record has a history table, written by triggers, that holds the row after each
insert and update and before its deletion. What a page shows of a row is its state here; each row
of history comes with the state before it, so nothing earlier has to be read to understand it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, models

from events import wording
from events.models import (
    Citation,
    Commitment,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Evidence,
    Participation,
    Point,
    Readout,
    Silence,
)
from events.past import day_in_force, end_of

# An event has some dozens of rows of history; this only keeps a flood of them from a page.
MOST_ROWS = 2000

# None where the row is not on the page. A text in the reader's language is a pair: English, own.
State = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Row:
    """What the page showed of one row before and after a change of it.

    `within` is the id of the readout of a point, or of the citation of a piece of evidence.
    """

    table: str
    id: int
    within: int | None
    was: State
    now: State


@dataclass(frozen=True, slots=True)
class Transaction:
    """The rows that one transaction changed, in the order of each table.

    `context` tells apart two that began at one time, `why` is the reason that readers are told.
    """

    at: datetime
    context: UUID | None
    door: str | None
    why: str
    rows: tuple[Row, ...] = ()


def transactions_of(event_id: int, *, most: int) -> tuple[list[Transaction], bool]:
    """The event's first publication, without rows, then the later ones, newest first.

    None for a draft. Transactions that changed nothing visible are not among them, nor are more
    than the newest `most`; also tells whether these are all. On a past day none is later than it.
    """
    day = day_in_force()
    values = {"event": event_id, "since": None, "until": end_of(day) if day else None}
    entries = _entries(_of_one(), values, most=most + 1)
    found = _transactions(entries)
    is_flood = len(entries) == MOST_ROWS
    if is_flood and len(found) > 2:
        found.pop()  # it may have been cut short
    return found[: most + 1], len(found) <= most + 1 and not is_flood


def transactions_of_each(
    event_ids: Collection[int], *, most: int, since: datetime, until: datetime
) -> dict[int, list[Transaction]]:
    """The same of several events, of the time from `since` to before `until`; one query.

    The first publication is always among them.
    """
    values = {"events": list(event_ids), "since": since, "until": until}
    entries = _entries(_of_several(), values, most=most)
    return {
        pk: _transactions(list(of_event))
        for pk, of_event in groupby(entries, key=lambda entry: entry[0])
    }


def _entries(sql: str, values: dict[str, Any], *, most: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "most": most, "rows": MOST_ROWS})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _transactions(entries: list[tuple[Any, ...]]) -> list[Transaction]:
    """Those of one event, from the rows of the query."""
    found = []
    for _place, group in groupby(entries, key=lambda entry: entry[1]):
        (_event, _same, _order, at, context, door, why, *about), *others = group
        rows = [_row(*about), *(_row(*other[7:]) for other in others)] if about[0] else []
        found.append(Transaction(at, context, door, why or "", tuple(rows)))
    return found


def _row(table: str, pk: int, within: int | None, was: str | None, now: str | None) -> Row:
    return Row(table, pk, within, _state(was), _state(now))


def _state(stored: str | None) -> State:
    return None if stored is None else json.loads(stored)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of rows that an event's page shows, and what it shows of one, as SQL over `h`.

    `owner` is the column that says on which event's page a row is. A row `within` another, given
    by its model and the column that names it, is where that one is.
    """

    model: type[models.Model]
    state: dict[str, str]
    owner: str = "event_id"
    within: tuple[type[models.Model], str] | None = None


def _columns(*names: str) -> dict[str, str]:
    return {name: f"h.{name}" for name in names}


def _digests(*names: str) -> dict[str, str]:
    """Of long texts only whether they are there and whether they differ."""
    return {name: f"md5(nullif(h.{name}, ''))" for name in names}


def _name(table: str, condition: str, language: str) -> str:
    pair = f"jsonb_build_array(name_en, name_{language})"
    return f"(SELECT {pair} FROM {table} WHERE {condition})"


# What the page shows of a source and of an account; a publisher has one name for all languages.
_SOURCE = _columns("url", "publisher_id", "language", "published_on")
_PUBLISHER = (
    "(SELECT jsonb_build_array(NULL, name) FROM events_publisher WHERE id = h.publisher_id)"
)
_TEXTS = _digests("text_en", "text_ko", "text_ja")
# The government of a point's readout.
_OF_READOUT = "events_country JOIN events_readout r ON code = r.issuer_id"


def _tables(language: str) -> dict[str, _Table]:
    country = _name("events_country", "code = h.country_id", language)
    issuer = _name("events_country", "code = h.issuer_id", language)
    topic = _name("events_topic", "id = h.topic_id", language)
    person = _name("events_person", "id = h.person_id", language)
    in_readout = _name(_OF_READOUT, "r.id = h.readout_id", language)
    return {
        "event": _Table(Event, _event_state(language), owner="pgh_obj_id"),
        "merged": _Table(Event, {}, owner="merged_into_id"),
        "country": _Table(EventCountry, {**_columns("country_id", "acted"), "name": country}),
        "place": _Table(
            EventPlace, {**_columns("country_id", "city"), "name": _place_name(language)}
        ),
        "topic": _Table(EventTopic, {**_columns("topic_id"), "name": topic}),
        "participant": _Table(Participation, {**_columns("person_id", "capacity"), "name": person}),
        "citation": _Table(
            Citation, {**_SOURCE, **_columns("title", "archived_url"), "name": _PUBLISHER}
        ),
        "evidence": _Table(
            Evidence,
            {**_columns("field", "value", "language"), **_digests("sentence", "quote")},
            within=(Citation, "citation_id"),
        ),
        "readout": _Table(
            Readout,
            {
                **_SOURCE,
                **_columns("issuer_id", "issuing_body", "as_reported_by", "is_whole"),
                "name": issuer,
            },
        ),
        "point": _Table(
            Point,
            {**_TEXTS, **_columns("topic_id", "stance"), "name": in_readout},
            within=(Readout, "readout_id"),
        ),
        "silence": _Table(
            Silence, {**_columns("issuer_id", "topic_id", "basis", "is_firm"), "name": topic}
        ),
        "commitment": _Table(
            Commitment,
            {**_TEXTS, **_columns("due_text", "status", "fulfilled_by_id", "url", "publisher_id")},
        ),
    }


def _event_state(language: str) -> dict[str, str]:
    own = f"(SELECT text_{language} FROM events_phrase WHERE text_en = h.occasion)"
    return {
        **_columns("slug", "kind", "setting", "channel", "visit_type", "status", "certainty"),
        **_columns("precision", "starts_on", "ends_on", "clock_time", "time_zone", "minutes"),
        **_columns("approximate", "independent_publishers", "title_en", "title_ko", "title_ja"),
        **_digests("summary_en", "summary_ko", "summary_ja"),
        "occasion": f"jsonb_build_array(h.occasion, {own})",
        "host": _name("events_country", "code = h.host_id", language),
        "is_withdrawn": "h.withdrawn_at IS NOT NULL",
        "is_merged": "h.merged_into_id IS NOT NULL",
    }


def _place_name(language: str) -> str:
    """City and country; none in the reader's language where only one of them has it."""
    own = f"(SELECT nullif(text_{language}, '') FROM events_phrase WHERE text_en = h.city)"
    return f"""(SELECT jsonb_build_array(
        concat_ws(', ', nullif(h.city, ''), name_en),
        CASE WHEN h.city = '' THEN name_{language} ELSE {own} || ', ' || name_{language} END
    ) FROM events_country WHERE code = h.country_id)"""


_EVENT = ":event"
_IN_ORDER = "ORDER BY 1, told.place, told.name, told.pgh_id"


def _history_of(model: type[models.Model]) -> str:
    history: Any = model._meta.get_field("history").related_model
    table: str = history._meta.db_table
    return table


def _rows_sql(name: str, table: _Table) -> str:
    """The history of every row that was ever on the page, each beside the state before it.

    ANY and OFFSET 0 spare the planner: it takes longer over this query than running it does.
    """
    history = _history_of(table.model)
    if table.within is None:
        within, stays = "NULL::bigint", "true"
        here = f"h.{table.owner} = {_EVENT}"
        mine = f"SELECT pgh_obj_id FROM {history} WHERE {table.owner} = {_EVENT}"
        whose = f"h.pgh_obj_id = ANY (ARRAY({mine}))"
    else:
        owner, column = table.within
        owners, within, here = _history_of(owner), f"h.{column}", "true"
        mine = f"SELECT pgh_obj_id FROM {owners} WHERE event_id = {_EVENT}"
        whose = f"h.{column} = ANY (ARRAY({mine}))"
        # The owner may have come from another event, or gone to one.
        stays = f"""{_EVENT} = (SELECT o.event_id FROM {owners} o
            WHERE o.pgh_obj_id = h.{column} AND o.pgh_created_at <= h.pgh_created_at
            ORDER BY o.pgh_id DESC LIMIT 1)"""
    pairs = ", ".join(f"'{key}', {value}" for key, value in table.state.items())
    return f"""
    SELECT '{name}' AS name, h.pgh_obj_id AS id, {within} AS within, h.pgh_id,
        h.pgh_created_at AS at, h.pgh_context_id AS context, {stays} AS stays,
        lag(s.state) OVER (PARTITION BY h.pgh_obj_id ORDER BY h.pgh_id) AS was, s.state AS now
    FROM {history} h CROSS JOIN LATERAL (
        SELECT CASE WHEN h.pgh_label <> 'delete' AND {here}
            THEN jsonb_build_object({pairs}) END AS state OFFSET 0
    ) s
    WHERE {whose}"""


def _of_one() -> str:
    found = _sql().replace(_EVENT, "%(event)s")
    return f"SELECT %(event)s::bigint, told.* FROM ({found}) told {_IN_ORDER}"


def _of_several() -> str:
    # Not for one as well: the planner does better with a constant.
    return f"""
    SELECT event.id, told.* FROM unnest(%(events)s::bigint[]) AS event (id)
    CROSS JOIN LATERAL ({_sql().replace(_EVENT, "event.id")}) told {_IN_ORDER}"""


def _sql() -> str:
    """The transactions of the event _EVENT with their rows."""
    tables = _tables(wording.locale_now().language)
    rows = " UNION ALL ".join(_rows_sql(name, table) for name, table in tables.items())
    return f"""
WITH first AS MATERIALIZED (
    SELECT pgh_created_at AS at, pgh_context_id AS context FROM {_history_of(Event)}
    WHERE pgh_obj_id = {_EVENT} AND published_at IS NOT NULL
        AND pgh_created_at < coalesce(%(until)s::timestamptz, 'infinity')
    ORDER BY pgh_id LIMIT 1
), changed AS (
    SELECT h.*, dense_rank() OVER (ORDER BY h.at DESC, h.context) AS place
    FROM ({rows}) h, first
    WHERE h.was IS DISTINCT FROM h.now AND h.stays AND h.at >= first.at
        AND h.at >= coalesce(%(since)s::timestamptz, '-infinity')
        AND h.at < coalesce(%(until)s::timestamptz, 'infinity')
        AND (h.at, h.context) IS DISTINCT FROM (first.at, first.context)
), told AS (
    SELECT 0 AS place, at, context, NULL AS name, NULL::bigint AS id, NULL::bigint AS within,
        NULL::bigint AS pgh_id, NULL::jsonb AS was, NULL::jsonb AS now FROM first
    UNION ALL
    SELECT place, at, context, name, id, within, pgh_id, was, now FROM changed
    WHERE place <= %(most)s
)
SELECT t.place, t.pgh_id, t.at, t.context, c.metadata ->> 'door', c.metadata ->> 'told',
    t.name, t.id, t.within, t.was::text, t.now::text
FROM told t LEFT JOIN pghistory_context c ON c.id = t.context
ORDER BY t.place, t.name, t.pgh_id LIMIT %(rows)s"""
