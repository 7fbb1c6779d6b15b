from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.habits import ALARMING, Judgement, State
from news.models.sources import Source

# How long a worker that is telling alerts may be about it before another one takes over: longer
# than a mail server may take, so that none is told twice.
HOLD = timedelta(minutes=10)


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def untold(self) -> Self:
        """Those whose raising or recovery has not been told yet.

        What an operator has set aside in the meantime needs no telling.
        """
        raised = Q(raising_told_at=None) & ~Q(ending=Alert.Ending.SET_ASIDE)
        recovered = Q(ending=Alert.Ending.RECOVERED, ending_told_at=None)
        return self.filter(raised | recovered)

    def unheld(self, at: datetime) -> Self:
        """Those that no worker is telling."""
        return self.filter(Q(held_until=None) | Q(held_until__lte=at))


class Alert(models.Model):
    """That a source needed a person: from when, why, and how it ended.

    It keeps facts, not sentences: each operator reads the reason in a language of their own.
    """

    class Kind(models.TextChoices):
        GONE = "GONE", _("Gone for good")
        FAILING = "FAILING", _("Does not answer")
        SILENT = "SILENT", _("Has nothing new")

    class Ending(models.TextChoices):
        RECOVERED = "RECOVERED", _("Recovered")
        SET_ASIDE = "SET_ASIDE", _("Set aside")

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="alerts", verbose_name=_("source")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    since = models.DateTimeField(
        _("since"), help_text=_("The last answer, or the last new item, before it.")
    )
    raised_at = models.DateTimeField(_("raised at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ending = models.CharField(
        _("ending"),
        max_length=10,
        choices=Ending,
        blank=True,
        help_text=_(
            "Set aside: the source was switched off or given another address, or another alert "
            "says more."
        ),
    )
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    usual = models.DurationField(
        _("usual gap"), null=True, blank=True, help_text=_("Within this time something new came.")
    )
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("What the last attempt said.")
    )
    raising_told_at = models.DateTimeField(_("raising told at"), null=True, blank=True)
    ending_told_at = models.DateTimeField(_("recovery told at"), null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                name="source_has_one_open_alert_of_a_kind",
                fields=["source", "kind"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="alert_is_raised_after_it_begins", condition=Q(raised_at__gte=F("since"))
            ),
            models.CheckConstraint(
                name="alert_ends_after_it_is_raised",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("raised_at")),
            ),
            models.CheckConstraint(
                name="alert_that_ended_says_how",
                condition=Q(ended_at=None, ending="")
                | Q(ended_at__isnull=False, ending__in=["RECOVERED", "SET_ASIDE"]),
            ),
            models.CheckConstraint(
                name="alert_of_silence_says_what_is_usual",
                condition=~Q(kind="SILENT") | Q(usual__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_ending_is_told_after_it_ended",
                condition=Q(ending_told_at=None) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_kind_display()}"

    @classmethod
    def of(cls, source: Source, judgement: Judgement, *, at: datetime) -> Alert:
        """The alert that a judgement calls for; nothing is saved.

        Raises ValueError where it calls for none.
        """
        if judgement.state not in ALARMING:
            raise ValueError(f"A source that is {judgement.state} needs nobody.")
        return cls(
            source=source,
            kind=cls.Kind(judgement.state.value),
            since=min(judgement.since or at, at),
            raised_at=at,
            failures=judgement.failures,
            usual=judgement.usual,
            reason=judgement.said[:300],
        )

    def as_judgement(self) -> Judgement:
        """What was found when it was raised."""
        return Judgement(State(self.kind), self.since, self.failures, self.usual, self.reason)
