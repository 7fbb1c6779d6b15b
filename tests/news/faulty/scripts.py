"""How the faults are put together: heads, bodies, and what a connection sends when."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.news.faults import Script

Answer = Callable[[], Script]
Pages = dict[str, Answer]

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
SITE = "https://news.example.org"
DAY = "Mon, 01 Jun 2026 09:00:00 +0900"


def item(path: str, title: str, inside: str = "") -> str:
    return f"<item><title>{title}</title><link>{SITE}{path}</link>{inside}</item>"


def rss(*items: str, head: str = '<?xml version="1.0"?>', about: str = "") -> str:
    return (
        f"{head}<rss version='2.0'><channel><title>x</title>{about}{''.join(items)}</channel></rss>"
    )


# What most servers of the tables offer, whole or in part.
CALL, RAIN = "Leaders speak by phone", "Rain expected"
OFFERED = [CALL, RAIN]
FEED = rss(
    item("/call", CALL, f"<guid>{SITE}/call</guid><pubDate>{DAY}</pubDate>"),
    item("/rain", RAIN, f"<guid>{SITE}/rain</guid><pubDate>{DAY}</pubDate>"),
).encode()


def sent(*steps: bytes | float | str) -> Answer:
    return lambda: steps


def endless(head: bytes, piece: bytes, pause: float = 0) -> Answer:
    def script() -> Script:
        yield head
        while True:
            yield piece
            if pause:
                yield pause

    return script


def headed(*lines: str, body: bytes = FEED) -> Answer:
    """An answer 200 with these header lines."""
    return sent(OK + "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body)


def packed(encoding: str, body: bytes) -> Answer:
    return headed(f"Content-Encoding: {encoding}", body=body)


def status(code: int, *lines: str, body: bytes = FEED) -> Answer:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {code} So", *lines, ""))
    return sent(head.encode("latin-1") + body)


def redirect(location: str, code: int = 302) -> Answer:
    return sent(f"HTTP/1.1 {code} Moved\r\nLocation: {location}\r\n\r\n".encode())


def chain(length: int, code: int = 302) -> Pages:
    """Redirects, so many, and the feed behind them."""
    steps = {f"/{step}": redirect(f"/{step + 1}", code) for step in range(1, length)}
    end = {f"/{length}": headed()}
    return {"/feed": redirect("/1", code), **steps, **end}


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zeros(megabytes: int) -> bytes:
    """That many megabytes of nothing as one deflate stream, made without holding them."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    one = bytes(1024 * 1024)
    return b"".join(packer.compress(one) for _ in range(megabytes)) + packer.flush()


MEMBERS = gzip.compress(FEED[:20]) + gzip.compress(FEED[20:])


@dataclass(frozen=True)
class Fault:
    """What a server sends for /feed (or for several paths), and what a poll must make of it.

    `says` is part of the reason that is shown; `stored` are the titles of the articles. `is_slow`:
    waiting is the fault, so that the test gives it little time. `wait` is the time until the next
    poll in seconds where the server asks for one.
    """

    name: str
    answer: Answer | Pages
    outcome: str = "UNREACHABLE"
    says: str = ""
    stored: list[str] = field(default_factory=list)
    is_slow: bool = False
    wait: tuple[int, int] | None = None

    @property
    def pages(self) -> Pages:
        return self.answer if isinstance(self.answer, dict) else {"/feed": self.answer}


def read(name: str, answer: Answer | Pages) -> Fault:
    """A fault that costs nothing: what is offered is stored."""
    return Fault(name, answer, "NEW", stored=OFFERED)
