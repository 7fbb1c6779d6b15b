"""The dated packages of the whole record, as files."""

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.package.shelf import Package, package_of

_AN_HOUR = 3_600


class DayConverter:
    """A day in ISO form within an address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


def _found(day: date) -> Package:
    package = package_of(day)
    if package is None:
        raise Http404
    return package


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
def package_zip(request: HttpRequest, day: date) -> HttpResponseBase:
    """The package of that day."""
    package = _found(day)
    etag = quote_etag(package.sha256)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(
            package.path.open("rb"),
            as_attachment=True,
            filename=package.name,
            content_type="application/zip",
        )
    response["ETag"] = etag
    return response


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
def package_sum(request: HttpRequest, day: date) -> HttpResponse:
    """Its checksum, as `sha256sum --check` reads it."""
    package = _found(day)
    return HttpResponse(
        f"{package.sha256}  {package.name}\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{package.name}.sha256"'},
    )
