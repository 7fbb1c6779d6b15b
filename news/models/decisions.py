from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Anniversary, Event
from news.models.candidates import Candidate


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def undone(self) -> Self:
        return self.filter(undone_at__isnull=False)

    def latest_of(self, editor_id: int, number: int) -> Self:
        """An editor's last decisions that stand, the latest first, with what a line of them shows.

        The text of the articles stays in the database: it may be long.
        """
        mine = self.standing().filter(by=editor_id).select_related("candidate")
        return mine.order_by("-decided_at", "-id")[:number]


class Decision(models.Model):
    """What an editor decided on a candidate, when, and what it left on the record.

    A candidate has one that stands; one that was undone stays as history. `left` holds what
    undoing has to take away again (see news/undoing.py).
    """

    class Verb(models.TextChoices):
        ACCEPT = "ACCEPT", _("Accepted")
        MERGE = "MERGE", _("Merged")
        REJECT = "REJECT", _("Rejected")
        JOIN = "JOIN", _("Put to another")

    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="decisions", verbose_name=_("candidate")
    )
    verb = models.CharField(_("decision"), max_length=6, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))
    reject_reason = models.CharField(
        _("reason"), max_length=20, choices=Candidate.RejectReason, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    anniversary = models.ForeignKey(
        Anniversary,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("anniversary"),
    )
    corrected = models.JSONField(
        _("corrected"),
        default=list,
        blank=True,
        help_text=_("The fields that the editor changed before accepting."),
    )
    left = models.JSONField(default=dict, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(
                "by", "decided_at", name="decision_of_an_editor", condition=Q(undone_at=None)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="candidate_has_one_decision_that_stands",
                fields=["candidate"],
                condition=Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_to_reject_has_a_reason_and_no_event",
                condition=Q(verb="REJECT", event__isnull=True, anniversary__isnull=True)
                & ~Q(reject_reason="")
                | ~Q(verb="REJECT") & Q(reject_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.candidate_id}"

    def undo(self, at: datetime) -> None:
        """Mark as undone; what it left is taken away by news/undoing.py."""
        self.undone_at = at
        self.save(update_fields=["undone_at"])
