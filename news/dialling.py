"""Connections to addresses that were checked, on which no single wait outlasts the whole fetch.

urllib3's time-outs count anew for each byte that arrives: a server that sends one byte of its head
per second is within them for ever. These sockets look at the clock before every read.
"""

from __future__ import annotations

import functools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from ipaddress import ip_address
from typing import Any

from urllib3.connection import HTTPConnection

from news.addresses import Target

MOST_HEAD_BYTES = 128 * 1024

Resolve = Callable[[str, int], Sequence[str]]


class NotFound(OSError):
    """The host name has no address."""


class NoConnection(OSError):
    """No address of the host took a connection."""


class HeadTooLarge(OSError):
    """The headers of the answer do not end."""


class HeadCutOff(OSError):
    """The connection ended before the headers of the answer did."""


class BodyTooLarge(OSError):
    """What follows the headers does not end: the body, or what frames it."""


@dataclass(slots=True)
class Budget:
    """What is left of a fetch: seconds until `ends`, and bytes of the head or of what follows."""

    ends: float
    read_seconds: float
    left: int = MOST_HEAD_BYTES
    is_head: bool = True

    def seconds(self, most: float | None = None) -> float:
        """How long the next wait may be. Raises TimeoutError when nothing is left."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self.read_seconds if most is None else most)

    def received(self, count: int) -> int:
        """Note bytes that came in, 0 being the end of the connection; returns their count."""
        # http.client would take an end inside the head for the end of the head.
        if self.is_head and not count:
            raise HeadCutOff
        self.left -= count
        if self.left < 0:
            raise HeadTooLarge if self.is_head else BodyTooLarge
        return count

    def head_is_over(self, most: int) -> None:
        """From here on `most` bytes may come, with all that frames the body."""
        self.is_head, self.left = False, most


class _Answer(HTTPResponse):
    """An answer whose forerunners are passed over: 100 Continue, as usual, and 103 Early Hints."""

    def _read_status(self) -> tuple[str, int, str]:
        told: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
        while 101 < told[1] < 200:
            while self.fp.readline().strip():
                pass  # the budget of the head ends this
            told = super()._read_status()  # type: ignore[misc]
        return told


class _PlainSocket(socket.socket):
    budget: Budget

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.budget.seconds())
        return self.budget.received(super().recv_into(buffer, nbytes, flags))


class _TlsSocket(ssl.SSLSocket):
    budget: Budget

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.budget.seconds())
        return self.budget.received(super().recv_into(buffer, nbytes, flags))


def addresses_of(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host name, in the order of the system's preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_within(budget: Budget, resolve: Resolve, target: Target) -> list[str]:
    """The IP addresses of a host; one that is written as an IP address is its own answer.

    Raises as `resolve_within` does.
    """
    try:
        return [str(ip_address(target.host))]
    except ValueError:
        return list(resolve_within(budget.seconds(), resolve, target))


def resolve_within(seconds: float, resolve: Resolve, target: Target) -> Sequence[str]:
    """The IP addresses of a host. Raises NotFound, and TimeoutError after `seconds`.

    The system's resolver knows no time limit of ours, so a thread waits for it.
    """
    answers: list[str] = []
    problems: list[Exception] = []

    def ask() -> None:
        try:
            answers.extend(resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            problems.append(error)

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    try:
        asking.start()
    except RuntimeError as error:
        raise OSError("no thread is left to ask with") from error
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError
    if not answers:
        raise NotFound(target.host) from (problems[0] if problems else None)
    return answers


def dial(
    target: Target, addresses: Sequence[str], budget: Budget, connect_seconds: float
) -> HTTPConnection:
    """A connection to the first address that takes one; TLS speaks to the host by its name.

    Raises NoConnection, TimeoutError and ssl.SSLError.
    """
    sock: _PlainSocket | _TlsSocket = _first(addresses, target.port, budget, connect_seconds)
    try:
        sock.settimeout(budget.seconds())
        if target.is_https:
            sock = _wrapped(sock, target.host)
            sock.budget = budget
        connection = HTTPConnection(target.host, target.port, timeout=budget.seconds())
    except BaseException:
        sock.close()
        raise
    connection.sock = sock
    connection.response_class = _Answer
    connection.auto_open = 0  # a lost connection must not be dialled anew by name
    return connection


def _wrapped(sock: socket.socket, host: str) -> _TlsSocket:
    secure = trusted().wrap_socket(sock, server_hostname=host)
    assert isinstance(secure, _TlsSocket)
    return secure


@functools.cache
def trusted() -> ssl.SSLContext:
    """The system's certificate authorities, with the host's name checked; loaded once."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TlsSocket
    return context


def _first(
    addresses: Sequence[str], port: int, budget: Budget, connect_seconds: float
) -> _PlainSocket:
    problem: OSError | None = None
    for address in addresses:
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        try:
            return _connected(family, (address, port), budget, connect_seconds)
        except OSError as error:
            problem = error
    raise NoConnection(str(addresses)) from problem


def _connected(
    family: socket.AddressFamily, place: tuple[str, int], budget: Budget, connect_seconds: float
) -> _PlainSocket:
    sock = _PlainSocket(family, socket.SOCK_STREAM)
    try:
        sock.budget = budget
        sock.settimeout(budget.seconds(connect_seconds))
        sock.connect(place)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock
