"""One address of a server in the forms that its clients want. Pure."""

from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit


def postgres_url(sockets: Path, database: str = "record") -> str:
    """A DATABASE_URL for a server listening in the folder `sockets`; libpq reads it too."""
    return f"postgresql://postgres@{quote(str(sockets), safe='')}:5432/{database}"


def celery_broker(redis_url: str) -> str:
    """REDIS_URL as Celery wants it: kombu calls a unix socket `redis+socket://`.

    `unix:///path?db=2` becomes `redis+socket:///path?virtual_host=2`; any other address is
    returned as it is. Raises ValueError for an address without a scheme.
    """
    parts = _split(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = dict(_pairs(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={database}"


def cache_location(redis_url: str, db: int = 1) -> str:
    """REDIS_URL as Django's cache wants it, in database `db` so that clearing it spares the queue.

    Raises ValueError for an address without a scheme.
    """
    parts = _split(redis_url)
    kept = [pair for pair in _pairs(parts.query) if pair[0] not in {"db", "virtual_host"}]
    if parts.scheme == "unix":
        query = "&".join(f"{key}={value}" for key, value in [("db", str(db)), *kept])
        return f"unix://{parts.path}?{query}"
    query = "&".join(f"{key}={value}" for key, value in kept)
    return urlunsplit((parts.scheme, parts.netloc, f"/{db}", query, ""))


def _split(redis_url: str) -> SplitResult:
    parts = urlsplit(redis_url)
    if parts.scheme not in {"unix", "redis", "rediss"}:
        raise ValueError(
            f"REDIS_URL must be redis://host:port/0, rediss://… or unix:///path, not {redis_url!r}"
        )
    return parts


def _pairs(query: str) -> list[tuple[str, str]]:
    pieces = (piece.partition("=") for piece in query.split("&") if piece)
    return [(key, value) for key, _, value in pieces]
