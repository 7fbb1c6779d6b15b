from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from following.models.subscribers import Subscriber


class DigestQuerySet(models.QuerySet["Digest"]):
    def to_takers(self) -> Self:
        """Those to subscribers who take mail."""
        return self.filter(subscriber__in=Subscriber.objects.told().filter(refused_at=None))

    def due(self, at: datetime) -> Self:
        """Those to be sent that nobody has in hand."""
        unheld = Q(held_until=None) | Q(held_until__lte=at)
        return self.to_takers().filter(unheld, state="WAITING", next_attempt_at__lte=at)

    def in_doubt(self, at: datetime) -> Self:
        """Those handed over by somebody who never said what came of it."""
        unheld = Q(held_until=None) | Q(held_until__lte=at)
        return self.filter(unheld, state="HANDED_OVER")


class Digest(models.Model):
    """One mail to one subscriber: what it tells, and how far its sending has come.

    It is made in the transaction that marks its subscriptions as told, so nothing is told twice
    or left out. HANDED_OVER is stored before the last byte goes to the mail server: whoever dies
    after that cannot know whether it was taken, so nobody sends it again unasked.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        HANDED_OVER = "HANDED_OVER", _("Handed over, no answer seen")
        SENT = "SENT", _("Sent")
        REFUSED = "REFUSED", _("Refused")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="digests")
    pace = models.CharField(max_length=10)
    # [{"event": id, "kind": …, "what": [field, …], "first": announcement, "last": announcement,
    #   "subscriptions": [id, …], "leaves": whether no filter picks it any more}, …], in order.
    items = models.JSONField()
    # How many events more there would have been to tell.
    left_out = models.PositiveIntegerField(default=0, db_default=0)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail to a subscriber")
        verbose_name_plural = _("mails to subscribers")
        indexes = [
            models.Index(
                "next_attempt_at", "id", name="digest_waiting", condition=Q(state="WAITING")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="digest_that_waits_has_a_next_attempt",
                condition=~Q(state="WAITING") | Q(next_attempt_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pace} {self.pk}"
