from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.countries import Country
from events.models.tracking import in_three_languages, tracked


@tracked
class Anniversary(models.Model):
    """A day that recurs. Its occurrences are computed (events/anniversaries.py), never stored."""

    class Calendar(models.TextChoices):
        SOLAR = "SOLAR", _("Solar")
        LUNAR = "LUNAR", _("Lunar")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = in_three_languages(models.CharField(_("title"), max_length=160))
    description = in_three_languages(models.CharField(_("description"), max_length=500, blank=True))
    origin_on = models.DateField(
        _("origin"), help_text=_("The solar date of what is remembered, for either calendar.")
    )
    calendar = models.CharField(
        _("calendar"), max_length=6, choices=Calendar, default=Calendar.SOLAR
    )
    observed_by = models.CharField(_("observed by"), max_length=160, blank=True)
    countries = models.ManyToManyField(
        Country,
        through="AnniversaryCountry",
        related_name="anniversaries",
        verbose_name=_("countries"),
    )

    class Meta:
        verbose_name = _("anniversary")
        verbose_name_plural = _("anniversaries")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:anniversary", kwargs={"slug": self.slug})


@tracked
class AnniversaryCountry(models.Model):
    """A country in which an anniversary is marked."""

    anniversary = models.ForeignKey(Anniversary, models.CASCADE, related_name="country_links")
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="anniversary_links", verbose_name=_("country")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="anniversary_names_a_country_once", fields=["anniversary", "country"]
            )
        ]

    def __str__(self) -> str:
        return self.country_id
