"""A child process that reads what nobody vouches for, and can be killed at it.

A feed can keep a parser busy for minutes, or make it take gigabytes, and a thread in C code cannot
be stopped; a process can. Each process of ours has at most one child. It is kept for many documents
since starting it takes a second, and replaced when it was killed, has died, has grown, or has read
its share.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from news.child_main import ANSWER, REQUEST
from news.parsing import Unreadable

SLOW, MEMORY, DIED, BROKEN = "slow", "memory", "died", "broken"
MOST_DOCUMENTS = 500
MOST_GROWTH = 64 * 1024 * 1024
MOST_ANSWER = 64 * 1024 * 1024
START_SECONDS = 30
_ROOT = Path(__file__).resolve().parent.parent
# No secret and no address of a database is in the child's environment.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one document may cost; memory is what it adds to the child at rest.

    A page of 1 MB of nothing but paragraphs takes 60 MB. The clock allows for a busy machine.
    """

    seconds: float = 20
    cpu_seconds: float = 10
    memory_bytes: int = 96 * 1024 * 1024


class ChildFailed(Exception):
    """The child could not read the document; `reason` is a code, the message says it in words."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def run_in_child(
    module: str,
    function: str,
    body: bytes,
    *,
    limits: ChildLimits = ChildLimits(),  # noqa: B008 - frozen
    **arguments: Any,
) -> Any:
    """What a function of ours returns for `body`, run in the child; arguments and result are JSON.

    Calls from several threads wait for each other. Raises Unreadable as the function does, and
    ChildFailed.
    """
    request = {
        "module": module,
        "function": function,
        "arguments": arguments,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
    }
    with _mine.lock:
        answer = _mine.living().ask(request, body, limits)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    if answer.get("failed") == MEMORY:
        raise _too_large()
    if "failed" in answer:
        message = _("Reading it failed (%(error)s).") % {"error": answer.get("detail", "")}
        raise ChildFailed(BROKEN, message)
    return answer["result"]


def close_children() -> None:
    """End this process's child, if it has one; the next document starts another."""
    with _mine.lock:
        _mine.end()


class _Child:
    """A running child. Whoever uses it holds the lock."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "news.child_main", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # a buffer would be written twice if we fork while it is full
            cwd=_ROOT,
            env={
                **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                "PYTHONUTF8": "1",
                "MALLOC_ARENA_MAX": "1",  # further arenas reserve address space, which is limited
            },
            start_new_session=True,
        )
        self.documents = 0
        self.is_late = False
        self.is_spent = False
        with self._for_at_most(START_SECONDS):
            self.resting = self._receive()["size"]

    def ask(self, request: dict[str, Any], body: bytes, limits: ChildLimits) -> dict[str, Any]:
        """The answer to a request. Raises ChildFailed."""
        text = json.dumps(request).encode()
        with self._for_at_most(limits.seconds):
            self._send(REQUEST.pack(len(text), len(body)) + text + body)
            answer = self._receive()
        self.documents += 1
        self.is_spent = (
            self.documents >= MOST_DOCUMENTS
            or answer["size"] > self.resting + MOST_GROWTH
            or answer.get("failed") == MEMORY
        )
        return answer

    def end(self) -> None:
        """Kill the child and what it may have started, and wait until it is gone."""
        self.is_spent = True
        if self.process.poll() is None:
            self._kill()
        self._close()
        self.process.wait()

    def forget(self) -> None:
        """Let go of a child that belongs to the process we were forked from."""
        self.process.returncode = 0  # or its destructor would complain that nobody waited
        self._close()

    @contextmanager
    def _for_at_most(self, seconds: float) -> Iterator[None]:
        """Kill the child when time is up. An exception of any kind leaves it dead: it is out of
        step with us. Raises ChildFailed.
        """
        timer = threading.Timer(seconds, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        except BaseException as error:
            _stop(timer)
            if isinstance(error, EOFError | OSError | ValueError):
                raise self._post_mortem(seconds) from error
            self.end()
            raise
        _stop(timer)
        if self.is_late:
            raise self._post_mortem(seconds)

    def _post_mortem(self, seconds: float) -> ChildFailed:
        with suppress(subprocess.TimeoutExpired):
            # Its pipe closes a moment before it can be asked what it died of.
            self.process.wait(1)
        self.end()
        if self.is_late or self.process.returncode == -signal.SIGXCPU:
            message = _("Reading it took longer than %(seconds)d seconds.")
            return ChildFailed(SLOW, message % {"seconds": seconds})
        if self.process.returncode == -signal.SIGABRT:  # how libraries in Rust and C++ run out
            return _too_large()
        message = _("The process that read it ended (%(code)d).")
        return ChildFailed(DIED, message % {"code": self.process.returncode})

    def _kill_late(self) -> None:
        self.is_late = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        rest = memoryview(data)
        while rest:
            rest = rest[self.process.stdin.write(rest) :]

    def _receive(self) -> dict[str, Any]:
        (length,) = ANSWER.unpack(self._exactly(ANSWER.size))
        if length > MOST_ANSWER:
            raise ValueError("an absurd answer")
        answer: dict[str, Any] = json.loads(self._exactly(length))
        return answer

    def _exactly(self, length: int) -> bytes:
        assert self.process.stdout is not None
        pieces = bytearray()
        while len(pieces) < length:
            piece = self.process.stdout.read(length - len(pieces))
            if not piece:
                raise EOFError
            pieces += piece
        return bytes(pieces)


class _Mine:
    """This process's child, and the lock for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: _Child | None = None

    def living(self) -> _Child:
        """A child that can be asked: the one there is, or a new one. Raises ChildFailed."""
        child = self.child
        if child is None or child.is_spent or child.process.poll() is not None:
            self.end()
            try:
                child = self.child = _Child()
            except OSError as error:
                message = _("The process that reads could not be started (%(error)s).")
                raise ChildFailed(DIED, message % {"error": error}) from error
        return child

    def end(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.end()

    def forget(self) -> None:
        """After a fork: the child is the other process's, and the lock may be held by nobody."""
        child, self.child, self.lock = self.child, None, threading.Lock()
        if child is not None:
            child.forget()


def _stop(timer: threading.Timer) -> None:
    """Once the child has been waited for, its number may be another's: no late kill then."""
    timer.cancel()
    timer.join()


def _too_large() -> ChildFailed:
    return ChildFailed(MEMORY, _("Reading it took more memory than it may."))


_mine = _Mine()
os.register_at_fork(after_in_child=_mine.forget)
atexit.register(close_children)
