"""`/healthz` and `/readyz`: whether this process lives, and whether it can do its work."""

import functools
import pkgutil
from collections.abc import Callable
from pathlib import Path

import redis
import structlog
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from diplomacy import embedded

log = structlog.get_logger(__name__)
SECONDS = 2


def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers; asks nobody else."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are there; else 503, naming what is not.

    Each is asked anew and given at most SECONDS. Why one fails is in the log, not in the answer.
    """
    database = _probe_connection()
    checks = {
        "database": _state("database", lambda: _ask(database)),
        "broker": _state("broker", _ask_broker),
    }
    checks["migrations"] = (
        _state("migrations", lambda: _compare_migrations(database))
        if checks["database"] == "ok"
        else "unknown"
    )
    database.close()
    is_ready = all(state == "ok" for state in checks.values())
    return JsonResponse(
        {"status": "ready" if is_ready else "not ready", "checks": checks},
        status=200 if is_ready else 503,
        headers={"Cache-Control": "no-store"},
    )


class _NotReady(Exception):
    """The message is for everybody."""


def _state(name: str, ask: Callable[[], None]) -> str:
    try:
        ask()
    except _NotReady as reason:
        return str(reason)
    except (DatabaseError, PoolTimeout, RedisError, OSError) as error:
        log.warning("not_ready", check=name, error=str(error))
        return "unreachable"
    return "ok"


def _probe_connection() -> BaseDatabaseWrapper:
    """A connection of its own: neither a pool that is used up nor a long wait hides the truth."""
    probe = connection.copy()
    options = {
        name: value
        for name, value in (probe.settings_dict.get("OPTIONS") or {}).items()
        if name != "pool"
    }
    limit = f"-c statement_timeout={SECONDS}s"
    options["options"] = f"{options.get('options', '')} {limit}".strip()
    probe.settings_dict["OPTIONS"] = {**options, "connect_timeout": SECONDS}
    return probe


def _ask(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    address = settings.REDIS_URL or embedded.redis_url()
    with redis.Redis.from_url(
        address, socket_connect_timeout=SECONDS, socket_timeout=SECONDS
    ) as client:
        client.ping()


def _compare_migrations(database: BaseDatabaseWrapper) -> None:
    """Raises _NotReady when the schema is older than this code. (A newer one may serve it.)"""
    missing = _migrations() - set(MigrationRecorder(database).applied_migrations())
    if missing:
        apps = ", ".join(sorted({app for app, _ in missing}))
        raise _NotReady(f"not applied: {apps}")


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """App and name of each migration; the code of a process does not change.

    Listed and not loaded, as Django's own loader does: that would take 9 MB for the names.
    """
    return frozenset(
        (app.label, found.name)
        for app in apps.get_app_configs()
        for found in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if not found.ispkg and found.name[0] not in "_~"
    )
