"""Which sources bring nothing, for readers who would else take silence for calm."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from events.periods import civil_day
from events.wording import day_in_words, listed
from news.habits import FAILING_AFTER
from news.models import Poll

# A feed that has failed for less than this has missed nothing that its next answer will not bring.
SILENT_AFTER = FAILING_AFTER
# An alert is raised and ended by a worker, some minutes late: that it still holds is asked of the
# source itself, so that one which has recovered is not spoken of, and one that fails is at once.
_QUIET = """
    SELECT 'FAILING' AS kind, outlet, answered_at AS since
    FROM news_source AS source
    CROSS JOIN LATERAL (
        SELECT finished_at AS answered_at FROM news_poll
        WHERE source_id = source.id AND outcome = ANY(%s)
        ORDER BY started_at DESC LIMIT 1
    ) AS poll
    WHERE is_enabled AND failures > 0 AND answered_at < %s
    UNION
    SELECT alert.kind, outlet, since
    FROM news_alert AS alert JOIN news_source AS source ON source.id = source_id
    WHERE ended_at IS NULL AND verified_at IS NOT NULL AND CASE alert.kind
        WHEN 'GONE' THEN NOT is_enabled AND disabled_because <> ''
        WHEN 'FAILING' THEN is_enabled AND source.failures > 0
        ELSE is_enabled AND last_new_at <= since
    END
    ORDER BY since, outlet
"""

Quiet = list[tuple[str, datetime]]


def quiet_sources(at: datetime) -> tuple[Quiet, Quiet]:
    """Outlet and time of the sources that do not answer, since their last answer, and of those that
    have nothing new, since their last new item: longest first; one query.

    The first are those that have failed for over a day, and those with an alert. A source that has
    never answered is in neither: nobody relies on it yet.
    """
    # Every page of the timeline asks: to put these words together each time took as long as a
    # tenth of the page.
    with connection.cursor() as cursor:
        cursor.execute(_QUIET, [[outcome.value for outcome in Poll.ANSWERS], at - SILENT_AFTER])
        rows = cursor.fetchall()
    unanswering = [(outlet, since) for kind, outlet, since in rows if kind != "SILENT"]
    return unanswering, [(outlet, since) for kind, outlet, since in rows if kind == "SILENT"]


def silent_sources(at: datetime) -> Quiet:
    """Outlet and last answer of each source that does not answer."""
    return quiet_sources(at)[0]


def notices(at: datetime) -> list[str]:
    """What a reader of the timeline should know of sources that are quiet; empty for none."""
    unanswering, without_news = quiet_sources(at)
    told = []
    if unanswering:
        told.append(
            _(
                "No answer from these sources: %(outlets)s. What happened since %(day)s may be "
                "missing here."
            )
            % _words(unanswering)
        )
    named = {outlet for outlet, _since in unanswering}
    without_news = [one for one in without_news if one[0] not in named]
    if without_news:
        told.append(
            _(
                "Nothing new for longer than usual from these sources: %(outlets)s. There may be "
                "nothing to report; or what happened since %(day)s is missing here."
            )
            % _words(without_news)
        )
    return told


def _words(quiet: Quiet) -> dict[str, str]:
    since = civil_day(quiet[0][1], settings.RECORD_TIME_ZONE)
    outlets: Iterable[str] = dict.fromkeys(outlet for outlet, _since in quiet)
    return {"outlets": listed(outlets), "day": day_in_words(since)}
