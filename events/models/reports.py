from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.citations import ADDRESS_LENGTH
from events.models.events import Event


class ErrorReport(models.Model):
    """A reader's word that something on an event's page is wrong. It names no reader."""

    class About(models.TextChoices):
        DATE = "DATE", _("Date or time")
        PEOPLE = "PEOPLE", _("Who took part")
        PLACE = "PLACE", _("Place")
        READOUT = "READOUT", _("What a government said")
        SOURCE = "SOURCE", _("A source or its address")
        WORDING = "WORDING", _("Wording or translation")
        OTHER = "OTHER", _("Something else")

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
    created_at = models.DateTimeField(_("received at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            models.CheckConstraint(
                name="report_is_closed_at_a_time_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.event}"
