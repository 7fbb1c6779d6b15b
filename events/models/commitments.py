from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.citations import ADDRESS_LENGTH, Publisher
from events.models.dates import Precision
from events.models.events import Event
from events.models.tracking import in_three_languages, tracked


@tracked
class Commitment(models.Model):
    """Something agreed to be done, and the event that did it.

    `due_on` is a placeholder on the first day of its month or year where `due_precision` says so;
    the deadline is then the end of that period.
    """

    class Status(models.TextChoices):
        OPEN = "OPEN", _("No fulfilment recorded")
        FULFILLED = "FULFILLED", _("Fulfilled")
        LAPSED = "LAPSED", _("Lapsed")

    slug = models.SlugField(_("id"), max_length=90, unique=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="commitments")
    text = in_three_languages(
        models.CharField(_("what was agreed"), max_length=300, blank=True), en={"blank": False}
    )
    due_text = models.CharField(_("deadline as recorded"), max_length=80, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(
        _("precision of the deadline"),
        max_length=8,
        blank=True,
        choices=[(p.value, p.label) for p in Precision if p != Precision.WINDOW],
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    fulfilled_by = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fulfils",
        verbose_name=_("event that followed"),
    )
    url = models.URLField(_("address"), max_length=ADDRESS_LENGTH)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, related_name="+", verbose_name=_("publisher")
    )

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                name="commitment_due_date_has_a_precision",
                condition=Q(due_on__isnull=True, due_precision="")
                | (Q(due_on__isnull=False) & ~Q(due_precision="")),
                violation_error_message=_("A deadline needs its precision."),
            ),
            models.CheckConstraint(
                name="commitment_due_in_a_month_or_year_on_its_first_day",
                condition=~Q(due_precision__in=["MONTH", "YEAR"])
                | Q(due_precision="MONTH", due_on__day=1)
                | Q(due_precision="YEAR", due_on__day=1, due_on__month=1),
                violation_error_message=_(
                    "A deadline known to the month or year is stored as its first day."
                ),
            ),
            models.CheckConstraint(
                name="commitment_fulfilled_names_the_event",
                condition=~Q(status="FULFILLED") | Q(fulfilled_by__isnull=False),
                violation_error_message=_("Name the event that fulfilled it."),
            ),
            models.CheckConstraint(
                name="commitment_address_is_http", condition=Q(url__regex=r"^https?://")
            ),
        ]

    def __str__(self) -> str:
        return self.text
