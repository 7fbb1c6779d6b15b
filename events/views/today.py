from datetime import date

from django.conf import settings
from django.utils import timezone

from events.past import day_in_force
from events.periods import civil_day


def today_of_the_record() -> date:
    """The date in Seoul and Tokyo now, or the day whose record is being read."""
    return day_in_force() or day_of_reading()


def day_of_reading() -> date:
    """The date in Seoul and Tokyo now, whatever day's record is read."""
    return civil_day(timezone.now(), settings.RECORD_TIME_ZONE)
