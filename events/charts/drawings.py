"""Drawings that are kept: found by what they show, drawn by workers only."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from events.charts import engine
from events.charts.spec import Spec
from events.models import Drawing

_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart in one size, as it is to be drawn; its ids begin with `name`."""

    name: str
    spec: Spec

    @property
    def key(self) -> str:
        """The same for the same drawing only: data, language and size are in the specification."""
        made_of = [engine.ENGINE, engine.FORM, self.name, self.spec]
        packed = json.dumps(made_of, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(packed.encode()).hexdigest()


class Drawable(Protocol):
    """A chart of any form: what pages, files and workers need of it, in its own language."""

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def headline(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def sheets(self) -> list[Sheet]: ...

    @property
    def table(self) -> Iterator[Sequence[Any]]: ...

    def spec(self, site: str) -> Spec: ...


def find(sheets: Sequence[Sheet]) -> list[str]:
    """Their drawings in the same order; none at all while one is missing. One query."""
    keys = [sheet.key for sheet in sheets]
    drawn = dict(Drawing.objects.filter(key__in=keys).values_list("key", "svg"))
    return [drawn[key] for key in keys] if len(drawn) == len(set(keys)) else []


def draw_missing(sheets: Iterable[Sheet], *, at: datetime) -> int:
    """Draw what is not drawn yet, and return how many; safe to run at once twice.

    Loads the engine if there is anything to draw.
    """
    by_key = {sheet.key: sheet for sheet in sheets}
    for key in Drawing.objects.filter(key__in=by_key).values_list("key", flat=True):
        del by_key[key]
    for key, sheet in by_key.items():
        row = Drawing(key=key, svg=engine.draw(sheet.spec, name=sheet.name), drawn_at=at)
        Drawing.objects.bulk_create([row], ignore_conflicts=True)
    return len(by_key)


def forget_old(wanted: Iterable[Sheet], *, at: datetime) -> int:
    """Delete drawings of a month ago but those that are still wanted; returns how many."""
    old = Drawing.objects.filter(drawn_at__lt=at - _KEPT)
    number, _models = old.exclude(key__in=[sheet.key for sheet in wanted]).delete()
    return number
