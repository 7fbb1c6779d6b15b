"""Compare rows that are wanted with rows that are stored; write what differs.

Nothing that an editor did is undone: a row that was changed or deleted through another door since
it was loaded is kept as it is, and counted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

DOOR = "load_record"

Key = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A table of rows that belong to the row of another, such as the countries of an event.

    Rows are told apart by `key`; `compared` are the columns of a stored row that follow the file.
    Where `is_exact`, stored rows that are not wanted are removed; else they are left alone.
    """

    model: type[models.Model]
    owner: str
    key: tuple[str, ...]
    compared: tuple[str, ...] = ()
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file and the table of its rows, told apart by the columns `key`."""

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    # Whether a stored row is out of the file's reach, and what rises when a row is changed.
    is_closed: Callable[[Any], bool] = lambda row: False
    version: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line of the file says of one row, by column name (`country_id`, not `country`).

    `new` are values that a row is given when it is added and that do not follow the file later;
    `parts` has the rows of each part of the sheet, in the order of `Sheet.parts`.
    """

    line: int
    key: Key
    values: Values
    new: Values = field(default_factory=dict)
    parts: tuple[Sequence[Values], ...] = ()


@dataclass(slots=True)
class Outcome:
    """What became of the rows of a file.

    `kept` are the lines of rows left as an editor made them; `unlisted` is the number of stored
    rows that the file does not have.
    """

    file: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[int] = field(default_factory=list)
    unlisted: int = 0


def write(
    sheet: Sheet, wanted: Sequence[Wanted], *, astray: Collection[int] = (), overwrite: bool = False
) -> Outcome:
    """Make the stored rows of the sheet what is wanted; say what was done.

    `astray` are further lines, which have no place because an editor deleted what they refer to.
    With `overwrite`, rows edited through other doors follow the file as well.
    Needs an open transaction and a history context with the door.
    """
    outcome = Outcome(sheet.file, rows=len(wanted) + len(astray), kept=list(astray))
    keys = {want.key for want in wanted}
    stored = {_key(sheet, row): row for row in _stored(sheet, keys, everything=not overwrite)}
    outcome.unlisted = len(stored.keys() - keys)
    parts = _stored_parts(sheet, [row.pk for row in stored.values()])
    deleted = set() if overwrite else _deleted_elsewhere(sheet)
    fresh: list[Wanted] = []
    differing: list[_Difference] = []
    for want in wanted:
        row = stored.get(want.key)
        if row is None and want.key in deleted:
            outcome.kept.append(want.line)
        elif row is None:
            fresh.append(want)
        elif difference := _compare(sheet, row, want, parts):
            differing.append(difference)
        else:
            outcome.unchanged += 1
    edited = set() if overwrite else _edited_elsewhere(sheet, differing)
    for difference in differing:
        if difference.row.pk in edited or sheet.is_closed(difference.row):
            outcome.kept.append(difference.want.line)
        else:
            _change(sheet, difference)
            outcome.changed += 1
    _add(sheet, fresh)
    outcome.added = len(fresh)
    return outcome


@dataclass(frozen=True, slots=True)
class _PartDifference:
    part: Part
    fresh: list[Values]
    changed: list[tuple[models.Model, Values]]
    surplus: list[models.Model]


@dataclass(frozen=True, slots=True)
class _Difference:
    row: models.Model
    want: Wanted
    values: Values
    parts: list[_PartDifference]


_StoredParts = list[Mapping[Any, Mapping[Key, models.Model]]]


def _key(named: Sheet | Part, row: Any) -> Key:
    return tuple(getattr(row, name) for name in named.key)


def _stored(sheet: Sheet, keys: Collection[Key], *, everything: bool) -> Iterable[models.Model]:
    rows = sheet.model._default_manager.all()
    if not everything:
        rows = rows.filter(**{f"{sheet.key[0]}__in": {key[0] for key in keys}})
    return rows.order_by("pk")


def _stored_parts(sheet: Sheet, owners: Sequence[Any]) -> _StoredParts:
    found: _StoredParts = []
    for part in sheet.parts:
        by_owner: dict[Any, dict[Key, models.Model]] = defaultdict(dict)
        rows = part.model._default_manager.filter(**{f"{part.owner}__in": owners})
        for row in rows.order_by("pk"):
            by_owner[getattr(row, part.owner)][_key(part, row)] = row
        found.append(by_owner)
    return found


def _compare(
    sheet: Sheet, row: models.Model, want: Wanted, stored: _StoredParts
) -> _Difference | None:
    values = {n: value for n, value in want.values.items() if getattr(row, n) != value}
    parts = [
        _compare_part(part, rows, by_owner.get(row.pk, {}))
        for part, rows, by_owner in zip(sheet.parts, want.parts, stored, strict=True)
    ]
    parts = [part for part in parts if part.fresh or part.changed or part.surplus]
    return _Difference(row, want, values, parts) if values or parts else None


def _compare_part(
    part: Part, rows: Sequence[Values], stored: Mapping[Key, models.Model]
) -> _PartDifference:
    wanted = {tuple(row[name] for name in part.key): row for row in rows}
    changed = []
    for key in wanted.keys() & stored.keys():
        row, want = stored[key], wanted[key]
        values = {n: want[n] for n in part.compared if getattr(row, n) != want[n]}
        if values:
            changed.append((row, values))
    fresh = [row for key, row in wanted.items() if key not in stored]
    surplus = [row for key, row in stored.items() if key not in wanted] if part.is_exact else []
    return _PartDifference(part, fresh, changed, surplus)


def _history(model: type[models.Model]) -> models.QuerySet[Any]:
    related: Any = model._meta.get_field("history")
    history: models.QuerySet[Any] = related.related_model._default_manager.all()
    return history


def _elsewhere() -> Q:
    # Django's negation takes in what has no door at all: changes made outside any context.
    return ~Q(pgh_context__metadata__door=DOOR)


def _deleted_elsewhere(sheet: Sheet) -> set[Key]:
    gone = _history(sheet.model).filter(_elsewhere(), pgh_label="delete")
    return set(gone.values_list(*sheet.key))


def _edited_elsewhere(sheet: Sheet, differing: Sequence[_Difference]) -> set[Any]:
    """Of the rows that differ from the file, those that are not as they were last loaded."""
    if not differing:
        return set()
    ids = [difference.row.pk for difference in differing]
    loaded = {
        entry.pgh_obj_id: entry
        for entry in _history(sheet.model)
        .filter(pgh_obj_id__in=ids, pgh_context__metadata__door=DOOR)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    }
    edited = {
        difference.row.pk
        for difference in differing
        if (entry := loaded.get(difference.row.pk)) is None
        or any(
            getattr(entry, name) != getattr(difference.row, name) for name in difference.want.values
        )
    }
    for part in sheet.parts:
        touched = _history(part.model).filter(_elsewhere(), **{f"{part.owner}__in": ids})
        if not part.is_exact:
            # One more source does not stand against the file; a changed or removed one does.
            touched = touched.exclude(pgh_label="insert")
        edited.update(touched.values_list(part.owner, flat=True))
    return edited


def _change(sheet: Sheet, difference: _Difference) -> None:
    row = difference.row
    for part_difference in difference.parts:
        part = part_difference.part
        part.model._default_manager.filter(pk__in=[r.pk for r in part_difference.surplus]).delete()
        for part_row, values in part_difference.changed:
            part.model._default_manager.filter(pk=part_row.pk).update(**values)
        part.model._default_manager.bulk_create(
            part.model(**{part.owner: row.pk}, **values) for values in part_difference.fresh
        )
    changes = dict(difference.values)
    if sheet.version:
        changes[sheet.version] = getattr(row, sheet.version) + 1
    if changes:
        sheet.model._default_manager.filter(pk=row.pk).update(**changes)


def _add(sheet: Sheet, fresh: Sequence[Wanted]) -> None:
    rows = [sheet.model(**want.values, **want.new) for want in fresh]
    rows = sheet.model._default_manager.bulk_create(rows)
    for position, part in enumerate(sheet.parts):
        part.model._default_manager.bulk_create(
            part.model(**{part.owner: row.pk}, **values)
            for row, want in zip(rows, fresh, strict=True)
            for values in want.parts[position]
        )
