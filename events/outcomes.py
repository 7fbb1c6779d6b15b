"""What became of readers' reports of errors, as the pages of corrections tell it.

By role and day, with the reason that the editor wrote for readers; never in the words of who
reported it. Reports that were none, or one of several, are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from events.changes import Change, Told, role_of
from events.models import ErrorReport
from events.past import day_in_force, end_of
from events.shown import told_about

# Of one thing; the changes of an event are fifty at most as well.
MOST_OUTCOMES = 50
_TOLD = ("about", "field", "outcome", "public_reason", "closed_at")


def change_of(report: ErrorReport) -> Change:
    """A closed report as an entry of the log."""
    values = {"field": told_about(report), "outcome": report.get_outcome_display()}
    words = _("An error was reported (%(field)s). Outcome: %(outcome)s") % values
    return Change(_closed_at(report), role_of("review"), (Told(words),), report.public_reason)


def stored_outcomes(owner: str = "event") -> ArraySubquery:
    """What `outcomes_of` reads, to be loaded with the thing: pages have queries enough.

    `owner` is the column by which reports name such things.
    """
    reports = ErrorReport.objects.told().filter(**{owner: OuterRef("pk")})
    told = JSONObject(**{name: name for name in _TOLD})
    return ArraySubquery(reports.order_by("-closed_at", "-id")[:MOST_OUTCOMES].values(json=told))


def outcomes_of(stored: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What became of the reports on a thing, newest first, from `stored_outcomes`.

    On a past day what had been told by then.
    """
    day = day_in_force()
    reports = [
        ErrorReport(**{**one, "closed_at": datetime.fromisoformat(one["closed_at"])})
        for one in stored
    ]
    return [change_of(one) for one in reports if not day or _closed_at(one) < end_of(day)]


def _closed_at(report: ErrorReport) -> datetime:
    assert report.closed_at is not None  # who has an outcome is closed
    return report.closed_at


def with_outcomes(changes: Sequence[Change], outcomes: Iterable[Change]) -> list[Change]:
    """Both in one list, newest first; pure. A draft, without changes, has no outcomes either."""
    if not changes:
        return []
    return sorted([*changes, *outcomes], key=lambda change: change.at, reverse=True)


def reports_told(ids: Iterable[int]) -> dict[int, ErrorReport]:
    """Those of the reports that are told, on what readers may know, with the thing.

    One query.
    """
    known = Q(event__isnull=True) | Q(event__published_at__isnull=False)
    return ErrorReport.objects.told().filter(known).with_thing().in_bulk(list(ids))
