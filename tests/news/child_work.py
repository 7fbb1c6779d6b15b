"""What a test has its child do."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from news.parsing import Unreadable


def echo(body: bytes, **told: Any) -> dict[str, Any]:
    return {"body": body.decode(), "pid": os.getpid(), **told}


def environment(body: bytes) -> dict[str, Any]:
    return {"names": sorted(os.environ), "modules": sorted(__import__("sys").modules)}


def sleep(body: bytes) -> None:
    time.sleep(60)


def spin(body: bytes) -> None:
    while True:
        pass


def fill(body: bytes) -> int:
    return len(b"x" * (1 << 40))


def keep(body: bytes) -> int:
    """What one document leaves behind in the child."""
    kept.append(bytearray(80 * 1024 * 1024))
    return len(kept)


def die(body: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(body: bytes) -> None:
    os.abort()


def fail(body: bytes) -> None:
    raise ZeroDivisionError("by zero")


def refuse(body: bytes) -> None:
    raise Unreadable("empty")


def chatter(body: bytes) -> str:
    print("stray words")
    os.write(1, b"stray bytes")
    return "said"


def forbidden(body: bytes, what: str, path: str, port: int) -> None:
    """Try what a document that took over its parser would try."""
    tries = {
        "write": lambda: Path(path).write_bytes(b"x"),
        "append": lambda: os.open(path, os.O_WRONLY | os.O_APPEND),
        "remove": lambda: os.remove(path),
        "rename": lambda: os.rename(path, f"{path}2"),
        "connect": lambda: socket.create_connection(("127.0.0.1", port)),
        "resolve": lambda: socket.getaddrinfo("localhost", port),
        "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "a socket of the system": lambda: socket.socket(socket.AF_UNIX),
        "run": lambda: subprocess.run(["true"], check=True),  # noqa: S607
        "shell": lambda: os.system("true"),  # noqa: S605
        "fork": os.fork,
        "fetch": lambda: urlopen(f"http://127.0.0.1:{port}/"),
    }
    tries[what]()


kept: list[bytearray] = []
