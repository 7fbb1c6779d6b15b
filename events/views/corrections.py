"""The log of corrections of the whole record, as a page and as an Atom feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.corrected import BadPlace, Place
from events.corrections import Entry, read_log
from events.past import day_in_force, end_of
from events.views.files import in_the_language_asked
from events.views.past import as_it_stood

_A_PAGE = 30
_IN_THE_FEED = 50


@require_safe
@as_it_stood
def corrections(request: HttpRequest) -> HttpResponse:
    """What was published, changed, merged, withdrawn, renamed and reported, newest first."""
    written, before, is_stale = request.GET.get("before", ""), None, False
    if written:
        try:
            before = Place.read(written)
        except BadPlace:
            is_stale = True
    day = day_in_force()
    log = read_log(size=_A_PAGE, before=before, until=end_of(day) if day else None)
    here = reverse("events:corrections")
    context = {
        "entries": log.entries,
        "older": f"{here}?before={log.older.written()}" if log.older else "",
        "is_first": before is None,
        "is_stale": is_stale,
        "feed": _feed_address(),
    }
    return render(request, "events/corrections.html", context)


def _feed_address() -> str:
    return f"{reverse('corrections_atom')}?lang={get_language()}"


@in_the_language_asked
def corrections_atom(request: HttpRequest) -> HttpResponse:
    """The newest entries of the log, as an Atom feed."""

    def whole(address: str) -> str:
        return request.build_absolute_uri(address)

    feed = Atom1Feed(
        title=_("Corrections of the Seoul–Tokyo Record"),
        link=whole(reverse("events:corrections")),
        description=_("What was published, changed, merged and withdrawn."),
        feed_url=whole(_feed_address()),
        author_name=_("Seoul–Tokyo Record"),
        feed_guid=whole(reverse("corrections_atom")),
        language=get_language(),
    )
    for entry in read_log(size=_IN_THE_FEED).entries:
        page = reverse("events:corrections") + f"#{entry.place.written()}"
        feed.add_item(
            title=_title_of(entry),
            link=whole(entry.address or page),
            description=render_to_string("events/_told.html", {"change": entry.change}).strip(),
            unique_id=f"{whole(reverse('corrections_atom'))}#{entry.place.written()}",
            pubdate=entry.change.at,
            updateddate=entry.change.at,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _title_of(entry: Entry) -> str:
    first, *others = entry.change.what
    return f"{entry.name}: {first.words}" + (" …" if others else "")
