"""The record as it stood at the end of a past day in Seoul and Tokyo.

Inside `as_of(day)` every query on a table of the record finds the view of the same name in the
schema `past` (events/past_views.py), so that whatever reads the record reads that day's, unchanged.
What is made from the record and kept (search documents, bitmaps, pages) belongs to today: it is
made anew inside, or asks `day_in_force()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from events import wording
from events.models import Event
from events.periods import civil_day, parse_period

PARAMETER = "as_of"
_SHOWN_OF_A_BAD_VALUE = 40

_day: ContextVar[date | None] = ContextVar("day_in_force", default=None)

_LOOK_BACK = """
    SELECT set_config('record.as_of', %s, true),
           set_config('search_path', 'past, ' || current_setting('search_path'), true),
           set_config('transaction_read_only', 'on', true)
"""


class NotADay(ValueError):
    """The record cannot be shown as of what was asked for; the message says why, for readers."""


def day_in_force() -> date | None:
    """The day whose record is being read; None for the record as it is."""
    return _day.get()


def end_of(day: date) -> datetime:
    """The moment at which the day is over in Seoul and Tokyo."""
    midnight = time(tzinfo=ZoneInfo(settings.RECORD_TIME_ZONE))
    return datetime.combine(day + timedelta(days=1), midnight)


@contextmanager
def as_of(day: date | None) -> Iterator[None]:
    """Read the record as it stood at the end of `day`; None reads it as it is.

    A transaction that can write nothing and is rolled back at the end. Rows must be read inside:
    a queryset that is left for later finds today's. Safe within a transaction and within itself.
    """
    if day is None:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOOK_BACK, [end_of(day).isoformat()])
        token = _day.set(day)
        features = connection.features
        known = features.allows_group_by_selected_pks
        # A view has no primary key by which PostgreSQL could know the other columns.
        features.allows_group_by_selected_pks = False
        try:
            yield
        finally:
            features.allows_group_by_selected_pks = known
            _day.reset(token)
            # Also takes the settings back where this is a part of another transaction.
            transaction.set_rollback(True)


def first_day() -> date | None:
    """The day on which the record's history begins; None for an empty one. One query."""
    history: Any = Event._meta.get_field("history").related_model
    first = history.objects.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    return civil_day(first, settings.RECORD_TIME_ZONE) if first else None


def asked_day(query: QueryDict, *, at: datetime) -> date | None:
    """The day in `as_of` of a query string; None where it is not given or empty.

    One query where it is given. Raises NotADay for what is no day, lies ahead or
    is before the record began.
    """
    written = query.get(PARAMETER, "").replace("\0", "").strip()
    if not written:
        return None
    return read_day(written, today=civil_day(at, settings.RECORD_TIME_ZONE), first=first_day())


def read_day(written: str, *, today: date, first: date | None) -> date:
    """The day written in ISO form, from `first` to `today`; else NotADay. Pure."""
    try:
        period = parse_period(written)
    except ValueError:
        period = None
    if period is None or period.first != period.last:
        raise NotADay(
            _("“%(given)s” is not a day. Give one as 2026-06-09.")
            % {"given": Truncator(written).chars(_SHOWN_OF_A_BAD_VALUE)}
        )
    day = period.first
    if day > today:
        raise NotADay(_("%(day)s is still to come.") % {"day": wording.day_in_words(day)})
    if first is None:
        raise NotADay(_("The record has no history yet."))
    if day < first:
        raise NotADay(
            _("The record began on %(first)s: it has no earlier state than that day’s.")
            % {"first": wording.day_in_words(first)}
        )
    return day
