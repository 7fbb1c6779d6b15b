"""What a filter would have sent in the last days, for whoever wonders whether to follow it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings

from events.cards import with_card
from events.models import Event
from events.periods import civil_day
from events.standing import Standing
from following.queries import chosen_in

DAYS = 30
MOST_SHOWN = 15
# When a day's or a week's mail goes out, in Seoul and Tokyo; a week's on Monday.
MAIL_TIME = time(8)


@dataclass(frozen=True, slots=True)
class Preview:
    """The events that were published in so many days, newest first, and what mails they make."""

    days: int
    total: int
    shown: list[Event]
    """With their cards loaded; at most fifteen."""
    mails: dict[str, int]
    """By pace."""

    @property
    def left_out(self) -> int:
        return self.total - len(self.shown)


def would_have_sent(
    query: str, *, days: int = DAYS, at: datetime, standing: Standing | None = None
) -> Preview:
    """What the filter would have sent in the days before `at`, by when the record published it.

    Knows nothing of later changes. The same three queries for few events and many, and what a
    search costs.
    """
    chosen = chosen_in(query, standing=standing)
    lately = chosen.qs.filter(published_at__gt=at - timedelta(days=days), published_at__lte=at)
    times: dict[int, datetime] = dict(
        lately.order_by("-published_at", "-id").values_list("pk", "published_at")
    )
    first = list(times)[:MOST_SHOWN]
    cards = {event.pk: event for event in with_card(Event.objects.filter(pk__in=first))}
    return Preview(
        days=days,
        total=len(times),
        shown=[cards[pk] for pk in first if pk in cards],
        mails=mails_of(times.values()),
    )


def mails_of(moments: Collection[datetime]) -> dict[str, int]:
    """How many mails events published at those moments make, by pace; pure."""
    zone = ZoneInfo(settings.RECORD_TIME_ZONE)
    since_mail_time = [
        moment.astimezone(zone)
        - timedelta(hours=MAIL_TIME.hour, minutes=MAIL_TIME.minute, microseconds=1)
        for moment in moments
    ]
    days = {moment.date() for moment in since_mail_time}
    # What is published within one minute goes out together.
    minutes = {moment.replace(second=0, microsecond=0) for moment in moments}
    return {
        "INSTANT": len(minutes),
        "DAILY": len(days),
        "WEEKLY": len({day - timedelta(days=day.weekday()) for day in days}),
    }


def by_day(events: Collection[Event]) -> list[tuple[date, list[Event]]]:
    """The events in their order under the day, in Seoul and Tokyo, of their publication."""

    def day(event: Event) -> date:
        assert event.published_at is not None  # a preview has nothing else
        return civil_day(event.published_at, settings.RECORD_TIME_ZONE)

    return [(found, list(some)) for found, some in groupby(events, key=day)]
