"""Readers' reports of errors as the review pages show them: what was shown beside what stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from events.admin.events import change_address
from events.changes import changes_of
from events.counting import claims_about
from events.dossier import read_dossier, with_parts
from events.models import ErrorReport, Event
from events.models.reports import PUBLIC_REASON_LENGTH, ErrorReportQuerySet
from events.revisions import latest_revision
from events.shown import find_field, shown_fields

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
    """The reports in the order in which they are dealt with, each with its event."""
    return reports.select_related("event").order_by("created_at", "id")


def page_of(report: ErrorReport) -> dict[str, Any]:
    """What stands on the event's page now, in the reader's language, and what changed since."""
    event: Any = with_parts(Event.objects.filter(pk=report.event_id)).get()
    with override(report.language):
        # Read again in that language: phrases come with the event.
        theirs: Any = with_parts(Event.objects.filter(pk=report.event_id)).get()
        stands = find_field(shown_fields(read_dossier(theirs), claims_about(theirs)), report.field)
    text = stands.text if stands else ""
    return {
        "report": report,
        "stands": text,
        "is_same": bool(text) and text[: len(report.shown) or None] == report.shown,
        "revision": latest_revision(event).number,
        "changes": [one for one in changes_of(event) if one.at > report.created_at],
        "change_address": change_address(event),
    }
