from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from babel import Locale
from babel.dates import get_day_names, get_month_names
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.anniversaries import Calendar
from events.cards import with_card
from events.models import Anniversary, Country, Event
from events.models.events import EventQuerySet
from events.month import Month, Return, Sheet, fill, is_shown, returns_between
from events.nearest import nearest_before, nearest_from
from events.on_that_day import marked_in
from events.public_holidays import COUNTRIES, holidays_between
from events.views.past import as_it_stood
from events.views.today import today_of_the_record
from events.wording import locale_now

# Which day begins a week is the custom of a territory, not of a language.
_TERRITORIES = {"ko": "KR", "ja": "JP"}
# Bounds the search for what began earlier, so that it can use the index of the timeline; a date
# known to the year only covers as much.
_LONGEST_EVENT = timedelta(days=366)
_DAYS_OF_A_WEEK = 7
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A month that the page leads to; `month` is None where the calendar has no such page."""

    name: str
    month: Month | None
    is_current: bool = False


@require_safe
@as_it_stood
def calendar(request: HttpRequest) -> HttpResponse:
    """Lead to the month that it is in Seoul and Tokyo."""
    month = Month.of(today_of_the_record())
    return HttpResponseRedirect(reverse("events:calendar_month", kwargs={"month": month}))


@require_safe
@as_it_stood
def calendar_month(request: HttpRequest, month: Month) -> HttpResponse:
    """What the record has for each day of a month, with the holidays of both countries."""
    today = today_of_the_record()
    if not is_shown(month, today=today):
        raise Http404
    sheet = _sheet(month)
    context = {
        "sheet": sheet,
        "today": today,
        "weekdays": _weekdays(),
        "marked": Country.objects.filter(code__in=COUNTRIES).in_published_order(),
        **_steps(month, today),
        **_around(sheet),
    }
    return render(request, "events/calendar.html", context)


def _sheet(month: Month) -> Sheet:
    language = (get_language() or "en")[:2]
    return fill(
        month,
        events=list(with_card(_events_of(month).oldest_first())),
        returns=_returns_in(month),
        holidays=holidays_between(month.first, month.last, language=language),
        first_weekday=_first_weekday(),
    )


def _events_of(month: Month) -> EventQuerySet:
    """Visible events that took place in the month, or may have."""
    begun = Event.objects.visible().filter(
        starts_on__range=(month.first - _LONGEST_EVENT, month.last)
    )
    return begun.filter(last_possible_on__gte=month.first)


def _returns_in(month: Month) -> Iterator[Return]:
    for row in Anniversary.objects.prefetch_related(marked_in()).order_by("slug"):
        kind = cast(Calendar, row.calendar)
        for one in returns_between(row.origin_on, kind, first=month.first, last=month.last):
            yield Return(row, one)


def _first_weekday() -> int:
    """The day that begins the reader's week; 0 for Monday."""
    locale = locale_now()
    territory = _TERRITORIES.get(locale.language, locale.territory)
    return Locale(locale.language, territory).first_week_day


def _weekdays() -> list[str]:
    """The days of the week in the order in which the reader's language begins it."""
    names = get_day_names("wide", "stand-alone", locale=locale_now())
    first = _first_weekday()
    return [names[(first + at) % _DAYS_OF_A_WEEK] for at in range(_DAYS_OF_A_WEEK)]


def _steps(month: Month, today: date) -> dict[str, Any]:
    """The months before and after, the same month of other years, and those of this year."""

    def shown(other: Month) -> Month | None:
        return other if is_shown(other, today=today) else None

    names = get_month_names("abbreviated", "stand-alone", locale=locale_now())
    return {
        "previous": shown(month.shifted(-1)),
        "next": shown(month.shifted(1)),
        "year_before": shown(month.shifted(-_MONTHS_OF_A_YEAR)),
        "year_after": shown(month.shifted(_MONTHS_OF_A_YEAR)),
        "months": [
            Step(names[number], shown(Month(month.year, number)), number == month.number)
            for number in range(1, _MONTHS_OF_A_YEAR + 1)
        ],
    }


def _around(sheet: Sheet) -> dict[str, Month | None]:
    """Where a month is empty, the nearest ones that are not; two queries there."""
    if sheet.has_events:
        return {}
    before, after = nearest_before(sheet.month.first, 1), nearest_from(sheet.month.last, 1)
    return {
        "event_before": Month.of(before[0].starts_on) if before else None,
        "event_after": Month.of(after[0].starts_on) if after else None,
    }
