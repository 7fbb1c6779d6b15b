"""A receiver of webhooks on loopback: verifies each call, and answers what a test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pause: float = 0
    """Seconds before the answer."""


@dataclass(frozen=True)
class Call:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


class Receiver:
    """A context manager. `replies` maps a path to a Reply, or to what makes one of a call."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.replies: dict[str, Reply | Callable[[Call], Reply]] = {}
        self.most_at_once: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.take(self, Call(self.path, headers, body))

            def do_GET(self) -> None:
                receiver.take(self, Call(self.path, {"method": "GET"}, b""))

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> Receiver:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def types(self, path: str = "/hook") -> list[str]:
        return [call.told["type"] for call in self.calls if call.path == path]

    def take(self, handler: BaseHTTPRequestHandler, call: Call) -> None:
        with self._lock:
            self.calls.append(call)
            self._now[call.path] = self._now.get(call.path, 0) + 1
            most = max(self.most_at_once.get(call.path, 0), self._now[call.path])
            self.most_at_once[call.path] = most
        reply = self.replies.get(call.path, Reply())
        if not isinstance(reply, Reply):
            reply = reply(call)
        time.sleep(reply.pause)
        with self._lock:
            self._now[call.path] -= 1
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(reply.body)))
            handler.end_headers()
            handler.wfile.write(reply.body)
        except OSError:
            pass
