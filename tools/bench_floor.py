"""The least that reading the bench's feeds can cost: sockets, the cheapest parser, one INSERT each.

`python tools/bench_floor.py DATABASE_URL`: waits for a line of addresses on its input, reads them
all, and prints the number of entries stored. No check, no limit, no time zone, no text cleaned.
"""

import socket
import sys
from urllib.parse import urlsplit
from xml.etree import ElementTree

import psycopg

TABLE = "CREATE TABLE IF NOT EXISTS floor (url text PRIMARY KEY, guid text, title text, at text)"
_STORE = "INSERT INTO floor SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])"
_FIELDS = ("link", "guid", "title", "pubDate")


def main(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        print("ready", flush=True)
        stored = 0
        for address in sys.stdin.readline().split():
            items = list(ElementTree.fromstring(_get(address)).iter("item"))
            rows = [[item.findtext(name) for item in items] for name in _FIELDS]
            stored += connection.execute(_STORE, rows).rowcount
            connection.commit()
    print(stored, flush=True)


def _get(address: str) -> bytes:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port)) as client:
        head = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
        client.sendall(head.encode())
        pieces = []
        while piece := client.recv(65536):
            pieces.append(piece)
    return b"".join(pieces).partition(b"\r\n\r\n")[2]


if __name__ == "__main__":
    main(sys.argv[1])
