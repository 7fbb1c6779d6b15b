"""What became of readers' reports of errors, as the pages of corrections tell it.

By role and day, with the reason that the editor wrote for readers; never in the words of who
reported it. Reports that were none, or one of several, are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from events.changes import Change, Told, role_of
from events.models import ErrorReport
from events.past import day_in_force, end_of
from events.shown import told_about

# Of one event; its changes are fifty at most as well.
MOST_OUTCOMES = 50


def change_of(report: ErrorReport) -> Change:
    """A closed report as an entry of the log."""
    assert report.closed_at is not None
    values = {"field": told_about(report), "outcome": report.get_outcome_display()}
    words = _("An error was reported (%(field)s). Outcome: %(outcome)s") % values
    return Change(report.closed_at, role_of("review"), (Told(words),), report.public_reason)


def outcomes_of(event_id: int) -> list[Change]:
    """What became of the reports on an event, newest first; one query.

    On a past day what had been told by then.
    """
    reports = ErrorReport.objects.told().filter(event_id=event_id)
    day = day_in_force()
    if day:
        reports = reports.filter(closed_at__lt=end_of(day))
    return [change_of(report) for report in reports.order_by("-closed_at", "-id")[:MOST_OUTCOMES]]


def with_outcomes(changes: Sequence[Change], outcomes: Iterable[Change]) -> list[Change]:
    """Both in one list, newest first; pure. A draft, without changes, has no outcomes either."""
    if not changes:
        return []
    return sorted([*changes, *outcomes], key=lambda change: change.at, reverse=True)


def reports_told(ids: Iterable[int]) -> dict[int, ErrorReport]:
    """Those of the reports that are told, on events that readers may know, with the event.

    One query.
    """
    reports = ErrorReport.objects.told().filter(event__published_at__isnull=False)
    return reports.select_related("event").in_bulk(list(ids))
