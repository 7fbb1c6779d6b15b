"""No test, and no Python that a test starts, speaks to another machine: not even to ask for a name.

pytest-socket guards connect() in the tests' own process. This is told of every way out by Python
itself, and is loaded by each Python whose PYTHONPATH has this folder (tests/environment.py).
"""

import ipaddress
import socket
import sys
from typing import Any

_LOCAL_NAMES = {"", "localhost", "0.0.0.0", "::"}  # noqa: S104 - to listen on, or for "any"


class SpeaksToOthers(RuntimeError):
    """A test wanted to speak to another machine."""


def is_local(host: object) -> bool:
    """Whether reaching a host needs nobody but this machine."""
    if not isinstance(host, str | bytes):
        return host is None
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    try:
        return name in _LOCAL_NAMES or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_number(host: object) -> bool:
    """Whether a host is an address in some form already, so that no server is asked for it."""
    try:
        socket.inet_aton(host if isinstance(host, str) else "")
    except OSError:
        return isinstance(host, str) and ":" in host
    return True


def refuse(event: str, told: tuple[Any, ...]) -> None:
    """The audit hook."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        # A socket of the system has a path for an address; a connected one sends without any.
        leaves = isinstance(told[1], tuple) and not is_local(told[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        leaves = not is_local(told[0]) and not _is_number(told[0])
    else:
        return
    if leaves:
        raise SpeaksToOthers(f"{event} {told}")


sys.addaudithook(refuse)
