"""The pages that readers see: read, ask once, render."""

from events.views.anniversaries import anniversaries, anniversary
from events.views.event_files import bib, card, csl, ics
from events.views.events import event
from events.views.languages import by_language
from events.views.leaders import leader, leaders
from events.views.overview import overview
from events.views.reports import report
from events.views.timeline import timeline

__all__ = [
    "anniversaries",
    "anniversary",
    "bib",
    "by_language",
    "card",
    "csl",
    "event",
    "ics",
    "leader",
    "leaders",
    "overview",
    "report",
    "timeline",
]
