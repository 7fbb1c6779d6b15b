"""What an event's page offers to take away: its citation, its entry for a calendar, its picture.

And what the page says of itself to machines. What writes calendars and what draws is loaded by the
first request for such a file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events import wording
from events.card import HEIGHT, WIDTH, Card
from events.citing import PageCitation, cite
from events.linked_data import as_script, linked_event
from events.models import Country, Event, EventPlace, Person, Topic
from events.past import PARAMETER, day_in_force
from events.revisions import latest_revision
from events.views.finding import find_event, lead_to
from events.views.past import file_as_it_stood
from events.views.today import day_of_reading

_LOCALES = {"en": "en_GB", "ko": "ko_KR", "ja": "ja_JP"}
_A_DAY = 86_400
_AN_HOUR = 3_600

Answer = Callable[[HttpRequest, Any], HttpResponse]


@dataclass(frozen=True, slots=True)
class Social:
    """What a link to the page shows where it is posted; addresses are whole."""

    title: str
    description: str
    address: str
    image: str
    image_says: str
    locale: str
    other_locales: list[str]
    image_width: int = WIDTH
    image_height: int = HEIGHT


def page_parts(
    request: HttpRequest,
    event: Event,
    *,
    read_on: date,
    acting: Sequence[Country],
    places: Sequence[EventPlace],
    people: Sequence[Person],
) -> dict[str, Any]:
    """The context of events/_cite.html and events/_social.html; no query.

    The countries of `places` and `people` must be loaded with them.
    """
    social = _social(request, event)
    linked = linked_event(
        event,
        address=social.address,
        image=social.image,
        acting=acting,
        places=places,
        people=people,
    )
    return {
        "citation": _citation(request, event, read_on=read_on),
        "social": social,
        "json_ld": as_script(linked),
    }


def _whole(request: HttpRequest, name: str, event: Event) -> str:
    return request.build_absolute_uri(reverse(f"events:{name}", kwargs={"slug": event.slug}))


def _citation(request: HttpRequest, event: Event, *, read_on: date) -> PageCitation:
    """Of the address in English, which is the same whatever language the page was read in.

    On a past day it is the address of that day's page.
    """
    with override("en"):
        address = _whole(request, "event", event)
    if day := day_in_force():
        address += f"?{PARAMETER}={day.isoformat()}"
    return cite(event, address=address, read_on=read_on)


def _social(request: HttpRequest, event: Event) -> Social:
    said = [str(event.get_kind_display()), _date(event)]
    language = get_language() or "en"
    return Social(
        title=event.title,
        description=Truncator(event.summary or " · ".join(said)).chars(200),
        address=_whole(request, "event", event),
        # Sites keep a picture by its address; another version of the event is another picture.
        image=f"{_whole(request, 'card', event)}?v={event.version}",
        image_says=" · ".join([*said, event.title]),
        locale=_LOCALES[language],
        other_locales=[locale for code, locale in _LOCALES.items() if code != language],
    )


def _date(event: Event) -> str:
    return wording.date_in_words(event.precision, event.starts_on, event.ends_on)


def _of_a_shown_event(answer: Answer) -> Callable[[HttpRequest, str], HttpResponse]:
    """Decorator: the view gets the event of the address, which its readers may see.

    An old or merged address leads to the same file of its own event, as the page's does.
    """

    @require_safe
    @file_as_it_stood
    @wraps(answer)
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        row = find_event(slug)
        goes_to = row.merged_into or row
        if goes_to.slug != slug:
            assert request.resolver_match is not None
            name = request.resolver_match.view_name
            return lead_to(request, reverse(name, kwargs={"slug": goes_to.slug}))
        if row.withdrawn_at is not None:
            words = _("This event has been withdrawn from the record")
            return HttpResponse(f"{words}\n", status=410, content_type="text/plain; charset=utf-8")
        return answer(request, row)

    return view


def _download(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    # A slug is of letters, digits, hyphens and underscores: nothing in it needs quoting.
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@_of_a_shown_event
@cache_control(public=True, max_age=_AN_HOUR)
def ics(request: HttpRequest, event: Any) -> HttpResponse:
    """The event as a calendar keeps it."""
    from events.calendar_entries import calendar_entry, calendar_file

    entry = calendar_entry(
        event,
        address=_whole(request, "event", event),
        revision=latest_revision(event),
        places=[_place(row) for row in event.json_places],
        subjects=[Topic(**row).name for row in event.json_topics],
    )
    return _download(calendar_file([entry]), f"{event.slug}.ics", "text/calendar; charset=utf-8")


def _place(row: dict[str, Any]) -> EventPlace:
    place = EventPlace(city=row["city"], country=Country(**row["country"]))
    place.city_own = row["own"]  # type: ignore[attr-defined]  # the city in the reader's words
    return place


@_of_a_shown_event
@cache_control(public=True, max_age=_AN_HOUR)
def bib(request: HttpRequest, event: Any) -> HttpResponse:
    """The citation for BibTeX."""
    citation = _citation(request, event, read_on=day_of_reading())
    return _download(citation.bibtex, f"{event.slug}.bib", "application/x-bibtex; charset=utf-8")


@_of_a_shown_event
@cache_control(public=True, max_age=_AN_HOUR)
def csl(request: HttpRequest, event: Any) -> HttpResponse:
    """The citation for reference managers."""
    citation = _citation(request, event, read_on=day_of_reading())
    return _download(
        citation.csl_json,
        f"{event.slug}.csl.json",
        "application/vnd.citationstyles.csl+json",
    )


@_of_a_shown_event
@cache_control(public=True, max_age=_A_DAY)
def card(request: HttpRequest, event: Any) -> HttpResponse:
    """The picture that links to the event show, drawn once for each of its states."""
    picture = _card(event)
    etag = quote_etag(picture.fingerprint)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        drawn = cache.get_or_set(
            f"card:{picture.fingerprint}", lambda: _drawn(picture), timeout=_A_DAY
        )
        response = HttpResponse(drawn, content_type="image/png")
    response["ETag"] = etag
    return response


def _drawn(picture: Card) -> bytes:
    from events.card_drawing import draw_card

    return draw_card(picture)


def _card(event: Any) -> Card:
    language = get_language() or settings.LANGUAGE_CODE
    involved = [(row["acted"], Country(**row["country"])) for row in event.json_involvements]
    return Card(
        language=language,
        record=_("Seoul–Tokyo Record"),
        kind=str(event.get_kind_display()),
        date=_date(event),
        status="" if event.status == Event.Status.HELD else str(event.get_status_display()),
        title=event.title,
        title_en=event.title_en,
        countries=tuple((country.code, country.name) for acted, country in involved if acted),
    )
