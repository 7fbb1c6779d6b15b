"""The pages that readers see: read, ask once, render."""

from events.views.about import about
from events.views.anniversaries import anniversaries, anniversary
from events.views.calendar import calendar, calendar_month
from events.views.commitments import commitments
from events.views.compare import compare
from events.views.corrections import corrections
from events.views.data import data
from events.views.event_files import bib, card, csl, ics
from events.views.events import event
from events.views.languages import by_language
from events.views.leaders import leader, leaders
from events.views.overview import overview
from events.views.reports import report
from events.views.timeline import timeline
from events.views.topics import topic, topics

__all__ = [
    "about",
    "anniversaries",
    "anniversary",
    "bib",
    "by_language",
    "calendar",
    "calendar_month",
    "card",
    "commitments",
    "compare",
    "corrections",
    "csl",
    "data",
    "event",
    "ics",
    "leader",
    "leaders",
    "overview",
    "report",
    "timeline",
    "topic",
    "topics",
]
