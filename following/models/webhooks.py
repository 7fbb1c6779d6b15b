from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from following.models.announcements import Announcement
from following.models.subscribers import QUERY_LENGTH


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def enabled(self) -> Self:
        return self.filter(is_enabled=True)

    def untold(self, at: datetime) -> Self:
        """Those given up of which nobody has been told, and whom nobody tells at the moment."""
        is_free = Q(notice_held_until__isnull=True) | Q(notice_held_until__lte=at)
        given_up = self.filter(is_enabled=False, notice_sent_at__isnull=True)
        return given_up.filter(is_free, ended_by__in=Webhook.GIVEN_UP)


class Webhook(models.Model):
    """An address of an organisation that is called when an event of a filter changes."""

    class End(models.TextChoices):
        EDITOR = "EDITOR", _("Disabled by an editor")
        GONE = "GONE", _("Disabled: the address is gone for good")
        FAILING = "FAILING", _("Disabled: nothing but failures for three days")

    GIVEN_UP = (End.GONE, End.FAILING)

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
    # The one before signs as well for a while, so that receivers can change it at their leisure.
    former_secret = models.CharField(
        max_length=80, blank=True, editable=False, default="", db_default=""
    )
    former_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    is_enabled = models.BooleanField(_("enabled"), default=True)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    # Calls are made of announcements after this one.
    told_through = models.BigIntegerField(default=0, db_default=0, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.CharField(
        max_length=7, choices=End, blank=True, editable=False, default="", db_default=""
    )
    # What was noted from then on was not delivered; named when it is enabled again.
    missed_since = models.DateTimeField(null=True, blank=True, editable=False)
    # When the contact and the operators were told that it was disabled.
    notice_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    notice_held_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.CheckConstraint(
                name="webhook_is_disabled_at_a_time_for_a_reason",
                condition=Q(is_enabled=True, disabled_at__isnull=True, ended_by="")
                | Q(is_enabled=False, disabled_at__isnull=False) & ~Q(ended_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def secrets_at(self, at: datetime) -> Sequence[str]:
        """What signs a call of that moment, the newest first."""
        until = self.former_secret_until
        if self.former_secret and until is not None and at < until:
            return (self.secret, self.former_secret)
        return (self.secret,)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)

    def due(self, at: datetime) -> Self:
        """Those whose time has come and that nobody is making."""
        is_free = Q(held_until__isnull=True) | Q(held_until__lte=at)
        return self.waiting().filter(is_free, next_attempt_at__lte=at)


class Delivery(models.Model):
    """One call of one webhook; its id is the id of the message, however often it is tried.

    It is about one announcement; or, when the webhook is enabled again, about the time in between,
    of which nothing is told.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        DELIVERED = "DELIVERED", _("Delivered")
        GIVEN_UP = "GIVEN_UP", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Whether the filter picks the event after the change; if not, it is told for the last time.
    in_filter = models.BooleanField(default=True, db_default=True)
    gap_from = models.DateTimeField(null=True, blank=True)
    gap_to = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # What the other side answered last, or why there was no answer.
    outcome = models.CharField(max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of a webhook")
        verbose_name_plural = _("calls of webhooks")
        indexes = [
            models.Index(
                "next_attempt_at", "id", name="delivery_waiting", condition=Q(state="WAITING")
            ),
            # What is next for each webhook.
            models.Index("webhook", "id", name="delivery_in_order", condition=Q(state="WAITING")),
        ]
        constraints = [
            models.UniqueConstraint(
                "webhook", "announcement", name="an_announcement_is_delivered_once"
            ),
            models.CheckConstraint(
                name="delivery_is_about_an_announcement_or_a_gap",
                condition=Q(announcement__isnull=False, gap_from__isnull=True, gap_to__isnull=True)
                | Q(
                    announcement__isnull=True,
                    gap_from__isnull=False,
                    gap_to__isnull=False,
                    gap_from__lte=F("gap_to"),
                ),
            ),
            models.CheckConstraint(
                name="delivery_that_waits_has_a_next_attempt",
                condition=~Q(state="WAITING") | Q(next_attempt_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook}: {self.announcement_id}"
