"""What the pages of people, anniversaries and topics show of each field, in words.

For reports of errors, as events/shown.py does it for events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import wording
from events.anniversaries import lunar_day
from events.charts.chart import chart_of_one
from events.counterparts import Counterpart, counterparts_of, terms_of
from events.dossier import grouped_sources
from events.models import Anniversary, Citation, Event, Person, Term, Topic
from events.models.events import EventQuerySet
from events.on_that_day import on_that_day, returns_ahead
from events.shown import ShownField, shown_field, shown_sources
from events.stances import Stances, most_present, stances_on
from events.topics_by_year import number_by_year

_LATEST = 10


def shown_of_person(person: Person, *, today: date) -> Iterator[ShownField]:
    """Every field of a person's page; a dozen queries at most."""
    yield shown_field("names", _names(person, "name"))
    yield shown_field("country", person.country.name)
    for term in terms_of(person):
        name = f"{term.office.name} {wording.year_name(term.starts_on.year)}"
        yield shown_field(f"term-{term.pk}", "\n".join(_term(term)), name)
    if chart := chart_of_one(get_language() or "en", person, today=today):
        numbers = (f"{row.year}: {row.total}" for row in chart.rows)
        yield shown_field("chart", "\n".join([chart.headline, *numbers]))
    taken_part = Event.objects.visible().filter(participations__person=person)
    met = (
        f"{one.person.name}, {one.person.country.name}: {one.number} ({_between(one)})"
        for one in counterparts_of(person, taken_part)
    )
    yield shown_field("counterparts", "\n".join(met))
    yield shown_field("latest", _latest(taken_part))


def shown_of_anniversary(anniversary: Anniversary, *, today: date) -> Iterator[ShownField]:
    """Every field of an anniversary's page, whose row has `observed_by_own`; four queries."""
    yield shown_field("names", _names(anniversary, "title"))
    yield shown_field("description", anniversary.description)
    yield shown_field("origin", wording.day_in_words(anniversary.origin_on))
    yield shown_field("calendar", "\n".join(_calendar(anniversary)))
    marked = (link.country.name for link in anniversary.country_links.all())
    yield shown_field("marked", wording.listed(marked))
    yield shown_field("observed", anniversary.observed_by_own or anniversary.observed_by)  # type: ignore[attr-defined]
    returns = (
        " · ".join([wording.day_with_weekday(one.falls_on), *_ordinal(one.years)])
        for one in returns_ahead(anniversary, today)
    )
    yield shown_field("ahead", "\n".join(returns))
    events = (event for day in on_that_day(anniversary, today) for event in day.events)
    yield shown_field("past", _listed(events))
    yield from shown_sources(grouped_sources(Citation.objects.filter(anniversary=anniversary)))


def shown_of_topic(topic: Topic) -> Iterator[ShownField]:
    """Every field of a topic's page; five queries."""
    events = Event.objects.visible().filter(topic_links__topic=topic)
    yield shown_field("names", _names(topic, "name"))
    yield shown_field("description", topic.description)
    counts = sorted(number_by_year(events).items(), reverse=True)
    yield shown_field("years", "\n".join(f"{year}: {number}" for year, number in counts))
    yield shown_field("stances", "\n".join(_counted(row) for row in stances_on(topic)))
    people: Iterable[Any] = most_present(events)
    present = (f"{one.name}, {one.country.name}: {one.number}" for one in people)
    yield shown_field("people", "\n".join(present))
    yield shown_field("latest", _latest(events))


def _counted(row: Stances) -> str:
    numbers = {
        _("Mentioned"): row.mentioned,
        _("Agreed"): row.agreed,
        _("Raised by one side"): row.raised,
        _("Readouts with such a point"): row.readouts,
    }
    told = ", ".join(f"{name} {number}" for name, number in numbers.items())
    return f"{row.country.name}: {told}"


def _names(row: Any, name: str) -> str:
    """The name in each language, once where they are the same."""
    written = (getattr(row, f"{name}_{code}") for code, _language in settings.LANGUAGES)
    return "\n".join(dict.fromkeys(text for text in written if text))


def _term(term: Term) -> Iterator[str]:
    yield term.office.name
    last = wording.day_in_words(term.ends_on) if term.ends_on else _("no end recorded")
    yield f"{wording.day_in_words(term.starts_on)} – {last}"
    if term.party_en:
        yield term.party_en_own or term.party_en  # type: ignore[attr-defined]
    for source in term.citations.all():
        yield f"{source.publisher.name} · {source.url}"


def _between(counterpart: Counterpart) -> str:
    """The days of the first and the latest event, or of the only one."""
    ends = [counterpart.first, counterpart.last][: counterpart.number]
    days = (
        wording.date_in_words(one.precision, one.starts_on, one.ends_on, with_weekday=False)
        for one in ends
    )
    return " … ".join(days)


def _calendar(anniversary: Anniversary) -> Iterator[str]:
    yield anniversary.get_calendar_display()
    lunar = lunar_day(anniversary.origin_on)
    if anniversary.calendar == Anniversary.Calendar.LUNAR and lunar:
        yield _("day %(day)s of month %(month)s") % {"day": lunar.day, "month": lunar.month}


def _ordinal(years: int) -> list[str]:
    return [wording.anniversary_ordinal(years)] if years else []


def _latest(events: EventQuerySet) -> str:
    return _listed(events.newest_first()[:_LATEST])


def _listed(events: Iterable[Event]) -> str:
    return "\n".join(
        f"{wording.date_in_words(one.precision, one.starts_on, one.ends_on)}: {one.title}"
        for one in events
    )
