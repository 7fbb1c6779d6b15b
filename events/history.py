"""Who changed a row of the record, why, and through which door.

Triggers write the history; this module names its context. `record_now()`, the database function
that stamps it, reads the session setting `record.now` first, so that history can be imported with
its own times (see migration 0001).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

DOORS = ("admin", "review", "publication", "import", "load_record", "command")


@contextmanager
def recorded(
    *,
    door: str,
    reason: str = "",
    told: str = "",
    by: AbstractBaseUser | None = None,
    **more: Any,
) -> Iterator[None]:
    """Stamp every change inside with its door, its reason and its user's id.

    Contexts nest: what the outer one says stands, and an inner one adds what it left open. So a
    verb called from the review queue is still recorded as done through the review queue. `door`
    is one of DOORS. `told` is the reason as readers are told it (events/changes.py); `reason` is
    for editors only.
    """
    known: dict[str, Any] = {"door": door, **more}
    if reason:
        known["reason"] = reason
    if told:
        known["told"] = told
    if by is not None:
        known["user"] = by.pk
    # A context is one row of the history, shared by everything inside the outermost one, and
    # pghistory lets the latest word in it win.
    with pghistory.context() as shared:
        for name, value in known.items():
            if shared.metadata.get(name) is None:
                shared.metadata[name] = value
        yield


@contextmanager
def at_time(moment: datetime) -> Iterator[None]:
    """Give the history written inside `moment` (aware) as its time, in this transaction only.

    Raises ValueError on a naive datetime and RuntimeError outside a transaction, where the
    setting would be lost before the first change.
    """
    if moment.tzinfo is None:
        raise ValueError("History needs an aware datetime.")
    if not connection.in_atomic_block:
        raise RuntimeError("at_time() needs an open transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('record.now', %s, true)", [moment.isoformat()])
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('record.now', '', true)")


class HistoryMiddleware(BaseHistoryMiddleware):
    """Names the door a request came through; the user is added as soon as it is known."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        door = "admin" if request.path.startswith("/admin/") else "review"
        return {**super().get_context(request), "door": door}
