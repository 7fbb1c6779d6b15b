"""Undoing a decision: the candidate waits again, and what the decision left is taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from events.history import recorded
from events.models import Anniversary, Event, Evidence
from events.publication import PublicationRefused, withdraw
from news.citing import take_back
from news.models import Candidate, CandidateEvidence, CandidateReadout, Decision, Report
from news.recording import forget_readouts
from news.reporting import move
from news.updating import give_back

# Readers of the event's address see it, in the language of the record.
WITHDRAWN_BECAUSE = "Accepted by mistake, and taken back by the editor."

# What makes two rows of evidence of one text the same.
_SAME_ROW = ("field", "value", "starts_at", "ends_at")


class CannotUndo(Exception):
    """The decision cannot be undone here; the message says why."""


@transaction.atomic
def undo(decision: Decision, *, by: User, at: datetime) -> Candidate:
    """Undo a decision of this editor's and return its candidate, which waits again.

    An accepted event is withdrawn: what was published is never deleted. From an event or day that
    a candidate was merged into, the citation and evidence go that came with it, and the values
    that were taken over. Accounts of governments and their commitments go in both cases. What
    somebody has changed since stays. Raises CannotUndo.
    """
    candidate = Candidate.objects.select_for_update().get(pk=decision.candidate_id)
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if locked.by_id != by.pk:
        raise CannotUndo(_("Only the editor who decided can undo it."))
    if locked.undone_at is not None:
        raise CannotUndo(_("This decision has been undone already."))
    locked.undo(at)
    candidate.wait_again()
    with recorded(door="review", reason=f"candidate {candidate.pk} undone", by=by):
        forget_readouts(candidate, locked.left.get("accounts", ()))
        if locked.anniversary is not None:
            _leave_anniversary(locked, locked.anniversary)
        elif locked.verb == Decision.Verb.ACCEPT:
            _withdraw(locked, by=by, at=at)
        elif locked.verb == Decision.Verb.MERGE:
            _leave_event(locked)
        elif locked.verb == Decision.Verb.JOIN:
            _take_apart(locked, candidate)
    return candidate


def _withdraw(decision: Decision, *, by: User, at: datetime) -> None:
    event = Event.objects.select_for_update().get(pk=decision.event_id or 0)
    if event.version != decision.left["version"]:
        raise CannotUndo(
            _("The event has been changed since. Correct or withdraw it in the administration.")
        )
    try:
        withdrawn = withdraw(event, reason=WITHDRAWN_BECAUSE, by=by, at=at)
    except PublicationRefused as refused:
        raise CannotUndo(str(refused)) from refused
    decision.left["withdrawn"] = withdrawn.version
    decision.save(update_fields=["left"])


def _leave_event(decision: Decision) -> None:
    event = Event.objects.select_for_update().visible().filter(pk=decision.event_id or 0).first()
    if event is None:
        raise CannotUndo(_("The event has been withdrawn or merged into another since."))
    restored = give_back(event, decision.left["taken"])
    for source in decision.left["sources"]:
        is_publisher_gone = _take_back(decision, source, event)
        if is_publisher_gone and source["is_counted"] and event.independent_publishers:
            event.independent_publishers -= 1
    event.version += 1
    event.save(update_fields=["version", "independent_publishers", *restored])


def _leave_anniversary(decision: Decision, anniversary: Anniversary) -> None:
    sources = decision.left["sources"]
    if decision.verb == Decision.Verb.MERGE:
        for source in sources:
            _take_back(decision, source, anniversary)
        return
    own = {source["citation"] for source in sources}
    if anniversary.citations.exclude(pk__in=own).exists():
        raise CannotUndo(_("The day has got another source since: it stays on record."))
    try:
        anniversary.delete()
    except ProtectedError as error:
        raise CannotUndo(_("The day is used elsewhere by now: it stays on record.")) from error


def _take_back(decision: Decision, source: dict[str, Any], owner: Event | Anniversary) -> bool:
    """Take what one report left from its owner; whether the publisher is gone with it.

    What another candidate with the same page rests on as well is left to that one's decision.
    """
    cited, added = {"citation": source["citation"]}, list(source["evidence"])
    heirs = (
        Decision.objects.standing()
        .exclude(pk=decision.pk)
        .filter(
            event=decision.event,
            anniversary=decision.anniversary,
            left__sources__contains=[cited],
        )
        .order_by("pk")
    )
    shares = [
        (heir, share)
        for heir in heirs
        for share in heir.left["sources"]
        if share["citation"] == source["citation"]
    ]
    if shares:
        heir, share = shares[0]
        told = CandidateEvidence.objects.filter(report__in=[each["report"] for _, each in shares])
        shared = set(told.values_list(*_SAME_ROW))
        rows = Evidence.objects.filter(pk__in=added).values_list("pk", *_SAME_ROW)
        kept = [pk for pk, *row in rows if tuple(row) in shared]
        share["evidence"] += kept
        for flag in ("is_new_citation", "is_counted"):
            share[flag] = share[flag] or source[flag]
        heir.save(update_fields=["left"])
        added = [pk for pk in added if pk not in kept]
    is_last = not shares and source["is_new_citation"]
    return take_back(owner, source["citation"], added, with_citation=is_last)


def _take_apart(decision: Decision, candidate: Candidate) -> None:
    """Give a candidate back the reports that it brought to another which still waits."""
    into = Candidate.objects.select_for_update().get(pk=decision.left["into"])
    reports = Report.objects.filter(pk__in=decision.left["reports"], candidate=into)
    own = into.reports.exclude(pk__in=decision.left["reports"])
    if into.state != Candidate.State.PENDING or not reports.exists() or not own.exists():
        raise CannotUndo(_("The candidate that it was put to has been decided or changed since."))
    # Those first that came with them: another report of the same article may stay.
    brought = CandidateReadout.objects.filter(pk__in=decision.left.get("readouts", ()))
    brought.filter(candidate=into).update(candidate=candidate)
    for report in reports.in_order():
        move(report, candidate)
