from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.sources import Source


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

    @property
    def has_answered(self) -> bool:
        """Whether the source answered as it should; a reason then says what its feed lacks."""
        return self.outcome in self.ANSWERS
