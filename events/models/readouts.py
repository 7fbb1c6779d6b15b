import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.changes import ITS_EVENT_CHANGES
from events.models.citations import ADDRESS_LENGTH, Publisher
from events.models.countries import Country
from events.models.events import Event
from events.models.rules import account_is_by_a_country_concerned
from events.models.topics import Topic
from events.models.tracking import in_three_languages, tracked


@tracked
@pgtrigger.register(account_is_by_a_country_concerned("events_readout"), ITS_EVENT_CHANGES)
class Readout(models.Model):
    """One government's published account of an event, on its own site or as reported by another."""

    slug = models.SlugField(_("id"), max_length=90, unique=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="readouts")
    issuer = models.ForeignKey(
        Country, models.PROTECT, related_name="readouts", verbose_name=_("government")
    )
    issuing_body = models.CharField(_("issued by"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=ADDRESS_LENGTH)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, related_name="readouts", verbose_name=_("publisher")
    )
    as_reported_by = models.CharField(
        _("as reported by"),
        max_length=120,
        blank=True,
        help_text=_("The publisher, where the page is not the government's own."),
    )
    language = models.CharField(_("language of the page"), max_length=8, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_time = models.TimeField(_("published at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    is_whole = models.BooleanField(
        _("whole text seen"),
        null=True,
        blank=True,
        help_text=_("Unknown or no: what is missing from the points means nothing."),
    )

    class Meta:
        verbose_name = _("readout")
        verbose_name_plural = _("readouts")
        constraints = [
            models.UniqueConstraint(
                name="readout_is_listed_once", fields=["event", "issuer", "issuing_body", "url"]
            ),
            models.CheckConstraint(
                name="readout_time_has_a_date_and_a_zone",
                condition=Q(published_time__isnull=True, time_zone="")
                | Q(published_time__isnull=False, published_on__isnull=False) & ~Q(time_zone=""),
                violation_error_message=_("A clock time needs its date and its zone."),
            ),
            models.CheckConstraint(
                name="readout_address_is_http", condition=Q(url__regex=r"^https?://")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuing_body or self.issuer_id}: {self.event}"


@tracked
class Point(models.Model):
    """One thing that a readout says, in its order."""

    class Stance(models.TextChoices):
        MENTIONED = "MENTIONED", _("Mentioned")
        AGREED = "AGREED", _("Agreed")
        RAISED = "RAISED", _("Raised by one side")

    readout = models.ForeignKey(Readout, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField(_("position"))
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("topic"),
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.MENTIONED)
    text = in_three_languages(
        models.CharField(_("text"), max_length=300, blank=True), en={"blank": False}
    )

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        constraints = [
            models.UniqueConstraint(
                name="readout_has_one_point_at_a_position", fields=["readout", "position"]
            )
        ]

    def __str__(self) -> str:
        return self.text


@tracked
@pgtrigger.register(account_is_by_a_country_concerned("events_silence"))
class Silence(models.Model):
    """A topic that one government's account leaves out; never a claim about the talk itself."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="silences")
    issuer = models.ForeignKey(
        Country, models.PROTECT, related_name="+", verbose_name=_("government")
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="silences", verbose_name=_("topic")
    )
    basis = models.CharField(_("basis"), max_length=200)
    is_firm = models.BooleanField(_("firm"), default=False)

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        constraints = [
            models.UniqueConstraint(
                name="silence_is_recorded_once", fields=["event", "issuer", "topic"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer_id}: {self.topic}"
