"""Light or dark: the reader's choice in a cookie, written into the page by the server.

So the page comes in the right colours at once, without a script.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")
_A_YEAR = 365 * 24 * 3600

Answer = Callable[[HttpRequest], HttpResponse]


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark", or empty for the device's own."""
    given = request.COOKIES.get(COOKIE, "")
    return given if given in THEMES else ""


def theme(request: HttpRequest) -> dict[str, str]:
    """Context processor: `theme` is "light", "dark", or empty for the device's own."""
    return {"theme": chosen_theme(request)}


def vary_by_theme(answer: Answer) -> Answer:
    """Middleware: a cache must keep the pages of different cookies apart."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return answered


# Without a token: it would put a cookie and a secret into every public page, and a stranger's form
# could change nothing but colours.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the colours that were chosen and lead back to the page they were chosen on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    given = request.POST.get("theme", "")
    if given in THEMES:
        response.set_cookie(
            COOKIE,
            given,
            max_age=_A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
