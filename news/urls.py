"""The review pages, without a language in their address."""

from django.urls import path

from news import error_views, queue_views, readout_views, report_views, views

app_name = "news"

urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("first/", queue_views.first, name="first"),
    path("reject/", queue_views.reject_several, name="reject_several"),
    path("undo/", queue_views.undo_decisions, name="undo"),
    path("keys/", queue_views.choose_keys, name="keys"),
    path("errors/", error_views.errors, name="errors"),
    path("errors/<int:pk>/", error_views.error, name="error"),
    path("<int:pk>/", views.candidate, name="candidate"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/anniversary/", views.accept_as_anniversary, name="accept_as_anniversary"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/reject/", views.reject, name="reject"),
    path("<int:pk>/split/", report_views.split, name="split"),
    path("<int:pk>/apart/", report_views.take_off, name="take_off"),
    path("<int:pk>/join/", report_views.join, name="join"),
    path("<int:pk>/account/<int:readout>/", readout_views.save, name="save_account"),
    path("<int:pk>/take/", views.take, name="take"),
]
