"""Pages of the API's lists: a cursor of what follows, in the answer and as a Link header."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

from events.api.cursors import make_cursor, read_cursor
from events.past import day_in_force

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


def page_answer(
    request: HttpRequest,
    response: HttpResponse,
    results: Sequence[Any],
    *,
    next_cursor: str | None = None,
) -> dict[str, Any]:
    """What a list answers; `response` gets the Link header."""
    address = None
    if next_cursor:
        query = request.GET.copy()
        query["after"] = next_cursor
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{address}>; rel="next"'
    return {"as_of": day_in_force(), "next": address, "results": results}


def cut(
    rows: Sequence[T], limit: int, cursor_of: Callable[[T], str]
) -> tuple[Sequence[T], str | None]:
    """The first `limit` rows, and the cursor of the rest if there is one."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], cursor_of(rows[limit - 1])


def in_order_of_entry(
    rows: models.QuerySet[M], *, after: str | None, limit: int
) -> tuple[Sequence[M], str | None]:
    """One page of rows by their keys, and the cursor of the next; a new row comes last."""
    if after:
        rows = rows.filter(pk__gt=read_cursor(after)[1])
    return cut(list(rows.order_by("pk")[: limit + 1]), limit, lambda row: make_cursor(0, row.pk))
