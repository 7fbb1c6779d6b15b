"""What a server may do to one fetch, at random or at length; test_faults has each by name."""

from __future__ import annotations

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from news.fetching import FetchFailed, FetchRefused, Limits, fetch
from tests.news.faults import FaultServer
from tests.news.faulty.scripts import FEED, OK, Answer, chain, endless, packed, sent, zeros

QUICK = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.5, most_bytes=200_000)
# For what is to be told by its size or form, however busy the machine is.
PATIENT = Limits(connect_seconds=2, read_seconds=5, total_seconds=10, most_bytes=200_000)
SLACK = 2
MOST_MEMORY = 4_000_000


@pytest.mark.parametrize(
    "answer",
    [
        endless(OK + b"\r\n", b"x" * 8192),
        endless(OK, b"X: " + b"y" * 8192 + b"\r\n"),
        packed("gzip", zeros(30)),
        packed("deflate", zeros(30)[10:]),
    ],
    ids=["body", "head", "gzip", "deflate"],
)
def test_what_is_too_large_is_never_held(server: FaultServer, answer: Answer) -> None:
    server.scripts["/"] = answer
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed, match="larger|too large"):
            fetch(server.url(), limits=PATIENT)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < MOST_MEMORY


def test_a_long_chain_of_redirects_is_not_asked_to_its_end(server: FaultServer) -> None:
    server.scripts |= chain(9)

    with pytest.raises(FetchFailed, match="More than 5"):
        fetch(server.url("/feed"), limits=PATIENT)
    assert len(server.asked) == 6


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
