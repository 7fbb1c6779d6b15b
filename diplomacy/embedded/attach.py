"""Using the embedded servers: one context manager for the demo, manage.py and tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from diplomacy.embedded import locks
from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import PROJECT, Places, project_places

ATTACH_SECONDS = 120
LEAVE_SECONDS = 60
# Keepers that this process started and left to others; kept so that they can be reaped.
_left_running: list[subprocess.Popen[bytes]] = []


class Attachment:
    """A hold on running servers: they run at least until it is left."""

    def __init__(
        self, places: Places, line: socket.socket, keeper: subprocess.Popen[bytes] | None
    ) -> None:
        self.places = places
        self._line = line
        self._keeper = keeper

    @property
    def started_here(self) -> bool:
        """Whether this process started the servers, or found them running."""
        return self._keeper is not None

    def fileno(self) -> int:
        """Readable once the servers have gone; for `select`."""
        return self._line.fileno()

    def leave(self, *, stop: bool = False) -> None:
        """Let go, and wait for the servers to end unless others use them.

        `stop` ends them for everybody.
        """
        answer = b""
        with suppress(OSError), self._line:
            self._line.settimeout(LEAVE_SECONDS)
            if stop:
                self._line.sendall(b"stop\n")
            self._line.shutdown(socket.SHUT_WR)
            answer = self._line.recv(16)
        if self._keeper is None:
            return
        if answer == b"kept\n":
            _left_running.append(self._keeper)
            return
        with suppress(subprocess.TimeoutExpired):
            self._keeper.wait(LEAVE_SECONDS)


@contextmanager
def servers(
    places: Places | None = None, *, throwaway: bool = False, stop_all: bool = False
) -> Iterator[Attachment]:
    """PostgreSQL and Valkey in `places` (this clone's own by default) for the body of the `with`.

    They are started unless another process already runs them, and stopped unless others still use
    them; with `stop_all` they are stopped all the same. `throwaway` servers trade safety for speed
    and their folders are removed at the end, even when this process is killed.
    Raises EmbeddedError when they cannot be had.
    """
    attachment = attach(places or project_places(), throwaway=throwaway)
    try:
        yield attachment
    finally:
        attachment.leave(stop=stop_all)


def attach(places: Places, *, throwaway: bool = False) -> Attachment:
    """As `servers`, for a caller that calls `leave()` itself."""
    places.prepare()
    _left_running[:] = [keeper for keeper in _left_running if keeper.poll() is None]
    keepers: list[subprocess.Popen[bytes]] = []
    try:
        return _attach(places, keepers, throwaway=throwaway)
    except BaseException:
        # Interrupted (Ctrl-C) while they started: nobody would ever leave, so call it off.
        for keeper in keepers:
            keeper.terminate()
            keeper.wait(LEAVE_SECONDS)
        raise


def _attach(
    places: Places, keepers: list[subprocess.Popen[bytes]], *, throwaway: bool
) -> Attachment:
    """Appends to `keepers` what it starts."""
    deadline = time.monotonic() + ATTACH_SECONDS
    while time.monotonic() < deadline:
        line = _knock(places)
        if line is not None:
            alive = [keeper for keeper in keepers if keeper.poll() is None]
            return Attachment(places, line, alive[0] if alive else None)
        if not keepers or keepers[-1].poll() is not None:
            if keepers and keepers[-1].returncode != 0:
                raise EmbeddedError(_words_of(keepers[-1], places))
            # One that finds the lock taken ends at once; its holder is then asked again.
            keepers.append(_start_keeper(places, throwaway=throwaway))
        time.sleep(0.05)
    raise EmbeddedError(
        f"The embedded servers of {places.data} are held by process {locks.holder(places.lock)}, "
        f"which has not answered for {ATTACH_SECONDS} seconds."
    )


def _knock(places: Places) -> socket.socket | None:
    """A line to a keeper whose servers are ready; None when there is none, or it is leaving.

    Raises EmbeddedError with the keeper's reason when it could not start them.
    """
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(ATTACH_SECONDS)
    try:
        line.connect(str(places.door))
        greeting = _line_from(line)
    except OSError:
        line.close()
        return None
    if greeting == "ready":
        return line
    line.close()
    if greeting.startswith("failed "):
        raise EmbeddedError(greeting.removeprefix("failed ").replace("\t", "\n"))
    return None


def _line_from(line: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\n"):
        piece = line.recv(4096)
        if not piece:
            return ""
        heard += piece
    return heard.decode().rstrip("\n")


def _start_keeper(places: Places, *, throwaway: bool) -> subprocess.Popen[bytes]:
    # Its own session: Ctrl-C in this terminal must not reach it before its users have left.
    arguments = [str(places.data), str(places.sockets), *(["--throwaway"] if throwaway else [])]
    with (places.logs / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "diplomacy.embedded.keeper", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=PROJECT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )


def _words_of(keeper: subprocess.Popen[bytes], places: Places) -> str:
    file = places.logs / "keeper.log"
    words = file.read_text(errors="replace").strip() if file.exists() else ""
    return words or f"The keeper of the embedded servers ended with {keeper.returncode}."
