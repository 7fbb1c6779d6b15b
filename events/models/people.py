from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from events.models.changes import NAMES_CHANGE
from events.models.countries import Country
from events.models.stale import EVENTS_OF_A_PERSON_ARE_STALE
from events.models.tracking import in_three_languages, tracked


@tracked
@pgtrigger.register(EVENTS_OF_A_PERSON_ARE_STALE, NAMES_CHANGE)
class Person(models.Model):
    """A leader or minister who took part in something recorded."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"))
    name = in_three_languages(models.CharField(_("name"), max_length=80))
    family_name_en = models.CharField(_("family name"), max_length=40, blank=True)
    given_name_en = models.CharField(_("given name"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


@tracked
@pgtrigger.register(NAMES_CHANGE)
class Alias(models.Model):
    """A form of a name that newspapers use. One form may belong to several people."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="aliases", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    form = models.CharField(_("form"), max_length=80)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                name="alias_of_a_person_is_listed_once", fields=["person", "language", "form"]
            )
        ]

    def __str__(self) -> str:
        return self.form


@tracked
@pgtrigger.register(NAMES_CHANGE)
class Office(models.Model):
    """A post that one person at a time holds, such as President of the Republic of Korea."""

    slug = models.CharField(_("slug"), max_length=40)
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"))
    name = in_three_languages(models.CharField(_("name"), max_length=80))

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(name="office_is_listed_once", fields=["country", "slug"])
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country_id})"


class TermQuerySet(models.QuerySet["Term"]):
    def on(self, day: date) -> Self:
        """Terms begun by `day` and not ended before it.

        The day of a handover belongs to both; the office held is the latest begun.
        """
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def latest_first(self) -> Self:
        return self.order_by("-starts_on", "-id")


@tracked
@pgtrigger.register(NAMES_CHANGE)
class Term(models.Model):
    """Who held an office from when until when; still in office without an end."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="terms", verbose_name=_("person")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="terms", verbose_name=_("office")
    )
    party_en = models.CharField(_("party"), max_length=120, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                name="term_ends_on_or_after_its_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A term cannot end before it starts."),
            ),
            # Half-open, because a Japanese term ends on the day the next begins. The office is a
            # range of one number: equality in an exclusion constraint would need btree_gist,
            # which the embedded PostgreSQL does not carry.
            ExclusionConstraint(
                name="terms_of_one_office_do_not_overlap",
                expressions=[
                    (
                        Func(F("office"), F("office"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[)"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another term of this office covers part of this time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.office} · {self.starts_on}–{self.ends_on or ''}"
