"""What time an event's date covers, for programs that keep calendars. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events.models import Event
from events.models.dates import Precision


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day; and the moments, where the record tells the clock.

    A coarse date covers every day that it may mean. A moment has the offset of its zone on that
    day, and is given for an event of one day only: on several the clock tells just the beginning.
    """

    first: date
    last: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def span_of(event: Event) -> Span:
    last: date = event.last_possible_on
    starts_at = _moment(event, last)
    ends_at = None
    if starts_at is not None and event.minutes:
        # Minutes are counted in time that passes, which a change of the clock does not stretch.
        passed = starts_at.timestamp() + timedelta(minutes=event.minutes).total_seconds()
        ends_at = datetime.fromtimestamp(passed, starts_at.tzinfo)
    return Span(event.starts_on, last, starts_at, ends_at)


def _moment(event: Event, last: date) -> datetime | None:
    if event.precision != Precision.DAY or event.starts_on != last or event.clock_time is None:
        return None
    try:
        zone = ZoneInfo(event.time_zone)
    except (KeyError, ValueError):  # empty, or a zone that this machine does not know
        return None
    return datetime.combine(event.starts_on, event.clock_time, zone)
