"""The peer of `make bench`: Datasette on the same events, asked for the same filter and facets.

Datasette is what people reach for to put a table with facets on the web. It stands in a virtual
environment of its own (.venv-bench) and reads an SQLite file made of the same rows.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
DATASETTE = PROJECT / ".venv-bench" / "bin" / "datasette"
SECONDS = 15
CLIENTS = 4
WORKERS = 2
OURS = "/en/timeline/?topic=security"
THEIRS = "/record/events?" + urlencode(
    [
        ("topics__arraycontains", "security"),
        ("_facet", "kind"),
        ("_facet", "status"),
        ("_facet_array", "topics"),
        ("_facet_array", "countries"),
        ("_size", "50"),
        ("_sort_desc", "starts_on"),
    ]
)
_ROWS = """
    SELECT id, slug, title_en, title_ko, title_ja, summary_en, kind, status, starts_on::text,
           (SELECT COALESCE(json_agg(country_id), '[]')::text FROM events_eventcountry
            WHERE event_id = event.id AND acted),
           (SELECT COALESCE(json_agg(slug), '[]')::text FROM events_eventtopic
            JOIN events_topic AS topic ON topic.id = topic_id WHERE event_id = event.id)
    FROM events_event AS event
    WHERE published_at IS NOT NULL AND withdrawn_at IS NULL AND merged_into_id IS NULL
"""


@dataclass(frozen=True)
class Rates:
    """Answers a second: of all our workers, pages kept or made anew; and of the peer's process."""

    ours: float
    anew: float
    theirs: float


def measure() -> Rates:
    """Both on the record as it stands, one after the other on the same machine."""
    with tempfile.TemporaryDirectory(prefix="record-peer-", dir="/tmp") as folder:
        file = Path(folder) / "record.db"
        _write(file)
        with _served(
            [str(DATASETTE), "serve", "--immutable", str(file), "--host", "127.0.0.1", "--port"],
            # Else it gives up facets after 0.2 seconds, and would show none.
            ["--setting", "facet_time_limit_ms", "9000", "--setting", "sql_time_limit_ms", "9000"],
        ) as (port, _pid):
            theirs = _answers_a_second(port, [THEIRS])
    with ours(workers=WORKERS) as (port, _pid):
        kept = _answers_a_second(port, [OURS])
        # Each address is another page, and means the same: an unknown key is ignored.
        anew = _answers_a_second(port, (f"{OURS}&round={n}" for n in count()))
    return Rates(kept, anew, theirs)


def _write(file: Path) -> None:
    from django.db import connection

    columns = "slug title_en title_ko title_ja summary_en kind status starts_on countries topics"
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        rows = cursor.fetchall()
    with sqlite3.connect(file) as made:
        made.execute(f"CREATE TABLE events (id INTEGER PRIMARY KEY, {columns.replace(' ', ', ')})")
        made.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 11)})", rows)
        for column in ("kind", "status", "starts_on"):
            made.execute(f"CREATE INDEX events_{column} ON events ({column})")


@contextmanager
def ours(*, workers: int, **environ: str) -> Iterator[tuple[int, int]]:
    """The site as it is deployed, once it answers: its port, and the process that leads it."""
    granian = ["granian", "--interface", "wsgi", "--workers", str(workers), "--host", "127.0.0.1"]
    with _served(
        [sys.executable, "-m", *granian, "--blocking-threads", "1", "--port"],
        ["--log-level", "warning", "diplomacy.wsgi:application"],
        environ,
    ) as served:
        yield served


@contextmanager
def _served(
    command: Sequence[str], options: Sequence[str], environ: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """A server on a free port of the loopback, once it answers: the port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*command, str(port), *options],
        cwd=PROJECT,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server, command[0])
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: "subprocess.Popen[bytes]", name: str) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"{name} ended with {server.returncode}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{name} does not answer")


def _answers_a_second(port: int, addresses: Iterable[str]) -> float:
    """Of CLIENTS that ask one after the other, after each worker has had time to warm up."""
    asked = iter(addresses) if isinstance(addresses, Iterator) else cycle(addresses)
    lock = threading.Lock()

    def ask_until(end: float) -> int:
        number = 0
        while time.monotonic() < end:
            with lock:
                address = next(asked)
            _ask(port, address)
            number += 1
        return number

    def all_ask(seconds: float) -> float:
        end = time.monotonic() + seconds
        with ThreadPoolExecutor(CLIENTS) as clients:
            return sum(clients.map(ask_until, [end] * CLIENTS)) / seconds

    all_ask(SECONDS / 3)
    return all_ask(SECONDS)


def _ask(port: int, address: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers={"Host": "127.0.0.1"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200 or len(body) < 10_000:
        raise RuntimeError(f"{address}: {answer.status}, {len(body)} bytes")
