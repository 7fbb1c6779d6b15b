"""Which sources have stopped answering, for readers who would else take silence for calm."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from events.periods import civil_day
from events.wording import day_in_words, listed
from news.models import Poll, Source

# A feed that has failed for less than this has missed nothing that its next answer will not bring.
SILENT_AFTER = timedelta(hours=24)
_ANSWERS = (Poll.Outcome.NEW, Poll.Outcome.NOTHING_NEW)


def silent_sources(at: datetime) -> list[tuple[str, datetime]]:
    """Outlet and last answer of each enabled source that has failed for over a day; one query.

    A source that has never answered is not silent: nobody relies on it yet.
    """
    answered = Max("polls__finished_at", filter=Q(polls__outcome__in=_ANSWERS))
    failing = Source.objects.filter(is_enabled=True, failures__gt=0).annotate(answered_at=answered)
    silent = failing.filter(answered_at__lt=at - SILENT_AFTER).order_by("answered_at", "outlet")
    return list(silent.values_list("outlet", "answered_at"))


def notices(at: datetime) -> list[str]:
    """What a reader of the timeline should know of sources that are silent; empty for none."""
    silent = silent_sources(at)
    if not silent:
        return []
    since = civil_day(silent[0][1], settings.RECORD_TIME_ZONE)
    return [
        _(
            "No answer from these sources: %(outlets)s. What happened since %(day)s may be missing "
            "here."
        )
        % {
            "outlets": listed(dict.fromkeys(outlet for outlet, _answered in silent)),
            "day": day_in_words(since),
        }
    ]
