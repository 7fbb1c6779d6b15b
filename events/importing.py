"""Events from a spreadsheet: what each row would change, then all of them or none.

The file has the columns of `events/record/events.csv`. Reading and writing its rows is the work
of `events.loading`; this module fits that to django-import-export, which asks for the preview.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import tablib  # type: ignore[import-untyped]
from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.formats.base_formats import CSV
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Error, RowResult

from accounts.models import User
from events.loading.importing import known_in_database, stored_event, write_event
from events.loading.layouts import LAYOUT
from events.loading.parsing import parse_events
from events.loading.record import refused_by_database
from events.loading.rows import EventRow
from events.loading.table import Problem, RecordRefused
from events.models import Event
from events.models.kinds import BY_KIND

COLUMNS = tuple(LAYOUT["events.csv"].columns)
# In these the order of the values says nothing.
SETS = frozenset({"actors", "countries", "participants", "topics"})
FILE = "events.csv"


class ChangedMeanwhile(Exception):
    """The events of the file are no longer as the preview showed them."""


class EventsCsv(CSV):
    """A CSV file as bytes, so that a wrong encoding and a ragged row are told by their line."""

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """The rows of the file, read and checked. Raises RecordRefused with every problem."""
        if in_stream is None:
            raise RecordRefused([Problem(FILE, None, None, "upload the file again")])
        rows = parse_events(bytes(in_stream), known_in_database())
        return tablib.Dataset(*[(row,) for row in rows], headers=["row"])


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def cells_of_row(row: EventRow) -> dict[str, list[str]]:
    """What the row says, by column: a list for each, of one value in most columns."""
    cells = {
        column: [_text(part) for part in value] if isinstance(value, tuple) else [_text(value)]
        for column, value in asdict(row).items()
        if column != "line"
    }
    if not any(cells["city"]):
        cells["city"] = []
    return _in_order(cells)


def cells_of_event(event: Event) -> dict[str, list[str]]:
    """What a row would have to say to be the stored event, by column. Costs five queries."""
    involved = list(event.involvements.all())
    places = list(event.places.order_by("position", "id"))
    one: dict[str, Any] = {
        "start_date": event.starts_on,
        "end_date": event.ends_on,
        "date_precision": event.precision.lower(),
        "kind": "anniversary" if event.kind == Event.Kind.CEREMONY else event.kind.lower(),
        "host": event.host_id,
        "verified_by": event.independent_publishers,
        **{name: getattr(event, name) for name in ("title_en", "title_ko", "title_ja")},
        **{name: getattr(event, name) for name in ("summary_en", "occasion")},
        **{
            name: getattr(event, name).lower()
            for name in ("setting", "channel", "visit_type", "status", "certainty")
        },
    }
    many = {
        "actors": [link.country_id for link in involved if link.acted],
        "countries": [link.country_id for link in involved],
        "participants": list(event.people.values_list("slug", flat=True)),
        "city": [place.city for place in places] if any(p.city for p in places) else [],
        "place_country": [place.country_id for place in places],
        "topics": list(event.topics.values_list("slug", flat=True)),
        "source_urls": list(
            event.citations.order_by("position", "id").values_list("url", flat=True)
        ),
    }
    return _in_order({**{name: [_text(value)] for name, value in one.items()}, **many})


def _in_order(cells: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(value) if name in SETS else value for name, value in cells.items()}


def differences(
    stored: Mapping[str, list[str]], wanted: Mapping[str, list[str]]
) -> dict[str, tuple[str, str]]:
    """The columns that importing would change: the text before and the text after.

    Sources are added, never removed, and an id that is an old address changes nothing.
    """
    found = {}
    for column in COLUMNS:
        if column == "id":
            continue
        before, after = stored[column], wanted[column]
        if column == "source_urls":
            after = [*before, *(url for url in after if url not in before)]
        if before != after:
            found[column] = ("; ".join(before), "; ".join(after))
    return found


class EventResource(resources.Resource):
    """Brings the rows of an EventsCsv into the record, in the name of the editor `by`.

    After a dry run `seen` stands for the state that the preview compared with. Given to the run
    that writes, it makes that run refuse when another editor was faster.
    """

    class Meta:
        instance_loader_class = BaseInstanceLoader  # asked for, never used: see import_row

    def __init__(self, *, by: User, at: datetime | None = None, seen: str = "") -> None:
        super().__init__()
        self.by, self.at, self.expected = by, at or timezone.now(), seen
        self.seen = ""
        self.stored: dict[str, Event | None] = {}

    @classmethod
    def get_display_name(cls) -> str:
        return str(_("Events"))

    def get_user_visible_fields(self) -> list[fields.Field]:
        return [fields.Field(column_name=column) for column in COLUMNS]

    def get_diff_headers(self) -> list[str]:
        return [str(_("Line")), "id", str(_("What it says"))]

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Lock the stored events of the file. Raises ChangedMeanwhile."""
        rows: list[EventRow] = dataset["row"]
        self.stored = {row.id: stored_event(row.id) for row in rows}
        ids = [event.pk for event in self.stored.values() if event is not None]
        locked = Event.objects.select_for_update().in_bulk(sorted(ids))
        state = []
        for name, event in self.stored.items():
            self.stored[name] = locked.get(event.pk) if event else None
            version = locked[event.pk].version if event and event.pk in locked else 0
            state.append(f"{name}:{version}")
        self.seen = hashlib.sha256("\n".join(state).encode()).hexdigest()
        if self.expected and self.expected != self.seen:
            raise ChangedMeanwhile

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        result = RowResult()
        wanted: EventRow = row["row"]
        stored = self.stored.get(wanted.id)
        cells = cells_of_row(wanted)
        changes = differences(cells_of_event(stored), cells) if stored else {}
        result.diff = _shown(wanted, cells, changes, is_new=stored is None)
        if stored and not changes:
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        try:
            # Deferred rules speak at the end of a transaction; here it is their row's turn.
            with transaction.atomic(), refused_by_database(FILE):
                outcome = write_event(wanted, by=self.by, at=self.at)
                connection.check_constraints()
        except RecordRefused as refusal:
            result.import_type = RowResult.IMPORT_TYPE_ERROR
            result.errors.append(Error(refusal, number=wanted.line))
            return result
        if outcome.kept:
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        event = stored_event(wanted.id)
        assert event is not None
        result.import_type = RowResult.IMPORT_TYPE_UPDATE if stored else RowResult.IMPORT_TYPE_NEW
        # Under its kind, where the editor will look for its history.
        result.instance = BY_KIND[event.kind]._base_manager.get(pk=event.pk)
        result.add_instance_info(result.instance)
        return result


def _shown(
    row: EventRow,
    cells: Mapping[str, list[str]],
    changes: Mapping[str, tuple[str, str]],
    *,
    is_new: bool,
) -> list[Any]:
    """The line and id of a row, and its columns as HTML: all of a new one, else what changes."""
    if is_new:
        said = [
            format_html("<div><b>{}</b> {}</div>", column, "; ".join(cells[column]))
            for column in COLUMNS
            if column != "id" and any(cells[column])
        ]
    else:
        said = [
            format_html("<div><b>{}</b> <del>{}</del> <ins>{}</ins></div>", column, before, after)
            for column, (before, after) in changes.items()
        ]
    return [row.line, row.id, format_html_join("", "{}", ((part,) for part in said))]


REFUSED_MEANWHILE = _(
    "Somebody changed one of these events after the preview: nothing was imported. Upload the "
    "file again to see what it would change now."
)
