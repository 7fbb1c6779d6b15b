"""A cache that may be down: a failed read is a miss, a failed write is skipped."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
T = TypeVar("T")
# After a failure nobody waits for the server, or writes a line, again so soon.
AWAY_SECONDS = 5.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache for pages that must be served whether or not Redis answers.

    What counts in the cache (sign-in attempts, say) does not count while it is away.
    """

    _away_until = 0.0

    def _attempt(self, call: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.warning("cache_unreachable", error=str(error))
            return otherwise

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        # True, as for a key that is not there: whoever takes a lock by it must not wait for ever.
        return self._attempt(lambda: RedisCache.add(self, key, value, timeout, version), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._attempt(lambda: RedisCache.get(self, key, default, version), default)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._attempt(lambda: RedisCache.set(self, key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._attempt(lambda: RedisCache.touch(self, key, timeout, version), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._attempt(lambda: RedisCache.delete(self, key, version), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._attempt(lambda: RedisCache.get_many(self, keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._attempt(lambda: RedisCache.has_key(self, key, version), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that is not there, and so while the cache is away."""
        number = self._attempt(lambda: RedisCache.incr(self, key, delta, version), None)
        if number is None:
            raise ValueError(f"Key {key!r} not found")
        return number

    def set_many(
        self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        return self._attempt(lambda: RedisCache.set_many(self, data, timeout, version), [])

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._attempt(lambda: RedisCache.delete_many(self, keys, version), None)

    def clear(self) -> None:
        self._attempt(lambda: RedisCache.clear(self), None)
