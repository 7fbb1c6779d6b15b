from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Country

ADDRESS_LENGTH = 1000
# How long one poll may hold a source before another worker may take it over.
LEASE = timedelta(minutes=15)
INTERVAL = timedelta(minutes=30)
LONGEST_INTERVAL = timedelta(hours=24)


def known_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is in the time zone database."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, at: datetime) -> Self:
        """Enabled sources whose time has come, the longest waiting first."""
        return self.filter(is_enabled=True, next_poll_at__lte=at).order_by("next_poll_at", "id")


class Source(models.Model):
    """A feed that is read for news."""

    class Class(models.TextChoices):
        OFFICIAL = "OFFICIAL", _("Official")
        PRESS = "PRESS", _("Press")
        WIRE = "WIRE", _("Wire service")

    name = models.SlugField(
        _("short name"), max_length=60, unique=True, help_text=_("For commands and logs.")
    )
    outlet = models.CharField(_("outlet"), max_length=120)
    url = models.URLField(
        _("address of the feed"),
        max_length=ADDRESS_LENGTH,
        unique=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", verbose_name=_("country")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    source_class = models.CharField(_("class"), max_length=10, choices=Class, default=Class.PRESS)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Asia/Seoul",
        validators=[known_time_zone],
        help_text=_("For times of the feed that name no zone, and for the day of an article."),
    )
    is_enabled = models.BooleanField(_("enabled"), default=True)

    verified_at = models.DateTimeField(
        _("verified at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When it first answered with a feed; empty until then."),
    )
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    # A source is due as soon as it is known, whatever door it came through.
    next_poll_at = models.DateTimeField(_("next poll at"), default=timezone.now, editable=False)
    last_polled_at = models.DateTimeField(
        _("last polled at"), null=True, blank=True, editable=False
    )
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        indexes = [models.Index("next_poll_at", "id", name="source_longest_waiting_first")]
        constraints = [
            models.CheckConstraint(
                name="source_address_is_http",
                condition=Q(url__regex=r"^https?://"),
                violation_error_message=_("The address begins with https:// or http://."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def claim(self, *, at: datetime) -> bool:
        """Whether this worker may poll the source now; another one then may not for a while.

        Compare and set in one statement, so that nothing stays locked while the network is slow.
        """
        claimed = Source.objects.filter(pk=self.pk, next_poll_at=self.next_poll_at).update(
            next_poll_at=at + LEASE
        )
        if claimed:
            self.next_poll_at = at + LEASE
        return bool(claimed)

    def answered(self, *, at: datetime, etag: str, last_modified: str) -> None:
        """Remember a poll that brought a feed, or word that nothing has changed."""
        self.verified_at = self.verified_at or at
        self.etag, self.last_modified = etag, last_modified
        self.last_polled_at, self.failures = at, 0
        self.next_poll_at = at + INTERVAL
        self.save(
            update_fields=[
                "verified_at",
                "etag",
                "last_modified",
                "last_polled_at",
                "failures",
                "next_poll_at",
            ]
        )

    def failed(self, *, at: datetime) -> None:
        """Remember a poll that brought nothing; the next one waits twice as long, up to a day."""
        self.last_polled_at = at
        self.failures = min(self.failures + 1, 1000)
        self.next_poll_at = at + min(INTERVAL * 2 ** min(self.failures, 10), LONGEST_INTERVAL)
        self.save(update_fields=["last_polled_at", "failures", "next_poll_at"])


class PollQuerySet(models.QuerySet["Poll"]):
    def latest_first(self) -> Self:
        return self.order_by("-started_at", "-id")


class Poll(models.Model):
    """One attempt to read a source."""

    class Outcome(models.TextChoices):
        NEW = "NEW", _("Something new")
        NOTHING_NEW = "NOTHING_NEW", _("Nothing new")
        UNREACHABLE = "UNREACHABLE", _("Not reached")
        REFUSED = "REFUSED", _("Refused by us")
        ERROR_STATUS = "ERROR_STATUS", _("Answered with an error")
        NOT_A_FEED = "NOT_A_FEED", _("Not a feed")

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="polls", verbose_name=_("source")
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    items = models.PositiveIntegerField(_("items in the feed"), default=0)
    new_articles = models.PositiveIntegerField(_("new articles"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        indexes = [
            models.Index(F("source"), F("started_at").desc(), name="poll_latest_of_a_source_first")
        ]
        constraints = [
            models.CheckConstraint(
                name="poll_finishes_after_it_starts",
                condition=Q(finished_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="poll_that_failed_says_why",
                condition=Q(outcome__in=["NEW", "NOTHING_NEW"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
