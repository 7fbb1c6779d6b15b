"""`/metrics`, for Prometheus: on this machine, or with a token."""

import ipaddress
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django_prometheus.exports import ExportToDjangoView

# A proxy on this machine makes everybody look as if they were on it.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format; 403 to anybody else.

    They are this process's own, unless PROMETHEUS_MULTIPROC_DIR names a folder that the web
    processes share.
    """
    if not (_has_token(request) or _is_from_here(request)):
        return HttpResponseForbidden(
            "Metrics are for this machine, or for who knows METRICS_TOKEN.\n",
            content_type="text/plain; charset=utf-8",
        )
    response: HttpResponse = ExportToDjangoView(request)
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
