"""Reading the timeline as a browser does: addresses, pages, and what stands on them."""

import re
from typing import Any

from django.test import Client

HTMX = {"HX-Request": "true"}
TIMELINE = "/en/timeline/"


def slugs(page: str) -> list[str]:
    """The events of a page or fragment, in its order."""
    return re.findall(r'class="card-title"><a href="/\w\w/events/([-\w]+)/', page)


def read(client: Client, query: str = "", **headers: str) -> str:
    """The timeline with that query, as a page or (with HTMX) a fragment."""
    response = client.get(TIMELINE + query, headers=headers or None)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def walk(client: Client, query: str = "", headers: Any = None) -> list[str]:
    """Every event from page to page, following "Show 50 more" as a link."""
    found, address = [], TIMELINE + query
    while address:
        page = client.get(address, headers=headers).content.decode()
        found += slugs(page)
        more = re.search(r'id="more-link"[^>]* href="([^"]+)" data-hx-get="([^"]+)"', page)
        if more:
            assert more[1] == more[2]
        address = more and more[1].replace("&amp;", "&")
    return found
