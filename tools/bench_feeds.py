"""The feeds of the ingest bench, served from memory by a process of their own.

`python tools/bench_feeds.py` prints its ports as JSON and serves until its input ends. The words
are those of the curated record; the feeds are made up.
"""

import asyncio
import csv
import json
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from itertools import count, cycle, islice
from pathlib import Path

FEEDS, ENTRIES, PORTS = 200, 50, 20
RECORD = Path(__file__).resolve().parent.parent / "events" / "record" / "events.csv"
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def paths_of(port_number: int) -> list[str]:
    """The feeds that one of the ports serves."""
    return [f"/feed/{number}" for number in range(port_number, FEEDS, PORTS)]


def feeds() -> dict[str, bytes]:
    """The bytes of each feed by its path: RSS 2.0 with a summary in HTML, some 30 KB."""
    with RECORD.open(encoding="utf-8", newline="") as file:
        rows = [(row["title_en"], row["summary_en"]) for row in csv.DictReader(file)]
    told, numbers = cycle(rows), count()
    return {
        f"/feed/{number}": _rss(number, [(next(numbers), *row) for row in islice(told, ENTRIES)])
        for number in range(FEEDS)
    }


def _rss(feed: int, rows: list[tuple[int, str, str]]) -> bytes:
    items = "".join(
        f"<item><title>{escape(title)}</title>"
        f"<link>https://news{feed}.example.org/{number}</link>"
        f'<guid isPermaLink="false">entry-{number}</guid>'
        f"<pubDate>{format_datetime(_FIRST + timedelta(minutes=number))}</pubDate>"
        f"<category>politics</category>"
        f"<description>{escape(f'<p>{summary}</p><p><b>{title}</b></p>')}</description></item>"
        for number, title, summary in rows
    )
    channel = f"<channel><title>Feed {feed}</title><link>https://news{feed}.example.org/</link>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}{items}</channel></rss>'.encode()


class _Server(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, tuple[bytes, bytes, bytes]]) -> None:
        self.answers = answers
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while b"\r\n\r\n" in self.heard:
            head, _, self.heard = self.heard.partition(b"\r\n\r\n")
            tag, whole, same = self.answers[head.split(b" ", 2)[1]]
            self.transport.write(same if tag in head else whole)
            if b"connection: close" in head.lower():
                self.transport.close()


def _answers() -> dict[bytes, tuple[bytes, bytes, bytes]]:
    """By path: the validator, the whole answer, and the one to who has it."""
    told = {}
    for path, body in feeds().items():
        tag = f'"{sha256(body).hexdigest()[:16]}"'.encode()
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %b\r\n"
        whole += b"Content-Length: %d\r\n\r\n%b"
        same = b"HTTP/1.1 304 Not Modified\r\nETag: %b\r\n\r\n" % tag
        told[path.encode()] = (tag, whole % (tag, len(body), body), same)
    return told


async def _serve() -> None:
    answers, loop = _answers(), asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: _Server(answers), "127.0.0.1", 0) for _ in range(PORTS)
    ]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
