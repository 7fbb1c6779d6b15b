"""The keys of the review pages, and each editor's choice of them, kept in a cookie.

The keys are single letters, so they can be switched off: who dictates, or types with a screen
reader on, would else decide by accident.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "review_keys"
SHOWN, HIDDEN, OFF = "shown", "hidden", "off"
CHOICES: tuple[tuple[str, Promise], ...] = (
    (SHOWN, _("on, shown on the buttons")),
    (HIDDEN, _("on, not shown")),
    (OFF, _("off")),
)
HELP: tuple[tuple[str, Promise], ...] = (
    ("a", _("accept")),
    ("e", _("edit before accepting")),
    ("m", _("merge into the event compared")),
    ("g", _("go to the points of an account")),
    ("r", _("reject: then 1 to 5 for the reason")),
    ("s", _("skip to the next that waits")),
    ("j", _("next")),
    ("k", _("previous")),
    ("p", _("put it to the likeliest other that waits")),
    ("o", _("take the report shown off")),
    ("t", _("take, or give back")),
    ("x", _("tick the row, in the list")),
    ("u", _("undo your last decision")),
    ("?", _("show or hide this list")),
)
_A_YEAR = 365 * 24 * 3600


def chosen_keys(request: HttpRequest) -> str:
    """One of SHOWN, HIDDEN and OFF; shown unless chosen otherwise."""
    given = request.COOKIES.get(COOKIE, "")
    return given if given in (HIDDEN, OFF) else SHOWN


def keep_keys(response: HttpResponse, choice: str) -> None:
    """Keep a choice, if it is one, in the browser that gets this response."""
    if choice in dict(CHOICES):
        response.set_cookie(
            COOKIE,
            choice,
            max_age=_A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
