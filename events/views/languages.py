from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def by_language(request: HttpRequest) -> HttpResponse:
    """Lead to the overview in the language of the cookie, else of the browser, else English."""
    with translation.override(translation.get_language_from_request(request)):
        return HttpResponseRedirect(reverse("events:overview"))
