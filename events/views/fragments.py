"""Whether to answer with a fragment or a whole page."""

from django.http import HttpRequest

# What the answer depends on besides its address.
FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page.

    When htmx restores a page that has left its history cache it asks for the address again, still
    marked as an htmx request, but needs the whole page. The view must vary on FRAGMENT_HEADERS.
    """
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return False
    return not (htmx.boosted or htmx.history_restore_request)
