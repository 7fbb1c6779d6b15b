from datetime import date

from django.conf import settings
from django.utils import timezone

from events.periods import civil_day


def today_of_the_record() -> date:
    """The date in Seoul and Tokyo now."""
    return civil_day(timezone.now(), settings.RECORD_TIME_ZONE)
