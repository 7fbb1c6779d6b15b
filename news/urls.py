"""The review pages, without a language in their address."""

from django.urls import path

from news import views

app_name = "news"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.candidate, name="candidate"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/anniversary/", views.accept_as_anniversary, name="accept_as_anniversary"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/reject/", views.reject, name="reject"),
]
