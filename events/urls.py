"""Public pages, below a language."""

from django.urls import path

from events import views

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
    path("leaders/", views.leaders, name="leaders"),
    path("leaders/<slug:slug>/", views.leader, name="leader"),
    path("anniversaries/", views.anniversaries, name="anniversaries"),
    path("anniversaries/<slug:slug>/", views.anniversary, name="anniversary"),
]
