from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.changes import NAMES_CHANGE
from events.models.stale import EVENTS_IN_A_COUNTRY_ARE_STALE
from events.models.tracking import in_three_languages, tracked


class CountryQuerySet(models.QuerySet["Country"]):
    def in_published_order(self) -> Self:
        """The one order in which countries are shown everywhere (see docs/domain.md)."""
        return self.order_by("position")


@tracked
@pgtrigger.register(EVENTS_IN_A_COUNTRY_ARE_STALE, NAMES_CHANGE)
class Country(models.Model):
    """A state, by its ISO 3166-1 code. Its place on a page follows `position`, never its role."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = in_three_languages(models.CharField(_("name"), max_length=80))
    position = models.PositiveSmallIntegerField(
        _("position"), unique=True, help_text=_("Place in the published order of countries.")
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                name="country_code_is_two_capital_letters", condition=Q(code__regex=r"^[A-Z]{2}$")
            )
        ]

    def __str__(self) -> str:
        return self.name
