"""A server on loopback that answers byte for byte what a test tells it, however wrong.

A script is what one connection sends: bytes, seconds to wait, or RESET.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable

RESET = "reset"
Script = Iterable[bytes | float | str]


class FaultServer:
    """A context manager; `scripts` maps a path to what makes its script.

    `asked` lists the paths that were asked for, `heads` what was sent with them.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.scripts: dict[str, Callable[[], Script]] = {}
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self) -> None:
        """Let every script end that is waiting."""
        self._over.set()

    def __exit__(self, *exc: object) -> None:
        self.stop()
        # Closing alone does not wake a thread that waits in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        # The reader may have had enough, or not speak TLS.
        with contextlib.suppress(OSError, KeyError, IndexError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                self._play(connection)

    def _play(self, connection: socket.socket) -> None:
        path = self._request(connection)
        self.asked.append(path)
        for step in self.scripts[path]():
            if self._over.is_set() or not self._do(connection, step):
                return
        # An orderly end: closing over unread bytes would be a reset.
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(1)
        while connection.recv(4096):
            pass

    def _do(self, connection: socket.socket, step: bytes | float | str) -> bool:
        if isinstance(step, bytes):
            connection.sendall(step)
        elif isinstance(step, str):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        else:
            self._over.wait(step)
        return True

    def _request(self, connection: socket.socket) -> str:
        asked = b""
        while b"\r\n\r\n" not in asked and (piece := connection.recv(4096)):
            asked += piece
        self.heads.append(asked)
        return asked.split(b" ")[1].decode("ascii", "replace")
