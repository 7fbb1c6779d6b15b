"""A cache that may be down: a failed read is a miss, a failed write is skipped."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
T = TypeVar("T")


def _attempt(operation: str, call: Callable[[], T], otherwise: T) -> T:
    try:
        return call()
    except (RedisError, OSError) as error:
        log.warning("cache_unreachable", operation=operation, error=type(error).__name__)
        return otherwise


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache for pages that must be served whether or not Redis answers."""

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return _attempt(
            "add", lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), False
        )

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _attempt(
            "get", lambda: super(ForgivingRedisCache, self).get(key, default, version), default
        )

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _attempt(
            "set", lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None
        )

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _attempt(
            "touch", lambda: super(ForgivingRedisCache, self).touch(key, timeout, version), False
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        return _attempt(
            "delete", lambda: super(ForgivingRedisCache, self).delete(key, version), False
        )

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return _attempt(
            "get_many", lambda: super(ForgivingRedisCache, self).get_many(keys, version), {}
        )

    def set_many(
        self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        return _attempt(
            "set_many",
            lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version),
            [],
        )
