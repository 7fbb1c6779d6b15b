"""The timeline and the anniversaries as files, streamed from one state of the record.

What writes calendars is loaded by the first request for one.
"""

from collections.abc import Callable, Generator, Iterator
from contextvars import copy_context
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Protocol

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from events.exports.about import About, in_blocks
from events.exports.as_csv import csv_lines
from events.exports.as_feed import feed_lines
from events.exports.as_json import json_lines
from events.exports.feeding import FeedPage, read_page
from events.exports.in_words import in_words
from events.exports.reading import one_state, read
from events.exports.wanted import Refused, Wanted, read_language_and_day, read_wanted
from events.past import as_of
from events.revisions import fingerprint, record_changed_at
from events.views.today import day_of_reading, today_of_the_record

_A_WHILE = "public, max-age=300"
_A_DAY = "public, max-age=86400"
# To be raised when the same record is written in another way.
_LAYOUT = 1

Pieces = Iterator[bytes]
View = Callable[[HttpRequest], HttpResponseBase]


class Addresses:
    """Whole addresses of pages in one language, and of the file itself."""

    def __init__(self, request: HttpRequest, language: str) -> None:
        with override(language):
            self.timeline = request.build_absolute_uri(reverse("events:timeline"))
            self.anniversaries = request.build_absolute_uri(reverse("events:anniversaries"))
            event = request.build_absolute_uri(reverse("events:event", args=["-"]))
        self.event = event.removesuffix("-/")
        """The start of the address of an event's page, up to its slug."""
        self.file = request.build_absolute_uri(request.path)


class Write(Protocol):
    """Writes a file; called and read within the state of the record that it shows."""

    def __call__(self, wanted: Wanted, at: Addresses) -> Pieces: ...


def _about(wanted: Wanted, at: Addresses, page: str = "", query: str = "") -> About:
    return About(
        address=at.file + (query or wanted.query),
        page=page or at.timeline + wanted.timeline_query,
        language=wanted.language,
        day=wanted.day,
        changed_at=record_changed_at(),
    )


def _refusing(view: View) -> View:
    """Decorator: what cannot be given is told with its reasons, and 400."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except Refused as refusal:
            lines = "".join(f"{key}: {reason}\n" for key, reason in refusal.problems)
            return HttpResponseBadRequest(lines, content_type="text/plain; charset=utf-8")

    answered.takes_as_of = True  # type: ignore[attr-defined]
    return answered


def _file(
    request: HttpRequest,
    wanted: Wanted,
    write: Write,
    *,
    content_type: str,
    name: str,
    shows: Any = None,
) -> HttpResponseBase:
    """The file, or 304 to whoever has it; `shows` is what it depends on besides the record."""
    is_over = wanted.day is not None and wanted.day < day_of_reading()
    # What is over stays as it was.
    state = "" if is_over else fingerprint()
    made_of = [_LAYOUT, request.build_absolute_uri(request.path), wanted, state, shows]
    etag = quote_etag(sha256(repr(made_of).encode()).hexdigest()[:32])
    with as_of(wanted.day):
        changed_at = record_changed_at()
    last_modified = int(changed_at.timestamp()) if changed_at else None
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=last_modified
    )
    if response is None:
        at = Addresses(request, wanted.language)
        response = (
            HttpResponse()
            if request.method == "HEAD"
            else StreamingHttpResponse(in_blocks(streamed(wanted, at, write)))
        )
    if response.status_code == HTTPStatus.OK:
        response["Content-Type"] = content_type
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    response["Cache-Control"] = _A_DAY if is_over else _A_WHILE
    response["Content-Language"] = wanted.language
    return response


def streamed(wanted: Wanted, at: Addresses, write: Write) -> Pieces:
    """What is written, while neither its language nor its day are seen by anybody else.

    The server asks for a piece whenever it has sent the one before, after the request is over.
    """

    def pieces() -> Generator[bytes]:
        with one_state(wanted.language, wanted.day):
            yield from write(wanted, at)

    context, made = copy_context(), pieces()
    try:
        while (piece := context.run(next, made, None)) is not None:
            yield piece
    finally:
        context.run(made.close)


def _csv(wanted: Wanted, at: Addresses) -> Pieces:
    rows = read(wanted.events())
    return csv_lines(rows, _about(wanted, at), base=at.event, with_bom=wanted.with_bom)


def _json(wanted: Wanted, at: Addresses) -> Pieces:
    rows = read(wanted.events())
    return json_lines(rows, _about(wanted, at), base=at.event, query=wanted.pairs)


def _calendar(wanted: Wanted, at: Addresses) -> Pieces:
    from events.exports.as_calendar import Entries, calendar_pieces
    from events.exports.recurring import read_recurring

    entries = Entries()

    def all_of_them() -> Iterator[Any]:
        yield from entries.of_events(read(wanted.events()), at.event)
        if not wanted.choices:
            # The whole record: a filter asks for events, which anniversaries are not.
            recurring = read_recurring()
            yield from entries.of_anniversaries(recurring, at.anniversaries, today_of_the_record())

    name = _name(in_words(wanted))
    return calendar_pieces(all_of_them(), entries, _about(wanted, at), name=name)


def _anniversaries(wanted: Wanted, at: Addresses) -> Pieces:
    from events.exports.as_calendar import Entries, calendar_pieces
    from events.exports.recurring import read_recurring

    entries = Entries()
    recurring = read_recurring()
    made = entries.of_anniversaries(recurring, at.anniversaries, today_of_the_record())
    about = _about(wanted, at, page=at.anniversaries)
    return calendar_pieces(made, entries, about, name=_name(_("Anniversaries")))


def _name(of: str) -> str:
    return ": ".join(part for part in (_("Seoul–Tokyo Record"), of) if part)


def _feed(page: FeedPage) -> Write:
    def write(wanted: Wanted, at: Addresses) -> Pieces:
        found = read_page(wanted.events(), page)
        further = {
            relation: at.file + other.query(wanted)
            for relation, other in page.further(found.total).items()
        }
        return feed_lines(
            found.rows,
            _about(wanted, at, query=page.query(wanted)),
            base=at.event,
            query=wanted.query,
            filters=in_words(wanted),
            updated=found.updated,
            further=further,
        )

    return write


@_refusing
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    """The events of the query as a table."""
    wanted = read_wanted(request.GET, at=timezone.now())
    content_type = "text/csv; charset=utf-8; header=present"
    return _file(request, wanted, _csv, content_type=content_type, name="timeline.csv")


@_refusing
def timeline_json(request: HttpRequest) -> HttpResponseBase:
    """The events of the query as one object."""
    wanted = read_wanted(request.GET, at=timezone.now())
    return _file(request, wanted, _json, content_type="application/json", name="timeline.json")


@_refusing
def timeline_ics(request: HttpRequest) -> HttpResponseBase:
    """The events of the query for a calendar; of the whole record with its anniversaries."""
    wanted = read_wanted(request.GET, at=timezone.now())
    return _file(
        request,
        wanted,
        _calendar,
        content_type="text/calendar; charset=utf-8",
        name="timeline.ics",
        shows=(wanted.day or day_of_reading()).year,
    )


@_refusing
def timeline_atom(request: HttpRequest) -> HttpResponseBase:
    """The events of the query for a feed reader, page by page."""
    wanted = read_wanted(request.GET, at=timezone.now())
    page = FeedPage.read(request.GET)
    return _file(
        request,
        wanted,
        _feed(page),
        content_type="application/atom+xml; charset=utf-8",
        name="timeline.atom",
        shows=page,
    )


@_refusing
def anniversaries_ics(request: HttpRequest) -> HttpResponseBase:
    """All recurring days for a calendar."""
    language, day = read_language_and_day(request.GET, at=timezone.now())
    wanted = Wanted(language=language, day=day)
    return _file(
        request,
        wanted,
        _anniversaries,
        content_type="text/calendar; charset=utf-8",
        name="anniversaries.ics",
        shows=(wanted.day or day_of_reading()).year,
    )
