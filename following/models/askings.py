from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from following.models.subscribers import Subscriber


class Asking(models.Model):
    """One mail that asks the owner of an address whether the requests made for it are theirs.

    It names what waits for confirmation when it is sent, so several requests need one mail. The
    rows of a day are also what the limits on such mails count.
    """

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="askings")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is to be sent, or was.
    next_attempt_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    # Sent, or given up with the error.
    settled_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("mail that asks for confirmation")
        verbose_name_plural = _("mails that ask for confirmation")
        indexes = [
            models.Index("asked_at", name="asking_by_time"),
            models.Index(
                "next_attempt_at", "id", name="asking_waiting", condition=Q(settled_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "subscriber",
                condition=Q(settled_at__isnull=True),
                name="one_mail_that_asks_waits_for_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.asked_at:%Y-%m-%d %H:%M}"
