"""Columns and rules of a date that may be known only to the month or the year."""

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a date is known. Coarser values sort after the days they contain."""

    DAY = "DAY", _("Day")
    WINDOW = "WINDOW", _("Some day between two dates")
    MONTH = "MONTH", _("Month")
    YEAR = "YEAR", _("Year")


class _LastDay(Func):
    """The day before `starts_on` plus an interval, without leaving immutable SQL."""

    template = "(%(expressions)s + interval '%(span)s' - interval '1 day')::date"
    output_field = models.DateField()


def last_possible_day() -> Case:
    """SQL for the last day on which an event can have taken place, or its last day."""
    return Case(
        When(precision=Precision.MONTH, then=_LastDay(F("starts_on"), span="1 month")),
        When(precision=Precision.YEAR, then=_LastDay(F("starts_on"), span="1 year")),
        When(ends_on__isnull=False, then=F("ends_on")),
        default=F("starts_on"),
    )


def day_it_sorts_by_when_oldest_come_first() -> Case:
    """SQL: a day sorts by its start, a coarse date by the end of what it covers."""
    return Case(
        When(precision=Precision.DAY, then=F("starts_on")),
        default=last_possible_day(),
    )


def coarseness() -> Case:
    """SQL: 0 for a day, rising with the width of what is known."""
    return Case(
        When(precision=Precision.WINDOW, then=Value(1)),
        When(precision=Precision.MONTH, then=Value(2)),
        When(precision=Precision.YEAR, then=Value(3)),
        default=Value(0),
    )


FIRST_DAY_OF_A_COARSE_DATE = (
    Q(precision__in=[Precision.DAY, Precision.WINDOW])
    | Q(precision=Precision.MONTH, starts_on__day=1, ends_on__isnull=True)
    | Q(precision=Precision.YEAR, starts_on__day=1, starts_on__month=1, ends_on__isnull=True)
)
