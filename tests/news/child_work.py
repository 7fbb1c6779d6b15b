"""What a test has its child do."""

import os
import signal
import time
from typing import Any

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


def write(body: bytes, path: str) -> None:
    with open(path, "wb") as file:
        file.write(b"x" * 10_000)


kept: list[bytearray] = []
