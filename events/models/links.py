"""What hangs on an event: its countries, places, topics, participants and old addresses."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.changes import ITS_EVENT_CHANGES
from events.models.countries import Country
from events.models.events import Event
from events.models.people import Person
from events.models.rules import country_with_an_account_stays
from events.models.stale import ITS_EVENT_IS_STALE
from events.models.topics import Topic
from events.models.tracking import tracked


@tracked
class EventSlug(models.Model):
    """An address that an event once had; it keeps answering."""

    slug = models.SlugField(_("old address"), max_length=80, unique=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


@tracked
@pgtrigger.register(
    country_with_an_account_stays("events_readout", "country_with_a_readout_stays"),
    country_with_an_account_stays("events_silence", "country_with_a_silence_stays"),
    ITS_EVENT_CHANGES,
)
class EventCountry(models.Model):
    """A country that an event concerns, and whether it acted."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="involvements")
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="involvements", verbose_name=_("country")
    )
    acted = models.BooleanField(
        _("acted"),
        default=True,
        help_text=_("Both in a meeting; one in an act of one government."),
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.UniqueConstraint(name="event_names_a_country_once", fields=["event", "country"])
        ]

    def __str__(self) -> str:
        return self.country_id


@tracked
@pgtrigger.register(ITS_EVENT_IS_STALE, ITS_EVENT_CHANGES)
class EventPlace(models.Model):
    """A place of an event, under the country that administers it: not a legal view."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="places")
    city = models.CharField(_("city"), max_length=60, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", verbose_name=_("country")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                name="event_names_a_place_once", fields=["event", "country", "city"]
            )
        ]

    def __str__(self) -> str:
        return self.city or str(self.country)


@tracked
@pgtrigger.register(ITS_EVENT_IS_STALE, ITS_EVENT_CHANGES)
class EventTopic(models.Model):
    """A topic of an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="event_links", verbose_name=_("topic")
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(name="event_names_a_topic_once", fields=["event", "topic"])
        ]

    def __str__(self) -> str:
        return str(self.topic)


@tracked
@pgtrigger.register(ITS_EVENT_IS_STALE, ITS_EVENT_CHANGES)
class Participation(models.Model):
    """A person who took part. The office shown is the one held on the event's date."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    capacity = models.CharField(
        _("capacity"),
        max_length=120,
        blank=True,
        help_text=_("Where a source gives one and no term of office says it."),
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                name="event_names_a_participant_once", fields=["event", "person"]
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
