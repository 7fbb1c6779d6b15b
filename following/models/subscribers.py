from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

QUERY_LENGTH = 1000


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def told(self) -> Self:
        """Those who have confirmed their address and have not left."""
        return self.filter(confirmed_at__isnull=False, left_at__isnull=True)


class Subscriber(models.Model):
    """An address to which mail goes, once its owner has confirmed it. There is no account.

    Who holds `key`, which only mails to the address carry, may change what is sent there.
    """

    address = models.EmailField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    key = models.CharField(max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # When confirmation was last asked for, so that nobody is flooded with that mail.
    asked_at = models.DateTimeField(null=True, blank=True)
    # Refused by the other side for good: nothing is sent until the owner confirms again.
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(Lower("address"), name="an_address_subscribes_once"),
        ]

    def __str__(self) -> str:
        return self.address


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def standing(self) -> Self:
        """Those that are confirmed and have not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)


class Subscription(models.Model):
    """A filter of the timeline that a subscriber wants to be told of, and how often."""

    class Pace(models.TextChoices):
        INSTANT = "INSTANT", _("At once")
        DAILY = "DAILY", _("Once a day")
        WEEKLY = "WEEKLY", _("Once a week")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    # The timeline's query string, in its one spelling; empty for the whole record.
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    pace = models.CharField(max_length=10, choices=Pace)
    key = models.CharField(max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Of announcements up to this one it has been told, or they were before its time.
    told_through = models.BigIntegerField(default=0, db_default=0)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                "subscriber",
                "query",
                condition=Q(ended_at__isnull=True),
                name="a_filter_is_subscribed_to_once",
            ),
            models.CheckConstraint(
                name="subscription_ends_after_it_was_made",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.query or '*'}"
