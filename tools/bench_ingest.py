"""How long polling 200 feeds takes, beside `reader` and beside the floor.

Part of `make bench`; alone: `python tools/bench_ingest.py`. Feeds only: nothing asks for the pages
of articles. All three read the same bytes from the same loopback server in the same run; ours and
the floor into a PostgreSQL that waits for its disk, `reader` into its SQLite file.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

import bench_feeds  # noqa: E402
import bench_floor  # noqa: E402

PEER = Path(os.environ.get("PEER", PROJECT / ".venv-bench/bin/python"))
PEER_WORKERS = (1, 2, 4, 8)
PROCESSES = (2, 1)
TURNS = 3
WANTED_RATIO = 1 / 3
WANTED_SECOND_PASS = 5


@dataclass(frozen=True)
class Passes:
    """Seconds of a pass that stores everything, and of one that finds nothing new."""

    first: float
    second: float


@dataclass(frozen=True)
class Figures:
    """Ours by the number of processes, the peer by that of its threads; the floor with two."""

    ours: dict[int, Passes]
    peer: dict[int, Passes]
    floor: float

    @property
    def best_peer(self) -> int:
        return min(self.peer, key=lambda workers: self.peer[workers].first)


def measure() -> Figures:
    """One after the other. Raises RuntimeError when somebody did not store everything."""
    with ExitStack() as stack:
        made = tempfile.TemporaryDirectory(prefix="record-bench-", dir="/tmp")
        folder = Path(stack.enter_context(made))
        addresses = stack.enter_context(_served_feeds())
        environ = stack.enter_context(_servers(folder))
        floor = _floor(environ["DATABASE_URL"], addresses)
        # In turns: a machine that is shared is not equally quick all the time.
        turns = [
            (
                {number: _ours(environ, addresses, number) for number in PROCESSES},
                {workers: _peer(folder, turn, addresses, workers) for workers in PEER_WORKERS},
            )
            for turn in range(TURNS)
        ]
    ours = {number: _median([of_ours[number] for of_ours, _ in turns]) for number in PROCESSES}
    peer = {number: _median([of_peer[number] for _, of_peer in turns]) for number in PEER_WORKERS}
    return Figures(ours, peer, floor)


def _median(passes: Sequence[Passes]) -> Passes:
    return Passes(median(one.first for one in passes), median(one.second for one in passes))


@contextmanager
def _served_feeds() -> Iterator[list[str]]:
    """The addresses of the feeds, while they are served."""
    with subprocess.Popen(
        [sys.executable, str(PROJECT / "tools" / "bench_feeds.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        ports = json.loads(server.stdout.readline())
        try:
            yield [
                f"http://127.0.0.1:{port}{path}"
                for number, port in enumerate(ports)
                for path in bench_feeds.paths_of(number)
            ]
        finally:
            server.stdin.close()


@contextmanager
def _servers(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a worker on servers of its own, durable ones, with an empty schema."""
    from diplomacy import embedded

    places = embedded.Places(data=folder / "data", sockets=folder / "s")
    with embedded.servers(places):
        environ = {
            **os.environ,
            "DATABASE_URL": embedded.postgres_url(places.sockets),
            "REDIS_URL": f"unix://{places.valkey_socket}",
            "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
            "ALLOW_LOOPBACK_SOURCES": "1",
            "INSECURE_HTTP": "1",
            "HASHED_STATIC_FILES": "0",
        }
        manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(manage, cwd=PROJECT, env=environ, check=True)
        yield environ


def _ours(environ: dict[str, str], addresses: Sequence[str], processes: int) -> Passes:
    import psycopg

    with (
        ExitStack() as stack,
        psycopg.connect(environ["DATABASE_URL"], autocommit=True) as database,
    ):
        database.execute("TRUNCATE news_source CASCADE")
        command = [sys.executable, str(PROJECT / "tools" / "bench_ingest.py"), "worker"]
        workers = [stack.enter_context(_helper(command, environ)) for _ in range(processes)]
        workers[0].tell("make " + " ".join(addresses))
        first = _timed(workers, "poll")
        _expect(database, "SELECT count(*) FROM news_article", _all_entries())
        database.execute("UPDATE news_source SET next_poll_at = now()")
        second = _timed(workers, "poll")
        _expect(database, "SELECT count(*) FROM news_poll WHERE http_status = 304", len(addresses))
        _expect(database, "SELECT count(*) FROM news_poll", 2 * len(addresses))
    return Passes(first, second)


def _floor(database_url: str, addresses: Sequence[str]) -> float:
    import psycopg

    with ExitStack() as stack, psycopg.connect(database_url, autocommit=True) as database:
        database.execute(bench_floor.TABLE)
        command = [sys.executable, str(PROJECT / "tools" / "bench_floor.py"), database_url]
        helpers = [stack.enter_context(_helper(command, os.environ)) for _ in range(2)]
        start = time.perf_counter()
        for number, helper in enumerate(helpers):
            helper.say(" ".join(addresses[number::2]))
        for helper in helpers:
            helper.hear()
        seconds = time.perf_counter() - start
        _expect(database, "SELECT count(*) FROM floor", _all_entries())
    return seconds


def _peer(folder: Path, turn: int, addresses: Sequence[str], workers: int) -> Passes:
    own = folder / f"reader-{turn}"  # with a database of its own, which is empty
    own.mkdir(exist_ok=True)
    told = subprocess.run(
        [str(PEER), str(PROJECT / "tools" / "bench_reader.py"), str(own), str(workers)],
        input="\n".join(addresses),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    if found["entries"] != _all_entries():
        raise RuntimeError(f"reader has {found['entries']} entries")
    return Passes(found["first"], found["second"])


class _Helper:
    """A process that answers each line with a line; the first one says that it is ready."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.hear()

    def say(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} ended with {self.process.wait()}")
        return line.strip()

    def tell(self, words: str) -> str:
        self.say(words)
        return self.hear()


@contextmanager
def _helper(
    command: Sequence[str], environ: "os._Environ[str] | dict[str, str]"
) -> Iterator[_Helper]:
    with subprocess.Popen(
        command, cwd=PROJECT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _Helper(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def _timed(helpers: Sequence[_Helper], words: str) -> float:
    start = time.perf_counter()
    for helper in helpers:
        helper.say(words)
    for helper in helpers:
        helper.hear()
    return time.perf_counter() - start


def _expect(database: "psycopg.Connection", query: str, number: int) -> None:  # type: ignore[name-defined]  # noqa: F821
    (row,) = database.execute(query).fetchall()
    if row[0] != number:
        raise RuntimeError(f"{query}: {row[0]}, not {number}")


def _all_entries() -> int:
    return bench_feeds.FEEDS * bench_feeds.ENTRIES


def work() -> None:
    """One process of ours: what a worker of Celery does when it is told that sources may be due."""
    import django

    django.setup()
    from django.utils import timezone

    from news.feeds import NotAFeed, read_feed
    from news.models import Source
    from news.polling import poll_due

    try:
        read_feed(b"", url="", time_zone="UTC", at=timezone.now())  # has its child started
    except NotAFeed:
        print("ready", flush=True)
    for line in sys.stdin:
        word, *addresses = line.split()
        if word == "make":
            _make_sources(addresses)
        else:
            while Source.objects.due(timezone.now()).exists():
                for _row in poll_due(at=timezone.now()):
                    pass
        print("done", flush=True)


def _make_sources(addresses: Sequence[str]) -> None:
    from events.models import Country
    from news.models import Source

    Country.objects.get_or_create(pk="KR", defaults={"position": 1})
    for number, address in enumerate(addresses):
        Source.objects.create(
            name=f"feed-{number}",
            outlet=f"Feed {number}",
            url=address,
            country_id="KR",
            language="en",
            pause_seconds=0,
        )


def in_words(figures: Figures) -> str:
    """The section of docs/performance.md."""
    two, one = figures.ours[2], figures.ours[1]
    best = figures.best_peer
    peer = figures.peer[best]
    others = ", ".join(
        f"{workers}: {passes.first:.1f} s" for workers, passes in sorted(figures.peer.items())
    )
    return (
        f"{bench_feeds.FEEDS} feeds of {bench_feeds.ENTRIES} entries over {bench_feeds.PORTS} "
        f"ports of the loopback, polled once; {_all_entries():,} entries stored and counted. Feeds "
        f"only, no pages of articles. Medians of {TURNS} turns. Two processes as a worker has "
        f"them, each with its child for parsing: {two.first:.1f} s; one process: "
        f"{one.first:.1f} s. `reader` (update_feeds, search off, its best number of threads, "
        f"{best}): {peer.first:.1f} s ({others}). That is "
        f"{two.first / peer.first:.2f} of its time (wanted: {WANTED_RATIO:.2f} at most), "
        f"{one.first / peer.first:.2f} with one process. The floor (plain sockets, the cheapest "
        f"parser, one INSERT a feed, two processes): {figures.floor:.1f} s.\n\n"
        f"A second pass in which every feed answers 304: {two.second:.1f} s, with one process "
        f"{one.second:.1f} s (wanted: {WANTED_SECOND_PASS} at most); `reader`: {peer.second:.1f} s."
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["worker"]:
        work()
    else:
        print(in_words(measure()))
