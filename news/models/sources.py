from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Country
from news.schedule import CONFIRMATIONS, USUAL, interval_after, wait_after_failures

ADDRESS_LENGTH = 1000
# How long one poll may hold a source before another worker may take it over: longer than any fetch
# and reading may last, and short enough that a killed worker delays its source by minutes only.
LEASE = timedelta(seconds=100)
# Any number: the space of the locks on hosts.
_HOSTS = 5_171_042


def known_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is in the time zone database."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write what a poll has found; lost once another worker has taken it over."""

    source: Source
    token: UUID


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, at: datetime) -> Self:
        """Enabled sources whose time has come and that nobody reads, the longest waiting first."""
        due = self.filter(is_enabled=True, next_poll_at__lte=at)
        return due.exclude(leased_until__gt=at).order_by("next_poll_at", "id")

    def make_due(self, at: datetime) -> int:
        """Have the enabled ones among these read as soon as a worker is free; how many they are."""
        return self.filter(is_enabled=True).update(next_poll_at=at)

    def held(self, at: datetime) -> Self:
        """Those that some worker is reading."""
        return self.filter(leased_until__gt=at)

    @transaction.atomic
    def lease(self, pk: int, *, at: datetime, token: UUID) -> Lease | None:
        """Claim a source; None if it, or another of its host, is being read, or is claimed now.

        Nothing stays locked while the network is slow. `token` must be new: it tells this lease
        from one that follows it.
        """
        source = self.filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()
        if source is None or (source.leased_until and source.leased_until > at):
            return None
        # One request at a time for a host, also against a claim that is not committed yet.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [_HOSTS, source.host]
            )
            (is_first,) = cursor.fetchone()
        if not is_first or Source.objects.held(at).filter(host=source.host).exists():
            return None
        source.lease_token, source.leased_until = token, at + LEASE
        source.save(update_fields=["lease_token", "leased_until"])
        return Lease(source, token)


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
    disabled_because = models.CharField(
        _("disabled because"), max_length=300, blank=True, default="", db_default="", editable=False
    )
    host = models.GeneratedField(
        expression=Lower(Func(F("url"), Value(r"^https?://([^/?#]+)"), function="substring")),
        output_field=models.CharField(max_length=ADDRESS_LENGTH),
        db_persist=True,
    )

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
    interval = models.DurationField(_("interval"), default=USUAL, db_default=USUAL, editable=False)
    last_new_at = models.DateTimeField(_("last new item at"), null=True, blank=True, editable=False)
    read_in_full_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_to = models.CharField(
        max_length=ADDRESS_LENGTH, blank=True, default="", db_default="", editable=False
    )
    moved_times = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

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

    def answered(
        self,
        *,
        at: datetime,
        etag: str,
        last_modified: str,
        has_new: bool = False,
        in_full: bool = True,
        fresh_for: int | None = None,
    ) -> None:
        """Remember a poll that brought a feed, or word that nothing has changed."""
        self.verified_at = self.verified_at or at
        self.etag, self.last_modified = etag, last_modified
        self.last_polled_at, self.failures = at, 0
        self.interval = interval_after(self.interval, has_new=has_new, fresh_for=fresh_for)
        self.next_poll_at = at + self.interval
        if has_new:
            self.last_new_at = at
        if in_full:
            self.read_in_full_at = at
        self._save_poll(
            "verified_at",
            "etag",
            "last_modified",
            "failures",
            "interval",
            "last_new_at",
            "read_in_full_at",
        )

    def failed(self, *, at: datetime, spread: float = 0.5, retry_after: int | None = None) -> None:
        """Remember a poll that brought nothing; the next one waits longer, up to a day."""
        self.last_polled_at = at
        self.failures = min(self.failures + 1, 1000)
        wait = wait_after_failures(self.failures, spread=spread, retry_after=retry_after)
        self.next_poll_at = at + wait
        self._save_poll("failures")

    def is_gone(self, *, at: datetime, reason: str) -> None:
        """Stop reading a source whose server says that it is gone for good."""
        self.last_polled_at, self.failures = at, min(self.failures + 1, 1000)
        self.is_enabled, self.disabled_because = False, reason[:300]
        self._save_poll("failures", "is_enabled", "disabled_because")

    def answered_from(self, url: str) -> bool:
        """Remember the address that permanent redirects led to; whether it is now the source's.

        Empty where none did. It is taken over once enough answers in a row came from there, unless
        another source has it.
        """
        if url != self.moved_to:
            self.moved_to, self.moved_times = url[:ADDRESS_LENGTH], 0
        self.moved_times = min(self.moved_times + 1, CONFIRMATIONS) if url else 0
        is_sure = self.moved_times == CONFIRMATIONS and len(url) <= ADDRESS_LENGTH
        is_free = is_sure and not Source.objects.filter(url=url).exists()
        if is_free:
            self.url, self.moved_to, self.moved_times = url, "", 0
        self.save(update_fields=["url", "moved_to", "moved_times"])
        return is_free

    def _save_poll(self, *columns: str) -> None:
        """Save how a poll went, and let the source go."""
        self.lease_token = self.leased_until = None
        always = ("last_polled_at", "next_poll_at", "lease_token", "leased_until")
        self.save(update_fields=[*columns, *always])


class PollQuerySet(models.QuerySet["Poll"]):
    def answered(self) -> Self:
        return self.filter(outcome__in=Poll.ANSWERS)

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
        GONE = "GONE", _("Gone for good")

    ANSWERS = (Outcome.NEW, Outcome.NOTHING_NEW)

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
            models.Index(F("source"), F("started_at").desc(), name="poll_latest_of_a_source_first"),
            # Few polls bring anything: habits and items a day are read from this alone.
            models.Index(
                fields=["source", "started_at"],
                include=["new_articles"],
                condition=Q(outcome="NEW"),
                name="poll_with_news_of_a_source",
            ),
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
