"""Addresses of the API, and those of readers, which its answers name."""

from django.urls import URLPattern, URLResolver, include, path

from diplomacy import reader_urls

handler404 = reader_urls.handler404

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("events.api.urls")),
    *reader_urls.urlpatterns,
]
