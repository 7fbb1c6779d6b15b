"""`BENCH=1 make demo`: the site on a record of many made-up events, in a database of its own."""

from collections.abc import Mapping

import psycopg

from diplomacy.embedded import EmbeddedError, project_places
from diplomacy.embedded.addresses import postgres_url

MOST_EVENTS = 1_000_000
_DATABASE = "record_bench"
# The first three of Valkey's are the demo's own: queue, cache, and one to spare.
_QUEUE = 3


def is_asked_for(environ: Mapping[str, str]) -> bool:
    return environ.get("BENCH", "") not in ("", "0")


def number_of_events(environ: Mapping[str, str]) -> int:
    """EVENTS, 100,000 unless given. Raises EmbeddedError for anything but a sensible number."""
    said = environ.get("EVENTS") or "100000"
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= MOST_EVENTS):
        raise EmbeddedError(f"EVENTS must be a number from 1 to {MOST_EVENTS:,}, not {said!r}.")
    return int(said)


def environment() -> dict[str, str]:
    """Addresses of that database, made if it is not there, on the embedded servers, which run."""
    places = project_places()
    with psycopg.connect(postgres_url(places.sockets), autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE])
        if known.fetchone() is None:
            server.execute(f"CREATE DATABASE {_DATABASE}")
    return {
        "DATABASE_URL": postgres_url(places.sockets, _DATABASE),
        "REDIS_URL": f"unix://{places.valkey_socket}?db={_QUEUE}",
    }
