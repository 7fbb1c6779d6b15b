"""Readers' reports of errors as the review pages show them: what was shown beside what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from events.admin.reports import change_address_of
from events.changes import Change, changes_of
from events.corrections import changes_of_rows
from events.counterparts import keys_of_terms_of
from events.models import ErrorReport, Event, Person
from events.models.reports import (
    PUBLIC_REASON_LENGTH,
    ErrorReportQuerySet,
    Thing,
    owner_of,
)
from events.periods import civil_day
from events.revisions import latest_revision
from events.shown import find_field
from events.shown_pages import fields_of, rows_of

IN_THE_QUEUE = 10


@dataclass(frozen=True, slots=True)
class OpenErrors:
    """The oldest open reports, and how many are open."""

    first: list[ErrorReport]
    count: int


class CloseForm(forms.Form):
    """What an editor says when a report is closed; the verb checks it."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ErrorReport.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    public_reason = forms.CharField(
        label=_("Reason told to readers"),
        help_text=_("At most 300 characters. Needed where the record stays as it is."),
        required=False,
        max_length=PUBLIC_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def may_close(request: HttpRequest) -> bool:
    """Whether who has signed in may read and close reports of errors."""
    return request.user.has_perm("events.change_errorreport")


def open_errors(request: HttpRequest) -> OpenErrors | None:
    """What waits in the queue for this editor; None where nothing does. Two queries."""
    if not may_close(request):
        return None
    waiting = ErrorReport.objects.still_open()
    first = list(oldest_first(waiting)[:IN_THE_QUEUE])
    if not first:
        return None
    return OpenErrors(first, len(first) if len(first) < IN_THE_QUEUE else waiting.count())


def oldest_first(reports: ErrorReportQuerySet) -> ErrorReportQuerySet:
    """The reports in the order in which they are dealt with, each with what it is about."""
    return reports.with_thing().order_by("created_at", "id")


def page_of(report: ErrorReport, *, at: datetime) -> dict[str, Any]:
    """What stands on the page now, in the reader's language, and what changed since."""
    thing, today = report.thing, civil_day(at, settings.RECORD_TIME_ZONE)
    with override(report.language):
        # Read in that language: phrases come with the row.
        theirs = rows_of(owner_of(thing)).get(pk=thing.pk)
        stands = find_field(fields_of(theirs, today=today), report.field)
    text = stands.text if stands else ""
    return {
        "report": report,
        "stands": text,
        "is_same": bool(text) and text[: len(report.shown) or None] == report.shown,
        "revision": latest_revision(thing).number if isinstance(thing, Event) else None,
        "changes": [one for one in _changes_of(thing) if one.at > report.created_at],
        "change_address": change_address_of(thing),
    }


def _changes_of(thing: Thing) -> list[Change]:
    """What readers could see change on the page, newest first."""
    if isinstance(thing, Event):
        return changes_of(thing)
    found = changes_of_rows(owner_of(thing), [thing.pk])
    if isinstance(thing, Person):
        found += changes_of_rows("term", keys_of_terms_of(thing))
    return sorted(found, key=lambda change: change.at, reverse=True)
