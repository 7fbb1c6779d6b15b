"""A real web server on loopback whose pages a test sets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Page:
    """What one address answers. `pieces` are sent one by one with `pause` seconds between."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    pieces: Iterable[bytes] = ()
    pause: float = 0


class Web:
    """A context manager; `pages` maps a path to a Page, `requests` lists what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.requests.append((self.path, dict(self.headers)))
                web.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> Web:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path."""
        return [headers for asked, headers in self.requests if asked == path]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(handler.path, Page(status=404, body=b"nothing here"))
        try:
            if page.etag and handler.headers.get("If-None-Match") == page.etag:
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(page.status)
            handler.send_header("Content-Type", page.content_type)
            for name, value in page.headers.items():
                handler.send_header(name, value)
            if page.etag:
                handler.send_header("ETag", page.etag)
            handler.end_headers()
            handler.wfile.write(page.body)
            for piece in page.pieces:
                time.sleep(page.pause)
                handler.wfile.write(piece)
        except OSError:
            pass  # the reader has had enough


ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body>
<nav><a href="/">Home</a> <a href="/politics">Politics</a></nav>
<article><h1>{title}</h1>{paragraphs}</article>
<footer>All rights reserved.</footer></body></html>"""


def article_page(title: str, *paragraphs: str) -> Page:
    """A page as newspapers make them, with its text in an article element."""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Page(ARTICLE.format(title=title, paragraphs=inner).encode())


def rss(*items: tuple[str, str, str]) -> Page:
    """An RSS feed of items: address, title, time of publication."""
    entries = "".join(
        f"<item><link>{link}</link><guid>{link}</guid><title>{title}</title>"
        f"<pubDate>{published}</pubDate></item>"
        for link, title, published in items
    )
    channel = f"<channel><title>x</title>{entries}</channel>"
    body = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    return Page(body.encode(), content_type="application/rss+xml")
