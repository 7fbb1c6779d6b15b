"""What changed in the record that followers are told of, in the order in which it was noted.

Times of the row history cannot serve as a place up to which somebody was told: a transaction that
ends late has an early time. So one worker at a time compares each changed event with what was last
announced of it, and numbers what differs; whoever was told up to a number has missed nothing.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Announced(models.Model):
    """What was last announced of an event: the values that matter to followers."""

    # No foreign key: what was announced may be told of after the row is gone.
    event_id = models.BigIntegerField(primary_key=True)
    state = models.JSONField()

    def __str__(self) -> str:
        return str(self.event_id)


class Announcement(models.Model):
    """One change of one event; its id is its place in the order."""

    class Kind(models.TextChoices):
        NEW = "NEW", _("New")
        CHANGED = "CHANGED", _("Changed")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        MERGED = "MERGED", _("Merged into another event")

    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    # The values that matter, before and after; nothing before a new one.
    was = models.JSONField(null=True, blank=True)
    now = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("event_id", "id", name="announcement_of_an_event")]
        constraints = [
            models.CheckConstraint(
                name="only_a_new_event_has_nothing_before",
                condition=Q(kind="NEW", was__isnull=True) | Q(was__isnull=False) & ~Q(kind="NEW"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Watermark(models.Model):
    """Up to which snapshot of the database changes have been announced; one row at most."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    snapshot = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_watermark", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.snapshot
