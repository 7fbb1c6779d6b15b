"""A chat endpoint on loopback that answers what a test tells it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Says:
    """One answer: words of the model, or a body of another kind."""

    content: str = '{"events": []}'
    status: int = 200
    tokens: int | None = 1000
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0

    def encoded(self) -> bytes:
        if self.body is not None:
            return self.body
        message = {"role": "assistant", "content": self.content}
        told: dict[str, Any] = {"choices": [{"index": 0, "message": message}]}
        if self.tokens is not None:
            told["usage"] = {"total_tokens": self.tokens}
        return json.dumps(told).encode()


Answer = Callable[[dict[str, Any]], Says]


class ModelServer:
    """A context manager. `says` is given what was asked, or a list is used up one by one."""

    def __init__(self) -> None:
        self.says: Answer | list[Says] = lambda asked: Says()
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                told = json.loads(self.rfile.read(length))
                server.asked.append(told)
                server.paths.append(self.path)
                server.headers.append(dict(self.headers))
                answer = server.says.pop(0) if isinstance(server.says, list) else server.says(told)
                time.sleep(answer.pause)
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.encoded())
                except OSError:
                    pass  # the asker has had enough

            do_GET = do_POST

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> ModelServer:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
