"""`/metrics`, for Prometheus: on this machine, or with a token."""

import ipaddress
from secrets import compare_digest

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django_prometheus.exports import ExportToDjangoView

from following.gauges import follower_figures
from news.gauges import news_figures

log = structlog.get_logger(__name__)

# A proxy on this machine makes everybody look as if they were on it.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format; 403 to anybody else.

    Those of requests are this process's own, unless PROMETHEUS_MULTIPROC_DIR names a folder that
    the web processes share; those of the news and of followers are read from the database, and left
    out while that is down.
    """
    if not (_has_token(request) or _is_from_here(request)):
        return HttpResponseForbidden(
            "Metrics are for this machine, or for who knows METRICS_TOKEN.\n",
            content_type="text/plain; charset=utf-8",
        )
    response: HttpResponse = ExportToDjangoView(request)
    for name, figures in (("news", news_figures), ("followers", follower_figures)):
        try:
            response.write(figures(at=timezone.now()))
        except Exception as error:  # the figures of requests matter most while something is broken
            log.warning(f"{name}_not_measured", error=str(error))
    return response


def _has_token(request: HttpRequest) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    return bool(
        expected
        and scheme.lower() == "bearer"
        and compare_digest(given.strip().encode(), expected.encode())
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Never behind a proxy: there the address is the proxy's."""
    if settings.SECURE_PROXY_SSL_HEADER or any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
