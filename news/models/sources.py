from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Country
from news.models import lease_rows
from news.models.hosts import ADDRESS_LENGTH, LEASE, HeldHost, claim_hosts
from news.models.source_fields import is_web_address, known_pattern, known_time_zone
from news.schedule import CONFIRMATIONS, USUAL, interval_after, wait_after_failures


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write what a poll has found; lost once another worker has taken it over."""

    source: Source
    token: UUID

    def locked(self) -> Source | None:
        """The source as it is now, locked in this transaction; None if another has taken it over.

        An operator may have corrected it since.
        """
        return lease_rows.lock(Source, self.source.pk, self.token)

    def renew(self, *, at: datetime) -> bool:
        """Hold the source for longer; False if another worker has taken it over."""
        return bool(self._mine().update(leased_until=at + LEASE))

    def release(self, *, at: datetime) -> None:
        """Let the source go, from then on; nothing happens if another worker has taken it over."""
        self._mine().update(lease_token=None, leased_until=at)

    def _mine(self) -> SourceQuerySet:
        return Source.objects.filter(pk=self.source.pk, lease_token=self.token)


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, at: datetime) -> Self:
        """Enabled sources whose time has come and that nobody reads, the longest waiting first."""
        due = self.filter(is_enabled=True, next_poll_at__lte=at)
        return due.exclude(leased_until__gt=at).order_by("next_poll_at", "id")

    def make_due(self, at: datetime) -> int:
        """Have the enabled ones among these read as soon as a worker is free; how many they are."""
        return self.filter(is_enabled=True).update(next_poll_at=at)

    def held(self, at: datetime) -> Self:
        """Those that some worker is reading, or whose host has a rest."""
        return self.filter(leased_until__gt=at)

    def renew(self, leases: Iterable[Lease], *, at: datetime) -> None:
        """Hold the sources of these leases for longer, those that were not taken over."""
        ours = Q()
        for lease in leases:
            ours |= Q(pk=lease.source.pk, lease_token=lease.token)
        self.filter(ours).update(leased_until=at + LEASE)

    def free(self, at: datetime) -> Self:
        """Those that nobody reads, nor anything else of the same host."""
        same_host = models.OuterRef("host")
        read = Source.objects.held(at).filter(host=same_host)
        asked = HeldHost.objects.filter(host=same_host, held_until__gt=at)
        return self.exclude(models.Exists(read)).exclude(models.Exists(asked))

    def lease_due(self, number: int, *, at: datetime, token: UUID) -> list[Lease]:
        """Claim up to so many of those that are due for the longest, one of each host."""
        pks = lease_rows.longest_due(number, at=at)
        # Of those that are due: another may have polled one since we looked.
        return self.due(at)._lease(pks, at=at, token=token)

    def lease(self, pk: int, *, at: datetime, token: UUID) -> Lease | None:
        """Claim a source; None if it, or another of its host, is being read, or is claimed now.

        Nothing stays locked while the network is slow. `token` must be new: it tells this lease
        from one that follows it.
        """
        return next(iter(self._lease([pk], at=at, token=token)), None)

    @transaction.atomic
    def _lease(self, pks: list[int], *, at: datetime, token: UUID) -> list[Lease]:
        """Claim those of these sources that are here and can be had, each of a host of its own."""
        if not pks:
            return []
        found = self.filter(pk__in=pks).select_for_update(skip_locked=True, of=("self",))
        sources = [source for source in found if not source.is_held(at)]
        # One request at a time for a host, also against a claim that is not committed yet.
        ours = claim_hosts([source.host for source in sources], at=at)
        leases = [Lease(source, token) for source in sources if source.host in ours]
        values = {"lease_token": token, "leased_until": at + LEASE}
        self.filter(pk__in=[lease.source.pk for lease in leases]).update(**values)
        return leases


class Source(models.Model):
    """A feed, or a page that lists links, that is read for news."""

    class Kind(models.TextChoices):
        FEED = "FEED", _("Feed")
        PAGE = "PAGE", _("Page")

    class Class(models.TextChoices):
        OFFICIAL = "OFFICIAL", _("Official")
        PRESS = "PRESS", _("Press")
        WIRE = "WIRE", _("Wire service")

    name = models.SlugField(
        _("short name"), max_length=60, unique=True, help_text=_("For commands and logs.")
    )
    outlet = models.CharField(_("outlet"), max_length=120)
    kind = models.CharField(
        _("kind"),
        max_length=4,
        choices=Kind,
        default=Kind.FEED,
        db_default=Kind.FEED,
        help_text=_("A feed is RSS, Atom, RDF or JSON Feed; a page is one that lists articles."),
    )
    url = models.URLField(
        _("address of the feed or page"),
        max_length=ADDRESS_LENGTH,
        unique=True,
        validators=[is_web_address],
    )
    link_pattern = models.CharField(
        _("pattern of its links"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        validators=[known_pattern],
        help_text=_(
            "For a page only: a regular expression. A link is an article if some part of its whole "
            "address fits; begin with ^ and end with $ to mean all of it."
        ),
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
    least_minutes = models.PositiveSmallIntegerField(
        _("least minutes between two polls"),
        default=10,
        db_default=10,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
        help_text=_("It is never asked more often than that; from 5 to 1440 (a day)."),
    )
    pause_seconds = models.PositiveSmallIntegerField(
        _("seconds between two pages"),
        default=1,
        db_default=1,
        validators=[MaxValueValidator(60)],
        help_text=_("A rest after each article's page, for the server's sake; from 0 to 60."),
    )
    listed_at = models.CharField(
        _("listed at"),
        max_length=ADDRESS_LENGTH,
        blank=True,
        default="",
        db_default="",
        validators=[is_web_address],
        help_text=_("The public page or file where the address was seen."),
    )
    is_enabled = models.BooleanField(
        _("enabled"),
        default=True,
        help_text=_(
            "Nothing is asked of its server while it is not. The sources that come with the site "
            "wait here to be enabled."
        ),
    )
    disabled_because = models.CharField(
        _("disabled because"), max_length=300, blank=True, default="", db_default="", editable=False
    )
    host = models.GeneratedField(
        expression=Lower(Func(F("url"), Value(r"^https?://([^/?#]+)"), function="substring")),
        output_field=models.CharField(max_length=ADDRESS_LENGTH),
        db_persist=True,
        verbose_name=_("host"),
    )

    verified_at = models.DateTimeField(
        _("verified at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When it first answered with a feed, or such links; empty until then."),
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
    # Without a token: when it was let go.
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
            models.CheckConstraint(
                name="source_that_is_a_page_and_no_other_has_a_pattern",
                condition=Q(kind="PAGE") & ~Q(link_pattern="") | Q(kind="FEED", link_pattern=""),
            ),
            models.CheckConstraint(
                name="source_is_left_alone_for_5_minutes_to_a_day",
                condition=Q(least_minutes__range=(5, 1440)),
            ),
            models.CheckConstraint(
                name="source_pause_is_a_minute_at_most", condition=Q(pause_seconds__lte=60)
            ),
            models.CheckConstraint(
                name="source_listed_at_is_http",
                condition=Q(listed_at="") | Q(listed_at__regex=r"^https?://"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_held(self, at: datetime) -> bool:
        """Whether a worker is reading it, or its host has a rest."""
        return self.leased_until is not None and self.leased_until > at

    def clean(self) -> None:
        if self.kind == self.Kind.PAGE and not self.link_pattern:
            raise ValidationError(
                {"link_pattern": _("A page needs a pattern that its articles' addresses fit.")}
            )
        if self.kind == self.Kind.FEED and self.link_pattern:
            raise ValidationError({"link_pattern": _("A feed has no pattern; only a page does.")})

    def correct(self, fields: Iterable[str], *, at: datetime) -> None:
        """Save these fields, which an operator has changed, and what follows from that.

        No other column is written: a worker may be writing how its poll went.
        """
        columns = set(fields)
        if columns & {"url", "kind", "link_pattern"}:
            # What the old one brought says nothing of the new; nor may a worker write it now.
            self.etag = self.last_modified = self.moved_to = ""
            self.failures = self.moved_times = 0
            self.verified_at = self.read_in_full_at = None
            self.lease_token = self.leased_until = None
            self.next_poll_at = at
            columns |= {
                "etag", "last_modified", "moved_to", "failures", "moved_times", "verified_at",
                "read_in_full_at", "lease_token", "leased_until", "next_poll_at",
            }  # fmt: skip
        elif "least_minutes" in columns and self.last_polled_at:
            self.next_poll_at = max(self.next_poll_at, self.last_polled_at + self.floor)
            columns.add("next_poll_at")
        if "is_enabled" in columns:
            self.disabled_because = ""
            columns.add("disabled_because")
        self.save(update_fields=columns)

    @property
    def pause(self) -> timedelta:
        """The time for which its host is left alone after each page."""
        return timedelta(seconds=self.pause_seconds)

    @property
    def floor(self) -> timedelta:
        """The time for which its server is left alone after each poll."""
        return timedelta(minutes=self.least_minutes)

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
        self.interval = interval_after(
            self.interval, has_new=has_new, fresh_for=fresh_for, floor=self.floor
        )
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
        self.next_poll_at = at + max(wait, self.floor)
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
        if not url and not self.moved_to:
            return False
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
        lease_rows.save(self, (*columns, *always))
