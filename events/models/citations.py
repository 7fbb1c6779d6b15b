from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.addresses import host_of
from events.models.anniversaries import Anniversary
from events.models.events import Event
from events.models.people import Term
from events.models.rules import LAST_CITATION_STAYS
from events.models.tracking import tracked

ADDRESS_LENGTH = 1000
HOST_LENGTH = 120


class PublisherQuerySet(models.QuerySet["Publisher"]):
    def at(self, url: str, **about: str) -> Publisher:
        """The publisher listed for the host of `url`: with its port, else without.

        An unknown host is listed, with what `about` tells; unidentified without a name.
        """
        host = host_of(url)[:HOST_LENGTH]
        bare = host.partition(":")[0]
        listed = {row.host: row for row in self.filter(host__in=[host, bare])}
        known = listed.get(host) or listed.get(bare)
        return known or self.get_or_create(host=host, defaults={"name": host, **about})[0]


@tracked
class Publisher(models.Model):
    """Who publishes at a host. A name equal to the host means: not identified."""

    class Class(models.TextChoices):
        OFFICIAL = "OFFICIAL", _("Official")
        WIRE = "WIRE", _("Wire service")
        PRESS = "PRESS", _("Press")
        BROADCASTER = "BROADCASTER", _("Broadcaster")
        REFERENCE = "REFERENCE", _("Reference work")
        ARCHIVE = "ARCHIVE", _("Archive")
        AGGREGATOR = "AGGREGATOR", _("Aggregator")
        BLOG = "BLOG", _("Blog")
        UNKNOWN = "UNKNOWN", _("Class not known")

    host = models.CharField(_("web host"), max_length=HOST_LENGTH, unique=True)
    name = models.CharField(_("name"), max_length=120)
    source_class = models.CharField(_("class"), max_length=12, choices=Class, default=Class.UNKNOWN)
    country_code = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("Two letters (ISO 3166-1); a publisher may sit in a country without events."),
    )
    languages = models.CharField(
        _("languages"), max_length=40, blank=True, help_text=_("Codes, separated by “;”.")
    )

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def __str__(self) -> str:
        return self.name


@tracked
@pgtrigger.register(LAST_CITATION_STAYS)
class Citation(models.Model):
    """A source of one event, anniversary or term of office. Unknown stays unknown."""

    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    anniversary = models.ForeignKey(
        Anniversary, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    term = models.ForeignKey(Term, models.CASCADE, null=True, blank=True, related_name="citations")
    url = models.URLField(_("address"), max_length=ADDRESS_LENGTH)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, related_name="citations", verbose_name=_("publisher")
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=ADDRESS_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                name="citation_supports_exactly_one_thing",
                condition=Q(event__isnull=False, anniversary__isnull=True, term__isnull=True)
                | Q(event__isnull=True, anniversary__isnull=False, term__isnull=True)
                | Q(event__isnull=True, anniversary__isnull=True, term__isnull=False),
            ),
            models.CheckConstraint(
                name="citation_address_is_http",
                condition=Q(url__regex=r"^https?://"),
                violation_error_message=_(
                    "The address of a source begins with https:// or http://."
                ),
            ),
            *(
                models.UniqueConstraint(
                    name=f"{owner}_cites_an_address_once",
                    fields=[owner, "url"],
                    violation_error_message=_("This source is already there."),
                )
                for owner in ("event", "anniversary", "term")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.url}"


@tracked
class Evidence(models.Model):
    """The sentence of a citation's stored text that supports one value of one field."""

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="evidence")
    field = models.CharField(_("field"), max_length=30)
    value = models.CharField(_("value"), max_length=160, blank=True)
    sentence = models.TextField(_("sentence"))
    quote = models.TextField(_("quote"))
    starts_at = models.PositiveIntegerField(
        _("starts at"), help_text=_("Offset of the quote in the stored text, in code points.")
    )
    ends_at = models.PositiveIntegerField(_("ends at"))
    text_sha256 = models.CharField(
        _("hash of the stored text"), max_length=64, help_text=_("SHA-256 of its UTF-8 bytes.")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                name="evidence_quote_has_a_length", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.UniqueConstraint(
                name="evidence_is_stored_once",
                fields=["citation", "field", "value", "starts_at", "ends_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.quote}"
