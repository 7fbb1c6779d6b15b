"""`make bench`: what a page of the timeline costs as the record grows.

Run in a throw-away PostgreSQL, in one process and without its network: the whole page with every
facet, as a reader without JavaScript gets it. Beside each stands the raw SQL of the same rows.
Times differ between machines; ratios of one run can be compared. Writes docs/performance.md.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

import bench_following  # noqa: E402
import bench_ingest  # noqa: E402
import bench_memory  # noqa: E402
import bench_peer  # noqa: E402

SIZES = [int(size) for size in os.environ.get("SIZES", "1000 10000 100000").split()]
REPORT = PROJECT / "docs" / "performance.md"
PEER_SIZE = 10_000
BUDGET_MS = 40
MOST_GROWTH = 3
ROUNDS = 21

PAGES: list[tuple[str, list[tuple[str, str]]]] = [
    ("no filter", []),
    ("no filter, half-way down", [("from", "middle")]),
    ("one topic", [("topic", "security")]),
    ("topic and country", [("topic", "history"), ("country", "KR")]),
    ("a leader of the 1960s", [("leader", "park-chung-hee")]),
    ("two leaders of the 1960s", [("leader", "park-chung-hee"), ("with", "sato-eisaku")]),
    ("dates", [("from", "1990-03-05"), ("to", "2001-06")]),
    ("oldest first", [("order", "oldest")]),
]
SEARCHES = ["위안부", "독도", "竹島", "首脳会談", "export controls"]


@dataclass(frozen=True)
class Figure:
    """The median of one page, and of the raw SQL of its rows, in milliseconds."""

    page: float
    """Made anew each time: no whole page is kept from one to the next."""
    rows: float
    number: int


@contextmanager
def bench_database() -> Iterator[None]:
    """Settings of a throw-away server with an empty database whose name ends in _bench."""
    import psycopg

    from diplomacy import embedded

    with tempfile.TemporaryDirectory(prefix="record-bench-", dir="/tmp") as folder:
        places = embedded.Places(data=Path(folder), sockets=Path(folder) / "s")
        with embedded.servers(places, throwaway=True):
            with psycopg.connect(embedded.postgres_url(places.sockets), autocommit=True) as server:
                server.execute("CREATE DATABASE record_bench")
            os.environ |= {
                "DATABASE_URL": embedded.postgres_url(places.sockets, "record_bench"),
                "REDIS_URL": f"unix://{places.valkey_socket}",
                "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
                "DEBUG": "0",
                "INSECURE_HTTP": "1",
                "HASHED_STATIC_FILES": "0",
                "LOG_LEVEL": "CRITICAL",
            }
            yield


def median_ms(act: Callable[[], object], *, forget: bool = True) -> float:
    act()
    times = []
    for _ in range(ROUNDS):
        if forget:
            forget_pages()
        start = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def forget_pages() -> None:
    from events import standing

    if standing._held is not None:
        standing._held[1].pages.clear()


def forget_searches() -> None:
    from events import standing

    if standing._held is not None:
        standing._held[1].searches.clear()


def measure() -> dict[str, Figure]:
    """Each page's figure on the record as it stands."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment, teardown_test_environment

    from events.models import Event

    client = Client(headers={"host": "127.0.0.1"})
    found = {}
    for name, query in asked_pages():
        address = f"/en/timeline/?{urlencode(query)}"
        setup_test_environment()  # for one look at what the page is made of
        response = client.get(address)
        teardown_test_environment()
        assert response.status_code == 200, (name, response.status_code)
        page = response.context["page"]
        sql = str(Event.objects.filter(pk__in=page.ids or [0]).newest_first().query)

        def rows(sql: str = sql) -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        found[name] = Figure(
            median_ms(lambda address=address: client.get(address)),  # type: ignore[misc]
            median_ms(rows),
            response.context["total"],
        )
    return found


def asked_pages() -> list[tuple[str, list[tuple[str, str]]]]:
    pages = [
        (name, [(key, value) for key, value in query if value != "middle"])
        if ("from", "middle") not in query
        else (name, [("after", cursor_of_the_middle())])
        for name, query in PAGES
    ]
    return [*pages, *((f"search for {words}", [("q", words)]) for words in SEARCHES)]


def cursor_of_the_middle() -> str:
    from events.models import Event
    from events.timeline import Position, make_cursor

    visible = Event.objects.visible()
    middle = visible.newest_first()[visible.count() // 2]
    position = Position(middle.starts_on, middle.coarseness, middle.pk)
    return make_cursor(position, order="newest", choices=[])


def wrong_hits() -> dict[str, tuple[int, int]]:
    """For each search: rows that a scan of the texts finds and it does not, and the other way."""
    from django.db.models import Q

    from events import search
    from events.models import Event

    # Nobody and no place is called so; a topic is.
    texts_of_an_event = ("title", "summary", "topics__name")
    columns = [f"{name}_{code}" for name in texts_of_an_event for code in ("en", "ko", "ja")]
    wrong = {}
    for words in SEARCHES:
        texts = Q()
        for column in columns:
            texts |= Q(**{f"{column}__icontains": words})
        synthetic = Event.objects.filter(slug__startswith="synthetic-")
        scanned = set(synthetic.filter(texts).values_list("pk", flat=True))
        ours = set(search.matching(synthetic, words).values_list("pk", flat=True))
        wrong[words] = (len(scanned - ours), len(ours - scanned))
    return wrong


@dataclass
class Results:
    """What one run found."""

    by_size: dict[int, dict[str, Figure]]
    unread: float = 0
    """Milliseconds of a page of which no entry was rendered before, at the largest size."""
    kept: float = 0
    """Of a page that was read since the last change."""
    first_searches: dict[str, float] = field(default_factory=dict)
    rates: bench_peer.Rates | None = None
    wrong: dict[str, tuple[int, int]] = field(default_factory=dict)
    memory: bench_memory.Figures | None = None
    following: bench_following.Figures | None = None
    polling: bench_ingest.Figures | None = None


def milliseconds_of_unread_pages() -> float:
    """The median of pages each fifty entries below the one before."""
    from django.test import Client

    client, address, times = Client(headers={"host": "127.0.0.1"}), "/en/timeline/?kind=call", []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        page = client.get(address).content.decode()
        times.append(1000 * (time.perf_counter() - start))
        found = re.search(r'id="more-link"[^>]* href="([^"]+)"', page)
        assert found, "the made-up record has fewer calls than this run has pages"
        address = found[1].replace("&amp;", "&")
    return statistics.median(times)


def milliseconds_of_new_searches() -> dict[str, float]:
    """Of a page whose search nobody has made since the last change: PostgreSQL finds the words."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})

    def search(words: str) -> None:
        forget_searches()
        client.get(f"/en/timeline/?{urlencode({'q': words})}")

    return {words: median_ms(partial(search, words)) for words in SEARCHES}


def milliseconds_of_a_kept_page() -> float:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    return median_ms(lambda: client.get("/en/timeline/?topic=security"), forget=False)


def report(results: Results) -> str:
    by_size = results.by_size
    first, last = min(by_size), max(by_size)
    head = " | ".join(f"{size:,} events" for size in by_size)
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; do not edit. " + f"{datetime.now(UTC):%Y-%m-%d}, "
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}. Times differ between machines; "
        "ratios of one run can be compared.",
        "",
        "Median server time of a whole timeline page in milliseconds: all facets, the strip of "
        "years and fifty entries, in one process. No page is kept from one round to the next; "
        "entries are, and what a search has found. “Growth” is the largest record's time over the "
        "smallest's. “Over SQL” is the page's time over that of the bare rows fetched by id, at "
        "the largest size. The curated record is there beside the made-up events.",
        "",
        f"| page | {head} | growth | over SQL | events found |",
        "|---|" + "---:|" * (len(by_size) + 3),
    ]
    for name, figure in by_size[last].items():
        times = " | ".join(f"{figures[name].page:.1f}" for figures in by_size.values())
        growth = figure.page / by_size[first][name].page
        over = figure.page / figure.rows
        lines.append(f"| {name} | {times} | {growth:.1f} | {over:.0f} | {figure.number:,} |")
    slowest = max(by_size[last].values(), key=lambda figure: figure.page).page
    widest = max(by_size[last][name].page / by_size[first][name].page for name in by_size[last])
    lines += [
        "",
        f"Slowest page at {last:,} events: {slowest:.1f} ms (wanted: {BUDGET_MS} at most). "
        f"Largest growth: {widest:.1f} (wanted: {MOST_GROWTH} at most).",
        "",
        f"Pages of which no entry was read before, each fifty entries below the last, at {last:,} "
        f"events: {results.unread:.1f} ms. A page that was read since the last change: "
        f"{results.kept:.1f} ms.",
        "",
        "A search that nobody has made since the last change: "
        + "; ".join(f"{words} {figure:.0f} ms" for words, figure in results.first_searches.items())
        + ".",
        "",
        "Searches checked against a scan of titles, summaries and topics of the made-up events: "
        + "; ".join(
            f"{words}: {no} missed, {more} too many" for words, (no, more) in results.wrong.items()
        )
        + ".",
        "",
    ]
    return "\n".join([*lines, *beside_peers(results)])


def beside_peers(results: Results) -> list[str]:
    lines = []
    if results.rates is not None:
        lines += ["## Beside Datasette", "", in_words(results.rates), ""]
    if results.memory is not None:
        events = max(figure.number for figure in results.by_size[max(results.by_size)].values())
        lines += ["## Memory of an export", "", bench_memory.in_words(results.memory, events), ""]
    if results.following is not None:
        lines += ["## Followers", "", bench_following.in_words(results.following), ""]
    if results.polling is not None:
        lines += ["## Polling, beside reader", "", bench_ingest.in_words(results.polling), ""]
    return lines


def in_words(rates: bench_peer.Rates) -> str:
    return (
        f"A timeline page with one topic and all facets, {PEER_SIZE:,} events, "
        f"{bench_peer.CLIENTS} clients at once over HTTP, on the same two cores. As deployed "
        f"(granian, {bench_peer.WORKERS} workers, pages kept until something changes): "
        f"{rates.ours:.0f} answers a second; with every page made anew: {rates.anew:.0f}. "
        "Datasette on the same rows, the same filter and four facets (one process, its own "
        f"threads): {rates.theirs:.1f}. That is {rates.ours / rates.theirs:.0f} times as many, "
        f"{rates.ours / rates.theirs / bench_peer.WORKERS:.0f} times by process; made anew, "
        f"{rates.anew / rates.theirs:.0f} and "
        f"{rates.anew / rates.theirs / bench_peer.WORKERS:.0f} times."
    )


def main() -> int:
    with bench_database():
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_record", stdout=open(os.devnull, "w"))  # noqa: SIM115
        results = Results({})
        for size in SIZES:
            call_command("generate_events", count=size, seed=1)
            results.by_size[size] = measure()
            if size == PEER_SIZE:
                results.rates = bench_peer.measure()
        results.unread = milliseconds_of_unread_pages()
        results.kept = milliseconds_of_a_kept_page()
        results.first_searches = milliseconds_of_new_searches()
        results.wrong = wrong_hits()
        results.memory = bench_memory.measure()
        # Last: it changes the record.
        results.following = bench_following.measure()
        connection.close()
    results.polling = bench_ingest.measure()
    text = report(results)
    REPORT.write_text(text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
