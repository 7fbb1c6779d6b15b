"""Which sources have stopped answering, for readers who would else take silence for calm."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from events.periods import civil_day
from events.wording import day_in_words, listed
from news.models import Poll

# A feed that has failed for less than this has missed nothing that its next answer will not bring.
SILENT_AFTER = timedelta(hours=24)
_ANSWERS = (Poll.Outcome.NEW.value, Poll.Outcome.NOTHING_NEW.value)
_SILENT = """
    SELECT outlet, answered_at
    FROM news_source AS source
    CROSS JOIN LATERAL (
        SELECT max(finished_at) AS answered_at FROM news_poll
        WHERE source_id = source.id AND outcome = ANY(%s)
    ) AS poll
    WHERE is_enabled AND failures > 0 AND answered_at < %s
    ORDER BY answered_at, outlet
"""


def silent_sources(at: datetime) -> list[tuple[str, datetime]]:
    """Outlet and last answer of each enabled source that has failed for over a day; one query.

    A source that has never answered is not silent: nobody relies on it yet.
    """
    # Every page of the timeline asks: to put these words together each time took as long as a
    # tenth of the page.
    with connection.cursor() as cursor:
        cursor.execute(_SILENT, [list(_ANSWERS), at - SILENT_AFTER])
        return cursor.fetchall()


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
