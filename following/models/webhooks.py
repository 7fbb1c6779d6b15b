from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from following.models.announcements import Announcement
from following.models.subscribers import QUERY_LENGTH


class Webhook(models.Model):
    """An address of an organisation that is called when an event of a filter changes."""

    name = models.CharField(_("organisation"), max_length=120)
    url = models.URLField(
        _("address"), max_length=1000, validators=[URLValidator(schemes=["https", "http"])]
    )
    # Told when calls are given up.
    contact = models.EmailField(_("contact"), max_length=254)
    query = models.CharField(
        _("filter"),
        max_length=QUERY_LENGTH,
        blank=True,
        help_text=_("The timeline's query string; empty for the whole record."),
    )
    # Signs each call; kept readable, because signing needs it.
    secret = models.CharField(max_length=80, editable=False)
    is_enabled = models.BooleanField(_("enabled"), default=True)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    # Calls are made of announcements after this one.
    told_through = models.BigIntegerField(default=0, db_default=0, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the contact and the operators were told that it was disabled.
    notice_sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One call of one webhook about one announcement; its id is the id of the message."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        DELIVERED = "DELIVERED", _("Delivered")
        GIVEN_UP = "GIVEN_UP", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # What the other side answered last, or why there was no answer.
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("call of a webhook")
        verbose_name_plural = _("calls of webhooks")
        indexes = [
            models.Index(
                "next_attempt_at", "id", name="delivery_waiting", condition=Q(state="WAITING")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "webhook", "announcement", name="an_announcement_is_delivered_once"
            ),
            models.CheckConstraint(
                name="delivery_that_waits_has_a_next_attempt",
                condition=~Q(state="WAITING") | Q(next_attempt_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook}: {self.announcement_id}"
