"""The two files that machines look for at the root of a site."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FAVICON = Path(settings.BASE_DIR) / "static" / "img" / "favicon.ico"


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Who may read what, and where the sitemap is."""
    address = request.build_absolute_uri(reverse("sitemap"))
    return render(
        request, "robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8"
    )


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """For whoever does not read the page's <link rel="icon">."""
    return HttpResponse(FAVICON.read_bytes(), content_type="image/x-icon")
