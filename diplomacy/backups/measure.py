"""Counting and summing what the tables hold, the same way before and after."""

from typing import Any

import psycopg
from psycopg import sql

from diplomacy.backups.manifest import TableState

# How a value is written depends on these.
SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'postgres'",
    "SET extra_float_digits = 1",
    "SET bytea_output = 'hex'",
)
TABLES = """
    SELECT n.nspname, c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relpersistence = 'p'
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
        )
    ORDER BY 1, 2
"""
# Sixty bits of each row's MD5, added up: no sorting, however large the table.
MEASURE = """
    SELECT count(*) AS rows,
        coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text AS checksum
    FROM {table} t
"""


def table_names(connection: psycopg.Connection[Any]) -> list[str]:
    """Every table of the database's own, as `schema.table`."""
    return [f"{schema}.{table}" for schema, table in connection.execute(TABLES)]


def measured(connection: psycopg.Connection[Any]) -> dict[str, TableState]:
    """Every table's state as this connection's transaction sees it."""
    for setting in SETTINGS:
        connection.execute(setting.encode())
    states = {}
    for name in table_names(connection):
        row = connection.execute(_measure(name)).fetchone()
        assert row is not None
        states[name] = TableState(rows=row[0], checksum=row[1])
    return states


def verification(states: dict[str, TableState]) -> str:
    """SQL that raises an error, naming the table, unless the database holds just these states."""
    checks = [
        sql.SQL(
            "SELECT rows, checksum INTO found FROM ({measure}) m;"
            " IF found.rows <> {rows} OR found.checksum <> {checksum} THEN"
            " RAISE EXCEPTION '% holds % rows after the restore, which are not the % saved.',"
            " {name}, found.rows, {rows}; END IF;"
        ).format(
            measure=_measure(name),
            rows=sql.Literal(state.rows),
            checksum=sql.Literal(state.checksum),
            name=sql.Literal(name),
        )
        for name, state in states.items()
    ]
    body = sql.SQL("DECLARE found record; BEGIN {} END").format(sql.SQL("\n").join(checks))
    block = sql.SQL("DO {}").format(sql.Literal(body.as_string()))
    return ";\n".join([*SETTINGS, block.as_string()]) + ";\n"


def _measure(name: str) -> sql.Composed:
    schema, _, table = name.partition(".")
    return sql.SQL(MEASURE).format(table=sql.Identifier(schema, table))
