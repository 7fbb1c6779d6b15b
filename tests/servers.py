"""Throw-away PostgreSQL and Valkey for one test session."""

import os
import shutil
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from diplomacy import embedded


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


@contextmanager
def throwaway_servers() -> Iterator[Addresses]:
    """Empty servers in a temporary folder, both gone afterwards, even when we are killed."""
    root = Path(tempfile.mkdtemp(prefix="record-test-", dir="/tmp"))
    places = embedded.Places(data=root, sockets=root / "s")
    try:
        with embedded.servers(places, throwaway=True):
            yield Addresses(
                database_url=embedded.postgres_url(places.sockets),
                redis_url=f"unix://{places.valkey_socket}",
            )
    finally:
        shutil.rmtree(root, ignore_errors=True)


def provide(environ: MutableMapping[str, str] = os.environ) -> ExitStack:
    """Set DATABASE_URL and REDIS_URL to throw-away servers, unless both are set.

    To be called before Django's settings are read; close what is returned to end the servers.
    """
    stack = ExitStack()
    if not (environ.get("DATABASE_URL") and environ.get("REDIS_URL")):
        addresses = stack.enter_context(throwaway_servers())
        environ["DATABASE_URL"] = environ.get("DATABASE_URL") or addresses.database_url
        environ["REDIS_URL"] = environ.get("REDIS_URL") or addresses.redis_url
    return stack
