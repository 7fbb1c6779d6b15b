from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.changes import EVENT_CHANGES
from events.models.countries import Country
from events.models.dates import (
    FIRST_DAY_OF_A_COARSE_DATE,
    Precision,
    coarseness,
    day_it_sorts_by_when_oldest_come_first,
    last_possible_day,
)
from events.models.people import Person
from events.models.rules import PUBLISHED_EVENT_HAS_A_CITATION
from events.models.stale import EVENT_IS_STALE
from events.models.topics import Topic
from events.models.tracking import in_three_languages, tracked


class EventQuerySet(models.QuerySet["Event"]):
    def visible(self) -> Self:
        """Events a reader may see: published, neither withdrawn nor merged into another."""
        return self.filter(
            published_at__isnull=False, withdrawn_at__isnull=True, merged_into__isnull=True
        )

    def newest_first(self) -> Self:
        # A coarse date comes after the days it contains; the id keeps ties in their order
        # from page to page.
        return self.order_by("-starts_on", "coarseness", "-id")

    def oldest_first(self) -> Self:
        return self.order_by("oldest_first_on", "coarseness", "id")


@tracked
@pgtrigger.register(
    pgtrigger.ReadOnly(name="public_id_never_changes", fields=["public_id"]),
    pgtrigger.Protect(
        name="published_event_is_never_deleted",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__published_at__isnull=False),
    ),
    PUBLISHED_EVENT_HAS_A_CITATION,
    EVENT_IS_STALE,
    EVENT_CHANGES,
)
class Event(models.Model):
    """One thing the governments did on a known date.

    Publication is two pairs of columns, not a status: a draft has no `published_at`; a withdrawn
    event keeps it and gains `withdrawn_at`; a merged one points to its survivor. The verbs are in
    `events/publication.py`.
    """

    class Kind(models.TextChoices):
        CALL = "CALL", _("Call")
        SUMMIT = "SUMMIT", _("Summit")
        TRILATERAL_SUMMIT = "TRILATERAL_SUMMIT", _("Trilateral summit")
        VISIT = "VISIT", _("Visit")
        MINISTERIAL = "MINISTERIAL", _("Ministerial talks")
        AGREEMENT = "AGREEMENT", _("Agreement")
        STATEMENT = "STATEMENT", _("Statement")
        DISPUTE = "DISPUTE", _("Dispute")
        CEREMONY = "CEREMONY", _("Ceremony")
        OTHER = "OTHER", _("Other")

    class Setting(models.TextChoices):
        BILATERAL = "BILATERAL", _("Bilateral")
        TRILATERAL = "TRILATERAL", _("Trilateral")
        MARGINS = "MARGINS", _("On the margins of another occasion")
        UNILATERAL = "UNILATERAL", _("By one government")
        MULTILATERAL = "MULTILATERAL", _("Multilateral")

    class Channel(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("In person")
        PHONE = "PHONE", _("By phone")
        VIDEO = "VIDEO", _("By video")
        LETTER = "LETTER", _("By letter")

    class Status(models.TextChoices):
        SCHEDULED = "SCHEDULED", _("Scheduled")
        HELD = "HELD", _("Held")
        POSTPONED = "POSTPONED", _("Postponed")
        CANCELLED = "CANCELLED", _("Cancelled")

    class Certainty(models.TextChoices):
        CONFIRMED = "CONFIRMED", _("Confirmed")
        ADVANCE_NOTICE = "ADVANCE_NOTICE", _("Date from an advance notice")
        WEAK_SOURCES = "WEAK_SOURCES", _("Weak sources")

    class VisitType(models.TextChoices):
        STATE = "STATE", _("State visit")
        OFFICIAL = "OFFICIAL", _("Official visit")
        WORKING = "WORKING", _("Working visit")
        TRANSIT = "TRANSIT", _("Transit")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the event's address. An old one keeps answering."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    setting = models.CharField(_("setting"), max_length=12, choices=Setting, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True)
    visit_type = models.CharField(_("type of visit"), max_length=10, choices=VisitType, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)
    certainty = models.CharField(
        _("certainty"), max_length=16, choices=Certainty, default=Certainty.CONFIRMED
    )

    precision = models.CharField(
        _("precision of the date"), max_length=8, choices=Precision, default=Precision.DAY
    )
    starts_on = models.DateField(_("starts on"), help_text=_("The civil date at the place."))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    clock_time = models.TimeField(
        _("clock time"), null=True, blank=True, help_text=_("Local time, where a source tells it.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        help_text=_("The zone of that clock, such as Asia/Seoul."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    approximate = models.BooleanField(
        _("approximate"), default=False, help_text=_("The time or length is “around”.")
    )

    title = in_three_languages(models.CharField(_("title"), max_length=160))
    summary = in_three_languages(models.TextField(_("summary"), max_length=2000, blank=True))
    host = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host"),
        help_text=_("On whose territory."),
    )
    occasion = models.CharField(_("occasion"), max_length=160, blank=True)
    independent_publishers = models.PositiveSmallIntegerField(
        _("independent publishers"),
        null=True,
        blank=True,
        help_text=_("Distinct publishers seen: an upper bound, shown as a grade."),
    )

    countries = models.ManyToManyField(
        Country, through="EventCountry", related_name="events", verbose_name=_("countries")
    )
    people = models.ManyToManyField(
        Person, through="Participation", related_name="events", verbose_name=_("participants")
    )
    topics = models.ManyToManyField(
        Topic, through="EventTopic", related_name="events", verbose_name=_("topics")
    )

    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawn_reason = models.CharField(
        _("reason of withdrawal"), max_length=300, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_events",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        editable=False,
        help_text=_("Rises with every save of the event or what hangs on it."),
    )

    # What the date covers, worked out by the database so that filters and orders can use an index.
    last_possible_on = models.GeneratedField(
        expression=last_possible_day(), output_field=models.DateField(), db_persist=True
    )
    oldest_first_on = models.GeneratedField(
        expression=day_it_sorts_by_when_oldest_come_first(),
        output_field=models.DateField(),
        db_persist=True,
    )
    coarseness = models.GeneratedField(
        expression=coarseness(), output_field=models.SmallIntegerField(), db_persist=True
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index("starts_on", "coarseness", "id", name="event_newest_first"),
            models.Index("oldest_first_on", "coarseness", "id", name="event_oldest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_ends_on_or_after_its_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An event cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="event_of_a_month_or_year_stands_on_its_first_day",
                condition=FIRST_DAY_OF_A_COARSE_DATE,
                violation_error_message=_(
                    "A date known to the month or year is stored as its first day, without an end."
                ),
            ),
            models.CheckConstraint(
                name="event_window_has_two_ends",
                condition=~Q(precision=Precision.WINDOW)
                | Q(ends_on__isnull=False, ends_on__gt=F("starts_on")),
                violation_error_message=_("“Some day between” needs a later last day."),
            ),
            models.CheckConstraint(
                name="event_clock_time_and_zone_go_together",
                condition=Q(clock_time__isnull=True, time_zone="")
                | (Q(clock_time__isnull=False) & ~Q(time_zone="")),
                violation_error_message=_("A clock time needs its zone, and a zone its time."),
            ),
            models.CheckConstraint(
                name="event_lasts_at_least_a_minute",
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1),
                violation_error_message=_("The length is at least one minute."),
            ),
            models.CheckConstraint(
                name="call_is_by_phone_or_video",
                condition=~Q(kind="CALL") | Q(channel__in=["PHONE", "VIDEO"]),
                violation_error_message=_("A call is by phone or by video."),
            ),
            models.CheckConstraint(
                name="summit_is_in_person_or_by_video",
                condition=~Q(kind__in=["SUMMIT", "TRILATERAL_SUMMIT"])
                | Q(channel__in=["IN_PERSON", "VIDEO"]),
                violation_error_message=_("A summit is in person or by video; else it is a call."),
            ),
            models.CheckConstraint(
                name="event_published_at_and_by_go_together",
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="event_withdrawn_with_time_editor_and_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                & Q(withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason="")
                & Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="event_merged_was_published_and_is_not_withdrawn",
                condition=Q(merged_into__isnull=True)
                | Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="event_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("events:event", kwargs={"slug": self.slug})
