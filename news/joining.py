"""Putting one candidate to another that tells of the same event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from news.models import Candidate, Decision, Report
from news.readouts import follow
from news.reporting import rechoose
from news.review import AlreadyDecided, decide, locked_while_pending


class CannotJoin(Exception):
    """The other candidate cannot take these reports; the message says why."""


@transaction.atomic
def join(candidate: Candidate, into: Candidate, *, by: User, at: datetime) -> Candidate:
    """Give the reports of a candidate to another, which is returned; both must wait.

    Accounts of governments go with them. They stay there whatever a later reading of their
    articles says. Can be undone as any decision.
    Raises AlreadyDecided for the first, CannotJoin for the second.
    """
    # In one order, so that two editors who put two candidates to each other do not wait for ever.
    pks = [candidate.pk, into.pk]
    list(Candidate.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    first = locked_while_pending(candidate)
    try:
        second = locked_while_pending(into)
    except AlreadyDecided as error:
        raise CannotJoin(_("The other candidate has been decided already.")) from error
    if first.pk == second.pk or first.is_anniversary != second.is_anniversary:
        raise CannotJoin(_("These two cannot tell of the same."))
    reports = list(first.reports.in_order())
    moved = [report.pk for report in reports]
    Report.objects.filter(pk__in=moved).update(candidate=second, is_placed=True)
    readouts = follow(reports, first, second)
    rechoose(second)
    left = {"into": second.pk, "reports": moved, "readouts": readouts}
    decide(first, Decision.Verb.JOIN, by=by, at=at, joined_to=second, left=left)
    return second
