"""Every way in which a server may be wrong, slow or hostile: the right outcome, in bounded time."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from news.fetching import FetchFailed, FetchRefused, Limits, fetch
from tests.news.faults import RESET, FaultServer, Script

QUICK = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.5, most_bytes=200_000)
# For what is to be told by its size or form, however busy the machine is.
PATIENT = Limits(connect_seconds=2, read_seconds=5, total_seconds=10, most_bytes=200_000)
SLACK = 2
MOST_MEMORY = 4_000_000
FEED = b"<rss version='2.0'><channel><title>x</title></channel></rss>"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"


@pytest.fixture
def server(settings: Any) -> Iterator[FaultServer]:
    settings.ALLOW_LOOPBACK_SOURCES = True
    with FaultServer() as running:
        yield running


def sent(*steps: bytes | float | str) -> Callable[[], Script]:
    return lambda: steps


def endless(head: bytes, piece: bytes, pause: float = 0) -> Callable[[], Script]:
    def script() -> Script:
        yield head
        while True:
            yield piece
            if pause:
                yield pause

    return script


def headed(name: str, value: str, body: bytes = FEED) -> Callable[[], Script]:
    return sent(OK + f"{name}: {value}\r\n\r\n".encode() + body)


def redirect(location: str, status: int = 302) -> Callable[[], Script]:
    return sent(f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\n\r\n".encode())


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


BOMB = gzip.compress(b"\0" * 30_000_000)
MEMBERS = gzip.compress(FEED[:20]) + gzip.compress(FEED[20:])

READ = {
    "body until the end": sent(OK + b"\r\n" + FEED),
    "right length": headed("Content-Length", str(len(FEED))),
    "length told twice": headed("Content-Length", f"{len(FEED)}, {len(FEED)}"),
    "chunks": sent(CHUNKED + b"10\r\n" + FEED[:16] + b"\r\n2b;x=y\r\n" + FEED[16:59]
                   + b"\r\n1\r\n" + FEED[59:] + b"\r\n0\r\n\r\n"),
    "HTTP/1.0": sent(b"HTTP/1.0 200 OK\r\n\r\n" + FEED),
    "continue first": sent(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\n" + FEED),
    "gzip": sent(GZIPPED + gzip.compress(FEED)),
    "gzip byte by byte": lambda: [GZIPPED, *(bytes([one]) for one in gzip.compress(FEED))],
    "gzip in members, filled up": sent(GZIPPED + MEMBERS + b"\0\0\0"),
    "x-gzip": headed("Content-Encoding", "x-gzip", gzip.compress(FEED)),
    "deflate": headed("Content-Encoding", "deflate", zlib.compress(FEED)),
    "bare deflate": headed("Content-Encoding", "deflate", bare_deflate(FEED)),
    "identity": headed("Content-Encoding", "identity"),
    "strange headers": sent(OK + b"Nonsense\r\nX-\xff: \xed\x95\x9c\r\n: \r\n\r\n" + FEED),
}  # fmt: skip

FAILED = {
    "nothing": (sent(), "without an answer"),
    "reset at once": (sent(RESET), "failed"),
    "no HTTP": (sent(b"SSH-2.0-OpenSSH_9.2\r\n"), "failed"),
    "head cut off": (sent(OK + b"Content-Type: text/x"), "without an answer"),
    "head cut off between lines": (sent(OK + b"Content-Type: text/xml\r\n"), "without an answer"),
    "reset in mid-head": (sent(OK, 0.05, RESET), "failed"),
    "status that is no number": (sent(b"HTTP/1.1 OK\r\n\r\n"), "failed"),
    "one long header": (sent(OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n"), "failed|too large"),
    "many headers": (sent(OK + b"X: x\r\n" * 1000 + b"\r\n"), "failed"),
    "large headers": (sent(OK + (b"X: " + b"x" * 9_000 + b"\r\n") * 50 + b"\r\n"), "too large"),
    "endless head": (endless(OK, b"X: y\r\n" * 9), "failed|too large"),
    "endless first line": (endless(b"HTTP/1.1 200 ", b"x" * 9_000), "failed|too large"),
    "endless continue": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50), "too large"),
    "silence": (sent(5.0), "in time"),
    "slow head": (endless(OK, b"X", pause=0.1), "in time"),
    "slow body": (endless(OK + b"\r\n", b".", pause=0.1), "in time"),
    "slow chunks": (endless(CHUNKED, b"1\r\n.\r\n", pause=0.1), "in time"),
    "slow chunk size": (endless(CHUNKED, b"0", pause=0.1), "in time"),
    "silence in mid-body": (sent(OK + b"Content-Length: 9\r\n\r\n1234", 5.0), "in time"),
    "body shorter than told": (headed("Content-Length", "5000"), "failed"),
    "lengths that differ": (headed("Content-Length", "5, 60"), "failed"),
    "length below nothing": (headed("Content-Length", "-5"), "where it ends"),
    "length that is no number": (headed("Content-Length", "many"), "where it ends"),
    "unknown transfer": (headed("Transfer-Encoding", "gzip, chunked"), "where it ends"),
    "reset in mid-body": (sent(OK + b"Content-Length: 5000\r\n\r\n" + FEED, 0.05, RESET), "failed"),
    "reset in a body without length": (sent(OK + b"\r\n" + FEED, 0.05, RESET), "failed"),
    "reset in mid-chunk": (sent(CHUNKED + b"ff\r\nabc", 0.05, RESET), "failed"),
    "chunk cut off": (sent(CHUNKED + b"ff\r\nabc"), "failed"),
    "last chunk missing": (sent(CHUNKED + b"3\r\nabc\r\n"), "failed"),
    "chunk size that is no number": (sent(CHUNKED + b"3\r\nabc\r\nzz\r\nabc\r\n"), "failed"),
    "chunk size below nothing": (sent(CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n"), "failed"),
    "chunk longer than told": (sent(CHUNKED + b"3\r\nabcdefg\r\n0\r\n\r\n"), "failed"),
    "no chunks": (sent(CHUNKED + FEED), "failed"),
    "endless body": (endless(OK + b"\r\n", b"x" * 8192), "larger"),
    "endless chunks": (endless(CHUNKED, b"2000\r\n" + b"x" * 8192 + b"\r\n"), "larger"),
    "length beyond reason": (endless(OK + b"Content-Length: 99999999999\r\n\r\n", FEED), "larger"),
    "gzip bomb": (sent(GZIPPED + BOMB), "larger"),
    "deflate bomb": (
        headed("Content-Encoding", "deflate", zlib.compress(b"\0" * 30_000_000)), "larger"),
    "nested bomb": (headed("Content-Encoding", "gzip, gzip", gzip.compress(BOMB)), "than once"),
    "many packings": (headed("Content-Encoding", ", ".join(["gzip"] * 500)), "than once"),
    "endless empty members": (endless(GZIPPED, gzip.compress(b"") * 400), "larger"),
    "brotli": (headed("Content-Encoding", "br"), "not asked for"),
    "unknown packing": (headed("Content-Encoding", "aes128gcm"), "not asked for"),
    "gzip that is none": (headed("Content-Encoding", "gzip"), "not packed as it says"),
    "deflate that is none": (headed("Content-Encoding", "deflate"), "not packed as it says"),
    "gzip cut off": (sent(GZIPPED + gzip.compress(FEED)[:-6]), "not packed as it says"),
    "gzip with a wrong sum": (
        sent(GZIPPED + gzip.compress(FEED)[:-8] + b"\0" * 8), "not packed as it says"),
    "gzip and then text": (sent(GZIPPED + gzip.compress(FEED) + FEED), "not packed as it says"),
    "second member cut off": (sent(GZIPPED + MEMBERS[:-9]), "not packed as it says"),
    "redirects in a circle": (redirect("/"), "circle"),
}  # fmt: skip

REFUSED = {
    "to a file": "file:///etc/passwd",
    "to another scheme": "ftp://example.org/feed",
    "to a script": "javascript:alert(1)",
    "to data": "data:text/xml,<rss/>",
    "to metadata": "http://169.254.169.254/latest/meta-data/",
    "to a private network": "http://10.0.0.1/",
    "to a private network, without scheme": "//192.168.0.1/",
    "to a mapped address": "http://[::ffff:10.0.0.1]/",
    "to an address as one number": "http://2852039166/",
    "to a password": "http://name:secret@example.org/",
    "to half an address": "http://[::1",
    "to a port of mail": "http://93.184.215.14:25/",
    "to far too long an address": "/" + "x" * 10_000,
}


@pytest.mark.parametrize("name", READ)
def test_what_is_whole_is_read(server: FaultServer, name: str) -> None:
    server.scripts["/"] = READ[name]

    answer = fetch(server.url(), limits=PATIENT)

    assert (answer.status, answer.body) == (200, FEED)


@pytest.mark.parametrize("name", FAILED)
def test_a_fault_is_told_in_bounded_time_and_memory(server: FaultServer, name: str) -> None:
    server.scripts["/"], reason = FAILED[name]
    limits = QUICK if reason == "in time" else PATIENT
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(FetchFailed, match=reason):
            fetch(server.url(), limits=limits)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert time.monotonic() - began < limits.total_seconds + SLACK
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("name", REFUSED)
def test_a_redirect_leads_nowhere_that_is_not_the_web(server: FaultServer, name: str) -> None:
    server.scripts["/"] = redirect(REFUSED[name])

    with pytest.raises(FetchRefused):
        fetch(server.url(), limits=PATIENT)


@pytest.mark.parametrize(
    "status", [204, 206, 300, 304, 400, 401, 403, 404, 410, 429, 500, 503, 599]
)
def test_a_status_is_an_answer(server: FaultServer, status: int) -> None:
    server.scripts["/"] = sent(f"HTTP/1.1 {status} So\r\nETag: x\r\n\r\n".encode() + FEED)

    answer = fetch(server.url(), limits=PATIENT)

    assert (answer.status, answer.etag) == (status, "x")
    assert answer.body == (b"" if status in (204, 304) else FEED)


def test_a_redirect_without_an_address_is_an_answer(server: FaultServer) -> None:
    server.scripts["/"] = sent(b"HTTP/1.1 302 Found\r\n\r\n" + FEED)

    assert fetch(server.url(), limits=PATIENT).status == 302


def test_a_long_chain_of_redirects_ends(server: FaultServer) -> None:
    for step in range(9):
        server.scripts[f"/{step}"] = redirect(f"/{step + 1}")

    with pytest.raises(FetchFailed, match="More than 5"):
        fetch(server.url("/0"), limits=PATIENT)
    assert len(server.asked) == 6


def test_slow_redirects_share_one_deadline(server: FaultServer) -> None:
    numbers = itertools.count(1)
    for step in range(9):
        server.scripts[f"/{step}"] = lambda: [0.2, *redirect(f"/{next(numbers)}")()]
    began = time.monotonic()

    with pytest.raises(FetchFailed, match="in time"):
        fetch(server.url("/0"), limits=QUICK)
    assert time.monotonic() - began < QUICK.total_seconds + SLACK


def test_a_server_that_does_not_finish_its_tls_greeting_is_left(server: FaultServer) -> None:
    began = time.monotonic()

    with pytest.raises(FetchFailed):
        fetch(server.url("/", scheme="https"), limits=QUICK)
    assert time.monotonic() - began < QUICK.total_seconds + SLACK


@pytest.mark.parametrize(
    "header",
    [b"ETag: a\x00b", b"ETag: " + b"x" * 400, b"ETag:", b"ETag: \xad"],
)
def test_a_validator_that_cannot_be_sent_back_is_dropped(
    server: FaultServer, header: bytes
) -> None:
    server.scripts["/"] = sent(OK + header + b"\r\n\r\n" + FEED)

    assert fetch(server.url(), limits=PATIENT).etag == ""


HEADERS = st.lists(
    st.sampled_from(
        [b"Content-Length: 5", b"Content-Length: x", b"Transfer-Encoding: chunked", b"\xff: \xfe",
         b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Location: http://[",
         b"Location: /\x00", b"Retry-After: \xb2", b"Expires: Sun, 99 Nov 0000", b" folded"]
    )
)  # fmt: skip


@effort(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 301 x", b"HTTP/1.1 99 x", b"HTTP/2 200"]),
    headers=HEADERS,
    rest=st.binary(max_size=60),
)
def test_whatever_a_server_sends_nothing_else_escapes(
    server: FaultServer, start: bytes, headers: list[bytes], rest: bytes
) -> None:
    server.scripts["/"] = sent(b"\r\n".join([start, *headers, b"", rest]))

    with contextlib.suppress(FetchFailed, FetchRefused):
        fetch(server.url(), limits=QUICK)
