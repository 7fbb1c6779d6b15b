from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.anniversaries import Anniversary
from events.models.citations import ADDRESS_LENGTH
from events.models.events import Event
from events.models.people import Person
from events.models.topics import Topic

PUBLIC_REASON_LENGTH = 300

Thing = Event | Person | Anniversary | Topic
# The things that have a page with fields, each by the column that names it.
THINGS: dict[str, type[Thing]] = {
    "event": Event,
    "person": Person,
    "anniversary": Anniversary,
    "topic": Topic,
}


def owner_of(thing: Thing) -> str:
    """The column of a report that names this thing; StopIteration for what has none."""
    return next(name for name, model in THINGS.items() if isinstance(thing, model))


def _about_one(name: str) -> Q:
    return Q(**{f"{other}__isnull": other != name for other in THINGS})


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def still_open(self) -> Self:
        """Those that wait for an editor."""
        return self.filter(closed_at__isnull=True)

    def with_thing(self) -> Self:
        """Each with what it is about, in the same query."""
        return self.select_related(*THINGS)

    def told(self) -> Self:
        """Those whose outcome readers are told; not what was no report, or one of several."""
        return self.filter(outcome__in=ErrorReport.TOLD)


class ErrorReport(models.Model):
    """A reader's word that something on the page of one thing is wrong. It names no reader.

    The thing is an event, a person with the terms of office, an anniversary or a topic. `shown` is
    what its page showed of `field` when the report was received, in the reader's language; both
    are empty for the page as a whole. `revision` is the event's of that moment.
    """

    class About(models.TextChoices):
        DATE = "DATE", _("Date or time")
        PEOPLE = "PEOPLE", _("Who took part")
        PLACE = "PLACE", _("Place")
        READOUT = "READOUT", _("What a government said")
        SOURCE = "SOURCE", _("A source or its address")
        WORDING = "WORDING", _("Wording or translation")
        OTHER = "OTHER", _("Something else")

    class Outcome(models.TextChoices):
        CORRECTED = "CORRECTED", _("The record was corrected")
        NOT_CORRECTED = "NOT_CORRECTED", _("The record stays as it is")
        ALREADY_RIGHT = "ALREADY_RIGHT", _("It had been corrected already")
        DUPLICATE = "DUPLICATE", _("The same as another report")
        UNUSABLE = "UNUSABLE", _("No report of an error")

    TOLD = (Outcome.CORRECTED, Outcome.NOT_CORRECTED, Outcome.ALREADY_RIGHT)

    event = models.ForeignKey(
        Event,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("event"),
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("person"),
    )
    anniversary = models.ForeignKey(
        Anniversary,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("anniversary"),
    )
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("topic"),
    )
    about = models.CharField(_("what is wrong"), max_length=10, choices=About)
    message = models.TextField(_("what it should say"), max_length=1000)
    source_url = models.URLField(
        _("a source for it"),
        max_length=ADDRESS_LENGTH,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    language = models.CharField(_("language of the page"), max_length=2, choices=settings.LANGUAGES)
    field = models.CharField(_("field"), max_length=40, blank=True, default="", db_default="")
    shown = models.TextField(
        _("what was shown"), max_length=4000, blank=True, default="", db_default=""
    )
    revision = models.PositiveIntegerField(
        _("revision of the event"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("received at"))
    outcome = models.CharField(
        _("outcome"),
        max_length=13,
        choices=Outcome,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    public_reason = models.CharField(
        _("reason told to readers"),
        max_length=PUBLIC_REASON_LENGTH,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            models.CheckConstraint(
                name="report_is_about_exactly_one_thing",
                condition=reduce(or_, map(_about_one, THINGS)),
            ),
            models.CheckConstraint(
                name="report_is_closed_at_a_time_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="report_has_an_outcome_only_when_closed",
                condition=Q(closed_at__isnull=False) | Q(outcome=""),
            ),
            models.CheckConstraint(
                name="report_that_changes_nothing_is_given_a_reason",
                condition=~Q(outcome="NOT_CORRECTED") | ~Q(public_reason=""),
            ),
            models.CheckConstraint(
                name="report_has_a_public_reason_only_if_it_is_told",
                condition=Q(public_reason="")
                | Q(outcome__in=["CORRECTED", "NOT_CORRECTED", "ALREADY_RIGHT"]),
            ),
        ]
        indexes = [
            # For the log of corrections, which is read from its newest entry on.
            models.Index(
                "closed_at",
                "id",
                name="report_told",
                condition=Q(outcome__in=["CORRECTED", "NOT_CORRECTED", "ALREADY_RIGHT"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.thing}"

    @property
    def thing(self) -> Thing:
        """What it is about; a query unless it was loaded with it."""
        owner = next(name for name in THINGS if getattr(self, f"{name}_id") is not None)
        thing: Thing = getattr(self, owner)
        return thing
