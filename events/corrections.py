"""The log of corrections: what changed in the whole record, when, why and by which role.

Made of the row history, so nothing can be left out of it, and of readers' reports of errors that
were settled (events/outcomes.py). Events are told as on their own pages (events/changes.py); of
the lists that they are described with, field by field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Field, Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events import wording
from events.changed_rows import Transaction, transactions_of_each
from events.changes import Change, Told, Value, how_it_changed, published, role_of, tell
from events.corrected import EVENT, LISTS, REPORT, Place, Touched, touched
from events.models import Event
from events.outcomes import change_of, reports_told
from events.reportable import name_of, page_address

_ROUNDS = 4
_PAGES = {"person": "leader", "topic": "topic", "anniversary": "anniversary"}
_NAMES = ("name_en", "title_en", "text_en", "name", "slug")
_AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that one transaction changed; `address` is empty where it has no page."""

    place: Place
    name: str
    address: str
    change: Change


@dataclass(frozen=True, slots=True)
class Log:
    """A stretch of the log, newest first; it goes on from the place `older`, if there is more."""

    entries: list[Entry]
    older: Place | None


def read_log(*, size: int, before: Place | None = None, until: datetime | None = None) -> Log:
    """About `size` entries that follow `before`, of the time before `until`.

    What readers could not see change is left out, so there may be fewer.
    """
    entries: list[Entry] = []
    for _round in range(_ROUNDS):
        found = touched(before=before, until=until, most=size + 1)
        entries += _entries(found[:size])
        if len(found) <= size:
            return Log(entries, None)
        before = found[size - 1].place
        if len(entries) >= size // 2:
            break
    return Log(entries, before)


def _entries(found: Sequence[Touched]) -> Iterator[Entry]:
    told = _of_events([one for one in found if one.place.thing == EVENT])
    for thing, some in groupby(
        sorted(found, key=lambda one: one.place.thing), key=lambda one: one.place.thing
    ):
        if thing == REPORT:
            told |= _of_reports(list(some))
        elif thing != EVENT:
            told |= _of_list(thing, list(some))
    return (told[one.place] for one in found if one.place in told)


# Events


def _of_events(found: Sequence[Touched]) -> dict[Place, Entry]:
    """Those of published events; two queries."""
    if not found:
        return {}
    rows = Event.objects.filter(published_at__isnull=False).in_bulk(
        {int(one.place.key) for one in found}
    )
    times = [one.place.at for one in found]
    transactions = transactions_of_each(
        list(rows), most=len(found), since=min(times), until=max(times) + _AN_INSTANT
    )
    entries = {}
    for one in found:
        row = rows.get(int(one.place.key))
        change = row and _change_of(one, transactions.get(row.pk, []))
        if row and change:
            entries[one.place] = Entry(one.place, row.title, row.get_absolute_url(), change)
    return entries


def _change_of(one: Touched, transactions: Sequence[Transaction]) -> Change | None:
    for number, transaction in enumerate(transactions):
        if (transaction.at, transaction.context) == (one.place.at, one.context):
            if number == 0:
                return published(transaction)
            what = tuple(tell(transaction.rows))
            role = role_of(transaction.door)
            return Change(transaction.at, role, what, transaction.why) if what else None
    return None


# Reports of errors


def _of_reports(found: Sequence[Touched]) -> dict[Place, Entry]:
    """What became of reports on published events, people, anniversaries and topics; one query."""
    reports = reports_told([int(one.place.key) for one in found])
    entries = {}
    for one in found:
        if report := reports.get(int(one.place.key)):
            thing = report.thing
            entries[one.place] = Entry(
                one.place, name_of(thing), page_address(thing), change_of(report)
            )
    return entries


# Lists


def _of_list(thing: str, found: Sequence[Touched]) -> dict[Place, Entry]:
    """Those of rows of one table; two queries, and one for each other row that is named."""
    model = LISTS[thing]
    keys = {one.place.key for one in found}
    history: Any = model._meta.get_field("history").related_model
    rows = history.objects.filter(pgh_obj_id__in=keys).select_related("pgh_context")
    states: dict[str, list[Any]] = {}
    for row in rows.order_by("pgh_id"):
        states.setdefault(str(row.pgh_obj_id), []).append(row)
    living = {str(row.pk): row for row in model._default_manager.filter(pk__in=keys)}
    entries = {}
    for one in found:
        change = _change_of_row(model, one, states[one.place.key])
        if change:
            row = living.get(one.place.key)
            name = str(row) if row else _name_of(states[one.place.key][-1])
            address = _address_of(thing, row)
            entries[one.place] = Entry(one.place, name, address, change)
    return entries


def changes_of_rows(thing: str, keys: Collection[Any]) -> list[Change]:
    """What readers could see change of some rows of one list, newest first; three queries.

    As in the log, and one query more for each other row that is named.
    """
    history: Any = LISTS[thing]._meta.get_field("history").related_model
    states = history.objects.filter(pgh_obj_id__in=keys).exclude(pgh_label="insert")
    times = states.values_list("pgh_obj_id", "pgh_created_at", "pgh_context_id").distinct()
    found = [Touched(Place(at, thing, str(key)), context) for key, at, context in times]
    changes = (entry.change for entry in _of_list(thing, found).values())
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _change_of_row(model: type[Model], one: Touched, states: Sequence[Any]) -> Change | None:
    mine = [
        number
        for number, state in enumerate(states)
        if (state.pgh_created_at, state.pgh_context_id) == (one.place.at, one.context)
    ]
    if not mine or mine[0] == 0:
        return None
    was, now = states[mine[0] - 1], states[mine[-1]]
    about = now.pgh_context.metadata if now.pgh_context else {}
    gone = now.pgh_label == "delete"
    what = (Told(_("Removed")),) if gone else tuple(_differences(model, was, now))
    role = role_of(about.get("door"))
    return Change(one.place.at, role, what, about.get("told", "")) if what else None


def _differences(model: type[Model], was: Any, now: Any) -> Iterator[Told]:
    for field in model._meta.concrete_fields:
        before, after = (_shown(field, getattr(row, field.attname)) for row in (was, now))
        if before != after:
            yield Told(how_it_changed(_label(field), before, after), before, after)


def _label(field: Field[Any, Any]) -> str:
    """The name of a column, with its language where it has one."""
    label = str(capfirst(str(field.verbose_name)))
    language = field.name.rpartition("_")[2]
    if language not in dict(settings.LANGUAGES) or field.model.__name__ == "Phrase":
        return label
    return f"{label} ({wording.language_name(language)})"


def _shown(field: Field[Any, Any], value: Any) -> tuple[Value, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, date):
        return (Value(wording.day_in_words(value)),)
    if field.is_relation and isinstance(field.related_model, type):
        other = field.related_model._default_manager.filter(pk=value).first()
        return (Value(str(other or value)),)
    chosen = dict(field.flatchoices).get(value, value)
    language = field.name.rpartition("_")[2]
    is_foreign = language in dict(settings.LANGUAGES) and language != wording.locale_now().language
    return (Value(str(chosen), language if is_foreign else ""),)


def _name_of(state: Any) -> str:
    """What a row that is no more was called."""
    names: Iterable[str] = (str(getattr(state, name, "")) for name in _NAMES)
    return next((name for name in names if name), str(state.pgh_obj_id))


def _address_of(thing: str, row: Any) -> str:
    if row is None or thing not in _PAGES:
        return ""
    return reverse(f"events:{_PAGES[thing]}", args=[row.slug])
