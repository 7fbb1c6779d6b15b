from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.citations import ADDRESS_LENGTH
from events.models.events import Event

PUBLIC_REASON_LENGTH = 300


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def still_open(self) -> Self:
        """Those that wait for an editor."""
        return self.filter(closed_at__isnull=True)

    def told(self) -> Self:
        """Those whose outcome readers are told; not what was no report, or one of several."""
        return self.filter(outcome__in=ErrorReport.TOLD)


class ErrorReport(models.Model):
    """A reader's word that something on an event's page is wrong. It names no reader.

    `shown` is what the page showed of `field` when it was received, in the reader's language;
    both are empty for the page as a whole. `revision` is the event's of that moment.
    """

    class About(models.TextChoices):
        DATE = "DATE", _("Date or time")
        PEOPLE = "PEOPLE", _("Who took part")
        PLACE = "PLACE", _("Place")
        READOUT = "READOUT", _("What a government said")
        SOURCE = "SOURCE", _("A source or its address")
        WORDING = "WORDING", _("Wording or translation")
        OTHER = "OTHER", _("Something else")

    class Outcome(models.TextChoices):
        CORRECTED = "CORRECTED", _("The record was corrected")
        NOT_CORRECTED = "NOT_CORRECTED", _("The record stays as it is")
        ALREADY_RIGHT = "ALREADY_RIGHT", _("It had been corrected already")
        DUPLICATE = "DUPLICATE", _("The same as another report")
        UNUSABLE = "UNUSABLE", _("No report of an error")

    TOLD = (Outcome.CORRECTED, Outcome.NOT_CORRECTED, Outcome.ALREADY_RIGHT)

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="reports", verbose_name=_("event")
    )
    about = models.CharField(_("what is wrong"), max_length=10, choices=About)
    message = models.TextField(_("what it should say"), max_length=1000)
    source_url = models.URLField(
        _("a source for it"),
        max_length=ADDRESS_LENGTH,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    language = models.CharField(_("language of the page"), max_length=2, choices=settings.LANGUAGES)
    field = models.CharField(_("field"), max_length=40, blank=True, default="", db_default="")
    shown = models.TextField(
        _("what was shown"), max_length=4000, blank=True, default="", db_default=""
    )
    revision = models.PositiveIntegerField(
        _("revision of the event"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("received at"))
    outcome = models.CharField(
        _("outcome"),
        max_length=13,
        choices=Outcome,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    public_reason = models.CharField(
        _("reason told to readers"),
        max_length=PUBLIC_REASON_LENGTH,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            models.CheckConstraint(
                name="report_is_closed_at_a_time_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="report_has_an_outcome_only_when_closed",
                condition=Q(closed_at__isnull=False) | Q(outcome=""),
            ),
            models.CheckConstraint(
                name="report_that_changes_nothing_is_given_a_reason",
                condition=~Q(outcome="NOT_CORRECTED") | ~Q(public_reason=""),
            ),
            models.CheckConstraint(
                name="report_has_a_public_reason_only_if_it_is_told",
                condition=Q(public_reason="")
                | Q(outcome__in=["CORRECTED", "NOT_CORRECTED", "ALREADY_RIGHT"]),
            ),
        ]
        indexes = [
            # For the log of corrections, which is read from its newest entry on.
            models.Index(
                "closed_at",
                "id",
                name="report_told",
                condition=Q(outcome__in=["CORRECTED", "NOT_CORRECTED", "ALREADY_RIGHT"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.event}"
