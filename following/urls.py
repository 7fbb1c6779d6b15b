"""Pages for who follows the record by mail, below a language."""

from django.urls import path

from following import views

app_name = "following"

urlpatterns = [
    path("", views.follow, name="follow"),
    path("sent/", views.sent, name="sent"),
    path("confirm/<slug:key>/", views.confirm, name="confirm"),
    path("manage/<slug:key>/", views.manage, name="manage"),
]
