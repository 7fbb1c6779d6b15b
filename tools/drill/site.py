"""The drill's web server on loopback: feeds that move on, over several ports."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tools.drill.entries import Entry, Feed, as_page, as_rss, window

PORTS = 10


class Site:
    """A context manager. Each port is a host of its own, with two feeds.

    `asked` counts requests by path, `most_at_once` those that one port had to answer together.
    """

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self.feeds = {feed.path: feed for feed in feeds}
        self.pages: dict[str, tuple[Entry, str]] = {
            entry.path: (entry, feed.language) for feed in feeds for entry in feed.entries
        }
        self.asked: Counter[str] = Counter()
        self.most_at_once = 0
        self._under_way: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._began = self._seconds = 0.0
        self._servers = [
            ThreadingHTTPServer(("127.0.0.1", 0), self._handler()) for _ in range(PORTS)
        ]

    def __enter__(self) -> "Site":
        self._threads = [
            threading.Thread(target=s.serve_forever, args=(0.1,)) for s in self._servers
        ]
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.daemon_threads = True
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()

    def address(self, feed: Feed) -> str:
        """Where the feed can be read."""
        number = list(self.feeds).index(feed.path) % PORTS
        return f"http://127.0.0.1:{self._servers[number].server_port}{feed.path}"

    def rotate(self, seconds: float) -> None:
        """Begin to move all feeds on, from their first entries to their last in so many seconds."""
        self._began, self._seconds = time.monotonic(), seconds

    def is_rotating(self) -> bool:
        """Whether the last entries are not all shown yet."""
        return time.monotonic() < self._began + self._seconds

    def answer(self, path: str, site: str) -> tuple[str, str, bytes] | None:
        """Content type, validator and body of an address; None if there is nothing."""
        if feed := self.feeds.get(path):
            passed = time.monotonic() - self._began
            shown = window(feed, passed / self._seconds if self._seconds else 0)
            return "application/rss+xml", f'"{shown[0].path}"', as_rss(feed, shown, site)
        if path in self.pages:
            entry, language = self.pages[path]
            return "text/html; charset=utf-8", f'"{path}"', as_page(entry, language)
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                port = self.server.server_address[1]
                with site._lock:
                    site.asked[self.path] += 1
                    site._under_way[port] += 1
                    site.most_at_once = max(site.most_at_once, site._under_way[port])
                try:
                    self._answer(site.answer(self.path, f"http://127.0.0.1:{port}"))
                except OSError:
                    pass  # the reader was killed
                finally:
                    with site._lock:
                        site._under_way[port] -= 1

            def _answer(self, told: tuple[str, str, bytes] | None) -> None:
                kind, tag, body = told or ("text/plain", "", b"nothing here")
                is_same = tag and self.headers.get("If-None-Match") == tag
                self.send_response(304 if is_same else 200 if told else 404)
                if tag:
                    self.send_header("ETag", tag)
                if not is_same:
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if not is_same:
                    self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
