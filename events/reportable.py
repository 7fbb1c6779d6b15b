"""The pages on which readers report errors: of events, people, anniversaries and topics."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import ErrorReport
from events.models.reports import Thing, owner_of

_About = ErrorReport.About


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of pages: the names of the page and of its form, and what its things are called.

    `titled` is the text of a thing that is its heading, `about` what can be wrong on such a page.
    """

    page: str
    form: str
    label: Promise
    titled: str
    about: tuple[str, ...]


SORTS: dict[str, Sort] = {
    "event": Sort("event", "report", _("Event:"), "title", tuple(_About)),
    "person": Sort(
        "leader",
        "report_leader",
        _("Person:"),
        "name",
        (_About.DATE, _About.SOURCE, _About.WORDING, _About.OTHER),
    ),
    "anniversary": Sort(
        "anniversary",
        "report_anniversary",
        _("Anniversary:"),
        "title",
        (_About.DATE, _About.SOURCE, _About.WORDING, _About.OTHER),
    ),
    "topic": Sort(
        "topic",
        "report_topic",
        _("Topic:"),
        "name",
        (_About.PEOPLE, _About.READOUT, _About.WORDING, _About.OTHER),
    ),
}


def sort_of(thing: Thing) -> Sort:
    """The sort of page that the thing has."""
    return SORTS[owner_of(thing)]


def page_address(thing: Thing) -> str:
    """The address of the thing's page, in the active language."""
    return reverse(f"events:{sort_of(thing).page}", args=[thing.slug])


def report_address(thing: Thing) -> str:
    """The address of the form on which an error of that page is reported."""
    return reverse(f"events:{sort_of(thing).form}", args=[thing.slug])


def name_of(thing: Thing) -> str:
    """What the thing is called, in the active language."""
    return str(getattr(thing, sort_of(thing).titled))
