"""Which row of the record a name in an address of the API means, now or once."""

from typing import TypeVar

from django.db import models
from django.http import Http404

from events.api.problems import Moved, Refused
from events.former_addresses import key_once_at, removed_at

M = TypeVar("M", bound=models.Model)


def find_row(rows: models.QuerySet[M], model: type[M], slug: str, where: str) -> M:
    """The row of that slug among `rows`, whose addresses are below `where`.

    Raises Moved for a former slug, Refused (410) for a row that was removed, and Http404.
    """
    row = rows.filter(slug=slug).first()
    if row is not None:
        return row
    key = key_once_at(model, slug)
    if key is None:
        raise Http404
    if current := rows.filter(pk=key).values_list("slug", flat=True).first():
        raise Moved(f"{where}/{current}")
    removed = removed_at(model, key)
    if removed is None:
        raise Http404
    raise Refused(
        410,
        "This was removed from the record.",
        id=None,
        slug=slug,
        withdrawn_at=removed.isoformat(),
        reason=None,
    )
