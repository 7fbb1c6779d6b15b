"""Public pages, below a language."""

from django.urls import path, register_converter

from events import views
from events.month import MonthConverter

register_converter(MonthConverter, "month")

app_name = "events"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("timeline/", views.timeline, name="timeline"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/report/", views.report, name="report"),
    path("events/<slug:slug>/card.png", views.card, name="card"),
    path("events/<slug:slug>.ics", views.ics, name="ics"),
    path("events/<slug:slug>.bib", views.bib, name="bib"),
    path("events/<slug:slug>.csl.json", views.csl, name="csl"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<month:month>/", views.calendar_month, name="calendar_month"),
    path("leaders/", views.leaders, name="leaders"),
    path("leaders/<slug:slug>/", views.leader, name="leader"),
    path("leaders/<slug:slug>/report/", views.report, {"owner": "person"}, name="report_leader"),
    path("commitments/", views.commitments, name="commitments"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/report/", views.report, {"owner": "topic"}, name="report_topic"),
    path("compare/", views.compare, name="compare"),
    path("anniversaries/", views.anniversaries, name="anniversaries"),
    path("anniversaries/<slug:slug>/", views.anniversary, name="anniversary"),
    path(
        "anniversaries/<slug:slug>/report/",
        views.report,
        {"owner": "anniversary"},
        name="report_anniversary",
    ),
    path("corrections/", views.corrections, name="corrections"),
    path("data/", views.data, name="data"),
    path("about/", views.about, name="about"),
]
