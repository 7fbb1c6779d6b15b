"""Work of the record that no request waits for."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from events import search, standing
from events.charts import chart, drawings
from events.package import shelf
from events.periods import civil_day


@shared_task(ignore_result=True)
def index_changes() -> None:
    """Index the events whose words have changed since the last time; cheap when none have."""
    search.refresh()
    standing.forget_old_changes()


@shared_task(ignore_result=True)
def draw_charts(*, name: str = "") -> None:
    """Draw what has changed since the last time of the chart `name`, or of those always shown.

    Cheap when nothing has.
    """
    now = timezone.now()
    names = [name] if name else chart.STANDING
    sheets = chart.sheets_of(names, today=civil_day(now, settings.RECORD_TIME_ZONE))
    drawings.draw_missing(sheets, at=now)
    if not name:
        drawings.forget_old(sheets, at=now)


@shared_task(ignore_result=True)
def write_packages() -> None:
    """Put yesterday's package on the shelf, and those of last week's nights that were missed."""
    shelf.put_what_is_due(civil_day(timezone.now(), settings.RECORD_TIME_ZONE))
