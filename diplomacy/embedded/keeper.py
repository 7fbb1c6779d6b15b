"""The process that owns the embedded servers, for as long as anybody uses them.

`python -m diplomacy.embedded.keeper DATA SOCKETS [--throwaway]`, started by attach.py.

Whoever uses the servers holds a connection to the keeper's socket ("the door"). The kernel closes
it however that process ends, so the keeper needs no bookkeeping: when the last connection closes,
it stops the servers and ends. Hence the command that happened to start the servers cuts nobody off
when it ends first, and a killed launcher leaves nothing running. Should the keeper itself be
killed, the servers get a parent-death signal. A lock on DATA/servers.lock keeps it single.

A user reads one line, `ready` or `failed MESSAGE`. To leave it closes its sending side, and may
send `stop` before that to end the servers for everybody; the keeper answers `kept` when others
still use them, else `gone` once they have stopped.
"""

import argparse
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from diplomacy.embedded import locks
from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import Places
from diplomacy.embedded.postgres import Postgres
from diplomacy.embedded.valkey import Valkey

FIRST_USER_SECONDS = 15
LOOK_SECONDS = 0.25
LOG_BYTES = 5_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs the embedded servers while they are used.")
    parser.add_argument("data", type=Path)
    parser.add_argument("sockets", type=Path)
    parser.add_argument("--throwaway", action="store_true")
    options = parser.parse_args()
    places = Places(options.data, options.sockets)
    os.umask(0o077)
    try:
        places.prepare()
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    lock = locks.take(places.lock)
    if lock is None:
        return 0  # another keeper was quicker; whoever started this one asks that one
    with lock:
        places.prepare()  # again: a predecessor removes its sockets' folder before its lock
        failure = Keeper(places, throwaway=options.throwaway).run()
    if failure:
        print(failure, file=sys.stderr)
    return 1 if failure else 0


class Keeper:
    """Runs the servers of `places` from the first user's arrival to the last one's leaving."""

    def __init__(self, places: Places, *, throwaway: bool) -> None:
        self.places = places
        self.throwaway = throwaway
        self.servers: list[Postgres | Valkey] = [
            Postgres(places, durable=not throwaway),
            Valkey(places, durable=not throwaway),
        ]
        self.users: set[socket.socket] = set()
        self.leaving: set[socket.socket] = set()
        self.had_users = False
        self.told_to_stop = False
        self.failure = ""
        self.selector = selectors.DefaultSelector()

    def run(self) -> str:
        """Serve until nobody is left, somebody says stop, a server dies, or a signal comes.

        Returns why the servers could not be started, which the users are told too; else nothing.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self._shorten_logs()
        self.places.door.unlink(missing_ok=True)
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(self.places.door))
        door.listen(64)
        door.setblocking(False)
        self.selector.register(door, selectors.EVENT_READ)
        try:
            self._serve(door)
        finally:
            self._end(door)
        return self.failure

    def _serve(self, door: socket.socket) -> None:
        try:
            for server in self.servers:
                server.start()
        except EmbeddedError as error:
            self.failure = str(error)
        # A reason of several lines travels as one.
        greeting = f"failed {self.failure}".replace("\n", "\t") if self.failure else "ready"
        started = time.monotonic()
        while not self._is_over(started):
            for key, _ in self.selector.select(LOOK_SECONDS):
                if key.fileobj is door:
                    self._welcome(door, greeting.encode() + b"\n")
                elif isinstance(key.fileobj, socket.socket):
                    self._listen_to(key.fileobj)

    def _is_over(self, started: float) -> bool:
        if self.users and not self.told_to_stop:
            while self.leaving:
                _answer(self.leaving.pop(), b"kept\n")
        is_awaited = not self.had_users and time.monotonic() < started + FIRST_USER_SECONDS
        is_used = bool(self.users) and not self.failure
        return self.told_to_stop or self._has_lost_one() or not (is_awaited or is_used)

    def _welcome(self, door: socket.socket, greeting: bytes) -> None:
        user, _ = door.accept()
        self.had_users = True
        try:
            user.sendall(greeting)
        except OSError:
            user.close()
            return
        self.users.add(user)
        self.selector.register(user, selectors.EVENT_READ)

    def _listen_to(self, user: socket.socket) -> None:
        try:
            said = user.recv(64)
        except OSError:
            said = b""
        if said.startswith(b"stop"):
            self.told_to_stop = True
        if said:
            return
        self.selector.unregister(user)
        self.users.discard(user)
        self.leaving.add(user)

    def _has_lost_one(self) -> bool:
        """A server that ended by itself ends the others: its users see it, and may start anew."""
        children = [server.child for server in self.servers if server.child is not None]
        return not self.failure and any(child.poll() is not None for child in children)

    def _end(self, door: socket.socket) -> None:
        for server in reversed(self.servers):
            server.stop()
        door.close()
        # While the lock is held, so that no successor's folders are removed.
        shutil.rmtree(self.places.sockets, ignore_errors=True)
        if self.throwaway:
            shutil.rmtree(self.places.data, ignore_errors=True)
        for user in self.users | self.leaving:
            _answer(user, b"gone\n")

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.told_to_stop = True

    def _shorten_logs(self) -> None:
        for server in self.servers:
            log = server.log_file
            if log.exists() and log.stat().st_size > LOG_BYTES:
                log.replace(log.with_suffix(".log.1"))


def _answer(user: socket.socket, words: bytes) -> None:
    with user, suppress(OSError):  # it may have left without waiting for the answer
        user.sendall(words)


if __name__ == "__main__":
    sys.exit(main())
