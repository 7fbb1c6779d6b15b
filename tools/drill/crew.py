"""What the drill kills: PostgreSQL, Valkey, a worker and beat of its own, in one folder."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import redis

from diplomacy.demo.supervisor import beat_command, worker_command
from diplomacy.embedded import Places, postgres_url
from diplomacy.embedded.children import spawn
from diplomacy.embedded.places import PROJECT
from diplomacy.embedded.postgres import Postgres
from diplomacy.embedded.valkey import Valkey

STOP_SECONDS = 20
DEATHS = {"postgres": signal.SIGQUIT}  # an immediate stop; everything else is killed outright


class Crew:
    """A context manager: starts everything that it is asked for, and ends it by its id.

    Used from the main thread only: what it starts dies with the thread that started it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places = Places(data=folder, sockets=folder / "s")
        self.places.prepare()
        self.servers = {"postgres": Postgres(self.places), "valkey": Valkey(self.places)}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment: Mapping[str, str] = {
            **os.environ,
            "DATABASE_URL": postgres_url(self.places.sockets),
            "REDIS_URL": f"unix://{self.places.valkey_socket}",
            "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
            "ALLOW_LOOPBACK_SOURCES": "1",
            "DEBUG": "0",
            "INSECURE_HTTP": "1",
            "HASHED_STATIC_FILES": "0",
            "PYTHONUNBUFFERED": "1",
        }

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        for name, child in self.processes.items():
            if child.poll() is None:
                self.kill(name)
        for server in reversed(self.servers.values()):
            server.stop()

    def start(self, name: str) -> None:
        """Start one of postgres, valkey, worker, beat; servers answer when this returns."""
        if name in self.servers:
            self.servers[name].start()
            return
        commands = {"worker": worker_command(), "beat": beat_command(self.folder / "schedule")}
        with (self.places.logs / f"{name}.log").open("ab") as log:
            self.processes[name] = spawn(
                commands[name],
                death_signal=signal.SIGKILL,
                log=log,
                cwd=PROJECT,
                env=self.environment,
            )

    def kill(self, name: str) -> None:
        """Kill it without warning, and with it the processes that it has; wait until it is gone."""
        child = self.servers[name].child if name in self.servers else self.processes[name]
        assert child is not None
        if name in self.servers:
            child.send_signal(DEATHS.get(name, signal.SIGKILL))
        else:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(STOP_SECONDS)

    def kill_one_of_the_worker(self) -> bool:
        """Kill one process of the worker's pool, as the kernel does when memory is short."""
        pool = _children(self.processes["worker"].pid)
        if pool:
            with suppress(ProcessLookupError):
                os.kill(pool[-1], signal.SIGKILL)
        return bool(pool)

    def flush(self) -> None:
        """Have Valkey forget all that it holds: messages and cache."""
        with redis.Redis(unix_socket_path=str(self.places.valkey_socket)) as client:
            client.flushall()

    def dead(self) -> list[str]:
        """Those that have ended without being killed."""
        children = {
            **{name: server.child for name, server in self.servers.items()},
            **self.processes,
        }
        return [name for name, child in children.items() if child and child.poll() is not None]


def _children(pid: int) -> list[int]:
    if sys.platform != "linux":
        return []
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except OSError:
        return []
